import { gzipSync } from 'node:zlib';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config.js';
import { NO_BROWSER, launchChromium } from '../support/chromium.js';
import { NEW_PASSWORD, startServer, type TestServer } from '../support/start-server.js';

const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, locale: 'zh-CN', hasTouch: true, isMobile: true };
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

  /** Says something and waits for the next answer. */
  async function say(page: Page, text: string): Promise<Locator> {
    await byId(page, 'composer').fill(text);
    return nextAnswer(page, () => byId(page, 'send').click());
  }

  async function tap(page: Page, option: string): Promise<Locator> {
    return nextAnswer(page, () => byId(page, 'option').filter({ hasText: option }).click());
  }

  async function nextAnswer(page: Page, act: () => Promise<void>): Promise<Locator> {
    const cards = page.locator('article.card');
    const before = await cards.count();
    await act();
    await cards.nth(before).waitFor();
    return cards.nth(before);
  }

  const fitsWidth = async (page: Page): Promise<boolean> =>
    page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth');

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
    const number = byId(citizen, 'ticket-number');
    await number.waitFor();
    await expect.poll(async () => (await number.boundingBox())?.y, { message: 'the number is in view' }).toBeLessThan(600);
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
    await byId(desk, 'ticket-row').first().click();
    const summary = await byId(desk, 'answer-summary').first().innerText();
    await byId(desk, 'answer-summary').first().scrollIntoViewIfNeeded();
    await shoot(desk, 'desk-answer');
    for (const part of ['应当认定为工伤', '理由', '期限', '1年内', '依据', '《工伤保险条例》第十四条', '记下的情况：', '伤在手指']) {
      expect(summary).toContain(part);
    }
    await byId(desk, 'claim').click();
    await byId(citizen, 'held-bar').waitFor();
    await byId(desk, 'reply').fill('您好，我是值班律师。请把病历和工资转账记录保存好，单位不申请，您自己也能申请工伤认定。');
    await byId(desk, 'reply-send').click();

    await citizen.getByText('单位不申请，您自己也能申请工伤认定').waitFor();
    await shoot(citizen, 'chat-lawyer');

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

  it('shows what matters of an answer at first sight, and everything behind one button, nothing twice', async () => {
    const citizen = await open('/', PHONE);
    const answer = await say(citizen, '在厂里上班被机器压断手指，老板没买工伤保险，医药费该谁出？');
    const showAll = answer.locator('[data-testid="show-all"]');
    const more = answer.locator('[data-testid="more"]');
    expect(await answer.innerText()).toMatch(/应当认定为工伤[\s\S]*现在怎么做[\s\S]*别过了期限[\s\S]*1年内[\s\S]*展开全部/);
    expect(await more.isVisible()).toBe(false);
    const [card, button] = await Promise.all([answer.boundingBox(), showAll.boundingBox()]);
    expect((button?.y ?? 0) - (card?.y ?? 0)).toBeLessThan(2 * PHONE.viewport.height);
    expect(button?.height).toBeGreaterThanOrEqual(48);
    await showAll.scrollIntoViewIfNeeded();
    await shoot(citizen, 'answer-first-sight');

    await showAll.focus();
    await citizen.keyboard.press('Enter');
    expect(await showAll.getAttribute('aria-expanded')).toBe('true');
    for (const part of ['留好这些证据', '还要知道', '申请工伤认定', '请注意']) expect(await more.innerText()).toContain(part);
    const papers = more.locator('[data-testid="guide-section"]', { hasText: '带什么' });
    await papers.locator('summary').click();
    expect(await papers.innerText()).toContain('工伤认定申请表');
    await shoot(citizen, 'answer-expanded');
    // without the number before it and the source behind it
    const sentences = (await answer.locator('li').allTextContents()).map((text) => text.replace(/^\d|《[^《]*$/g, ''));
    expect(sentences.length).toBeGreaterThan(12);
    expect(sentences.filter((one, at) => one.length > 1 && sentences.indexOf(one) !== at)).toEqual([]);
    expect(await fitsWidth(citizen)).toBe(true);

    await showAll.click();
    expect(await more.isVisible()).toBe(false);
    await answer.locator('[data-testid="citation-group"] summary').first().click();
    expect(await answer.locator('[data-testid="citation-group"] [data-testid="citation"]').first().isVisible()).toBe(true);
    await citizen.context().close();
  });

  it('prints all of an answer, opened', async () => {
    const citizen = await open('/', DESKTOP);
    const answer = await say(citizen, '在厂里上班被机器压断手指，老板没买工伤保险，医药费该谁出？');
    await citizen.emulateMedia({ media: 'print' });
    const visible = async (text: string): Promise<boolean> => answer.getByText(text).first().isVisible();
    for (const text of ['病历、诊断证明', '工伤认定申请表', '没买保险就不算工伤']) expect(await visible(text)).toBe(true);
    const article = answer.locator('[data-testid="citation-group"] .citation-facts').first();
    expect((await article.boundingBox())?.height).toBeGreaterThan(0);
    expect(await answer.locator('[data-testid="show-all"]').isVisible()).toBe(false);
    await citizen.context().close();
  });

  it('carries a sum through by tapping, and asks a lawyer as well where the reasons decide', async () => {
    const citizen = await open('/', PHONE);
    const question = await say(citizen, '我2023年3月1日入职，月工资6000元，今年10月31日被公司辞退，帮我算算经济补偿能拿多少');
    expect(await question.getAttribute('data-testid')).toBe('answer-clarify');
    expect(await byId(citizen, 'option').count()).toBeGreaterThan(5);
    for (const option of await byId(citizen, 'option').all()) {
      const box = await option.boundingBox();
      expect(box?.width).toBeGreaterThan(280);
      expect(box?.height).toBeGreaterThanOrEqual(48);
    }
    await shoot(citizen, 'calculation-asked');
    const answer = await tap(citizen, '单位没有合法理由、没走程序就叫我走');
    const sum = answer.locator('[data-testid="calculation"]');
    expect(await sum.innerText()).toMatch(/48,000元[\s\S]*怎么算的[\s\S]*6,000元[\s\S]*待核实/);
    expect(await sum.locator('.calculation-result').innerText()).toBe('48,000元');
    expect(await answer.locator('[data-testid="caveats"]').innerText()).toContain('要请律师看');
    expect(await answer.locator('[data-testid="also-lawyer"] [data-testid="ticket-number"]').innerText()).toMatch(/^\d{8}-\d{4}$/);
    expect(await byId(citizen, 'option').count()).toBe(0);
    await shoot(citizen, 'calculation-result');
    expect(await fitsWidth(citizen)).toBe(true);
    await citizen.context().close();
  });

  it('answers a follow-up with what is asked for, and no more', async () => {
    const citizen = await open('/', PHONE);
    await say(citizen, '在厂里上班被机器压断手指，老板没买工伤保险，医药费该谁出？');
    const answer = await say(citizen, '那要多久？');
    expect(await answer.locator('h2').innerText()).toContain('30日内');
    // what was said with the first answer is not said again
    expect(await answer.innerText()).not.toContain('现在怎么做');
    await shoot(citizen, 'follow-up');
    await citizen.context().close();
  });

  it('asks back what would make an answer more exact, only until something is said', async () => {
    const citizen = await open('/', PHONE);
    const first = await say(citizen, '老板拖欠三个月工资不给，怎么办？');
    const ask = first.locator('[data-testid="ask"]');
    expect(await ask.innerText()).toContain('你是给谁干活');
    await ask.scrollIntoViewIfNeeded();
    await shoot(citizen, 'case-asked');
    const second = await tap(citizen, '工地上的包工头');
    expect(await byId(citizen, 'message-citizen').last().innerText()).toContain('工地上的包工头');
    expect(await second.getAttribute('data-testid')).toBe('answer-cited');
    expect(await ask.count()).toBe(0);
    await shoot(citizen, 'case-tapped');
    await citizen.context().close();
  });

  it('shows what it has noted, and lets the person put it right', async () => {
    const citizen = await open('/', PHONE);
    const answer = await say(citizen, '我月工资5000元，老板拖欠三个月工资不给，怎么办？');
    expect(await answer.locator('[data-testid="noted"]').innerText()).toMatch(/我记下的[\s\S]*月工资5000元/);
    const composer = byId(citizen, 'composer');
    await composer.fill('还有一件事');
    await answer.locator('[data-testid="noted-fact"]', { hasText: '欠3个月工资' }).click();
    await answer.locator('[data-testid="noted-fact"]', { hasText: '月工资5000元' }).click();
    expect(await composer.inputValue()).toBe('还有一件事\n不对，不是月工资5000元，是');
    await citizen.keyboard.type('5500元');
    await shoot(citizen, 'noted-corrected');
    await composer.fill('不对，不是月工资5000元，是5500元');
    const next = await nextAnswer(citizen, () => byId(citizen, 'send').click());
    expect(await next.locator('[data-testid="noted"]').innerText()).toContain('月工资5500元');
    expect(await answer.locator('[data-testid="noted"]').count()).toBe(0);
    await citizen.context().close();
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
    // all that the page can come to load, however late
    const all = new Set(first);
    for (const path of all) {
      const text = readFileSync(join(folder, path), 'utf8');
      for (const [, file] of text.matchAll(/["'`](?:\.\/|\/?assets\/)([\w.-]+\.js)["'`]/g)) all.add(`assets/${file ?? ''}`);
    }
    expect([...all].some((path) => path.includes('ChatPage'))).toBe(true);
    expect([...all].some((path) => path.includes('draw-chart'))).toBe(false);
    const bytes = [...all].reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path))).length, 0);
    expect(bytes).toBeLessThan(150_000);
  });
});
