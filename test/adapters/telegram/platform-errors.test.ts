import { describe, expect, it } from 'vitest';
import type { Consult } from '../../../src/consultation/consult.js';
import { NEW_CONSULTATION } from '../../../src/consultation/continue-consultation.js';
import { handoffAnswer } from '../../../src/consultation/replies.js';
import { NO_TRACE } from '../../../src/consultation/trace.js';
import { TOKEN, startFakeTelegram, type FakeTelegram } from '../../support/fake-telegram.js';
import { LI, telegramForTests, type TelegramUnderTest } from '../../support/telegram-core.js';
import { TELEGRAM_REFUSALS, type RefusalName } from '../../support/telegram-refusals.js';

const open = telegramForTests();
const NAMES = Object.keys(TELEGRAM_REFUSALS) as RefusalName[];

/** What the desk is told of a message that was refused so. */
const TOLD: Readonly<Record<RefusalName, { readonly state: 'waiting' | 'failed'; readonly reason: string }>> = {
  unauthorised: { state: 'waiting', reason: 'BAIMI_TELEGRAM_TOKEN' },
  'no such method': { state: 'waiting', reason: 'BAIMI_TELEGRAM_TOKEN' },
  'too many': { state: 'waiting', reason: '发得太快' },
  down: { state: 'waiting', reason: '暂时出错' },
  blocked: { state: 'failed', reason: '停用了机器人' },
  deactivated: { state: 'failed', reason: '已经注销' },
  'not started': { state: 'failed', reason: '没有打开和机器人的私聊' },
  kicked: { state: 'failed', reason: '不在这个群里' },
  'no rights': { state: 'failed', reason: '没有发言的权限' },
  'no chat': { state: 'failed', reason: '找不到这个聊天' },
  'a webhook is set': { state: 'failed', reason: '拒收' },
  'another poller': { state: 'failed', reason: '拒收' },
  // without the new number; with it, the group is known by it from then on: see lawyers-group.test.ts
  upgraded: { state: 'failed', reason: '拒收' },
  empty: { state: 'failed', reason: '拒收' },
  'too long': { state: 'failed', reason: '拒收' },
  entities: { state: 'failed', reason: '拒收' },
  'button without text': { state: 'failed', reason: '拒收' },
  'button without data': { state: 'failed', reason: '拒收' },
  'button data': { state: 'failed', reason: '拒收' },
  'nothing to edit': { state: 'failed', reason: '拒收' },
  'nothing to react to': { state: 'failed', reason: '拒收' },
  'not its own': { state: 'failed', reason: '拒收' },
  'not modified': { state: 'failed', reason: '拒收' },
  'no forum': { state: 'failed', reason: '拒收' },
  'no topic': { state: 'failed', reason: '拒收' },
  'topic as it is': { state: 'failed', reason: '拒收' },
  'topic name': { state: 'failed', reason: '拒收' },
  'no thread': { state: 'failed', reason: '拒收' },
  'nothing to reply to': { state: 'failed', reason: '拒收' },
  'query too old': { state: 'failed', reason: '拒收' },
  'notice too long': { state: 'failed', reason: '拒收' },
  'webhook address': { state: 'failed', reason: '拒收' },
  'webhook secret': { state: 'failed', reason: '拒收' },
};

describe('a message that the platform refuses', () => {
  it.each(NAMES)('(%s) is shown at the desk as failed, or waits, and no other is lost', async (name) => {
    const { fake, core, errors } = await open();
    const wang = fake.person('王');
    fake.refuseNext('sendMessage', TELEGRAM_REFUSALS[name]);
    await fake.say(wang, '老板不给钱');
    const conversationId = (await core.app.messenger.conversationId('telegram', `p:${String(wang.id)}`)) ?? '';
    const { state, reason } = TOLD[name];
    await expect.poll(async () => (await core.deliveries(conversationId))[0]?.reason).toContain(reason);
    expect((await core.deliveries(conversationId))[0]?.state).toBe(state);
    expect(errors).toEqual([]);
    expect(core.errors).toEqual([]);
  });
});

describe('the fake platform', () => {
  interface Raw {
    readonly fake: FakeTelegram;
    call(method: string, body?: object, token?: string): Promise<string>;
    /** A private chat that is open. */
    readonly chat: number;
  }
  const withButton = (button: object): object => ({ text: '好', reply_markup: { inline_keyboard: [[button]] } });

  /** Where it refuses by itself, as the real one does. */
  const PROVOKED: Readonly<Record<Exclude<RefusalName, 'deactivated' | 'no rights' | 'down'>, (raw: Raw) => Promise<string>>> = {
    unauthorised: ({ call }) => call('getMe', {}, '1:wrong'),
    'no such method': ({ call }) => call('sendNothing'),
    'a webhook is set': async ({ call }) => {
      await call('setWebhook', { url: 'https://law.example.cn/telegram', secret_token: 'x' });
      return call('getUpdates');
    },
    // the first of the two waits
    'another poller': ({ call }) => Promise.race([1, 2].map(() => call('getUpdates', { offset: 200_000, timeout: 5 }))),
    blocked: ({ fake, call }) => {
      const person = fake.person('停');
      fake.block(person, true);
      return call('sendMessage', { chat_id: person.id, text: '好' });
    },
    'not started': ({ fake, call }) => call('sendMessage', { chat_id: fake.person('没来过').id, text: '好' }),
    kicked: async ({ fake, call }) => {
      const group = fake.group();
      fake.kick(group);
      return call('sendMessage', { chat_id: group, text: '好' });
    },
    'no chat': ({ call }) => call('sendMessage', { chat_id: 1, text: '好' }),
    upgraded: async ({ fake, call }) => {
      const group = fake.group();
      await fake.upgrade(group, { quietly: true });
      return call('sendMessage', { chat_id: group, text: '好' });
    },
    empty: ({ call, chat }) => call('sendMessage', { chat_id: chat, text: ' ' }),
    'too long': ({ call, chat }) => call('sendMessage', { chat_id: chat, text: '长'.repeat(4097) }),
    entities: ({ call, chat }) => call('sendMessage', { chat_id: chat, text: '<b>没有完', parse_mode: 'HTML' }),
    'button without text': ({ call, chat }) => call('sendMessage', { chat_id: chat, ...withButton({ text: '', callback_data: 'x' }) }),
    'button without data': ({ call, chat }) => call('sendMessage', { chat_id: chat, ...withButton({ text: '点' }) }),
    'button data': ({ call, chat }) => call('sendMessage', { chat_id: chat, ...withButton({ text: '点', callback_data: 'x'.repeat(65) }) }),
    'nothing to edit': ({ call, chat }) => call('editMessageText', { chat_id: chat, message_id: 99, text: '好' }),
    'nothing to react to': ({ call, chat }) => call('setMessageReaction', { chat_id: chat, message_id: 99 }),
    'not its own': ({ call, chat }) => call('editMessageText', { chat_id: chat, message_id: 1, text: '好' }),
    'not modified': async ({ fake, call, chat }) => {
      await call('sendMessage', { chat_id: chat, text: '好' });
      return call('editMessageText', { chat_id: chat, message_id: fake.said(chat)[0]?.message_id, text: '好' });
    },
    'no forum': ({ fake, call }) => call('createForumTopic', { chat_id: fake.group(), name: '一' }),
    'no topic': ({ fake, call }) => call('closeForumTopic', { chat_id: fake.group({ forum: true }), message_thread_id: 9 }),
    'topic as it is': async ({ fake, call }) => {
      const group = fake.group({ forum: true });
      await call('createForumTopic', { chat_id: group, name: '一' });
      return call('reopenForumTopic', { chat_id: group, message_thread_id: [...fake.topics(group).keys()][0] });
    },
    'topic name': ({ fake, call }) => call('createForumTopic', { chat_id: fake.group({ forum: true }), name: '长'.repeat(129) }),
    'no thread': ({ fake, call }) => call('sendMessage', { chat_id: fake.group({ forum: true }), text: '好', message_thread_id: 9 }),
    'nothing to reply to': ({ call, chat }) => call('sendMessage', { chat_id: chat, text: '好', reply_parameters: { message_id: 99 } }),
    'query too old': ({ call }) => call('answerCallbackQuery', { callback_query_id: 'long-ago' }),
    'notice too long': async ({ fake, call, chat }) => {
      await call('sendMessage', { chat_id: chat, ...withButton({ text: '点', callback_data: 'x' }) });
      const person = fake.person('点');
      void fake.tap(person, chat, fake.said(chat)[0]?.message_id ?? 0, '点');
      return call('answerCallbackQuery', { callback_query_id: 'query-1', text: '长'.repeat(201) });
    },
    'webhook address': ({ call }) => call('setWebhook', { url: 'http://law.example.cn/telegram', secret_token: 'x' }),
    'webhook secret': ({ call }) => call('setWebhook', { url: 'https://law.example.cn/telegram', secret_token: '密' }),
    'too many': async ({ fake, call }) => {
      const group = fake.group();
      for (let sent = 0; sent < 20; sent++) await call('sendMessage', { chat_id: group, text: '好' });
      return call('sendMessage', { chat_id: group, text: '好' });
    },
  };

  it.each(Object.entries(PROVOKED))('refuses by itself what the real one refuses: %s', async (name, provoke) => {
    const fake = await startFakeTelegram();
    const person = fake.person('王');
    void fake.say(person, '你好');
    const call: Raw['call'] = async (method, body = {}, token = TOKEN) => {
      const response = await fetch(`${fake.apiRoot}/bot${token}/${method}`, { method: 'POST', body: JSON.stringify(body) });
      return ((await response.json()) as { description?: string }).description ?? 'not refused';
    };
    const { code, description } = TELEGRAM_REFUSALS[name as RefusalName];
    const told = await provoke({ fake, call, chat: person.id });
    // the pause that is asked for depends on the clock
    expect(told).toContain(code === 429 ? 'Too Many Requests' : description);
    await fake.close();
  });
});

const handOver: Consult = () => ({ answer: handoffAnswer('not-confident'), state: NEW_CONSULTATION, trace: NO_TRACE });

describe('the lawyers’ group, where the platform refuses', () => {
  const withTicket = async (
    lawyers: 'group' | 'forum',
  ): Promise<TelegramUnderTest & { number: string; cardId(): number; li: ReturnType<FakeTelegram['person']>; wang: number }> => {
    const telegram = await open({ lawyers, consult: handOver });
    const { fake, core, staffChat } = telegram;
    const li = await telegram.lawyer(LI);
    const wang = fake.person('王');
    await fake.say(wang, '老板不给钱');
    await expect.poll(() => fake.said(staffChat).length, { timeout: 8000 }).toBe(1);
    const number = (await core.app.desk.list('open'))[0]?.number ?? '';
    return { ...telegram, number, li, wang: wang.id, cardId: () => fake.said(staffChat)[0]?.message_id ?? 0 };
  };
  const cardsWith = ({ fake, staffChat }: TelegramUnderTest, words: string): number =>
    fake.said(staffChat).filter(({ text }) => text?.includes(words) === true).length;

  it.each(['nothing to edit', 'not its own'] as const)('a card that cannot be edited (%s) is put up anew', async (name) => {
    const telegram = await withTicket('group');
    telegram.fake.refuseNext('editMessageText', TELEGRAM_REFUSALS[name]);
    await telegram.core.app.tickets.claim(telegram.number, LI);
    await expect.poll(() => cardsWith(telegram, '办理中（李律师）'), { timeout: 8000 }).toBe(1);
    expect(cardsWith(telegram, telegram.number)).toBe(2);
  });

  it('a card that shows already what it is to show is left as it is', async () => {
    const telegram = await withTicket('group');
    telegram.fake.refuseNext('editMessageText', TELEGRAM_REFUSALS['not modified']);
    await telegram.core.app.tickets.claim(telegram.number, LI);
    await expect.poll(() => telegram.fake.calls.some(({ method }) => method === 'editMessageText')).toBe(true);
    await telegram.core.app.tickets.release(telegram.number, LI);
    await expect.poll(() => cardsWith(telegram, '待领取'), { timeout: 8000 }).toBe(1);
    expect(cardsWith(telegram, telegram.number)).toBe(1);
    expect(telegram.errors).toEqual([]);
  });

  it.each(['query too old', 'notice too long', 'down'] as const)('a tap counts though its answer is refused (%s)', async (name) => {
    const telegram = await withTicket('group');
    const { fake, core, li, staffChat, number, cardId, errors } = telegram;
    fake.refuseNext('answerCallbackQuery', TELEGRAM_REFUSALS[name]);
    void fake.tap(li, staffChat, cardId(), '领取');
    await expect.poll(async () => (await core.app.desk.ticket(number))?.ticket.holder).toBe(LI.id);
    expect(errors).toEqual([]);
  });

  it.each(['nothing to react to', 'no rights'] as const)('a reply reaches the citizen though its mark is refused (%s)', async (name) => {
    const telegram = await withTicket('group');
    const { fake, li, staffChat, cardId, wang, errors } = telegram;
    await fake.tap(li, staffChat, cardId(), '领取');
    fake.refuseNext('setMessageReaction', TELEGRAM_REFUSALS[name]);
    await fake.say(li, { text: '请把工资条留好。', reply_to: cardId() }, { chat: staffChat });
    await expect.poll(() => fake.said(wang).at(-1)?.text, { timeout: 8000 }).toContain('请把工资条留好。');
    expect(errors).toEqual([]);
  });

  it.each(['no forum', 'topic name', 'no rights'] as const)(
    'a ticket without a topic of its own (%s) stands among the others',
    async (name) => {
      const telegram = await open({ lawyers: 'forum', consult: handOver });
      const { fake, staffChat, errors } = telegram;
      fake.refuseNext('createForumTopic', TELEGRAM_REFUSALS[name]);
      await fake.say(fake.person('王'), '老板不给钱');
      await expect.poll(() => fake.said(staffChat).length, { timeout: 8000 }).toBe(1);
      expect(fake.said(staffChat)[0]?.message_thread_id).toBeUndefined();
      expect(errors).toEqual([]);
    },
  );

  it.each(['no chat', 'kicked', 'no rights'] as const)(
    'the desk is told that tickets cannot be shown there (%s), until they can',
    async (name) => {
      const telegram = await open({ lawyers: 'group', consult: handOver });
      const { fake, channel, staffChat, core } = telegram;
      fake.refuseNext('getChat', TELEGRAM_REFUSALS[name]);
      await fake.say(fake.person('王'), '老板不给钱');
      await expect.poll(() => channel.health().detail, { timeout: 8000 }).toContain('律师群发不了工单');
      const [ticket] = await core.app.desk.list('open');
      core.app.changes.publish({ type: 'ticket', number: ticket?.number ?? '', conversationId: '' });
      await expect.poll(() => fake.said(staffChat).length, { timeout: 8000 }).toBe(1);
      expect(channel.health().ok).toBe(true);
    },
  );
});

describe('the way of updates, where the platform refuses', () => {
  it.each(['another poller', 'a webhook is set', 'down', 'unauthorised'] as const)(
    'says in the channel’s health why nothing is heard (%s)',
    async (name) => {
      const { fake, channel } = await open();
      await expect.poll(() => channel.health().ok).toBe(true);
      fake.refuseNext('getUpdates', TELEGRAM_REFUSALS[name]);
      // ends the poll that is under way
      void fake.say(fake.person('王'), '你好');
      await expect.poll(() => channel.health().ok).toBe(false);
      expect(channel.health().detail).toMatch(/收不到消息：Conflict|暂时出错|BAIMI_TELEGRAM_TOKEN/);
    },
  );

  it.each(['webhook address', 'webhook secret'] as const)('says why no webhook could be set (%s)', async (name) => {
    const { channel } = await open({
      webhook: { url: 'https://law.example.cn/telegram', secret: 'secret-of-16-characters' },
      refusing: { method: 'setWebhook', refusal: TELEGRAM_REFUSALS[name] },
    });
    await expect.poll(() => channel.health()).toEqual({ ok: false, detail: TELEGRAM_REFUSALS[name].description });
  });
});
