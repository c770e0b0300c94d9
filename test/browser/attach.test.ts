import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_BROWSER, launchChromium } from '../support/chromium.js';
import { startServer, type TestServer } from '../support/start-server.js';

const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(500, 7)]);

describe.skipIf(NO_BROWSER !== null)(
  `files on the citizen’s page in Chromium${NO_BROWSER === null ? '' : ` (${NO_BROWSER})`}`,
  { timeout: 90_000 },
  () => {
    let browser: Browser;
    let server: TestServer;
    beforeAll(async () => {
      server = await startServer();
      browser = await launchChromium();
    }, 60_000);
    afterAll(async () => {
      await browser.close();
    });

    it('can be put up once a lawyer has been asked, stand in the conversation, and are refused in words', async () => {
      const page = await browser.newPage({ viewport: { width: 360, height: 740 }, locale: 'zh-CN' });
      const byId = (id: string) => page.locator(`[data-testid="${id}"]`);
      await page.goto(`${server.url}/`);
      await byId('composer').fill('你好');
      await byId('send').click();
      await page.getByText('我是百米问法').first().waitFor();
      expect(await byId('attach').count()).toBe(0);

      await byId('composer').fill('我要找律师');
      await byId('send').click();
      await byId('attach').waitFor();
      await byId('attach-field').setInputFiles({ name: '工资条.jpg', mimeType: 'image/jpeg', buffer: JPEG });
      await page.getByText('〔文件〕工资条.jpg').waitFor();
      await page.getByText('已经存好，律师能看到').waitFor();

      await byId('attach-field').setInputFiles({ name: '照片.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('MZ a program') });
      await byId('attach-failure').waitFor();
      expect(await byId('attach-failure').textContent()).toContain('只能传照片');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    });
  },
);
