import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/domain/message.js';
import type { ErrorView } from '../../src/domain/views.js';
import { startServer } from '../support/start-server.js';

const server = await startServer();
const answerOf = (message: Message) => {
  if (message.body.type !== 'answer') throw new Error('no answer');
  return message.body;
};

describe('the chat interface', () => {
  it('acknowledges a message and answers it with provisions in force', async () => {
    const citizen = server.citizen();
    const { status, body } = await citizen.say('老板拖欠工资怎么办');
    expect(status).toBe(202);
    expect(body.message).toMatchObject({ author: 'citizen', body: { type: 'text', text: '老板拖欠工资怎么办' } });
    const { answer, ticketNumber } = answerOf(await citizen.answerAfter(body.message.id));
    expect(['cited', 'handoff']).toContain(answer.kind);
    expect(ticketNumber === null).toBe(answer.kind !== 'handoff');
  });

  it('takes the same id twice as one message', async () => {
    const citizen = server.citizen();
    const first = await citizen.say('你好', 'the-same-id');
    const second = await citizen.say('你好', 'the-same-id');
    expect(second.body.message.id).toBe(first.body.message.id);
    await citizen.answerAfter(first.body.message.id);
    expect((await citizen.chat()).body.messages).toHaveLength(2);
  });

  it('keeps two people with the same message id apart', async () => {
    const [a, b] = [server.citizen(), server.citizen()];
    await a.say('甲的话', 'equal-id-1');
    await b.say('乙的话', 'equal-id-1');
    const texts = (await b.chat()).body.messages.flatMap(({ author, body }) =>
      author === 'citizen' && body.type === 'text' ? [body.text] : [],
    );
    expect(texts).toEqual(['乙的话']);
  });

  for (const [what, text, kind] of [
    ['a greeting', '你好', 'service'],
    ['thanks', '好的，谢谢', 'service'],
    ['nothing but spaces', '   ', 'clarify'],
    ['emoji only', '😀😭🙏', 'clarify'],
    ['English', 'My boss did not pay my wages', 'clarify'],
    ['10,000 characters', '我的事情是这样的。'.repeat(1111).padEnd(10_000, '。'), 'clarify'],
    ['something like SQL', "'; DROP TABLE messages; --", 'clarify'],
    ['the wish for a human', '我要找律师', 'handoff'],
    ['danger', '我不想活了', 'handoff'],
    ['another matter', '我想离婚，房子怎么分', 'handoff'],
    ['a wish for legal aid', '怎么申请法律援助', 'service'],
  ] as const) {
    it(`gives a fitting answer to ${what}`, async () => {
      const { answer, ticketNumber } = answerOf(await server.citizen().ask(text));
      expect(answer.kind).toBe(kind);
      expect(ticketNumber !== null).toBe(kind === 'handoff');
      expect(answer.notice).toMatch(/人工智能/);
    });
  }

  it('reads traditional characters as simplified ones', async () => {
    const simplified = answerOf(await server.citizen().ask('单位没给我买工伤保险，上班受伤了谁赔')).answer;
    const traditional = answerOf(await server.citizen().ask('單位沒給我買工傷保險，上班受傷了誰賠')).answer;
    expect(traditional).toEqual(simplified);
  });

  it('tells danger first whom to call', async () => {
    const { answer } = answerOf(await server.citizen().ask('老板把我们关起来不让走，还打人'));
    expect(answer).toMatchObject({ kind: 'handoff', reason: 'danger' });
    if (answer.kind === 'handoff') expect(answer.text).toMatch(/110.*120/);
  });

  it('streams the thread from where the page is, and what comes later', async () => {
    const citizen = server.citizen();
    const first = await citizen.ask('你好');
    const stream = citizen.listen(`/api/chat/events?after=${String(first.id)}`);
    await citizen.say('谢谢');
    await stream.until((events) => events.filter(({ event }) => event === 'message').length === 2);
    stream.close();
    const ids = stream.received.filter(({ event }) => event === 'message').map(({ id, data }) => [Number(id), (data as Message).id]);
    expect(ids.every(([eventId, messageId]) => eventId === messageId && (eventId ?? 0) > first.id)).toBe(true);
    const resumed = citizen.listen('/api/chat/events?after=0', { 'last-event-id': String(ids[0]?.[0]) });
    await resumed.until((events) => events.some(({ event }) => event === 'message'));
    resumed.close();
    expect(resumed.received.filter(({ event }) => event === 'message').map(({ id }) => Number(id))).toEqual([ids[1]?.[0]]);
  });

  it('says what is wrong with a bad request, without repeating it', async () => {
    const citizen = server.citizen();
    const post = (body: unknown) => citizen.send<ErrorView>('POST', '/api/chat/messages', body);
    const tooLong = await post({ id: 'long-text-1', content: { type: 'text', text: '长'.repeat(10_001) } });
    expect([tooLong.status, tooLong.body.error.message]).toEqual([400, '请求里的“content.text”不对：最多 10000 个字，请分几次发']);
    expect((await post({ id: 'x', content: { type: 'text', text: 'a' } })).body.error.message).toContain('“id”');
    expect((await post({ id: 'abcdefgh', content: { type: 'text', text: 'a' }, extra: '秘密' })).body.error.message).not.toContain('秘密');
    expect((await post('{"id":')).status).toBe(400);
    expect((await post({ id: 'abcdefgh', content: { type: 'text', text: '大'.repeat(40_000) } })).status).toBe(413);
    expect((await citizen.send<ErrorView>('GET', '/api/nothing')).status).toBe(404);
  });

  it('slows down a flood and goes on for others', async () => {
    const flood = server.citizen();
    await flood.chat();
    const statuses: number[] = [];
    for (let count = 0; count < 35; count++) statuses.push((await flood.say('谢谢')).status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
    expect((await server.citizen().say('你好')).status).toBe(202);
  });

  it('answers health and readiness, and sends strict headers', async () => {
    const citizen = server.citizen();
    expect((await citizen.send('GET', '/healthz')).body).toEqual({ ok: true });
    expect((await citizen.send('GET', '/readyz')).body).toEqual({ ready: true, database: true, consultation: true, channels: [] });
    const page = await citizen.send<string>('GET', '/');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(page.body).not.toMatch(/<script(?![^>]*\ssrc=)/);
    const chat = await citizen.chat();
    expect(chat.headers.get('cache-control')).toBe('no-store');
  });
});
