import { describe, expect, it } from 'vitest';
import type { ErrorView, StaffView } from '../../src/domain/views.js';
import { addStaff } from '../../src/handoff/accounts.js';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import { join } from 'node:path';
import { BrowserClient } from '../support/browser-client.js';
import { NEW_PASSWORD, startServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const server = await startServer(folder);

/** A second lawyer, signed in. */
async function colleague(login: string, name: string): Promise<BrowserClient> {
  const db = await openDatabase(join(folder, 'data', 'baimi.db'));
  const password = await addStaff(createStaffStore(db), login, name, Date.now());
  await db.destroy();
  const client = new BrowserClient(server.url);
  await client.signIn(login, password);
  await client.changePassword(password, NEW_PASSWORD);
  return client;
}

describe('the desk', () => {
  it('prints the one-time password at the first start only', async () => {
    expect(server.firstPassword).toMatch(/^[a-z2-9]{12}$/);
    const before = server.said.length;
    await server.restart();
    expect(server.said.slice(before).join('\n')).not.toContain('一次性密码');
  });

  it('lets nobody in without the password, and nobody do anything before the one-time password is changed', async () => {
    const client = new BrowserClient(server.url);
    expect((await client.send('GET', '/api/desk/tickets')).status).toBe(401);
    expect((await client.signIn('admin', 'wrong-password')).status).toBe(401);
    expect((await client.signIn('nobody', 'wrong-password')).status).toBe(401);
    const signedIn = await client.signIn('admin', server.firstPassword);
    expect(signedIn.body).toMatchObject({ login: 'admin', mustChangePassword: true });
    const early = await client.send<ErrorView>('GET', '/api/desk/tickets');
    expect([early.status, early.body.error.code]).toEqual([403, 'must-change-password']);
    expect((await client.changePassword(server.firstPassword, 'short')).status).toBe(400);
    expect((await client.changePassword(server.firstPassword, server.firstPassword)).status).toBe(400);
    expect((await client.changePassword('wrong', NEW_PASSWORD)).status).toBe(400);
    await server.lawyer(); // changes it
    expect((await client.send('GET', '/api/desk/me')).status).toBe(401);
  });

  it('follows a ticket from the queue to the closed case, and the citizen reads along', async () => {
    const citizen = server.citizen();
    await citizen.say('我叫王小明，13900001111，老板打了我还不给钱，我要找律师');
    const events = citizen.listen('/api/chat/events');
    const lawyer = await server.lawyer();
    const number = await citizen.chat().then(async () => {
      await events.until((all) => all.some(({ event }) => event === 'ticket'));
      return (await citizen.chat()).body.ticket?.number ?? '';
    });
    const [summary] = await lawyer.tickets();
    expect(summary).toMatchObject({ number, state: 'queued', mine: false });
    expect(summary?.title).not.toContain('13900001111');

    const claimed = await lawyer.act(number, 'claim');
    expect(claimed.body).toMatchObject({ state: 'claimed', mine: true, holderName: '值班律师' });
    expect(claimed.body.brief.question).toContain('〔电话〕');
    await lawyer.act(number, 'reply', { id: 'reply-0001', text: '您好，合同签了吗？', ask: true });
    await lawyer.act(number, 'reply', { id: 'reply-0001', text: '您好，合同签了吗？', ask: true });
    await events.until((all) => JSON.stringify(all).includes('合同签了吗'));
    const before = (await citizen.chat()).body.messages.length;
    await citizen.say('没有签');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const thread = (await citizen.chat()).body.messages;
    expect(thread).toHaveLength(before + 1); // the bot said nothing
    expect(thread.filter(({ author }) => author === 'staff')).toHaveLength(1);

    await server.restart();
    expect((await citizen.chat()).body.messages).toEqual(thread);
    expect((await lawyer.ticket(number)).body.state).toBe('claimed');

    expect((await lawyer.act(number, 'hand-back')).body).toMatchObject({ state: 'answered', handedBack: true });
    const answered = await citizen.ask('谢谢');
    expect(answered.author).toBe('bot');
    const closed = await lawyer.act(number, 'close', { outcome: 'referred', result: { referral: 'arbitration' }, note: '转劳动仲裁' });
    expect(closed.body).toMatchObject({ state: 'closed', outcome: 'referred', note: '转劳动仲裁' });
    expect((await lawyer.tickets('closed')).map((ticket) => ticket.number)).toContain(number);
    expect((await lawyer.act(number, 'reopen')).body.state).toBe('queued');
    events.close();
  });

  it('gives a ticket to one of two lawyers and tells the other who has it', async () => {
    const citizen = server.citizen();
    await citizen.findLawyer();
    const [li, zhao] = [await colleague('li.hong', '李红'), await colleague('zhao.gang', '赵刚')];
    const number = await citizen.chat().then(async () => {
      await citizen.answerAfter(0);
      return (await citizen.chat()).body.ticket?.number ?? '';
    });
    const results = await Promise.all([li.act(number, 'claim'), zhao.act(number, 'claim')]);
    expect(results.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(results.map(({ body }) => JSON.stringify(body)).join('\n')).toMatch(/"(李红|赵刚)已经领取了这张工单。"/);
    const other = results[0].status === 200 ? zhao : li;
    expect((await other.act(number, 'reply', { id: 'not-mine-1', text: '你好' })).status).toBe(409);
  });

  it('tells other desks of a change at once', async () => {
    const lawyer = await server.lawyer();
    const stream = lawyer.listen('/api/desk/events');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await server.citizen().findLawyer();
    await stream.until((all) => all.some(({ event }) => event === 'ticket'));
    stream.close();
  });

  it('refuses unknown tickets, unknown outcomes and empty replies in words', async () => {
    const lawyer = await server.lawyer();
    expect((await lawyer.act('20000101-0001', 'claim')).status).toBe(404);
    const [ticket] = await lawyer.tickets();
    expect((await lawyer.act(ticket?.number ?? '', 'close', { outcome: 'forgotten' })).status).toBe(400);
    expect((await lawyer.act(ticket?.number ?? '', 'reply', { id: 'abcdefgh', text: '  ' })).status).toBe(400);
  });

  it('forgets a session when it signs out', async () => {
    const lawyer = await server.lawyer();
    expect((await lawyer.send<StaffView>('GET', '/api/desk/me')).status).toBe(200);
    await lawyer.desk('logout');
    expect((await lawyer.send('GET', '/api/desk/me')).status).toBe(401);
  });
});
