import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_BROWSER, launchChromium } from '../support/chromium.js';
import { startServer, type TestServer } from '../support/start-server.js';

const PORTRAIT = { width: 1080, height: 1920 };
const LANDSCAPE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 760 };
const QUESTION = '我叫王小明，在厂里上班被机器压断手指，医药费该谁出？';

const shots = process.env['BAIMI_SCREENSHOTS'];
async function shoot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
}
const byId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);

describe.skipIf(NO_BROWSER !== null)(
  `kiosk and pickup in Chromium${NO_BROWSER === null ? '' : ` (${NO_BROWSER})`}`,
  { timeout: 90_000 },
  () => {
    let browser: Browser;
    let server: TestServer;
    const problems: string[] = [];

    beforeAll(async () => {
      server = await startServer();
      browser = await launchChromium();
    }, 60_000);
    afterAll(async () => {
      await browser.close();
    });

    async function open(path: string, viewport: { width: number; height: number }, clock = false): Promise<Page> {
      const context = await browser.newContext({ viewport, locale: 'zh-CN', hasTouch: true });
      const page = await context.newPage();
      if (clock) await page.clock.install();
      page.on('pageerror', (error) => problems.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error' && !/status of 401/.test(message.text())) problems.push(message.text());
      });
      await page.goto(server.url + path);
      return page;
    }
    async function begin(page: Page): Promise<void> {
      await byId(page, 'kiosk-begin').click();
      await byId(page, 'composer').waitFor();
    }
    async function ask(page: Page, words: string): Promise<void> {
      await byId(page, 'composer').fill(words);
      await byId(page, 'send').click();
      await page.locator('article.card').last().waitFor();
    }
    const cookie = async (page: Page): Promise<string> =>
      (await page.context().cookies()).find(({ name }) => name === 'baimi_chat')?.value ?? '';
    /** Text that is smaller than 24 px, as it stands on the screen. */
    const smallText = (page: Page): Promise<string[]> =>
      page.evaluate<string[]>(`
      [...document.querySelectorAll('body *')].flatMap((element) => {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
        const shown = element.checkVisibility() && element.getBoundingClientRect().width > 2;
        return own && shown && parseFloat(getComputedStyle(element).fontSize) < 24
          ? [getComputedStyle(element).fontSize + ' ' + element.className + ' ' + element.textContent.slice(0, 20)] : [];
      })`);
    const fitsWidth = (page: Page): Promise<boolean> => page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth');

    for (const [name, viewport] of [
      ['portrait', PORTRAIT],
      ['landscape', LANDSCAPE],
    ] as const) {
      it(`is large enough to read and to tap on a ${name} screen`, async () => {
        const page = await open('/kiosk?point=jy-001', viewport);
        await byId(page, 'kiosk-begin').waitFor();
        expect(await smallText(page)).toEqual([]);
        await shoot(page, `kiosk-${name}-begin`);
        await begin(page);
        await page.getByText('您好，遇到什么事了').waitFor();
        expect(await page.getByText('〔关注〕').count()).toBe(0);
        expect(await smallText(page)).toEqual([]);
        await shoot(page, `kiosk-${name}-start`);
        await ask(page, QUESTION);
        await shoot(page, `kiosk-${name}-answer`);
        expect(await smallText(page)).toEqual([]);
        expect(await fitsWidth(page)).toBe(true);
        for (const button of await page.locator('button:visible').all()) {
          expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(60);
        }
        await page.context().close();
      });
    }

    it('warns after a minute, stays when somebody touches the screen, and wipes everything of the last person when not', async () => {
      const page = await open('/kiosk?point=jy-001', LANDSCAPE, true);
      await begin(page);
      const first = await cookie(page);
      await byId(page, 'composer').fill('没有发出去的话');
      await ask(page, QUESTION);
      await page.clock.fastForward(61_000);
      await byId(page, 'kiosk-idle').waitFor();
      expect(Number(await byId(page, 'kiosk-seconds').innerText())).toBeGreaterThan(10);
      await shoot(page, 'kiosk-idle');
      await byId(page, 'kiosk-stay').click();
      await byId(page, 'kiosk-idle').waitFor({ state: 'detached' });
      expect(await page.getByText('王小明').count()).toBeGreaterThan(0);
      await byId(page, 'composer').fill('还没写完');
      await page.clock.fastForward(61_000);
      await byId(page, 'kiosk-idle').waitFor();
      await page.clock.fastForward(16_000);
      await byId(page, 'kiosk-begin').waitFor();
      expect(await cookie(page)).not.toBe(first);
      expect(await page.content()).not.toContain('王小明');
      expect(await page.evaluate<number>('localStorage.length + sessionStorage.length')).toBe(0);
      await page.goBack().catch(() => null);
      expect(await page.content()).not.toContain('王小明');
      await page.goto(`${server.url}/`);
      await page.getByText('您好，遇到什么事了').waitFor();
      expect(await page.content()).not.toContain('王小明');
      await page.context().close();
    });

    it('waits as long as its address says', async () => {
      const page = await open('/kiosk?point=jy-001&idle=90&countdown=30', LANDSCAPE, true);
      await page.getByText('90 秒没有人操作').waitFor();
      await begin(page);
      await page.clock.fastForward(80_000);
      expect(await byId(page, 'kiosk-idle').count()).toBe(0);
      await page.clock.fastForward(11_000);
      await byId(page, 'kiosk-idle').waitFor();
      await page.clock.fastForward(20_000);
      expect(Number(await byId(page, 'kiosk-seconds').innerText())).toBeLessThanOrEqual(10);
      await page.clock.fastForward(11_000);
      await byId(page, 'kiosk-begin').waitFor();
      // and so it does for the next person
      await page.getByText('90 秒没有人操作').waitFor();
      await page.context().close();
    });

    it('begins anew for each person, also where the last one was not wiped', async () => {
      const page = await open('/kiosk', LANDSCAPE);
      await begin(page);
      await ask(page, QUESTION);
      const first = await cookie(page);
      await page.reload();
      await begin(page);
      await page.getByText('您好，遇到什么事了').waitFor();
      expect(await cookie(page)).not.toBe(first);
      expect(await page.content()).not.toContain('王小明');
      await page.context().close();
    });

    it('prints the answers with the ticket and a QR code, by which the phone goes on', async () => {
      const page = await open('/kiosk?point=jy-001', PORTRAIT);
      await page.evaluate('window.print = () => { document.title = "printed" }');
      await begin(page);
      await ask(page, QUESTION);
      await byId(page, 'find-lawyer').click();
      await byId(page, 'queued-bar').waitFor();
      await byId(page, 'kiosk-print').click();
      await expect.poll(() => page.title()).toBe('printed');
      expect(await byId(page, 'sheet').isVisible()).toBe(false);
      await page.emulateMedia({ media: 'print' });
      const sheet = await byId(page, 'sheet').innerText();
      expect(sheet).toMatch(/工单编号 \d{8}-\d{4}/);
      const code = await byId(page, 'sheet-code').innerText();
      expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
      const qr = await byId(page, 'qr').boundingBox();
      expect(qr?.width).toBeGreaterThan(120);
      expect(await byId(page, 'qr').getAttribute('aria-label')).toContain(`/t/${code}`);
      expect(await page.getByText('工伤保险条例').first().isVisible()).toBe(true);
      expect(await byId(page, 'kiosk-print').isVisible()).toBe(false);
      await shoot(page, 'kiosk-print');
      if (shots !== undefined) await page.pdf({ path: join(shots, 'kiosk-print.pdf'), format: 'A4' });

      const phone = await open(`/t/${code}`, PHONE);
      await byId(phone, 'pickup-replies').waitFor();
      expect(await byId(phone, 'pickup-ticket').innerText()).toContain('待领取');
      expect(await phone.content()).not.toContain('王小明');
      await shoot(phone, 'pickup');
      await byId(phone, 'pickup-resume').click();
      await phone.getByText('王小明').first().waitFor();
      await byId(phone, 'pickup-new').click();
      expect(await byId(phone, 'pickup-value').innerText()).not.toBe(code);
      expect(await fitsWidth(phone)).toBe(true);
      await shoot(phone, 'chat-pickup');
      await page.context().close();
      await phone.context().close();
    });

    it('asks for the digits of the phone at /t, and shows the lawyer’s words', async () => {
      const citizen = server.citizen();
      await citizen.ask('我电话13812345678，老板不发工资');
      const { body } = await citizen.findLawyer();
      await citizen.answerAfter(body.message.id);
      const number = (await citizen.chat()).body.ticket?.number ?? '';
      const lawyer = await server.lawyer();
      await lawyer.act(number, 'claim');
      await lawyer.act(number, 'reply', { id: 'reply-0001', text: '先去劳动监察投诉。', ask: false });
      const { code } = (await citizen.send<{ code: string }>('POST', '/api/chat/pickup')).body;
      const page = await open('/t', PHONE);
      await byId(page, 'pickup-code').fill(code);
      await byId(page, 'pickup-open').click();
      await byId(page, 'pickup-digits').fill('0000');
      await byId(page, 'pickup-open').click();
      await page.getByText('还可以试 4 次').waitFor();
      await shoot(page, 'pickup-digits');
      await byId(page, 'pickup-digits').fill('5678');
      await byId(page, 'pickup-open').click();
      await page.getByText('先去劳动监察投诉。').waitFor();
      await shoot(page, 'pickup-replies');
      await page.context().close();
    });

    it('had no error in any console', () => {
      expect(problems).toEqual([]);
    });
  },
);
