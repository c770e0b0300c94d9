import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import { addStaff } from '../../src/handoff/accounts.js';
import { NO_BROWSER, launchChromium } from '../support/chromium.js';
import { NEW_PASSWORD, startServer, type TestServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, locale: 'zh-CN', hasTouch: true, isMobile: true };
const DESKTOP = { viewport: { width: 1280, height: 800 }, locale: 'zh-CN' };

/** Set BAIMI_SCREENSHOTS to a folder to keep pictures of the pages. */
const shots = process.env['BAIMI_SCREENSHOTS'];
async function shoot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
}

const byId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);
const folder = temporaryFolder();

describe.skipIf(NO_BROWSER !== null)(
  `learning from use in Chromium${NO_BROWSER === null ? '' : ` (${NO_BROWSER})`}`,
  { timeout: 90_000 },
  () => {
    let browser: Browser;
    let server: TestServer;
    const problems: string[] = [];

    beforeAll(async () => {
      server = await startServer(folder);
      browser = await launchChromium();
    }, 60_000);
    afterAll(async () => {
      await browser.close();
    });

    async function open(path: string, options: object): Promise<Page> {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      page.on('pageerror', (error) => problems.push(String(error)));
      page.on('console', (message) => {
        // 400: a proposal is refused on purpose; 401: the desk asks who is signed in
        if (message.type() === 'error' && !/status of (400|401|409)|net::ERR_/.test(message.text())) problems.push(message.text());
      });
      await page.goto(server.url + path);
      return page;
    }

    async function desk(login: string, password: string, options: object = DESKTOP): Promise<Page> {
      const page = await open('/desk', options);
      await byId(page, 'login-name').fill(login);
      await byId(page, 'login-password').fill(password);
      await byId(page, 'login-submit').click();
      await byId(page, 'current-password').fill(password);
      for (const field of ['new-password', 'repeat-password']) await byId(page, field).fill(NEW_PASSWORD);
      await byId(page, 'password-submit').click();
      await byId(page, 'tab-open').waitFor();
      return page;
    }

    const say = async (page: Page, text: string): Promise<void> => {
      await byId(page, 'composer').fill(text);
      await byId(page, 'send').click();
    };

    it('lets a citizen say of an answer that it was of use, or why not, and reach a lawyer at once', async () => {
      const citizen = await open('/', PHONE);
      await say(citizen, '怎么申请法律援助？');
      const rating = byId(citizen, 'rating').first();
      await rating.waitFor();
      for (const verdict of ['rate-useful', 'rate-useless']) {
        const box = await byId(citizen, verdict).boundingBox();
        expect(box?.height).toBeGreaterThanOrEqual(48);
        expect(box?.width).toBeGreaterThanOrEqual(100);
      }
      await rating.scrollIntoViewIfNeeded();
      await shoot(citizen, 'rating-asked');
      await byId(citizen, 'rate-useful').click();
      await byId(citizen, 'rating-thanks').waitFor();
      await citizen.reload();
      await byId(citizen, 'rating-thanks').waitFor();
      expect(await byId(citizen, 'rating-thanks').innerText()).toContain('谢谢');
      await shoot(citizen, 'rating-thanks');

      await byId(citizen, 'rate-again').click();
      await byId(citizen, 'rate-useless').click();
      await byId(citizen, 'rating-find-lawyer').waitFor();
      await byId(citizen, 'reason-unclear').click();
      await byId(citizen, 'reason-other').click();
      await byId(citizen, 'rating-text').fill('字太多，看着累');
      await byId(citizen, 'rating-submit').scrollIntoViewIfNeeded();
      await shoot(citizen, 'rating-why');
      await byId(citizen, 'rating-submit').click();
      await byId(citizen, 'rating-thanks').waitFor();
      expect(await citizen.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth')).toBe(false);
      await shoot(citizen, 'rating-useless');
      await byId(citizen, 'rating-find-lawyer').click();
      await byId(citizen, 'answer-handoff').first().waitFor();
      expect(await byId(citizen, 'answer-handoff').locator('[data-testid="rating"]').count()).toBe(0);
      await citizen.context().close();
    });

    it('lets one lawyer propose a curated answer and another approve it, and shows what could not be answered', async () => {
      for (const text of ['我想离婚，孩子归谁', '离婚的话孩子归谁', '隔壁的狗咬了我，谁赔']) await server.citizen().ask(text);
      const lawyer = await desk('admin', server.firstPassword);
      const row = byId(lawyer, 'ticket-row').filter({ hasText: '法律援助' });
      await row.click();
      await byId(lawyer, 'rating-line').waitFor();
      expect(await byId(lawyer, 'rating-line').innerText()).toMatch(/没用[\s\S]*看不懂、其他[\s\S]*字太多/);
      await byId(lawyer, 'claim').click();
      await byId(lawyer, 'reply').fill('申请工伤认定，单位不申请的，自己在1年内也能申请。带上病历和劳动合同去。');
      await byId(lawyer, 'reply-send').click();
      await byId(lawyer, 'propose').click();
      await byId(lawyer, 'propose-asks').fill('单位不申请工伤怎么办\n公司不给申请工伤认定');
      await byId(lawyer, 'propose-topic').selectOption('injury');
      expect(await byId(lawyer, 'propose-headline').inputValue()).toContain('1年内');
      await byId(lawyer, 'propose-cites').fill('工伤保险条例第九百条');
      await byId(lawyer, 'propose-submit').click();
      await byId(lawyer, 'form-failure').waitFor();
      expect(await byId(lawyer, 'form-failure').innerText()).toContain('没有《工伤保险条例》第九百条');
      await byId(lawyer, 'form-failure').scrollIntoViewIfNeeded();
      await shoot(lawyer, 'curated-propose');
      await byId(lawyer, 'propose-cites').fill('工伤保险条例第17条');
      await byId(lawyer, 'propose-submit').click();
      await byId(lawyer, 'proposed').waitFor();
      await shoot(lawyer, 'curated-proposed');
      await byId(lawyer, 'section-curated').click();
      await byId(lawyer, 'curated-card').waitFor();
      expect(await byId(lawyer, 'curated-approve').count()).toBe(0);

      const db = await openDatabase(join(folder, 'data', 'baimi.db'));
      const password = await addStaff(createStaffStore(db), 'zhao.gang', '赵刚', Date.now());
      await db.destroy();
      const colleague = await desk('zhao.gang', password, PHONE);
      await byId(colleague, 'section-curated').click();
      await byId(colleague, 'curated-card').locator('summary').first().click();
      await shoot(colleague, 'curated-phone');
      await byId(colleague, 'curated-approve').click();
      await colleague.locator('[data-testid="curated-card"][data-status="approved"]').waitFor();
      await byId(colleague, 'section-unanswered').click();
      await byId(colleague, 'cluster').first().waitFor();
      await shoot(colleague, 'unanswered-phone');
      for (const page of [lawyer, colleague]) {
        expect(await page.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth')).toBe(false);
      }

      await lawyer.reload(); // the section stands in the address
      await lawyer.locator('[data-testid="curated-card"][data-status="approved"]').waitFor();
      await shoot(lawyer, 'curated-desk');
      await byId(lawyer, 'section-unanswered').click();
      const cluster = byId(lawyer, 'cluster').filter({ hasText: '离婚' });
      expect(await cluster.innerText()).toMatch(/2[\s\S]*次[\s\S]*不在自动答复的范围内 2/);
      await shoot(lawyer, 'unanswered-desk');
      const number = await cluster.locator('[data-testid="cluster-ticket"]').first().innerText();
      await cluster.locator('[data-testid="cluster-ticket"]').first().click();
      await lawyer.locator(`[data-testid="ticket"][data-number="${number}"]`).waitFor();
      await lawyer.context().close();
      await colleague.context().close();
    });

    it('had no error in any console', () => {
      expect(problems).toEqual([]);
    });
  },
);
