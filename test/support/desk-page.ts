import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { NEW_PASSWORD } from './start-server.js';

export const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, locale: 'zh-CN', hasTouch: true, isMobile: true };
export const DESKTOP = { viewport: { width: 1440, height: 900 }, locale: 'zh-CN' };

export const byId = (page: Page | Locator, id: string): Locator => page.locator(`[data-testid="${id}"]`);
export const rowOf = (page: Page, number: string): Locator => page.locator(`[data-testid="ticket-row"][data-number="${number}"]`);

/** Set BAIMI_SCREENSHOTS to a folder to keep pictures of the pages (docs/ in the repository holds some). */
const shots = process.env['BAIMI_SCREENSHOTS'];

export async function shoot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
}

/** A page of the product; what goes wrong in its console is added to `problems`. */
export async function openPage(browser: Browser, address: string, options: object, problems: string[]): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    // 401: the desk asks who is signed in; 4xx of refusals that a test wants; net::ERR: the server is restarted under the page
    if (message.type() === 'error' && !/status of (400|401|409)|net::ERR_/.test(message.text())) problems.push(message.text());
  });
  await page.goto(address);
  return page;
}

/** Signs in with a one-time password, changes it, and waits for the queue. */
export async function enterDesk(page: Page, login: string, oneTime: string): Promise<void> {
  await byId(page, 'login-name').fill(login);
  await byId(page, 'login-password').fill(oneTime);
  await byId(page, 'login-submit').click();
  await byId(page, 'current-password').fill(oneTime);
  for (const field of ['new-password', 'repeat-password']) await byId(page, field).fill(NEW_PASSWORD);
  await byId(page, 'password-submit').click();
  await byId(page, 'tab-open').waitFor();
}

export const fitsWidth = async (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth');
