import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import type { DeliveriesView, ErrorView, PickupCodeView, PickupView } from '../../src/domain/views.js';
import { BrowserClient, type Reply } from '../support/browser-client.js';
import { startServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const server = await startServer(folder);

const anyone = (): BrowserClient => new BrowserClient(server.url);
const open = (code: string, digits?: string, client = anyone()): Promise<Reply<PickupView & ErrorView>> =>
  client.send('POST', '/api/pickup/open', { code, ...(digits === undefined ? {} : { digits }) });

interface Case {
  readonly citizen: BrowserClient;
  readonly lawyer: BrowserClient;
  readonly number: string;
  readonly code: string;
}

/** A citizen whom a lawyer has answered, and a pickup code. */
async function answeredCase(question = '老板不发工资'): Promise<Case> {
  const citizen = server.citizen();
  await citizen.ask(question);
  const { body } = await citizen.findLawyer();
  await citizen.answerAfter(body.message.id);
  const number = (await citizen.chat()).body.ticket?.number ?? '';
  const lawyer = await server.lawyer();
  await lawyer.act(number, 'claim');
  await lawyer.act(number, 'reply', { id: 'reply-0001', text: '先去劳动监察投诉。', ask: false });
  const issued = await citizen.send<PickupCodeView>('POST', '/api/chat/pickup');
  return { citizen, lawyer, number, code: issued.body.code };
}

describe('the pickup code', () => {
  it('shows the lawyer’s replies and the ticket’s state without a cookie, and nothing that the citizen wrote', async () => {
    const { number, code } = await answeredCase('老板不发工资，我住在东溪街道');
    expect(code).toMatch(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/);
    const reader = anyone();
    const { status, body, headers } = await open(code.toLowerCase().replace('-', ''), undefined, reader);
    expect(status).toBe(200);
    expect(body.ticket).toEqual({ number, state: 'answered' });
    expect(JSON.stringify(body.replies)).toContain('先去劳动监察投诉。');
    expect(JSON.stringify(body)).not.toContain('东溪街道');
    expect(headers.getSetCookie()).toEqual([]);
    expect((await reader.send('GET', `/t/${code}`)).status).toBe(200);
  });

  it('is stored as a hash only, holds beside two newer ones, and ends when it is revoked', async () => {
    const { citizen, code } = await answeredCase();
    const db = await openDatabase(join(folder, 'data', 'baimi.db'));
    const stored = JSON.stringify(await db.selectFrom('pickup_codes').selectAll().execute());
    await db.destroy();
    expect(stored).not.toContain(code.replace('-', ''));
    const issue = async (): Promise<string> => (await citizen.send<PickupCodeView>('POST', '/api/chat/pickup')).body.code;
    const next = [await issue(), await issue()];
    expect((await open(code)).status).toBe(200);
    next.push(await issue());
    expect((await open(code)).status).toBe(404);
    expect((await open(next[0] ?? '')).status).toBe(200);
    await citizen.send('POST', '/api/chat/pickup/revoke');
    for (const ended of next) expect((await open(ended)).status).toBe(404);
  });

  it('asks for the last four digits where the person gave a telephone number, and locks after five wrong ones', async () => {
    const { code } = await answeredCase('我电话13812345678，老板不发工资');
    const asked = await open(code);
    expect([asked.status, asked.body.error.code]).toEqual([401, 'digits-wanted']);
    expect((await open(code, '5678')).status).toBe(200);
    for (const digits of ['0000', '1111', '2222', '3333']) expect((await open(code, digits)).status).toBe(401);
    expect((await open(code, '4444')).status).toBe(423);
    expect((await open(code, '5678')).status).toBe(423);
  });

  it('lets another device go on with the same conversation', async () => {
    await server.restart(); // forgets the wrong codes of the tests before
    const { citizen, code } = await answeredCase();
    const phone = server.citizen();
    await phone.chat();
    const before = phone.cookies;
    expect((await phone.send('POST', '/api/pickup/resume', { code: 'ABCD-2345' })).status).toBe(404);
    expect(phone.cookies).toBe(before);
    expect((await phone.send('POST', '/api/pickup/resume', { code })).status).toBe(200);
    expect(phone.cookies).not.toBe(citizen.cookies);
    const events = citizen.listen('/api/chat/events?after=0');
    await phone.say('那我明天去');
    await events.until((all) => JSON.stringify(all).includes('那我明天去'));
    events.close();
    expect((await phone.chat()).body.messages).toEqual((await citizen.chat()).body.messages);
  });

  it('is made only for somebody who has said something', async () => {
    const reply = await anyone().send<ErrorView>('POST', '/api/chat/pickup');
    expect(reply.status).toBe(404);
  });

  it('cannot be guessed from one address: the eleventh wrong one in a quarter of an hour is not looked at', async () => {
    await server.restart(); // forgets what other tests tried
    const { code } = await answeredCase();
    const statuses: number[] = [];
    for (let wrong = 0; wrong < 11; wrong++) statuses.push((await open(`ABCD-2${String(wrong + 100)}`.replace(/[01]/g, '7'))).status);
    expect(statuses.slice(0, 10).every((status) => status === 404)).toBe(true);
    expect(statuses[10]).toBe(429);
    expect((await open(code)).status).toBe(429);
    await server.restart();
    expect((await open(code)).status).toBe(200);
  });
});

describe('leaving a shared screen', () => {
  it('puts a new session in the place of the old one', async () => {
    const citizen = server.citizen();
    await citizen.ask('你好');
    const before = citizen.cookies;
    await citizen.send('POST', '/api/chat/leave');
    expect(citizen.cookies).not.toBe(before);
    expect((await citizen.chat()).body.messages).toEqual([]);
  });

  it('takes the service point that a kiosk names, and refuses another form', async () => {
    const citizen = server.citizen();
    const join = (servicePoint: unknown) =>
      citizen.send('POST', '/api/chat/messages', { id: crypto.randomUUID(), content: { type: 'join', servicePoint } });
    expect((await join('jy-001')).status).toBe(202);
    expect((await join('<b>')).status).toBe(400);
  });
});

describe('the desk', () => {
  it('shows of each message whether the citizen has it', async () => {
    const { citizen, lawyer, number } = await answeredCase();
    const states = async (): Promise<string[]> =>
      (await lawyer.send<DeliveriesView>('GET', `/api/desk/tickets/${number}/deliveries`)).body.deliveries.map(({ state }) => state);
    expect((await states()).at(-1)).toBe('waiting');
    await citizen.chat();
    await expect.poll(async () => (await states()).every((state) => state === 'delivered')).toBe(true);
    expect((await citizen.send('GET', `/api/desk/tickets/${number}/deliveries`)).status).toBe(401);
  });
});
