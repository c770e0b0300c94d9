import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import { addStaff } from '../../src/handoff/accounts.js';
import { NO_BROWSER, launchChromium } from '../support/chromium.js';
import { byId, DESKTOP, enterDesk, fitsWidth, openPage, PHONE, rowOf, shoot } from '../support/desk-page.js';
import { NEW_PASSWORD, startServer, type TestServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();

/** Whether the keyboard is in a field with a test id. */
const focused = (page: Page): Promise<string> => page.evaluate<string>(`document.activeElement?.getAttribute('data-testid') ?? ''`);

describe.skipIf(NO_BROWSER !== null)(
  `a lawyer’s work at the desk${NO_BROWSER === null ? '' : ` (${NO_BROWSER})`}`,
  { timeout: 90_000 },
  () => {
    let browser: Browser;
    let server: TestServer;
    let desk: Page;
    let colleaguesPassword: string;
    const problems: string[] = [];

    beforeAll(async () => {
      server = await startServer(folder);
      const db = await openDatabase(join(folder, 'data', 'baimi.db'));
      colleaguesPassword = await addStaff(createStaffStore(db), 'zhao.gang', '赵刚', Date.now());
      await db.destroy();
      browser = await launchChromium();
      desk = await openPage(browser, `${server.url}/desk`, DESKTOP, problems);
      await enterDesk(desk, 'admin', server.firstPassword);
    }, 90_000);
    afterAll(async () => {
      await browser.close();
    });

    /** Somebody who asks for a lawyer; their page, and the number of their ticket. */
    async function citizen(...words: readonly string[]): Promise<{ page: Page; number: string }> {
      const page = await openPage(browser, server.url, PHONE, problems);
      for (const text of words) {
        await byId(page, 'composer').fill(text);
        const before = await page.locator('article.card').count();
        await byId(page, 'send').click();
        await page.locator('article.card').nth(before).waitFor();
      }
      await byId(page, 'find-lawyer').first().click();
      const number = await byId(page, 'ticket-number').last().innerText();
      await rowOf(desk, number).waitFor();
      return { page, number };
    }

    async function claimed(...words: readonly string[]): Promise<{ page: Page; number: string }> {
      const asked = await citizen(...words);
      await rowOf(desk, asked.number).click();
      await desk.locator(`[data-testid="ticket"][data-number="${asked.number}"] [data-testid="claim"]`).click();
      await byId(desk, 'reply').waitFor();
      return asked;
    }

    it('is four clicks from the queue to a reply with a provision', async ({ annotate }) => {
      const { page, number } = await citizen('在厂里上班被机器压断手指，老板没买工伤保险，医药费该谁出？');
      await byId(desk, 'tab-open').waitFor();
      let clicks = 0;
      const click = async (id: string): Promise<void> => {
        clicks += 1;
        await byId(desk, id).first().click();
      };
      const began = performance.now();
      clicks += 1;
      await rowOf(desk, number).click();
      await click('claim');
      await expect.poll(() => focused(desk)).toBe('reply');
      await desk.keyboard.type('您好，单位没参保的，费用由单位出。依据是：');
      await click('provision-looked');
      await expect.poll(() => byId(desk, 'reply').inputValue()).toMatch(/依据是：\n《工伤保险条例》第.+条/);
      const paused = performance.now();
      await shoot(desk, 'desk-ticket');
      const pause = performance.now() - paused;
      await click('reply-send');
      await byId(desk, 'said-staff').waitFor();
      const seconds = (performance.now() - began - pause) / 1000;
      await page.getByText('依据是：').waitFor();
      expect(clicks).toBe(4);
      await annotate(`${String(clicks)} clicks, ${seconds.toFixed(2)} s`);
      await page.context().close();
    });

    it('shows a note to colleagues only: the citizen’s page and its interface know nothing of it', async () => {
      const { page } = await claimed('老板拖欠我三个月工资不给，怎么办？');
      await byId(desk, 'tool-notes').click();
      expect(await byId(desk, 'tool-body').innerText()).toContain('当事人看不到');
      await byId(desk, 'note-text').fill('对方换过两次公司名，下午去查登记');
      await byId(desk, 'note-add').click();
      await byId(desk, 'note').waitFor();
      expect(await byId(desk, 'note').innerText()).toMatch(/值班律师[\s\S]*换过两次公司名/);
      await byId(desk, 'reply').fill('您好，您的事我接了。');
      await byId(desk, 'reply-send').click();
      await page.getByText('您的事我接了').waitFor();
      expect(await page.content()).not.toContain('换过两次公司名');
      await page.reload();
      await page.getByText('您的事我接了').waitFor();
      expect(await page.evaluate<string>(`fetch('/api/chat').then((reply) => reply.text())`)).not.toContain('换过两次公司名');
      await page.context().close();
    });

    it('suggests a draft, marked as one, that goes no further than the reply box', async () => {
      const { page } = await claimed('在厂里上班被机器压断手指，老板没买工伤保险，医药费该谁出？');
      await byId(desk, 'tool-draft').click();
      await byId(desk, 'draft-text').waitFor();
      const shown = await byId(desk, 'tool-body').innerText();
      expect(shown).toContain('草稿');
      expect(shown).toMatch(/《工伤保险条例》第.+条/);
      expect(await byId(desk, 'reply').inputValue()).toBe('');
      await byId(desk, 'draft-insert').click();
      expect((await byId(desk, 'reply').inputValue()).length).toBeGreaterThan(30);
      expect(await byId(desk, 'said-staff').count()).toBe(0);
      await page.context().close();
    });

    it('finds a provision of the whole library by its name, and canned replies with what they leave open filled in', async () => {
      const { page, number } = await claimed('公司把我辞退了，我干了四年，能要什么？');
      await byId(desk, 'provision-search').fill('劳动合同法第四十七条');
      const hit = byId(desk, 'provision-hit').first();
      await expect.poll(() => hit.innerText()).toMatch(/《劳动合同法》第四十七条[\s\S]*现行有效/);
      await hit.locator('[data-testid="provision-insert"]').click();
      expect(await byId(desk, 'reply').inputValue()).toContain('《劳动合同法》第四十七条');

      await byId(desk, 'tool-canned').click();
      await byId(desk, 'canned-new').click();
      await byId(desk, 'canned-title').fill('接手');
      await byId(desk, 'canned-text').fill('{称呼}好，我是{我的名字}，您的工单号是 {工单号}。');
      await byId(desk, 'canned-save').click();
      await byId(desk, 'canned').filter({ hasText: '接手' }).locator('[data-testid="canned-insert"]').click();
      expect(await byId(desk, 'reply').inputValue()).toContain(`我是值班律师，您的工单号是 ${number}。`);
      await byId(desk, 'reply').fill('{称呼}好');
      expect(await byId(desk, 'reply-send').isDisabled()).toBe(true);
      await byId(desk, 'reply').fill('');
      await page.context().close();
    });

    it('reckons with a calculator, each line with its article, asking for what is missing', async () => {
      const { page } = await claimed('公司把我辞退了，想知道经济补偿有多少');
      await byId(desk, 'tool-calculator').click();
      await byId(desk, 'calculator-choice').selectOption('annual-leave');
      await byId(desk, 'calculate').click();
      await desk.getByText('还差几项').waitFor();
      const told = { year: '2025', workedMonths: '60', situation: 'whole', continuous: 'yes', daysTaken: '0', lost: 'no', refused: 'no' };
      for (const [id, value] of Object.entries({ ...told, monthlyWage: '6000' })) {
        const field = byId(desk, `input-${id}`);
        if ((await field.count()) === 0) {
          // what was filled in so far brings what is asked next
          await byId(desk, 'calculate').click();
          await field.waitFor();
        }
        if ((await field.getAttribute('type')) === null) await field.selectOption(value);
        else await field.fill(value);
      }
      await byId(desk, 'calculate').click();
      await byId(desk, 'calculation-result').waitFor();
      expect(await byId(desk, 'calculation-result').innerText()).toMatch(/第.+条/);
      await byId(desk, 'calculation-insert').click();
      expect(await byId(desk, 'reply').inputValue()).toMatch(/元[\s\S]*第.+条/);
      await page.context().close();
    });

    it('asks for papers, takes in a file, and hands it out again', async () => {
      const { page } = await claimed('老板拖欠我三个月工资不给，怎么办？');
      await byId(desk, 'papers').click();
      await byId(desk, 'papers-send').click();
      await desk.getByText('请至少选一样').waitFor();
      await byId(desk, 'papers-others').fill('和老板的聊天记录');
      await byId(desk, 'papers-words').fill('拍照发过来就行。');
      await byId(desk, 'papers-send').click();
      await page.getByText('和老板的聊天记录').first().waitFor();

      await byId(desk, 'tool-files').click();
      const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
      await byId(desk, 'attachment-upload').setInputFiles({ name: '工资条.png', mimeType: 'image/png', buffer: png });
      await byId(desk, 'attachment').waitFor();
      await byId(desk, 'attachment-view').click();
      const image = byId(desk, 'attachment-image');
      await expect.poll(() => desk.evaluate<number>(`document.querySelector('[data-testid="attachment-image"]').naturalWidth`)).toBe(1);
      await desk.keyboard.press('Escape');
      await image.waitFor({ state: 'detached' });
      const [download] = await Promise.all([desk.waitForEvent('download'), byId(desk, 'attachment-download').click()]);
      expect(download.suggestedFilename()).toBe('工资条.png');

      await byId(desk, 'attachment-upload').setInputFiles({
        name: '图.svg',
        mimeType: 'image/svg+xml',
        buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      });
      await byId(desk, 'form-failure').waitFor();
      await page.context().close();
    });

    it('closes a case that went to arbitration, with a form to print, and opens it again', async () => {
      const { page, number } = await claimed('老板拖欠我三个月工资不给，怎么办？');
      await byId(desk, 'close-ticket').click();
      await byId(desk, 'close-outcome').selectOption('referred');
      await byId(desk, 'close-confirm').click();
      await desk.getByText('请选转到哪里').waitFor();
      await byId(desk, 'close-referral').selectOption('arbitration');
      await byId(desk, 'close-amount').fill('一万二');
      await byId(desk, 'close-confirm').click();
      await desk.getByText('金额请写数字').waitFor();
      await byId(desk, 'close-amount').fill('12,000');
      await byId(desk, 'close-migrant').check();
      await byId(desk, 'close-note').fill('材料齐了，陪同去立案');
      await byId(desk, 'close-confirm').click();
      await byId(desk, 'outcome').waitFor();
      await expect.poll(() => byId(desk, 'outcome').innerText()).toMatch(/转到劳动仲裁 · 金额 12,000 元 · 农民工/);

      const [form] = await Promise.all([desk.context().waitForEvent('page'), byId(desk, 'referral').click()]);
      await form.waitForLoadState();
      expect(await form.locator('body').innerText()).toMatch(new RegExp(`${number}[\\s\\S]*仲裁`));
      await form.close();

      await byId(desk, 'reopen').click();
      await byId(desk, 'claim').waitFor();
      await page.context().close();
    });

    it('gives a ticket to a colleague, who finds it among their own', async () => {
      const { page, number } = await claimed('老板拖欠我三个月工资不给，怎么办？');
      await byId(desk, 'transfer').click();
      await byId(desk, 'colleague-search').fill('赵');
      const row = byId(desk, 'colleague').first();
      await row.waitFor();
      expect(await row.innerText()).toMatch(/赵刚[\s\S]*律师[\s\S]*手里 0 张/);
      await row.click();
      await byId(desk, 'held-by-other').waitFor();
      await page.getByText('已经转给赵刚').waitFor();

      const colleague = await openPage(browser, `${server.url}/desk`, DESKTOP, problems);
      await enterDesk(colleague, 'zhao.gang', colleaguesPassword);
      await byId(colleague, 'tab-mine').click();
      await rowOf(colleague, number).waitFor();
      await colleague.context().close();
      await page.context().close();
    });

    it('opens a ticket for a caller, with a code and an answer to read out', async () => {
      await byId(desk, 'new-call').click();
      await byId(desk, 'call-submit').click();
      await desk.getByText('请写下来电人说了什么').waitFor();
      await byId(desk, 'call-words').fill('在厂里上班被机器压断手指，老板没买工伤保险，医药费该谁出？');
      await byId(desk, 'call-name').fill('周大姐');
      await byId(desk, 'call-submit').click();
      const number = await byId(desk, 'call-number').innerText();
      expect(await byId(desk, 'call-code').innerText()).toMatch(/^\w{4}-\w{4}$/);
      expect(await byId(desk, 'call-read-out').innerText()).toContain('工伤');
      await byId(desk, 'call-open-ticket').click();
      await desk.locator(`[data-testid="ticket"][data-number="${number}"]`).waitFor();
    });

    it('is worked with the keyboard alone, which never acts while one types', async () => {
      const { page, number } = await citizen('老板拖欠我三个月工资不给，怎么办？');
      await rowOf(desk, number).click();
      await byId(desk, 'claim').waitFor();
      await desk.keyboard.press('c');
      await expect.poll(() => focused(desk)).toBe('reply');
      await desk.keyboard.type('jkcrndp/?');
      expect(await byId(desk, 'reply').inputValue()).toBe('jkcrndp/?');
      expect(await byId(desk, 'ticket').getAttribute('data-number')).toBe(number);
      await desk.keyboard.press('Escape');
      await desk.keyboard.press('n');
      await expect.poll(() => focused(desk)).toBe('note-text');
      await byId(desk, 'ticket').locator('.ticket-scroll').focus();
      await desk.keyboard.press('p');
      await expect.poll(() => focused(desk)).toBe('provision-search');
      await byId(desk, 'ticket').locator('.ticket-scroll').focus();
      await desk.keyboard.press('d');
      await desk.locator('[data-testid="tool-body"][data-tool="draft"]').waitFor();
      await desk.keyboard.press('r');
      await expect.poll(() => focused(desk)).toBe('reply');
      await byId(desk, 'reply').fill('');
      await desk.keyboard.press('Escape');
      await desk.keyboard.press('/');
      await expect.poll(() => focused(desk)).toBe('queue-search');
      await byId(desk, 'ticket').locator('.ticket-scroll').focus();
      await desk.keyboard.press('?');
      await byId(desk, 'shortcut-help').waitFor();
      await desk.keyboard.press('j'); // not under an open window
      expect(await byId(desk, 'ticket').getAttribute('data-number')).toBe(number);
      for (let step = 0; step < 6; step++) {
        await desk.keyboard.press('Tab');
        expect(
          await desk.evaluate<boolean>(`document.activeElement === document.body || document.activeElement.closest('dialog') !== null`),
        ).toBe(true);
      }
      await desk.keyboard.press('Escape');
      await byId(desk, 'shortcut-help').waitFor({ state: 'detached' });
      await page.context().close();
    });

    it('has a name for every control', async () => {
      for (const tool of ['provisions', 'draft', 'canned', 'calculator', 'files', 'notes']) {
        await byId(desk, `tool-${tool}`).click();
        const nameless = await desk.evaluate<string[]>(`
        [...document.querySelectorAll('button, a, input, textarea, select')]
          .filter((element) => (element.getAttribute('aria-label') ?? element.textContent ?? '').trim() === '' && !element.labels?.length)
          .map((element) => element.outerHTML.slice(0, 120))`);
        expect(nameless).toEqual([]);
      }
    });

    it('fits a phone of 360 pixels, its tools in sheets that Escape closes', async () => {
      const phone = await openPage(browser, `${server.url}/desk`, PHONE, problems);
      await byId(phone, 'login-name').fill('zhao.gang');
      await byId(phone, 'login-password').fill(NEW_PASSWORD);
      await byId(phone, 'login-submit').click();
      await byId(phone, 'tab-mine').click();
      await byId(phone, 'ticket-row').first().click();
      await byId(phone, 'brief').waitFor();
      expect(await fitsWidth(phone)).toBe(true);
      for (const tool of ['provisions', 'draft', 'canned', 'calculator', 'files', 'notes']) {
        await byId(phone, `tool-${tool}`).click();
        await byId(phone, 'tool-sheet').waitFor();
        expect(await fitsWidth(phone), tool).toBe(true);
        const box = await byId(phone, 'tool-sheet').boundingBox();
        expect(box?.width).toBe(360);
        expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(PHONE.viewport.height);
        await phone.keyboard.press('Escape');
        await byId(phone, 'tool-sheet').waitFor({ state: 'detached' });
      }
      await shoot(phone, 'desk-phone');
      await byId(phone, 'tool-provisions').click();
      await byId(phone, 'provision-looked').first().click();
      await byId(phone, 'tool-sheet').waitFor({ state: 'detached' });
      expect(await byId(phone, 'reply').inputValue()).toMatch(/《.+》第.+条/);
      await byId(phone, 'moves').click();
      await byId(phone, 'close-ticket').click();
      await byId(phone, 'close-dialog').waitFor();
      expect(await fitsWidth(phone)).toBe(true);
      await phone.context().close();
    });

    it('had no error in any console', () => {
      expect(problems).toEqual([]);
    });
  },
);
