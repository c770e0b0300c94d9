import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import type { CuratedView } from '../../src/domain/curated-answer.js';
import type { ErrorView } from '../../src/domain/views.js';
import { addStaff } from '../../src/handoff/accounts.js';
import { BrowserClient } from '../support/browser-client.js';
import { NEW_PASSWORD, startServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const server = await startServer(folder);
const lawyer = await server.lawyer();
const colleague = await signInAs('zhao.gang', '赵刚');

async function signInAs(login: string, name: string): Promise<BrowserClient> {
  const db = await openDatabase(join(folder, 'data', 'baimi.db'));
  const password = await addStaff(createStaffStore(db), login, name, Date.now());
  await db.destroy();
  const client = new BrowserClient(server.url);
  await client.signIn(login, password);
  await client.changePassword(password, NEW_PASSWORD);
  return client;
}

/** A ticket that the first lawyer has answered. */
async function answeredTicket(): Promise<string> {
  const citizen = server.citizen();
  const { body } = await citizen.findLawyer();
  await citizen.answerAfter(body.message.id);
  const number = (await citizen.chat()).body.ticket?.number ?? '';
  await lawyer.act(number, 'claim');
  await lawyer.act(number, 'reply', { id: crypto.randomUUID(), text: '单位不申请，自己在1年内也能申请工伤认定。' });
  return number;
}
const draft = (ticketNumber: string, over: object = {}) => ({
  ticketNumber,
  topic: 'injury',
  asks: ['单位不申请工伤怎么办'],
  headline: '单位不申请工伤认定，自己在1年内也能申请。',
  points: ['带上病历。'],
  cites: ['《工伤保险条例》第17条'],
  ...over,
});
const list = async (client: BrowserClient) => (await client.send<{ answers: CuratedView[] }>('GET', '/api/desk/curated')).body.answers;
const post = (client: BrowserClient, path: string, body: object = {}) => client.desk<CuratedView & ErrorView>(path, body);

describe('curated answers on the desk', () => {
  it('are proposed by the lawyer of the ticket and approved by another', async () => {
    const number = await answeredTicket();
    const proposed = await post(lawyer, 'curated', draft(number));
    expect(proposed.status).toBe(200);
    const { id } = proposed.body;
    expect((await list(lawyer))[0]).toMatchObject({ id, status: 'proposed', mine: true, authorName: '值班律师', ticketNumber: number });

    const own = await post(lawyer, `curated/${id}/approve`);
    expect([own.status, own.body.error.message]).toEqual([403, '自己提的，要请另一位律师批准。']);
    const [seen] = await list(colleague);
    expect(seen).toMatchObject({ mine: false, cites: [{ law: '工伤保险条例', article: '第十七条' }] });
    expect(seen?.cites[0]?.says).toMatch(/工伤认定/);
    const approved = await post(colleague, `curated/${id}/approve`);
    expect(approved.body).toMatchObject({ status: 'approved', approvedByName: '赵刚' });
    expect((await post(colleague, `curated/${id}/approve`)).status).toBe(409);

    await server.restart();
    expect((await list(lawyer))[0]).toMatchObject({ id, status: 'approved' });
    const withdrawn = await post(lawyer, `curated/${id}/withdraw`);
    expect(withdrawn.body).toMatchObject({ status: 'withdrawn', endedByName: '值班律师' });
    expect((await post(colleague, `curated/${id}/approve`)).status).toBe(409);
  });

  it('outrank what would be composed, from their approval until they are withdrawn', async () => {
    const headline = '单位没申请的，带上病历自己去人社局申请，1年内都行。';
    const asks = ['单位一直不申报工伤该咋个办嘛'];
    const said = async (): Promise<string> => {
      const { body } = await server.citizen().ask('您好，单位一直不申报工伤，该咋个办嘛？');
      return body.type === 'answer' && body.answer.kind === 'cited' ? body.answer.headline : body.type;
    };
    expect(await said()).not.toBe(headline);
    const { body } = await post(lawyer, 'curated', draft(await answeredTicket(), { asks, headline }));
    expect(await said()).not.toBe(headline);
    await post(colleague, `curated/${body.id}/approve`);
    await expect.poll(said).toBe(headline);
    await post(lawyer, `curated/${body.id}/withdraw`);
    await expect.poll(said).not.toBe(headline);
  });

  it('may be proposed after the ticket was given back, but not by someone who never had it', async () => {
    const number = await answeredTicket();
    const foreign = await post(colleague, 'curated', draft(number));
    expect([foreign.status, foreign.body.error.code]).toEqual([403, 'not-your-ticket']);
    await lawyer.act(number, 'release');
    expect((await post(lawyer, 'curated', draft(number))).status).toBe(200);
    expect((await post(lawyer, 'curated', draft('20000101-0001'))).status).toBe(404);
  });

  it('rest on provisions that the library knows and that may be cited, and say no other figure', async () => {
    const number = await answeredTicket();
    for (const [over, message] of [
      [{ cites: ['胡编法第一条'] }, /知识库里没有/],
      [{ cites: ['工伤保险条例第九百条'] }, /没有《工伤保险条例》第九百条/],
      [{ cites: ['工伤保险条例'] }, /认不出来/],
      [{ headline: '自己在3年内也能申请。' }, /“3年”.*找不到/],
      [{ asks: [] }, /至少写一种问法/],
      [{ cites: [] }, /至少写一条依据/],
      [{ topic: 'divorce' }, /请选一个方面/],
    ] as const) {
      const refused = await post(lawyer, 'curated', draft(number, over));
      expect([refused.status, refused.body.error.message]).toEqual([400, expect.stringMatching(message)]);
    }
  });

  it('are out of reach without the token, without a session, and where there are none', async () => {
    const number = await answeredTicket();
    expect((await lawyer.send('POST', '/api/desk/curated', draft(number))).status).toBe(403);
    expect((await new BrowserClient(server.url).send('POST', '/api/desk/curated', draft(number))).status).toBe(401);
    expect((await post(lawyer, 'curated/none/approve')).status).toBe(404);
  });
});
