import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_BROWSER, launchChromium } from '../support/chromium.js';
import { startServer, type TestServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const PHONE = { viewport: { width: 360, height: 740 }, locale: 'zh-CN', hasTouch: true, isMobile: true };
const folder = temporaryFolder();

describe.skipIf(NO_BROWSER !== null)(
  `services on a phone in Chromium${NO_BROWSER === null ? '' : ` (${NO_BROWSER})`}`,
  { timeout: 90_000 },
  () => {
    let browser: Browser;
    let server: TestServer;
    beforeAll(async () => {
      server = await startServer(folder);
      browser = await launchChromium();
    }, 60_000);
    afterAll(async () => {
      await browser.close();
    });

    const say = async (page: Page, words: string): Promise<void> => {
      const before = await page.locator('[data-testid="message-bot"]').count();
      await page.locator('textarea').fill(words);
      await page.locator('textarea').press('Enter');
      await expect.poll(() => page.locator('[data-testid="message-bot"]').count(), { timeout: 15_000 }).toBeGreaterThan(before);
    };
    const tap = (page: Page, option: string): Promise<void> =>
      page
        .locator('[data-testid="option"]', { hasText: new RegExp(`^${option}$`, 'u') })
        .last()
        .tap();

    it('tells what is kept before the first word, fills in a form by tapping, and downloads what is kept', async () => {
      const page = await (await browser.newContext(PHONE)).newPage();
      await page.goto(server.url);
      await page.locator('[data-testid="consent"]').waitFor();
      await say(page, '我要上门服务');
      await tap(page, '年纪大，走不动');
      await page.getByText('要办什么事').last().waitFor();
      await say(page, '想问问低保的事情怎么申请');
      await tap(page, '越快越好');
      await page.getByText('您住在哪个镇').waitFor();
      await tap(page, '跳过');
      await page.getByText('上门到哪里').waitFor();
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      await say(page, '红旗村三组八号');
      await say(page, '赵春花');
      await say(page, '13812345678');
      await tap(page, '确认提交');
      await page.getByText('交上去了').waitFor();
      await say(page, '导出我的信息');
      const [file] = await Promise.all([page.waitForEvent('download'), page.locator('[data-testid="download-my-data"]').tap()]);
      expect(file.suggestedFilename()).toMatch(/\.txt$/u);
      await page.close();
    });
  },
);
