import { describe, expect, it } from 'vitest';
import { NEW_CONSULTATION } from '../../../src/consultation/continue-consultation.js';
import { REPLIES, handoffAnswer } from '../../../src/consultation/replies.js';
import { NO_TRACE } from '../../../src/consultation/trace.js';
import type { Consult } from '../../../src/consultation/consult.js';
import { BOT, REFUSALS } from '../../support/fake-telegram.js';
import { LI, telegramForTests, type TelegramUnderTest } from '../../support/telegram-core.js';

const open = telegramForTests();
const NEVER_MS = 300;
const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const texts = ({ fake }: TelegramUnderTest, chat: number): string[] => fake.said(chat).map(({ text }) => text ?? '');
const until = async (telegram: TelegramUnderTest, chat: number, words: string): Promise<void> => {
  await expect.poll(() => texts(telegram, chat).join('\n'), { timeout: 8000, message: words }).toContain(words);
};
/** Hands over whoever says 律师; repeats anything else. */
const humanOrEcho: Consult = (message) => ({
  answer: message.includes('律师') ? handoffAnswer('human-wanted') : { ...REPLIES.greeting(), headline: `回：${message}`, options: [] },
  state: NEW_CONSULTATION,
  trace: NO_TRACE,
});

describe('a citizen in the private chat', () => {
  it('sees signs that could be mark-up as they were written', async () => {
    const telegram = await open();
    const wang = telegram.fake.person('王');
    await telegram.fake.say(wang, '工资 <b>3000</b> & 加班 1<2');
    await until(telegram, wang.id, '回：工资 <b>3000</b> & 加班 1<2');
  });

  it('is offered replies to tap, and a tap twice counts once', async () => {
    const options = ['城里的房子', '农村的房子'];
    const consult: Consult = (message) => ({
      answer: { ...REPLIES.greeting(), headline: `回：${message}`, options },
      state: NEW_CONSULTATION,
      trace: NO_TRACE,
    });
    const telegram = await open({ consult });
    const { fake } = telegram;
    const wang = fake.person('王');
    await fake.say(wang, '拆迁');
    await until(telegram, wang.id, '回：拆迁');
    const asked = fake.said(wang.id).at(-1)?.message_id ?? 0;
    await fake.tap(wang, wang.id, asked, '农村的房子');
    await fake.tap(wang, wang.id, asked, '农村的房子');
    await until(telegram, wang.id, '回：农村的房子');
    await telegram.core.settled();
    expect(texts(telegram, wang.id).filter((text) => text.includes('回：农村的房子'))).toHaveLength(1);
  });

  it('is told kindly that a button is too old', async () => {
    const { fake } = await open();
    const wang = fake.person('王');
    const told = new Promise<unknown>((resolve) => {
      const look = setInterval(() => {
        const call = fake.calls.find(({ method }) => method === 'answerCallbackQuery');
        if (!call) return;
        clearInterval(look);
        resolve(call.body['text']);
      }, 20);
    });
    // what the platform sends where it no longer has the message
    const message = { chat: { id: wang.id, type: 'private' }, message_id: 4, date: 0 };
    await fake.update({ callback_query: { id: 'old', from: wang, message, chat_instance: '1', data: 'o:0' } });
    expect(await told).toContain('请直接打字');
  });

  it('is asked for words after a voice message, and answered to what is written under a picture', async () => {
    const telegram = await open();
    const { fake } = telegram;
    const wang = fake.person('王');
    await fake.say(wang, { voice: { file_id: 'v', duration: 3 } });
    await until(telegram, wang.id, REPLIES.voice().text);
    await fake.say(wang, { photo: [{ file_id: 'p' }], caption: '这是我的工伤认定书' });
    await until(telegram, wang.id, '回：这是我的工伤认定书');
    expect(texts(telegram, wang.id).join()).toContain(REPLIES.image().text);
  });

  it('is answered anew where a message was corrected, and nothing is said to what the platform itself reports', async () => {
    const telegram = await open();
    const { fake } = telegram;
    const wang = fake.person('王');
    const id = await fake.say(wang, '工资欠了两个月');
    await until(telegram, wang.id, '回：工资欠了两个月');
    await fake.say(wang, '工资欠了三个月', { id, edited: true });
    await until(telegram, wang.id, '回：工资欠了三个月');
    const before = texts(telegram, wang.id).length;
    await fake.say(wang, { pinned_message: { message_id: 1 } });
    await rest(NEVER_MS);
    expect(texts(telegram, wang.id)).toHaveLength(before);
  });

  it('who has blocked the bot is reported to the desk as unreachable', async () => {
    const telegram = await open();
    const { core, fake } = telegram;
    const wang = fake.person('王');
    await fake.say(wang, '/lawyer');
    await until(telegram, wang.id, '律师');
    await core.settled();
    const conversation = (await core.app.messenger.conversationId('telegram', `p:${String(wang.id)}`)) ?? '';
    fake.block(wang, true);
    await core.lawyerSays(conversation, '请带上合同。');
    await expect.poll(async () => (await core.deliveries(conversation)).at(-1)?.reason).toBe('对方停用了机器人');
    fake.block(wang, false);
    await fake.say(wang, '我回来了');
    await until(telegram, wang.id, '请带上合同。');
  });

  it('is not written to before the pause that the platform asks for is over', async () => {
    const telegram = await open();
    const { fake, core } = telegram;
    const wang = fake.person('王');
    fake.refuseNext('sendMessage', REFUSALS.tooMany(2));
    const asked = Date.now();
    await fake.say(wang, '在吗');
    await until(telegram, wang.id, '回：在吗');
    expect(Date.now() - asked).toBeGreaterThanOrEqual(2000);
    expect(fake.calls.filter(({ method }) => method === 'sendMessage')).toHaveLength(2);
    expect(core.errors).toEqual([]);
  });

  it('is spared further tries during that pause, and nobody else is', async () => {
    const { fake, channel } = await open();
    const [wang, zhao] = [fake.person('王'), fake.person('赵')];
    for (const person of [wang, zhao]) await fake.say(person, '你好');
    await expect.poll(() => fake.said(wang.id).length + fake.said(zhao.id).length).toBe(2);
    const message = { text: '通知', options: [], inReplyTo: null };
    fake.refuseNext('sendMessage', REFUSALS.tooMany(30));
    expect(await channel.send(`p:${String(wang.id)}`, message)).toMatchObject({ kind: 'later', afterMs: 30_000 });
    const tried = fake.calls.length;
    expect(await channel.send(`p:${String(wang.id)}`, message)).toMatchObject({ kind: 'later' });
    expect(fake.calls).toHaveLength(tried);
    expect(await channel.send(`p:${String(zhao.id)}`, message)).toEqual({ kind: 'sent' });
  });
});

describe('a citizen in a group', () => {
  it('is answered only when the bot is meant: by mention, command, or in reply to it', async () => {
    const telegram = await open({ consult: humanOrEcho });
    const { fake } = telegram;
    const group = fake.group();
    const wang = fake.person('王');
    await fake.say(wang, '大家吃了吗', { chat: group });
    await fake.say(wang, '@someone_else 老板不发工资', { chat: group });
    await fake.say(wang, '/start@other_bot', { chat: group });
    const asked = await fake.say(wang, `@${BOT.username} 老板不发工资`, { chat: group });
    await until(telegram, group, '回：老板不发工资');
    const answer = fake.said(group).at(-1);
    expect(answer?.reply_to_message?.message_id).toBe(asked);
    await fake.say(wang, { text: '那要多久', reply_to: answer?.message_id }, { chat: group });
    await until(telegram, group, '回：那要多久');
    expect(texts(telegram, group)).toHaveLength(2);
  });

  it('keeps two people who ask in one group apart', async () => {
    const telegram = await open({ consult: humanOrEcho });
    const { core, fake } = telegram;
    const group = fake.group();
    const [wang, zhao] = [fake.person('王'), fake.person('赵')];
    await fake.say(wang, `@${BOT.username} 甲`, { chat: group });
    await fake.say(zhao, `@${BOT.username} 乙`, { chat: group });
    const ids = await Promise.all(
      [wang, zhao].map(({ id }) => core.app.messenger.conversationId('telegram', `g:${String(group)}:${String(id)}`)),
    );
    expect(new Set(ids).size).toBe(2);
    expect(ids).not.toContain(null);
  });

  it('gets a lawyer’s words in the private chat, never in the group', async () => {
    const telegram = await open({ consult: humanOrEcho });
    const { core, fake } = telegram;
    const group = fake.group();
    const wang = fake.person('王');
    await fake.say(wang, `@${BOT.username} 找律师`, { chat: group });
    await until(telegram, group, '私聊');
    const conversation = (await core.app.messenger.conversationId('telegram', `g:${String(group)}:${String(wang.id)}`)) ?? '';
    await core.settled();
    await core.lawyerSays(conversation, '你的伤残等级要先鉴定。');
    await core.settled();
    await rest(NEVER_MS);
    expect(texts(telegram, wang.id)).toEqual([]);
    const pointers = fake.said(group).filter(({ text }) => text?.includes('私聊') === true);
    expect(pointers).toHaveLength(1);
    const [button] = pointers[0]?.reply_markup?.inline_keyboard.flat() ?? [];
    expect(button?.url).toBe(`https://t.me/${BOT.username}?start=from-group`);

    await fake.say(wang, '/start from-group');
    await until(telegram, wang.id, '你的伤残等级要先鉴定。');
    expect(texts(telegram, group).join()).not.toContain('伤残等级');
    await expect.poll(async () => (await core.deliveries(conversation)).every(({ state }) => state === 'delivered')).toBe(true);
    expect(texts(telegram, wang.id).filter((text) => text.includes('伤残等级'))).toHaveLength(1);
  });

  it('goes on in the private chat with what the lawyer asked there, out of the group’s sight', async () => {
    const telegram = await open({ consult: humanOrEcho });
    const { core, fake } = telegram;
    const group = fake.group();
    const wang = fake.person('王');
    await fake.say(wang, '/start');
    await fake.say(wang, `@${BOT.username} 找律师`, { chat: group });
    const key = `g:${String(group)}:${String(wang.id)}`;
    await expect.poll(async () => (await core.app.desk.list('open')).length).toBe(1);
    const conversation = (await core.app.messenger.conversationId('telegram', key)) ?? '';
    const number = await core.lawyerSays(conversation, '签合同了吗？');
    await until(telegram, wang.id, '签合同了吗？');
    await fake.say(wang, '没有签');
    await expect.poll(async () => JSON.stringify((await core.app.desk.ticket(number))?.messages)).toContain('没有签');
    await core.app.tickets.close(number, LI, 'resolved', '');
    await fake.say(wang, '那工资怎么算');
    await until(telegram, wang.id, '回：那工资怎么算');
    const inGroup = texts(telegram, group).join();
    for (const words of ['签合同', '那工资']) expect(inGroup).not.toContain(words);
  });

  it('goes on being the same conversation where the group becomes a supergroup, told or not', async () => {
    for (const quietly of [false, true]) {
      const telegram = await open({ consult: humanOrEcho });
      const { core, fake } = telegram;
      const group = fake.group();
      const wang = fake.person('王');
      await fake.say(wang, `@${BOT.username} 一`, { chat: group });
      await until(telegram, group, '回：一');
      await core.settled();
      const conversation = await core.app.messenger.conversationId('telegram', `g:${String(group)}:${String(wang.id)}`);
      const now = await fake.upgrade(group, { quietly });
      if (quietly) {
        // the first that is sent to the old id says where the group is now
        const sent = await telegram.channel.send(`g:${String(group)}:${String(wang.id)}`, { text: '通知', options: [], inReplyTo: null });
        expect(sent).toEqual({ kind: 'sent' });
        expect(texts(telegram, now)).toEqual(['通知']);
      }
      await fake.say(wang, `@${BOT.username} 二`, { chat: now });
      await until(telegram, now, '回：二');
      const words = (await core.app.messenger.messagesAfter(conversation ?? '', 0)).flatMap(({ author, body }) =>
        author === 'citizen' && body.type === 'text' ? [body.text] : [],
      );
      expect(words).toEqual(['一', '二']);
    }
  });
});

describe('receiving', () => {
  it('does not confirm an update before it is stored', async () => {
    let broken = 2;
    const telegram = await open({
      inbox: (inbox) => ({
        conversationId: inbox.conversationId,
        receive: (inbound) => (broken-- > 0 ? Promise.reject(new Error('disk full')) : inbox.receive(inbound)),
      }),
    });
    const { fake } = telegram;
    const wang = fake.person('王');
    await fake.say(wang, '一句都不能丢');
    await until(telegram, wang.id, '回：一句都不能丢');
    expect(telegram.errors).toHaveLength(2);
    expect(JSON.stringify(telegram.errors.map(({ context }) => context))).not.toContain('一句');
    await expect.poll(() => telegram.channel.health()).toEqual({ ok: true, detail: '正常' });
  });

  it('goes on where the platform is down for a while, and with updates nobody expected', async () => {
    const telegram = await open();
    const { fake } = telegram;
    const wang = fake.person('王');
    await fake.update({ message: { message_id: 9, date: 1, chat: { id: wang.id, type: 'private' }, from: wang, venue: 'what' } });
    await fake.update({ poll_answer: { poll_id: '1' } });
    await fake.say(wang, '还在吗');
    await until(telegram, wang.id, '回：还在吗');
  });

  it('says that it cannot connect where the token is wrong, and ends at once when told to', async () => {
    const telegram = await open();
    await expect.poll(() => telegram.channel.health().ok).toBe(true);
    telegram.fake.refuseNext('getMe', { code: 401, description: 'Unauthorized' });
    const again = await telegram.restart();
    await expect.poll(() => again.channel.health().detail).toContain('BAIMI_TELEGRAM_TOKEN');
    const from = Date.now();
    await again.channel.stop();
    expect(Date.now() - from).toBeLessThan(1000);
  });
});
