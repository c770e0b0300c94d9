import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOKEN, startFakeTelegram, type FakeTelegram } from '../support/fake-telegram.js';
import { NO_BROWSER, launchChromium } from '../support/chromium.js';
import { NEW_PASSWORD, startServer, type TestServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { SCRIPTED_PUPPET, startPuppetDriver, wechatyInstalled, type PuppetDriver } from '../adapters/wechat-group/puppet-driver.js';

const missing = NO_BROWSER ?? (wechatyInstalled() ? null : 'wechaty is not installed');
const byId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);

describe.skipIf(missing !== null)(`渠道 at the desk in Chromium${missing === null ? '' : ` (${missing})`}`, { timeout: 90_000 }, () => {
  let browser: Browser;
  let server: TestServer;
  let fake: FakeTelegram;
  let driver: PuppetDriver;
  let page: Page;

  beforeAll(async () => {
    const folder = temporaryFolder();
    fake = await startFakeTelegram();
    driver = await startPuppetDriver();
    server = await startServer(folder, {
      telegram: { token: TOKEN, apiRoot: fake.apiRoot, staffChat: fake.group({ forum: false }), webhook: null },
      wechatGroup: {
        puppet: SCRIPTED_PUPPET,
        token: driver.port,
        aliases: [],
        officerPassword: null,
        pageUrl: null,
        perDay: 300,
        folder: `${folder}/wechat`,
      },
    });
    await driver.until(() => driver.hellos.length > 0);
    await server.lawyer();
    browser = await launchChromium();
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' })).newPage();
    await page.goto(`${server.url}/desk`);
    await byId(page, 'login-name').fill('admin');
    await byId(page, 'login-password').fill(NEW_PASSWORD);
    await byId(page, 'login-submit').click();
    await byId(page, 'section-channels').click();
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await fake.close();
  });

  it('says of each channel in plain words how it is doing', async () => {
    await expect.poll(() => byId(page, 'channel-telegram').textContent(), { timeout: 20_000 }).toBe('Telegram正常');
    expect(await byId(page, 'channel-web').textContent()).toBe('网页正常');
    expect(await byId(page, 'channel-official-account').textContent()).toBe('公众号没有开通');
    expect(await byId(page, 'channel-wechat-group').textContent()).toBe('微信群有问题微信没有登录');
  });

  it('shows the code to scan, large enough, by itself, and puts it away once somebody has scanned it', async () => {
    driver.play({ do: 'scan', code: 'https://login.weixin.qq.com/l/abc' });
    const code = byId(page, 'login-code');
    await code.waitFor({ timeout: 30_000 });
    expect((await code.boundingBox())?.width).toBeGreaterThanOrEqual(300);
    // the picture is one that the browser can draw
    expect(await code.evaluate((image) => Number(Reflect.get(image, 'naturalWidth')))).toBeGreaterThan(0);
    expect(await byId(page, 'channel-wechat-group').textContent()).toBe('微信群有问题等人扫码登录');
    driver.play({ do: 'login', id: 'bot', name: '法律 助手' });
    await code.waitFor({ state: 'detached', timeout: 30_000 });
    await expect.poll(() => byId(page, 'channel-wechat-group').textContent()).toContain('正常');
  });

  it('gives a lawyer the sentence that links the Telegram account, sees that it was sent, and parts again', async () => {
    expect(await byId(page, 'telegram-linked').textContent()).toContain('还没有绑定');
    await byId(page, 'telegram-code').click();
    const sentence = byId(page, 'telegram-sentence');
    await sentence.waitFor();
    const li = fake.person('值班');
    await fake.say(li, (await sentence.textContent()) ?? '');
    await expect.poll(() => byId(page, 'telegram-linked').textContent(), { timeout: 20_000 }).toContain('已绑定');
    // a code is of use once
    await sentence.waitFor({ state: 'detached' });
    await byId(page, 'telegram-unlink').click();
    await expect.poll(() => byId(page, 'telegram-linked').textContent()).toContain('还没有绑定');
  });
});
