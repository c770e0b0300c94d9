import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountChangedView } from '../../src/domain/account-views.js';
import { totpCode, totpStep } from '../../src/handoff/accounts/totp.js';
import { BrowserClient } from '../support/browser-client.js';
import { launchChromium, NO_BROWSER } from '../support/chromium.js';
import { NEW_PASSWORD, startServer, type TestServer } from '../support/start-server.js';

const byId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);

describe.skipIf(NO_BROWSER !== null)(
  `accounts at the desk in Chromium${NO_BROWSER === null ? '' : ` (${NO_BROWSER})`}`,
  { timeout: 90_000 },
  () => {
    let browser: Browser;
    let server: TestServer;
    let page: Page;
    const complaints: string[] = [];
    const open = async (login: string, password: string): Promise<Page> => {
      const opened = await (await browser.newContext({ viewport: { width: 360, height: 780 }, locale: 'zh-CN' })).newPage();
      opened.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) complaints.push(message.text());
      });
      await opened.goto(`${server.url}/desk`);
      await byId(opened, 'login-name').fill(login);
      await byId(opened, 'login-password').fill(password);
      await byId(opened, 'login-submit').click();
      return opened;
    };

    beforeAll(async () => {
      server = await startServer();
      const admin = await server.lawyer();
      const { body } = await admin.desk<AccountChangedView>('accounts', { login: 'zhao', name: '赵刚', roles: ['lawyer'] });
      const password = body.oneTimePassword ?? '';
      const lawyer = new BrowserClient(server.url);
      await lawyer.signIn('zhao', password);
      await lawyer.changePassword(password, NEW_PASSWORD);
      browser = await launchChromium();
      page = await open('admin', NEW_PASSWORD);
    }, 90_000);
    afterAll(async () => {
      await browser.close();
    });

    it('urges the administrator to set up a second factor, and asks for it at the next sign-in', async () => {
      await byId(page, 'totp-banner').getByRole('button').click();
      await byId(page, 'totp-password').fill(NEW_PASSWORD);
      await byId(page, 'totp-begin').click();
      const secret = (await byId(page, 'totp-secret').innerText()).replace(/\s/g, '');
      await page.locator('svg.qr-code path').waitFor({ state: 'attached' });
      await byId(page, 'totp-code').fill(totpCode(secret, totpStep(Date.now())));
      await byId(page, 'totp-confirm').click();
      expect(await byId(page, 'recovery-codes').locator('li').count()).toBe(8);
      const recovery = await byId(page, 'recovery-codes').locator('li').first().innerText();
      await byId(page, 'recovery-done').click();
      await expect.poll(() => byId(page, 'totp-state').innerText()).toContain('已开启');

      const again = await open('admin', NEW_PASSWORD);
      await byId(again, 'login-code').fill(recovery);
      await byId(again, 'login-submit').click();
      await byId(again, 'section-me').click();
      await expect.poll(() => byId(again, 'session').count()).toBe(3);
      await byId(again, 'end-others').click();
      await expect.poll(() => byId(again, 'session').count()).toBe(1);
      page = again;
    });

    it('lets the administrator make and block an account, and look it up in the log, on a telephone', async () => {
      await byId(page, 'section-accounts').click();
      await byId(page, 'account-new').click();
      await byId(page, 'account-login').fill('li.hong');
      await byId(page, 'account-name').fill('李红');
      await byId(page, 'choice-mediator').check();
      await byId(page, 'account-save').click();
      const told = byId(page, 'account-told');
      await expect.poll(() => told.innerText()).toMatch(/李红（li\.hong）的一次性密码：[a-z0-9]{12}/);
      await byId(page, 'account-search').fill('李红');
      await expect.poll(() => byId(page, 'account').count()).toBe(1);
      expect(await byId(page, 'account').innerText()).toContain('律师、调解员');
      page.once('dialog', (dialog) => void dialog.accept());
      await byId(page, 'account-block').click();
      await expect.poll(() => byId(page, 'account').innerText()).toContain('已停用');
      expect(await page.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth')).toBe(false);

      await byId(page, 'section-audit').click();
      await byId(page, 'audit-action').selectOption('account-block');
      await expect.poll(() => byId(page, 'audit-line').count()).toBe(1);
      expect(await byId(page, 'audit-line').innerText()).toMatch(/停用账号[\s\S]*李红/);
      expect(await page.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth')).toBe(false);
    });

    it('shows a lawyer no section that is not theirs', async () => {
      const lawyer = await open('zhao', NEW_PASSWORD);
      await byId(lawyer, 'section-me').waitFor();
      for (const hidden of ['accounts', 'audit']) expect(await byId(lawyer, `section-${hidden}`).count()).toBe(0);
      expect(await byId(lawyer, 'section-curated').count()).toBe(1);
    });

    it('runs into no rule of the page’s security policy', () => {
      expect(complaints).toEqual([]);
    });
  },
);
