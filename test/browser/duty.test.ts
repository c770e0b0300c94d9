import { join } from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchChromium, NO_BROWSER } from '../support/chromium.js';
import { NEW_PASSWORD, startServer } from '../support/start-server.js';
import { byId, openPage, PHONE, shoot } from '../support/desk-page.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { SMALL_COUNTY } from '../support/with-points.js';

describe.skipIf(NO_BROWSER !== null)('service points and duty on a phone', async () => {
  const folder = temporaryFolder();
  const server = await startServer(folder);
  let browser: Browser;
  const problems: string[] = [];
  beforeAll(async () => {
    await server.lawyer();
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it('are imported after a look, and a shift is put on a day', async () => {
    const files = join(folder, 'files');
    mkdirSync(files);
    const page = await openPage(browser, `${server.url}/desk`, PHONE, problems);
    await byId(page, 'login-name').fill('admin');
    await byId(page, 'login-password').fill(NEW_PASSWORD);
    await byId(page, 'login-submit').click();
    await byId(page, 'section-organisation').click();

    const broken = join(files, 'broken.csv');
    writeFileSync(broken, SMALL_COUNTY.replace('v1,云坪镇青湾村法律之家', 'v1,'));
    await page.getByTestId('import-file').setInputFiles(broken);
    await page.getByTestId('import-check').click();
    expect(await page.getByTestId('import-problems').textContent()).toContain('第 5 行：没有名称');

    const right = join(files, 'points.csv');
    writeFileSync(right, SMALL_COUNTY);
    await page.getByTestId('import-file').setInputFiles(right);
    await page.getByTestId('import-check').click();
    expect(await page.getByTestId('import-preview').textContent()).toContain('会新增 6');
    await page.getByTestId('import-confirm').click();
    await page.getByText('已经新增 6').waitFor();
    await page.getByTestId('point-search').fill('青湾');
    await page.getByTestId('point-v1').waitFor();

    await byId(page, 'section-duty').click();
    await page.getByTestId('duty-point').fill('云坪镇工作站');
    await page.getByRole('button', { name: '云坪镇工作站' }).click();
    await page.locator('[data-testid^="add-"]').first().click();
    await page.getByTestId('shift-add').click();
    await page.locator('.week-shift', { hasText: '值班律师' }).waitFor();
    expect(await page.locator('.week-shift').first().textContent()).toContain('09:00–17:00');
    const wide = await page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');
    expect(wide).toBe(false);
    await shoot(page, 'desk-duty-phone');
    expect(problems).toEqual([]);
    await page.close();
  }, 60_000);
});
