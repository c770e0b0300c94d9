import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillDesk, SMALL } from '../../eval/bench/fill-desk.js';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import { addStaff } from '../../src/handoff/accounts.js';
import { NO_BROWSER, launchChromium } from '../support/chromium.js';
import { NEW_PASSWORD, startServer, type TestServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const byId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);

describe.skipIf(NO_BROWSER !== null)(
  `数据 at the desk in Chromium${NO_BROWSER === null ? '' : ` (${NO_BROWSER})`}`,
  { timeout: 60_000 },
  () => {
    let browser: Browser;
    let server: TestServer;
    let page: Page;
    const asked: string[] = [];
    const broken: string[] = [];

    beforeAll(async () => {
      const folder = temporaryFolder();
      server = await startServer(folder);
      const db = await openDatabase(join(folder, 'data', 'baimi.db'));
      await fillDesk(db, { ...SMALL, now: Date.now() });
      await db.destroy();
      await server.lawyer();
      browser = await launchChromium();
      page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN', acceptDownloads: true })).newPage();
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      page.on('console', (message) => {
        if (message.type() === 'error') broken.push(message.text());
      });
      page.on('pageerror', (error) => broken.push(error.message));
      await page.goto(`${server.url}/desk`);
      await byId(page, 'login-name').fill('admin');
      await byId(page, 'login-password').fill(NEW_PASSWORD);
      await byId(page, 'login-submit').click();
      await byId(page, 'section-figures').waitFor();
      broken.length = 0;
    }, 90_000);
    afterAll(async () => {
      await browser.close();
      await server.stop();
    });

    it('loads what draws charts only when the section is opened, within the page’s content policy', async () => {
      expect(asked.filter((path) => /draw-chart|FiguresSection/.test(path))).toEqual([]);
      await byId(page, 'section-figures').click();
      await page.locator('[data-testid="chart"][data-drawn="true"]').first().waitFor({ timeout: 20_000 });
      expect(asked.some((path) => /draw-chart/.test(path))).toBe(true);
      // a tooltip too is drawn without markup
      await page.locator('[data-testid="chart"] canvas').first().hover();
      expect(broken).toEqual([]);
    });

    it('shows the figures of a month and goes back a month', async () => {
      const running = await byId(page, 'month').inputValue();
      await byId(page, 'caveat').first().waitFor();
      expect(await byId(page, 'figure-opened').locator('.figure-value').textContent()).toMatch(/^\d+$/);
      await byId(page, 'month-before').click();
      await expect.poll(() => byId(page, 'month').inputValue()).not.toBe(running);
      await expect.poll(() => byId(page, 'caveat').count()).toBe(0);
    });

    it('leads from a figure to its tickets, from there to one, and back to the same place', async () => {
      const shown = await byId(page, 'figure-closed').locator('.figure-value').textContent();
      await byId(page, 'figure-closed').locator('.figure-open').click();
      await expect.poll(() => byId(page, 'figure-total').textContent()).toBe(shown?.replace(',', ''));
      expect(await byId(page, 'figure-ticket').count()).toBe(50);
      await byId(page, 'figure-more').click();
      await expect.poll(() => byId(page, 'figure-ticket').count()).toBe(100);
      const number = (await byId(page, 'figure-ticket').first().locator('strong').textContent()) ?? '';
      await byId(page, 'figure-ticket').first().click();
      await expect.poll(() => new URL(page.url()).hash).toBe(`#${number}`);
      await page.goBack();
      await byId(page, 'figure-total').waitFor();
      await byId(page, 'figures-back').click();
      await byId(page, 'figures').waitFor();
      expect(await byId(page, 'figure-closed').locator('.figure-value').textContent()).toBe(shown);
    });

    it('leads from a row of a figure, and from a cell of the table of people, to the tickets that it counts', async () => {
      const row = byId(page, 'breakdown-closed').locator('.bar-row').first();
      const count = await row.locator('.bar-value').textContent();
      await row.click();
      await expect.poll(() => byId(page, 'figure-total').textContent()).toBe(count);
      await byId(page, 'figures-back').click();
      const cell = byId(page, 'joined-staff').locator('.cell-button').first();
      const closed = await cell.textContent();
      await cell.click();
      await expect.poll(() => byId(page, 'figure-total').textContent()).toBe(closed);
      await byId(page, 'figures-back').click();
    });

    it('hands out the report as a file', async () => {
      const [download] = await Promise.all([page.waitForEvent('download'), byId(page, 'download-report.docx').click()]);
      expect(download.suggestedFilename()).toMatch(/^baimi-report-\d{4}-\d{2}\.docx$/);
      expect(await download.failure()).toBeNull();
    });

    it('fits a phone', async () => {
      await page.setViewportSize({ width: 360, height: 740 });
      await byId(page, 'figures').waitFor();
      const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(wider).toBe(0);
      const section = await byId(page, 'figures').evaluate(
        (element) => Number(Reflect.get(element, 'scrollWidth')) - Number(Reflect.get(element, 'clientWidth')),
      );
      expect(section).toBe(0);
      await page.setViewportSize({ width: 1280, height: 900 });
    });

    it('is not there for a lawyer', async () => {
      const folder = temporaryFolder();
      const other = await startServer(folder);
      const db = await openDatabase(join(folder, 'data', 'baimi.db'));
      const password = await addStaff(createStaffStore(db), 'zhou', '周某', Date.now());
      await db.updateTable('staff').set({ must_change: 0 }).where('login', '=', 'zhou').execute();
      await db.destroy();
      const lawyer = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
      await lawyer.goto(`${other.url}/desk`);
      await byId(lawyer, 'login-name').fill('zhou');
      await byId(lawyer, 'login-password').fill(password);
      await byId(lawyer, 'login-submit').click();
      await byId(lawyer, 'section-tickets').waitFor();
      expect(await byId(lawyer, 'section-figures').count()).toBe(0);
      await other.stop();
    });
  },
);
