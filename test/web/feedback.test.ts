import { describe, expect, it } from 'vitest';
import type { Rating, RatingsView } from '../../src/domain/feedback.js';
import type { UnansweredView } from '../../src/domain/unanswered.js';
import type { ErrorView } from '../../src/domain/views.js';
import { BrowserClient } from '../support/browser-client.js';
import { startServer } from '../support/start-server.js';

const server = await startServer();
const QUESTION = '怎么申请法律援助';
const rate = (citizen: BrowserClient, body: object) => citizen.send<Rating & ErrorView>('POST', '/api/chat/feedback', body);
const ratings = async (citizen: BrowserClient) => (await citizen.send<RatingsView>('GET', '/api/chat/feedback')).body.ratings;

describe('rating an answer over the chat interface', () => {
  it('keeps what a citizen says of an answer, and what is said later instead of it', async () => {
    const citizen = server.citizen();
    const { id } = await citizen.ask(QUESTION);
    expect(await ratings(citizen)).toEqual([]);
    const useful = await rate(citizen, { messageId: id, verdict: 'useful' });
    expect([useful.status, useful.body]).toEqual([200, { messageId: id, verdict: 'useful', reasons: [], text: '' }]);
    const reasons = ['wrong', 'other'];
    await rate(citizen, { messageId: id, verdict: 'useless', reasons, text: '打13812345678问我' });
    const [kept, ...others] = await ratings(citizen);
    expect(others).toEqual([]);
    expect(kept).toMatchObject({ messageId: id, verdict: 'useless', reasons });
    expect(kept?.text).toMatch(/^打〔电话\S*〕问我$/);
    await server.restart();
    expect(await ratings(citizen)).toEqual([kept]);
  });

  it('shows and takes ratings in the own conversation only', async () => {
    const [owner, other] = [server.citizen(), server.citizen()];
    const { id } = await owner.ask(QUESTION);
    expect((await rate(other, { messageId: id, verdict: 'useless' })).status).toBe(404);
    await other.ask('你好');
    const refused = await rate(other, { messageId: id, verdict: 'useless' });
    expect([refused.status, refused.body.error.code]).toEqual([404, 'not-found']);
    expect((await rate(new BrowserClient(server.url), { messageId: id, verdict: 'useless' })).status).toBe(404);
    await rate(owner, { messageId: id, verdict: 'useful' });
    expect(await ratings(other)).toEqual([]);
    expect(await ratings(owner)).toHaveLength(1);
  });

  it('has nothing to rate in greetings, questions back, hand-overs and the citizen’s own words', async () => {
    for (const text of ['你好', '😀', '我要找律师']) {
      const citizen = server.citizen();
      const answer = await citizen.ask(text);
      for (const messageId of [answer.id, answer.id - 1]) {
        expect((await rate(citizen, { messageId, verdict: 'useful' })).status, text).toBe(404);
      }
    }
  });

  it('says what is wrong with a bad rating, without repeating it', async () => {
    const citizen = server.citizen();
    const { id } = await citizen.ask(QUESTION);
    for (const [body, field] of [
      [{ messageId: id, verdict: 'good' }, 'verdict'],
      [{ messageId: id, verdict: 'useless', reasons: ['ugly'] }, 'reasons.0'],
      [{ messageId: id, verdict: 'useless', text: '秘'.repeat(301) }, 'text'],
      [{ messageId: 'x', verdict: 'useless' }, 'messageId'],
      [{ messageId: 1.5, verdict: 'useless' }, 'messageId'],
    ] as const) {
      const refused = await rate(citizen, body);
      expect([refused.status, refused.body.error.message.includes(`“${field}”`)], JSON.stringify(field)).toEqual([400, true]);
      expect(refused.body.error.message).not.toContain('秘');
    }
    const full = await rate(citizen, { messageId: id, verdict: 'useless', reasons: ['other'], text: '𠮷'.repeat(300) });
    expect(full.status).toBe(200);
  });

  it('slows down a flood of ratings, and messages still come through', async () => {
    const flood = server.citizen();
    const { id } = await flood.ask(QUESTION);
    const statuses: number[] = [];
    for (let count = 0; count < 32; count++) statuses.push((await rate(flood, { messageId: id, verdict: 'useful' })).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
    expect((await flood.say('谢谢')).status).toBe(202);
  });
});

describe('what lawyers see of it', () => {
  it('are the ratings beside a ticket’s answers, and what could not be answered, put together, with its tickets', async () => {
    const citizen = server.citizen();
    const answer = await citizen.ask(QUESTION);
    await rate(citizen, { messageId: answer.id, verdict: 'useless', reasons: ['unclear'] });
    await citizen.findLawyer();
    await citizen.answerAfter(answer.id);
    for (const text of ['我想离婚，孩子归谁', '离婚的话孩子归谁', '想离婚，孩子归谁呢']) await server.citizen().ask(text);

    const lawyer = await server.lawyer();
    const number = (await citizen.chat()).body.ticket?.number ?? '';
    const shown = await lawyer.send<RatingsView>('GET', `/api/desk/tickets/${number}/feedback`);
    expect(shown.body.ratings).toEqual([{ messageId: answer.id, verdict: 'useless', reasons: ['unclear'], text: '' }]);
    expect((await lawyer.send('GET', '/api/desk/tickets/20000101-0001/feedback')).status).toBe(404);

    const { body } = await lawyer.send<UnansweredView>('GET', '/api/desk/unanswered?days=7');
    expect(body.days).toBe(7);
    expect(body.rated.useless).toBeGreaterThanOrEqual(1);
    const divorce = body.clusters.find(({ representative }) => representative.includes('离婚'));
    expect(divorce).toMatchObject({ size: 3, reasons: { 'out-of-scope': 3 } });
    const open = new Set((await lawyer.tickets()).map((ticket) => ticket.number));
    expect(divorce?.tickets).toHaveLength(3);
    for (const ticket of divorce?.tickets ?? []) expect(open).toContain(ticket);
    const disliked = body.clusters.find(({ representative }) => representative === QUESTION);
    expect(disliked?.reasons.disliked).toBeGreaterThanOrEqual(1);
    expect(disliked?.tickets).toContain(number);
  });

  it('is shown to nobody who is not signed in', async () => {
    const stranger = new BrowserClient(server.url);
    for (const path of ['unanswered', 'curated', 'tickets/1/feedback']) {
      expect((await stranger.send('GET', `/api/desk/${path}`)).status, path).toBe(401);
    }
  });
});
