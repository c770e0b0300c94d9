import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillDesk, SMALL } from '../../eval/bench/fill-desk.js';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import type { QueueView } from '../../src/domain/desk-views.js';
import { BrowserClient } from '../support/browser-client.js';
import { NO_BROWSER, launchChromium } from '../support/chromium.js';
import { byId, DESKTOP, enterDesk, fitsWidth, openPage, PHONE, shoot } from '../support/desk-page.js';
import { NEW_PASSWORD, startServer, type TestServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const OPEN = 5_000;
/** Rows in view, and some above and below. */
const MOST_ROWS = 40;
const folder = temporaryFolder();

describe.skipIf(NO_BROWSER !== null)(
  `the queue with 5,000 open tickets${NO_BROWSER === null ? '' : ` (${NO_BROWSER})`}`,
  { timeout: 120_000 },
  () => {
    let browser: Browser;
    let server: TestServer;
    let desk: Page;
    const problems: string[] = [];

    beforeAll(async () => {
      server = await startServer(folder);
      const db = await openDatabase(join(folder, 'data', 'baimi.db'));
      await fillDesk(db, { ...SMALL, now: Date.now(), open: OPEN, closed: 60, turns: 0 });
      const { id: staffId } = await db.selectFrom('staff').select('id').where('login', '=', 'admin').executeTakeFirstOrThrow();
      const told = Array.from({ length: 60 }, (_, index) => ({
        id: `notice-${String(index)}`,
        staff_id: staffId,
        ticket_number: null,
        text: `第 ${String(index)} 条：有一张工单超时没人领取，已经上转到镇（街道）工作站。请留意，必要时分派。`,
        at: Date.now(),
        read_at: null,
      }));
      await db.insertInto('notices').values(told).execute();
      await db.destroy();
      browser = await launchChromium();
      desk = await openPage(browser, `${server.url}/desk`, DESKTOP, problems);
      await enterDesk(desk, 'admin', server.firstPassword);
      await byId(desk, 'ticket-row').first().waitFor();
    }, 120_000);
    afterAll(async () => {
      await browser.close();
    });

    const total = (page: Page) => byId(page, 'queue-total').innerText();
    const rows = (page: Page) => byId(page, 'ticket-row').count();
    const scrollTo = (page: Page, top: string) =>
      page.evaluate(`(() => { const list = document.querySelector('[data-testid="queue-list"]'); list.scrollTop = ${top}; })()`);
    /** The row that stands first in view, and how far below the list's edge it begins. */
    const firstInView = (page: Page) =>
      page.evaluate<{ number: string; below: number }>(`new Promise((resolve) => {
        const look = () => {
          const list = document.querySelector('[data-testid="queue-list"]');
          const edge = list.getBoundingClientRect().top;
          const row = [...list.querySelectorAll('[data-testid="ticket-row"]')]
            .map((one) => ({ number: one.dataset.number, box: one.getBoundingClientRect() }))
            .filter(({ box }) => box.bottom - edge > 1 && box.top - edge <= 1)[0];
          if (row === undefined) requestAnimationFrame(look);
          else resolve({ number: row.number, below: Math.round(row.box.top - edge) });
        };
        look();
      })`);

    it('keeps only the rows in view in the page, however far one scrolls, and reads on to the last', async () => {
      expect(await total(desk)).toBe(`共 ${String(OPEN)} 张`);
      const seen = new Set<string>();
      let most = 0;
      const last = desk.locator(`[aria-posinset="${String(OPEN)}"]`);
      while ((await last.count()) === 0) {
        const end = await desk.evaluate<number>(`document.querySelector('.queue-rows').offsetHeight`);
        await scrollTo(desk, 'list.scrollHeight');
        most = Math.max(most, await rows(desk));
        seen.add((await firstInView(desk)).number);
        await expect
          .poll(
            async () =>
              (await last.count()) > 0 || (await desk.evaluate<number>(`document.querySelector('.queue-rows').offsetHeight`)) > end,
            {
              timeout: 60_000,
              interval: 20,
            },
          )
          .toBe(true);
      }
      expect(most).toBeLessThan(MOST_ROWS);
      expect(seen.size).toBeGreaterThan(50);
      await scrollTo(desk, '0');
      await desk.locator('[aria-posinset="1"]').waitFor();
      expect(await rows(desk)).toBeLessThan(MOST_ROWS);
      await byId(desk, 'ticket-row').first().click();
      await byId(desk, 'brief').waitFor();
      await shoot(desk, 'desk-queue');
      await desk.goBack();
    });

    it('shows what comes and goes without moving what one is reading, and tells of news in words and in the title', async () => {
      const colleague = new BrowserClient(server.url);
      await colleague.signIn('admin', NEW_PASSWORD);
      const { body } = await colleague.send<QueueView>('GET', '/api/desk/queue?show=open');
      const above = body.items.slice(0, 30).filter(({ state }) => state === 'queued')[0]?.number ?? '';
      await scrollTo(desk, '4321');
      await desk.locator('[aria-posinset="36"]').waitFor();
      const before = await firstInView(desk);
      expect(await desk.title()).toMatch(/^\(99\+\) /);

      await colleague.act(above, 'close', { outcome: 'withdrawn', note: '' });
      await expect.poll(() => total(desk)).toBe(`共 ${String(OPEN - 1)} 张`);
      expect(await firstInView(desk)).toEqual(before);

      await server.citizen().say('我要找律师，老板打人，我的手流血了');
      await expect.poll(() => total(desk)).toBe(`共 ${String(OPEN)} 张`);
      await expect.poll(() => byId(desk, 'news').innerText()).toContain('新工单');
      expect(await firstInView(desk)).toEqual(before);
    });

    it('is narrowed by kind, topic, township, what presses, and words', async () => {
      await byId(desk, 'filters-more').click();
      const all = OPEN;
      const narrowed = async (): Promise<number> => Number(/\d+/.exec(await total(desk))?.[0]);
      const eachRow = (): Promise<string[]> => byId(desk, 'ticket-row').allInnerTexts();

      await byId(desk, 'filter-kind').selectOption('mediation');
      await expect.poll(narrowed).toBeLessThan(all);
      expect((await eachRow()).every((text) => text.includes('人民调解'))).toBe(true);
      await byId(desk, 'filter-kind').selectOption('');
      await expect.poll(narrowed).toBe(all);

      await byId(desk, 'filter-topic').selectOption('工伤');
      await expect.poll(narrowed).toBeLessThan(all);
      expect((await eachRow()).every((text) => text.includes('工伤'))).toBe(true);
      await byId(desk, 'filter-topic').selectOption('');

      await byId(desk, 'filter-township').selectOption({ label: '青禾镇公共法律服务工作站' });
      await expect.poll(narrowed).toBeLessThan(all / 10);
      expect((await eachRow()).every((text) => text.includes('青禾镇'))).toBe(true);
      await desk.reload(); // the filter is kept in the tab
      await expect.poll(narrowed).toBeLessThan(all / 10);
      await byId(desk, 'filters-clear').click();
      await expect.poll(narrowed).toBe(all);

      await byId(desk, 'only-overdue').click();
      await expect.poll(narrowed).toBeLessThan(all);
      expect((await eachRow()).every((text) => text.includes('超时没人领'))).toBe(true);
      await byId(desk, 'only-overdue').click();

      await byId(desk, 'queue-search').fill('手流血');
      await expect.poll(narrowed).toBe(1);
      await byId(desk, 'queue-search').fill('没有这样的事');
      await desk.getByText('没有这样的工单').waitFor();
      await byId(desk, 'queue-search').fill('');
      await expect.poll(narrowed).toBe(all);
      await byId(desk, 'tab-closed').click();
      await expect.poll(narrowed).toBe(61);
      await byId(desk, 'tab-open').click();
    });

    it('is walked with the keyboard, along rows that are brought into view', async () => {
      await scrollTo(desk, '0');
      await byId(desk, 'ticket-row').first().click();
      for (let step = 0; step < 12; step++) await desk.keyboard.press('j');
      const chosen = desk.locator('[data-testid="ticket-row"][aria-current="true"]');
      await desk.locator('[aria-posinset="13"] [aria-current="true"]').waitFor();
      const [row, list] = await Promise.all([chosen.boundingBox(), byId(desk, 'queue-list').boundingBox()]);
      expect((row?.y ?? 0) + (row?.height ?? 0)).toBeLessThanOrEqual((list?.y ?? 0) + (list?.height ?? 0) + 1);
      await desk.keyboard.press('k');
      await desk.locator('[aria-posinset="12"] [aria-current="true"]').waitFor();
      await chosen.focus();
      await desk.keyboard.press('ArrowDown');
      await desk.locator('[aria-posinset="13"] [aria-current="true"]').waitFor();
    });

    it('fits a phone of 360 pixels, and remembers that the sound is off', async () => {
      const phone = await openPage(browser, `${server.url}/desk`, PHONE, problems);
      await byId(phone, 'login-name').fill('admin');
      await byId(phone, 'login-password').fill(NEW_PASSWORD);
      await byId(phone, 'login-submit').click();
      await byId(phone, 'ticket-row').first().waitFor();
      expect(await fitsWidth(phone)).toBe(true);
      expect(await byId(phone, 'sound').getAttribute('aria-pressed')).toBe('true');
      await byId(phone, 'sound').click();
      await phone.reload();
      await byId(phone, 'ticket-row').first().waitFor();
      expect(await byId(phone, 'sound').innerText()).toContain('关');
      await shoot(phone, 'desk-phone-queue');
      await byId(phone, 'filters-more').click();
      expect(await fitsWidth(phone)).toBe(true);
      await byId(phone, 'filters-more').click();
      // however much there is to tell, it takes one line, and rows stay in reach
      const listHeight = async (): Promise<number> => (await byId(phone, 'queue-list').boundingBox())?.height ?? 0;
      expect(await byId(phone, 'notices').innerText()).toContain('条通知');
      expect(await listHeight()).toBeGreaterThan(250);
      await byId(phone, 'notices-show').click();
      expect(await fitsWidth(phone)).toBe(true);
      expect(await byId(phone, 'notices').getByRole('listitem').count()).toBeGreaterThanOrEqual(60);
      await byId(phone, 'notices-read').click();
      await byId(phone, 'notices').waitFor({ state: 'detached' });
      await byId(phone, 'ticket-row').first().click();
      await byId(phone, 'brief').waitFor();
      expect(await fitsWidth(phone)).toBe(true);
      await phone.context().close();
    });

    it('had no error in any console', () => {
      expect(problems).toEqual([]);
    });
  },
);
