import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeliveriesView } from '../../src/domain/views.js';
import type { BrowserClient } from '../support/browser-client.js';
import { NO_BROWSER, launchChromium } from '../support/chromium.js';
import { NEW_PASSWORD, startServer, type TestServer } from '../support/start-server.js';

const PHONE = { viewport: { width: 390, height: 700 }, locale: 'zh-CN', hasTouch: true };
const byId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);
/** A page that tests can put into the background, as a phone does when another app is in front. */
const HIDEABLE = `Object.defineProperty(document, 'visibilityState', { get: () => window.hiddenByTest ? 'hidden' : 'visible' })`;
/** After them the page has said what it had to say. */
const TWO_FRAMES = 'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))';
const setHidden = (page: Page, hidden: boolean): Promise<unknown> =>
  page.evaluate(`window.hiddenByTest = ${String(hidden)}; document.dispatchEvent(new Event('visibilitychange'))`);

describe.skipIf(NO_BROWSER !== null)(
  `what was read, in Chromium${NO_BROWSER === null ? '' : ` (${NO_BROWSER})`}`,
  { timeout: 90_000 },
  () => {
    let browser: Browser;
    let server: TestServer;
    let lawyer: BrowserClient;

    beforeAll(async () => {
      server = await startServer();
      lawyer = await server.lawyer();
      browser = await launchChromium();
    }, 60_000);
    afterAll(async () => {
      await browser.close();
    });

    const open = async (path: string, options: BrowserContextOptions = PHONE): Promise<Page> => {
      const page = await (await browser.newContext(options)).newPage();
      await page.addInitScript(HIDEABLE);
      await page.goto(server.url + path);
      return page;
    };
    /** Somebody who has asked for a lawyer, and the lawyer who holds the ticket. */
    const asking = async (): Promise<{ page: Page; number: string }> => {
      const page = await open('/');
      await byId(page, 'composer').fill('老板拖欠工资三个月');
      await byId(page, 'send').click();
      await page.locator('article.card').first().waitFor();
      await byId(page, 'find-lawyer').click();
      await byId(page, 'queued-bar').waitFor();
      const number = await page.evaluate<string>(`fetch('/api/chat').then((r) => r.json()).then((chat) => chat.ticket.number)`);
      await lawyer.act(number, 'claim');
      await byId(page, 'held-bar').waitFor();
      // out of hours the card above says more, and does not leave room for what comes below it
      await page.locator('.chat-body').evaluate((list) => {
        Reflect.set(list, 'scrollTop', Reflect.get(list, 'scrollHeight'));
      });
      await page.evaluate(TWO_FRAMES);
      return { page, number };
    };
    const reply = async (number: string, text: string): Promise<void> => {
      await lawyer.act(number, 'reply', { id: crypto.randomUUID(), text, ask: false });
    };
    const read = async (number: string): Promise<number> =>
      (await lawyer.send<DeliveriesView>('GET', `/api/desk/tickets/${number}/deliveries`)).body.deliveries.filter(
        ({ readAt }) => readAt !== null,
      ).length;

    it('marks a lawyer’s words once they are in sight, and the desk says 已读', async () => {
      const { page, number } = await asking();
      const desk = await open('/desk', { viewport: { width: 1280, height: 900 }, locale: 'zh-CN' });
      await byId(desk, 'login-name').fill('admin');
      await byId(desk, 'login-password').fill(NEW_PASSWORD);
      await byId(desk, 'login-submit').click();
      await byId(desk, 'tab-open').waitFor();
      await desk.goto(`${server.url}/desk#${number}`);
      await reply(number, '请把工资条留好。');
      await byId(page, 'message-staff').waitFor();
      await expect.poll(() => read(number)).toBe(1);
      const line = desk.locator('[data-testid="delivery"][data-state="read"]');
      await line.waitFor({ timeout: 20_000 });
      expect(await line.textContent()).toMatch(/^已读 · 今天 \d\d:\d\d$/);
      await page.context().close();
      await desk.context().close();
    });

    it('does not mark what arrives while the page is in the background, until it is in front again', async () => {
      const { page, number } = await asking();
      await setHidden(page, true);
      await reply(number, '请把工资条留好。');
      await byId(page, 'message-staff').waitFor();
      await page.evaluate(TWO_FRAMES);
      expect(await read(number)).toBe(0);
      await setHidden(page, false);
      await expect.poll(() => read(number)).toBe(1);
      await page.context().close();
    });

    it('does not mark what stands below the screen, until somebody goes there', async () => {
      const { page, number } = await asking();
      await reply(number, '先看这一段。\n'.repeat(80));
      await expect.poll(() => read(number)).toBe(1);
      await page.locator('.chat-body').evaluate((list) => {
        Reflect.set(list, 'scrollTop', 0);
      });
      await byId(page, 'message-staff').first().scrollIntoViewIfNeeded();
      await page.locator('.chat-body').evaluate((list) => {
        Reflect.set(list, 'scrollTop', 0);
      });
      await reply(number, '还有一句在下面。');
      await byId(page, 'new-message').waitFor();
      await page.evaluate(TWO_FRAMES);
      expect(await read(number)).toBe(1);
      await byId(page, 'new-message').click();
      await expect.poll(() => read(number)).toBe(2);
      await page.context().close();
    });

    it('marks what is read with a pickup code', async () => {
      const { page, number } = await asking();
      await setHidden(page, true);
      await reply(number, '凭取件码看的话。');
      const code = await page.evaluate<string>(
        `fetch('/api/chat/pickup', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).then((r) => r.json()).then((j) => j.code)`,
      );
      expect(await read(number)).toBe(0);
      const other = await open(`/t/${code}`);
      await byId(other, 'message-staff').waitFor();
      await expect.poll(() => read(number)).toBe(1);
      await page.context().close();
      await other.context().close();
    });
  },
);
