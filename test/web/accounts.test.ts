import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import type { AccountChangedView, AccountsView, RecoveryCodesView, SessionsView, TotpSecretView } from '../../src/domain/account-views.js';
import type { AuditView } from '../../src/domain/audit.js';
import type { Role } from '../../src/domain/access.js';
import type { ErrorView, StaffView } from '../../src/domain/views.js';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { totpCode, totpStep } from '../../src/handoff/accounts/totp.js';
import { BrowserClient } from '../support/browser-client.js';
import { NEW_PASSWORD, startServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const server = await startServer(folder);
const admin = await server.lawyer();
const db = await openDatabase(join(folder, 'data', 'baimi.db'));
afterAll(() => db.destroy());

async function addAccount(login: string, name: string, roles: readonly Role[]): Promise<{ id: string; password: string }> {
  const { status, body } = await admin.desk<AccountChangedView>('accounts', { login, name, roles });
  expect(status).toBe(200);
  return { id: body.account.id, password: body.oneTimePassword ?? '' };
}
/** Somebody new, signed in, with a password of their own. */
async function somebody(login: string, name: string, roles: readonly Role[]): Promise<{ id: string; client: BrowserClient }> {
  const { id, password } = await addAccount(login, name, roles);
  const client = new BrowserClient(server.url);
  await client.signIn(login, password);
  await client.changePassword(password, NEW_PASSWORD);
  return { id, client };
}
async function waitingTicket(): Promise<{ number: string; citizen: BrowserClient }> {
  const citizen = server.citizen();
  await citizen.findLawyer();
  await citizen.answerAfter(0);
  return { number: (await citizen.chat()).body.ticket?.number ?? '', citizen };
}
const auditOf = async (query: string): Promise<AuditView['lines']> =>
  (await admin.send<AuditView>('GET', `/api/desk/audit?${query}`)).body.lines;

describe('accounts at the desk', () => {
  it('tells the page who is there and what they may do', async () => {
    const { client } = await somebody('operator', '话务', ['operator']);
    const { body } = await client.send<StaffView>('GET', '/api/desk/me');
    expect(body).toMatchObject({ login: 'operator', roles: ['operator'], duties: ['open-ticket', 'tools'], totp: false, totpUrged: false });
    expect((await admin.send<StaffView>('GET', '/api/desk/me')).body.totpUrged).toBe(true);
  });

  it('signs in with password and code once a second factor is set up, and with a recovery code once', async () => {
    const { client } = await somebody('li.hong', '李红', ['lawyer']);
    const wrong = await client.desk<ErrorView>('totp/begin', { password: 'wrong' });
    expect([wrong.status, wrong.body.error.code]).toEqual([400, 'wrong-password']);
    const { secret } = (await client.desk<TotpSecretView>('totp/begin', { password: NEW_PASSWORD })).body;
    const code = (): string => totpCode(secret, totpStep(Date.now()) + 1);
    expect((await client.desk('totp/confirm', { code: '000000' })).status).toBe(400);
    const { codes } = (await client.desk<RecoveryCodesView>('totp/confirm', { code: totpCode(secret, totpStep(Date.now())) })).body;
    expect(new Set(codes).size).toBe(8);
    expect((await client.desk('totp/begin', { password: NEW_PASSWORD })).status).toBe(409);

    const other = new BrowserClient(server.url);
    const enter = (given?: string) =>
      other.send<ErrorView & StaffView>('POST', '/api/desk/login', {
        login: 'li.hong',
        password: NEW_PASSWORD,
        ...(given ? { code: given } : {}),
      });
    expect((await enter()).body.error.code).toBe('code-wanted');
    expect((await enter('123456')).body.error.code).toBe('wrong-code');
    expect((await enter(code())).body).toMatchObject({ login: 'li.hong', totp: true });
    expect((await enter(codes[0])).status).toBe(200);
    expect((await enter(codes[0])).body.error.code).toBe('wrong-code');
  });

  it('lists one’s own sessions, and ends one or all the others', async () => {
    const { client } = await somebody('zhao', '赵刚', ['lawyer']);
    const phone = new BrowserClient(server.url);
    await phone.send(
      'POST',
      '/api/desk/login',
      { login: 'zhao', password: NEW_PASSWORD },
      {
        'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.40',
      },
    );
    const list = async () => (await client.send<SessionsView>('GET', '/api/desk/sessions')).body.sessions;
    const [theirs] = (await list()).filter(({ current }) => !current);
    expect(theirs).toMatchObject({ device: 'iPhone · 微信', address: expect.stringMatching(/127\.0\.0\.1|::1/) as string });
    expect((await phone.send('GET', '/api/desk/tickets')).status).toBe(200);
    expect((await client.desk(`sessions/${theirs?.id ?? ''}/end`)).status).toBe(200);
    expect((await phone.send('GET', '/api/desk/tickets')).status).toBe(401);
    await phone.signIn('zhao', NEW_PASSWORD);
    expect((await client.desk('sessions/end-others')).body).toEqual({ ended: 1 });
    expect(await list()).toHaveLength(1);
  });

  it('shuts a blocked account out at once, ends its streams, and puts its tickets back into the queue', async () => {
    const { id, client } = await somebody('qian', '钱进', ['lawyer']);
    const { number, citizen } = await waitingTicket();
    await client.act(number, 'claim');
    const thread = citizen.listen('/api/chat/events');
    const { body } = await admin.desk<AccountChangedView>(`accounts/${id}/block`);
    expect(body.released).toEqual([number]);
    expect(body.account.blockedAt).not.toBeNull();
    expect((await client.send('GET', '/api/desk/me')).status).toBe(401);
    expect((await client.signIn('qian', NEW_PASSWORD)).status).toBe(401);
    await thread.until((all) => JSON.stringify(all).includes('放回队列'));
    thread.close();
    expect((await admin.ticket(number)).body).toMatchObject({ state: 'queued', holderName: null });
    await admin.desk(`accounts/${id}/unblock`);
    expect((await client.signIn('qian', NEW_PASSWORD)).status).toBe(200);
  });

  it('keeps the last administrator', async () => {
    const { body } = await admin.send<AccountsView>('GET', '/api/desk/accounts?role=admin');
    const id = body.accounts[0]?.id ?? '';
    expect((await admin.desk(`accounts/${id}/block`)).status).toBe(409);
    expect((await admin.desk<ErrorView>(`accounts/${id}/change`, { roles: ['officer'] })).body.error.message).toContain('最后一个');
    expect((await admin.send('GET', '/api/desk/accounts')).status).toBe(200);
  });

  it('lets an administrator unlock who was locked out', async () => {
    const { id } = await addAccount('sun', '孙丽', ['mediator']);
    const client = new BrowserClient(server.url);
    for (let wrong = 0; wrong < 5; wrong++) await client.signIn('sun', 'wrong');
    const locked = await client.send<ErrorView>('POST', '/api/desk/login', { login: 'sun', password: 'wrong' });
    expect([locked.status, locked.body.error.code]).toEqual([429, 'locked']);
    const { account } = (await admin.desk<AccountChangedView>(`accounts/${id}/unlock`)).body;
    expect(account.lockedUntil).toBe(0);
    expect((await client.signIn('sun', 'wrong')).status).toBe(401);
  });
});

describe('the log of who did what', () => {
  it('tells the whole of a case, and its own export', async () => {
    const { client } = await somebody('zhou', '周明', ['lawyer']);
    const { number } = await waitingTicket();
    await client.ticket(number);
    await client.ticket(number);
    await client.act(number, 'claim');
    await client.act(number, 'reply', { id: 'reply-0001', text: '请把合同带来，电话 13900001111', ask: true });
    await client.act(number, 'close', { outcome: 'resolved', note: '说清楚了' });
    const lines = await auditOf(`ticket=${number}`);
    expect(lines.map(({ by, action }) => [by, action]).reverse()).toEqual([
      ['周明', 'ticket-read'],
      ['周明', 'ticket-claim'],
      ['周明', 'ticket-ask-citizen'],
      ['周明', 'ticket-close'],
    ]);
    expect(JSON.stringify(await db.selectFrom('audit_log').selectAll().execute())).not.toMatch(/13900001111|合同|说清楚了/);

    const csv = await admin.send<string>('GET', `/api/desk/audit/export.csv?ticket=${number}`);
    expect(csv.headers.get('content-disposition')).toContain('attachment');
    expect(csv.body.split('\r\n')).toHaveLength(6);
    expect(csv.body).toContain('"周明","结案"');
    expect((await auditOf('action=export'))[0]).toMatchObject({ subject: 'audit', detail: { lines: 4 } });
  });

  it('refuses what it cannot record: nothing is shown, nothing moves', async () => {
    const { client } = await somebody('wu', '吴越', ['lawyer']);
    const { number } = await waitingTicket();
    await sql`create trigger broken_audit before insert on audit_log begin select raise(abort, 'disk full'); end`.execute(db);
    try {
      expect((await client.ticket(number)).status).toBe(500);
      expect((await client.act(number, 'claim')).status).toBe(500);
      expect((await admin.send('GET', '/api/desk/audit/export.csv')).status).toBe(500);
    } finally {
      await sql`drop trigger broken_audit`.execute(db);
    }
    expect((await client.ticket(number)).body).toMatchObject({ state: 'queued' });
  });
});

it('tells of a ticket only the desks of those who may read it, now or until now', async () => {
  const { client: lawyer } = await somebody('zheng', '郑义', ['lawyer']);
  const { client: mediator } = await somebody('wang', '王和', ['mediator']);
  const [forLawyer, forMediator] = [lawyer.listen('/api/desk/events'), mediator.listen('/api/desk/events')];
  await new Promise((resolve) => setTimeout(resolve, 100));
  const { number } = await waitingTicket();
  const told = (stream: typeof forLawyer): number =>
    stream.received.filter(({ data }) => (data as { number?: string }).number === number).length;
  await forLawyer.until(() => told(forLawyer) === 1);
  // the colleague takes it: it goes out of this queue, which is told so once, and of no more
  await admin.act(number, 'claim');
  await forLawyer.until(() => told(forLawyer) === 2);
  const all = admin.listen('/api/desk/events');
  await new Promise((resolve) => setTimeout(resolve, 100));
  await admin.act(number, 'reply', { id: 'reply-0002', text: '您好' });
  await all.until(() => told(all) === 1);
  expect([told(forLawyer), told(forMediator)]).toEqual([2, 0]);
  for (const stream of [forLawyer, forMediator, all]) stream.close();
});

describe('where a second factor is a must', async () => {
  const strict = await startServer(temporaryFolder(), { requireTotp: true });
  it('lets an administrator do nothing before it is set up', async () => {
    const client = await strict.lawyer();
    const refused = await client.send<ErrorView>('GET', '/api/desk/accounts');
    expect([refused.status, refused.body.error.code]).toEqual([403, 'must-set-up-totp']);
    expect((await client.send<StaffView>('GET', '/api/desk/me')).body.mustSetUpTotp).toBe(true);
    const { secret } = (await client.desk<TotpSecretView>('totp/begin', { password: NEW_PASSWORD })).body;
    await client.desk('totp/confirm', { code: totpCode(secret, totpStep(Date.now())) });
    expect((await client.send('GET', '/api/desk/accounts')).status).toBe(200);
  });
});

it('sends the desk with headers that let no other site frame it, learn where it was, or run a script in it', async () => {
  const page = await fetch(`${server.url}/desk`);
  const header = (name: string): string => page.headers.get(name) ?? '';
  for (const rule of ["default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'", "script-src-attr 'none'"]) {
    expect(header('content-security-policy')).toContain(rule);
  }
  expect(header('content-security-policy')).not.toMatch(/unsafe/);
  expect(header('x-frame-options')).toBe('DENY');
  expect(header('referrer-policy')).toBe('no-referrer');
  expect(header('x-content-type-options')).toBe('nosniff');
  expect(header('permissions-policy')).toContain('camera=()');
  expect(await page.text()).not.toMatch(/<script(?![^>]* src=)|\son\w+=/);
});
