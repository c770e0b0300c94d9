import { ROLES } from '../../src/domain/access.js';
import { describe, expect, it } from 'vitest';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import { buildApp, type App } from '../../src/app.js';
import { handoffAnswer, REPLIES } from '../../src/consultation/replies.js';
import type { Consult } from '../../src/consultation/consult.js';
import { NO_TRACE as TRACE } from '../../src/consultation/trace.js';
import { NEW_CONSULTATION } from '../../src/consultation/continue-consultation.js';
import type { InboundContent, Message } from '../../src/domain/message.js';

const greet: Consult = () => ({ answer: REPLIES.greeting(), state: NEW_CONSULTATION, trace: TRACE });
const LI = { id: 'li', name: '李律师', roles: ROLES, reach: '/' };

interface Harness {
  readonly app: App;
  readonly errors: unknown[];
  say(text: string, key?: string): Promise<Message>;
  send(content: InboundContent, key?: string): Promise<Message>;
  thread(): Promise<Message[]>;
}

async function harness(consult: Consult): Promise<Harness> {
  const db = await openDatabase(':memory:');
  const staff = createStaffStore(db);
  await staff.add({ ...LI, login: 'li', passwordHash: 'x', mustChangePassword: false }, 0);
  const errors: unknown[] = [];
  let clock = Date.UTC(2026, 10, 23, 2);
  let keys = 0;
  let conversation = '';
  const app = buildApp({ store: createMessageStore(db), staff, consult, now: () => clock++, onError: (error) => errors.push(error) });
  const send = async (content: InboundContent, key = `k${String(keys++)}`): Promise<Message> => {
    const { conversationId, message } = await app.messenger.receive({ channel: 'web', externalKey: key, conversationKey: 'c', content });
    conversation = conversationId;
    return message;
  };
  return {
    app,
    errors,
    send,
    say: (text, key) => send({ type: 'text', text }, key),
    thread: async () => {
      await app.messenger.idle();
      return app.messenger.messagesAfter(conversation, 0);
    },
  };
}

const kinds = (thread: readonly Message[]): string[] =>
  thread.map(({ author, body }) => (body.type === 'answer' ? `${author}:${body.answer.kind}` : `${author}:${body.type}`));

describe('carrying messages', () => {
  it('answers each message once, in order, even when many come at once', async () => {
    const { say, thread } = await harness((message) => ({
      answer: { ...REPLIES.greeting(), headline: `回：${message}` },
      state: NEW_CONSULTATION,
      trace: TRACE,
    }));
    await Promise.all(Array.from({ length: 20 }, (_, index) => say(`第${String(index)}句`)));
    const all = await thread();
    const answers = all.flatMap(({ body }) => (body.type === 'answer' && body.answer.kind === 'service' ? [body.answer.headline] : []));
    const questions = all.flatMap(({ author, body }) => (author === 'citizen' && body.type === 'text' ? [`回：${body.text}`] : []));
    expect(answers).toHaveLength(20);
    expect(answers).toEqual(questions);
  });

  it('answers a message that comes twice once', async () => {
    const { say, thread } = await harness(greet);
    await say('你好', 'same');
    await say('你好', 'same');
    expect(kinds(await thread())).toEqual(['citizen:text', 'bot:service']);
  });

  it('tells how it stands with the ticket, and acknowledges what has no words', async () => {
    const { send, thread } = await harness(greet);
    const said = async (content: InboundContent): Promise<string> => {
      await send(content);
      const last = (await thread()).at(-1)?.body;
      return last?.type === 'text' ? last.text : last?.type === 'answer' && last.answer.kind === 'clarify' ? last.answer.text : '';
    };
    expect(await said({ type: 'tap', text: '我的工单' })).toContain('没有工单');
    await send({ type: 'human-wanted' });
    expect(await said({ type: 'text', text: '我的工单' })).toContain('待领取');
    expect(await said({ type: 'image', media: 'm1' })).toContain('图片收到了');
    expect(await said({ type: 'voice', transcript: null, media: 'm2' })).toContain('没听清');
    expect(await said({ type: 'location', latitude: 30.4, longitude: 104.5, label: '射洪坝' })).toContain('射洪坝');
    expect(await said({ type: 'unreadable' })).toContain('看不了');
  });

  it('opens one ticket for a conversation, however often a human is wanted', async () => {
    const { app, send, thread } = await harness(greet);
    await send({ type: 'human-wanted' });
    await send({ type: 'human-wanted' });
    expect(kinds(await thread())).toEqual(['citizen:text', 'bot:handoff', 'citizen:text', 'bot:handoff']);
    expect(await app.desk.list('open')).toHaveLength(1);
  });

  it('is silent while a lawyer holds the conversation, and speaks again after it is handed back', async () => {
    const { app, send, say, thread } = await harness(greet);
    await send({ type: 'human-wanted' });
    await thread();
    const [ticket] = await app.desk.list('open');
    const number = ticket?.number ?? '';
    await app.tickets.claim(number, LI);
    await say('律师你好');
    await app.messenger.idle();
    await app.tickets.reply(number, LI, { key: 'r1', text: '请说', ask: true });
    await say('老板不给钱');
    expect(kinds(await thread())).toEqual(['citizen:text', 'bot:handoff', 'system:event', 'citizen:text', 'staff:text', 'citizen:text']);
    expect((await app.desk.ticket(number))?.ticket.state).toBe('claimed');
    await app.tickets.handBack(number, LI);
    await say('还有个问题');
    expect(kinds(await thread()).slice(-2)).toEqual(['citizen:text', 'bot:service']);
    await send({ type: 'human-wanted' });
    await thread();
    expect((await app.desk.ticket(number))?.ticket).toMatchObject({ state: 'claimed', handedBack: false, holder: 'li' });
  });

  it('stays silent when an older ticket was reopened and claimed, and marks danger in a held conversation as urgent', async () => {
    let danger = false;
    const { app, send, say, thread } = await harness(() => ({
      answer: danger ? handoffAnswer('danger') : REPLIES.greeting(),
      state: NEW_CONSULTATION,
      trace: TRACE,
    }));
    await send({ type: 'human-wanted' });
    await thread();
    const [ticket] = await app.desk.list('open');
    const number = ticket?.number ?? '';
    await app.tickets.claim(number, LI);
    await app.tickets.close(number, LI, 'resolved', '');
    await app.tickets.reopen(number, LI);
    await app.tickets.claim(number, LI);
    danger = true;
    await say('我不想活了');
    expect(kinds(await thread()).at(-1)).toBe('citizen:text');
    expect((await app.desk.list('open')).map(({ number: open, reason, state }) => [open, reason, state])).toEqual([
      [number, 'danger', 'claimed'],
    ]);
  });

  it('reopens a ticket closed within seven days when the person asks for a human again', async () => {
    const { app, send, thread } = await harness(greet);
    await send({ type: 'human-wanted' });
    await thread();
    const [ticket] = await app.desk.list('open');
    await app.tickets.claim(ticket?.number ?? '', LI);
    await app.tickets.close(ticket?.number ?? '', LI, 'resolved', '');
    await send({ type: 'human-wanted' });
    await thread();
    expect((await app.desk.list('open')).map(({ number, state }) => ({ number, state }))).toEqual([
      { number: ticket?.number, state: 'queued' },
    ]);
  });

  it('raises a waiting ticket when danger is spoken of', async () => {
    const reasons = ['not-confident', 'danger'] as const;
    let turn = 0;
    const { app, say, thread } = await harness(() => ({
      answer: handoffAnswer(reasons[Math.min(turn++, 1)] ?? 'danger'),
      state: NEW_CONSULTATION,
      trace: TRACE,
    }));
    await say('我的事你答不了');
    await say('我不想活了');
    await thread();
    const open = await app.desk.list('open');
    expect(open.map(({ reason }) => reason)).toEqual(['danger']);
    expect(open[0]?.brief.question).toContain('我不想活了');
  });

  it('masks personal data in the brief but not in the thread', async () => {
    const { app, say, send, thread } = await harness(greet);
    await say('我叫张三丰，电话13812345678，老板欠我3万元');
    await send({ type: 'human-wanted' });
    const all = await thread();
    const [ticket] = await app.desk.list('open');
    expect(ticket?.brief.question).toBe('我叫〔姓名〕，电话〔电话〕，老板欠我3万元');
    expect(all[0]?.body).toEqual({ type: 'text', text: '我叫张三丰，电话13812345678，老板欠我3万元' });
  });

  it('goes on after a turn that breaks, stores nothing of it, and says no word of the message to the error log', async () => {
    let calls = 0;
    const { say, thread, errors } = await harness(() => {
      if (++calls === 1) throw new Error('broken');
      return { answer: REPLIES.greeting(), state: NEW_CONSULTATION, trace: TRACE };
    });
    await say('秘密的事');
    expect(kinds(await thread())).toEqual(['citizen:text', 'bot:service']);
    expect(errors.map(String)).toEqual(['Error: broken']);
  });

  it('hands a message that breaks every turn to a human, and still answers the next one', async () => {
    const { app, say, thread } = await harness((message) => {
      if (message === '坏的') throw new Error('broken');
      return { answer: REPLIES.greeting(), state: NEW_CONSULTATION, trace: TRACE };
    });
    await say('坏的');
    await say('你好');
    expect(kinds(await thread())).toEqual(['citizen:text', 'citizen:text', 'bot:handoff', 'bot:service']);
    expect((await app.desk.list('open')).map(({ reason }) => reason)).toEqual(['machine-failure']);
  });
});
