import { gzipSync } from 'node:zlib';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config.js';
import { NO_BROWSER, launchChromium } from '../support/chromium.js';
import { NEW_PASSWORD, startServer, type TestServer } from '../support/start-server.js';

const PHONE = { viewport: { width: 375, height: 812 }, deviceScaleFactor: 2, locale: 'zh-CN', hasTouch: true, isMobile: true };
const DESKTOP = { viewport: { width: 1280, height: 800 }, locale: 'zh-CN' };

/** Set BAIMI_SCREENSHOTS to a folder to keep pictures of the pages (docs/ in the repository holds some). */
const shots = process.env['BAIMI_SCREENSHOTS'];
async function shoot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
}

const byId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);

describe.skipIf(NO_BROWSER !== null)(`pages in Chromium${NO_BROWSER === null ? '' : ` (${NO_BROWSER})`}`, { timeout: 90_000 }, () => {
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

  async function open(path: string, options: object): Promise<Page> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      // 401: the desk asks who is signed in; net::ERR: the server is restarted under the page
      if (message.type() === 'error' && !/status of (401|409)|net::ERR_/.test(message.text())) problems.push(message.text());
    });
    await page.goto(server.url + path);
    return page;
  }

  it('lets a citizen ask, read the article, ask for a lawyer, and read the lawyer’s reply without reloading', async () => {
    const citizen = await open('/', PHONE);
    await byId(citizen, 'composer').waitFor();
    await shoot(citizen, 'chat-start');

    await byId(citizen, 'composer').fill('在厂里上班被机器压断手指，老板没买工伤保险，医药费该谁出？');
    await byId(citizen, 'send').click();
    const answer = byId(citizen, 'answer-cited').first();
    await answer.waitFor();
    const citation = answer.locator('[data-testid="citation"]', { hasText: '工伤保险条例' }).first();
    await citation.locator('summary').click();
    expect(await citation.innerText()).toMatch(/2011/);
    expect(await answer.innerText()).toContain('人工智能');
    await citizen.evaluate(`document.querySelector('[data-testid="answer-cited"]').scrollIntoView({ block: 'start' })`);
    await shoot(citizen, 'chat-cited');

    await byId(citizen, 'find-lawyer').first().click();
    await byId(citizen, 'answer-handoff').first().waitFor();
    await shoot(citizen, 'chat-handoff');

    const desk = await open('/desk', DESKTOP);
    await byId(desk, 'login-name').fill('admin');
    await byId(desk, 'login-password').fill(server.firstPassword);
    await byId(desk, 'login-submit').click();
    await byId(desk, 'current-password').fill(server.firstPassword);
    await byId(desk, 'new-password').fill(NEW_PASSWORD);
    await byId(desk, 'repeat-password').fill(NEW_PASSWORD);
    await byId(desk, 'password-submit').click();
    await byId(desk, 'ticket-row').first().waitFor();
    await shoot(desk, 'desk-queue');
    await byId(desk, 'ticket-row').first().click();
    await byId(desk, 'claim').click();
    await byId(citizen, 'held-bar').waitFor();
    await byId(desk, 'reply').fill('您好，我是值班律师。请把病历和工资转账记录保存好，单位不申请，您自己也能申请工伤认定。');
    await byId(desk, 'reply-send').click();

    await citizen.getByText('单位不申请，您自己也能申请工伤认定').waitFor();
    await shoot(citizen, 'chat-lawyer');
    await shoot(desk, 'desk-ticket');

    await byId(citizen, 'composer').fill('好的，我明天去');
    await byId(citizen, 'send').click();
    await desk.getByText('好的，我明天去').first().waitFor();

    await citizen.reload();
    await citizen.getByText('单位不申请，您自己也能申请工伤认定').waitFor();
    await server.restart();
    await citizen.reload();
    await citizen.getByText('单位不申请，您自己也能申请工伤认定').waitFor();
    await citizen.context().close();
    await desk.context().close();
  });

  it('offers questions back as buttons that answer with one tap', async () => {
    const citizen = await open('/', PHONE);
    await byId(citizen, 'composer').fill('我们这要拆迁了，我妹想把户口迁回来分补偿，她有份吗？');
    await byId(citizen, 'send').click();
    const option = byId(citizen, 'option').first();
    await option.waitFor();
    await shoot(citizen, 'chat-clarify');
    const box = await option.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    await option.click();
    await citizen.getByText('城里（国有土地）').last().waitFor();
    await citizen.context().close();
  });

  it('can be used with the keyboard alone and has a name for every control', async () => {
    const citizen = await open('/', DESKTOP);
    await byId(citizen, 'composer').focus();
    await citizen.keyboard.type('你好');
    await citizen.keyboard.press('Enter');
    await byId(citizen, 'answer-service').first().waitFor();
    const nameless = await citizen.evaluate<string[]>(`
      [...document.querySelectorAll('button, a, input, textarea, select')]
        .filter((element) => {
          const label = element.getAttribute('aria-label') ?? element.textContent ?? '';
          return label.trim() === '' && !element.labels?.length && !element.getAttribute('aria-labelledby');
        })
        .map((element) => element.outerHTML.slice(0, 120))`);
    expect(nameless).toEqual([]);
    expect(await citizen.evaluate<string>('document.documentElement.lang')).toBe('zh-CN');
    const wide = await citizen.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth');
    expect(wide).toBe(false);
    await citizen.context().close();
  });

  it('shows markup in a message as text', async () => {
    const citizen = await open('/', PHONE);
    await byId(citizen, 'composer').fill('<img src=x onerror="document.title=1">老板不给钱');
    await byId(citizen, 'send').click();
    await citizen.getByText('<img src=x onerror="document.title=1">老板不给钱').waitFor();
    expect(await citizen.locator('img[src="x"]').count()).toBe(0);
    await citizen.context().close();
  });

  it('had no error in any console', () => {
    expect(problems).toEqual([]);
  });
});

describe('the built pages', () => {
  it('send the citizen less than 150 kB of script, gzipped', () => {
    const folder = join(packageRoot(), 'dist', 'pages');
    const html = readFileSync(join(folder, 'index.html'), 'utf8');
    const first = [...html.matchAll(/assets\/[\w.-]+\.js/g)].map(([path]) => path);
    expect(first.length).toBeGreaterThan(0);
    const all = readdirSync(join(folder, 'assets')).filter((file) => file.endsWith('.js') && !file.startsWith('desk'));
    const bytes = all.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, 'assets', file))).length, 0);
    expect(bytes).toBeLessThan(150_000);
  });
});
