import { describe, expect, it } from 'vitest';
import { handoffAnswer } from '../../../src/consultation/replies.js';
import { NEW_CONSULTATION } from '../../../src/consultation/continue-consultation.js';
import { NO_TRACE } from '../../../src/consultation/trace.js';
import type { Consult } from '../../../src/consultation/consult.js';
import { REFUSALS, type FakeMessage, type FakeTelegram } from '../../support/fake-telegram.js';
import { LI, ZHOU, telegramForTests, type TelegramUnderTest } from '../../support/telegram-core.js';

const open = telegramForTests();
const NEVER_MS = 300;
const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const QUESTION = '我叫王小明，电话13800138000，老板 <b>欠</b> 我工资 & 不签合同';
/** Hands everything over, with what it has found. */
const handOver: Consult = () => ({
  answer: handoffAnswer('not-confident'),
  state: { ...NEW_CONSULTATION, facts: [{ id: 'contract', label: '签没签合同', value: '没有' }] as never },
  trace: { ...NO_TRACE, topic: 'wages', found: ['劳动合同法#第八十二条'] },
});

type Person = ReturnType<FakeTelegram['person']>;
const texts = ({ fake }: TelegramUnderTest, chat: number): string[] => fake.said(chat).map(({ text }) => text ?? '');
const buttons = (message: FakeMessage | undefined): string[] => message?.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? [];
const until = async (telegram: TelegramUnderTest, chat: number, words: string): Promise<void> => {
  await expect.poll(() => texts(telegram, chat).join('\n'), { timeout: 8000, message: words }).toContain(words);
};

/** A group of lawyers, two of them linked, and a ticket of 王's with its card. */
async function withTicket(setting: Parameters<typeof open>[0] = {}): Promise<{
  telegram: TelegramUnderTest;
  wang: Person;
  li: Person;
  zhou: Person;
  chat: number;
  number: string;
  card(): FakeMessage | undefined;
}> {
  const telegram = await open({ lawyers: 'group', consult: handOver, ...setting });
  const { fake, core, staffChat: chat } = telegram;
  const li = await telegram.lawyer(LI);
  const zhou = await telegram.lawyer(ZHOU);
  const wang = fake.person('王小明');
  await fake.say(wang, QUESTION);
  await until(telegram, chat, '工单');
  const [ticket] = await core.app.desk.list('open');
  const number = ticket?.number ?? '';
  const cardId = fake.said(chat).find(({ text }) => text?.includes(number) === true)?.message_id ?? 0;
  return { telegram, wang, li, zhou, chat, number, card: () => fake.message(chat, cardId) };
}

const cardShows = async (card: () => FakeMessage | undefined, words: string): Promise<void> => {
  await expect.poll(() => card()?.text, { timeout: 8000 }).toContain(words);
};

describe('the card of a ticket', () => {
  it('shows what the brief holds, and never who asks', async () => {
    const { telegram, card, number, chat } = await withTicket();
    const text = card()?.text ?? '';
    for (const part of [
      number,
      '法律咨询',
      '工资与劳动关系',
      '机器没有把握',
      '不到 10 分钟',
      '签没签合同：没有',
      '劳动合同法 第八十二条',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('老板 <b>欠</b> 我工资 & 不签合同');
    expect(buttons(card())).toEqual(['领取', '结案']);
    const everything = texts(telegram, chat).join();
    expect(everything).not.toContain('王小明');
    expect(everything).not.toContain('13800138000');
  });

  it('stays within a message, whatever the citizen wrote', async () => {
    const telegram = await open({ lawyers: 'group', consult: handOver });
    await telegram.fake.say(telegram.fake.person('王'), '老板不给钱&<'.repeat(580));
    await until(telegram, telegram.staffChat, '工单');
    expect(telegram.errors).toEqual([]);
  });

  it('says how long the citizen has waited', async () => {
    const { telegram, card, number } = await withTicket();
    telegram.core.pass(3 * 3600_000);
    telegram.core.app.changes.publish({ type: 'ticket', number, conversationId: '' });
    await cardShows(card, '3 个多小时');
  });

  it('is put up after a restart where the process ended before, and only once', async () => {
    const telegram = await open({ lawyers: 'group', consult: handOver });
    const { fake, staffChat } = telegram;
    fake.refuseAll(REFUSALS.down);
    const wang = fake.person('王');
    await fake.say(wang, '老板不给钱');
    await telegram.core.app.messenger.idle();
    expect(texts(telegram, staffChat)).toEqual([]);
    fake.refuseAll(null);
    const again = await telegram.restart();
    await until(again, staffChat, '工单');
    const third = await again.restart();
    await expect.poll(() => third.channel.health().ok).toBe(true);
    await rest(NEVER_MS);
    expect(texts(third, staffChat)).toHaveLength(1);
  });

  it('waits where the group takes no more messages, and then shows every ticket', async () => {
    const telegram = await open({ lawyers: 'group', consult: handOver, minuteMs: 1500 });
    const { fake, staffChat } = telegram;
    for (let person = 0; person < 25; person++) await fake.say(fake.person('某'), '老板不给钱');
    await expect.poll(() => texts(telegram, staffChat).length, { timeout: 15_000 }).toBe(25);
    expect(fake.calls.some(({ refused }) => refused?.code === 429)).toBe(true);
    expect(telegram.errors).toEqual([]);
  });

  it('is put up anew in the supergroup that the group has become', async () => {
    const { telegram, li, number, chat } = await withTicket();
    const now = await telegram.fake.upgrade(chat);
    await until(telegram, now, number);
    const card = telegram.fake.said(now)[0];
    const told = await telegram.fake.tap(li, now, card?.message_id ?? 0, '领取');
    expect(told).toEqual({ text: '你已领取', alert: false });
  });
});

describe('claiming from the group', () => {
  it('gives the ticket to one of two who tap at once, and tells the other who has it', async () => {
    const { telegram, li, zhou, wang, chat, number, card } = await withTicket();
    const id = card()?.message_id ?? 0;
    const told = await Promise.all([telegram.fake.tap(li, chat, id, '领取'), telegram.fake.tap(zhou, chat, id, '领取')]);
    const holder = (await telegram.core.app.desk.ticket(number))?.ticket.holder;
    const name = holder === LI.id ? LI.name : ZHOU.name;
    expect(told).toContainEqual({ text: '你已领取', alert: false });
    expect(told).toContainEqual({ text: `${name}已经领取了这张工单。`, alert: true });
    await cardShows(card, `办理中（${name}）`);
    expect(buttons(card())).toEqual(['释放', '转交', '结案']);
    await until(telegram, wang.id, `${name}已经看到你的问题`);
  });

  it('is refused to whoever has no linked account, member of the group or not', async () => {
    const { telegram, chat, number, card } = await withTicket();
    const stranger = telegram.fake.person('李律师');
    const told = await telegram.fake.tap(stranger, chat, card()?.message_id ?? 0, '领取');
    expect(told.alert).toBe(true);
    expect(told.text).toContain('没有和工作台账号绑定');
    expect((await telegram.core.app.desk.ticket(number))?.ticket.state).toBe('queued');
  });

  it('follows what is done at the desk', async () => {
    const { telegram, number, card } = await withTicket();
    await telegram.core.app.tickets.claim(number, ZHOU);
    await cardShows(card, '办理中（周律师）');
    await telegram.core.app.tickets.close(number, ZHOU, 'resolved', '');
    await cardShows(card, '已结案，已解决（周律师）');
    expect(buttons(card())).toEqual([]);
  });

  it('goes on to releasing, transferring and closing with an outcome', async () => {
    const { telegram, li, zhou, wang, chat, number, card } = await withTicket();
    const { fake, core } = telegram;
    const id = card()?.message_id ?? 0;
    const ticket = async () => (await core.app.desk.ticket(number))?.ticket;
    await fake.tap(li, chat, id, '领取');
    await cardShows(card, '办理中');
    await fake.tap(li, chat, id, '释放');
    await cardShows(card, '待领取');
    await fake.tap(li, chat, id, '领取');
    await cardShows(card, '办理中');
    await fake.tap(li, chat, id, '转交');
    await expect.poll(() => buttons(card())).toEqual(['转给周律师', '返回']);
    // only whoever holds it can give it away
    expect((await fake.tap(zhou, chat, id, '转给周律师')).alert).toBe(true);
    expect(await fake.tap(li, chat, id, '转给周律师')).toEqual({ text: '已转给周律师', alert: false });
    await cardShows(card, '办理中（周律师）');
    await until(telegram, wang.id, '由周律师接着为你办理');
    await fake.tap(zhou, chat, id, '结案');
    await expect.poll(() => buttons(card())).toContain('当事人撤回');
    await fake.tap(zhou, chat, id, '返回');
    await expect.poll(() => buttons(card())).toEqual(['释放', '转交', '结案']);
    await fake.tap(zhou, chat, id, '结案');
    await expect.poll(() => buttons(card())).toContain('当事人撤回');
    await fake.tap(zhou, chat, id, '当事人撤回');
    expect(await ticket()).toMatchObject({ state: 'closed', outcome: 'withdrawn', holder: ZHOU.id });
    await until(telegram, wang.id, '已经结案：当事人撤回');
  });
});

describe('a lawyer’s reply in the group', () => {
  it('reaches the citizen without the lines that begin with //', async () => {
    const { telegram, li, wang, chat, card } = await withTicket();
    const id = card()?.message_id ?? 0;
    await telegram.fake.tap(li, chat, id, '领取');
    await telegram.fake.say(
      li,
      { text: '请把工资条留好。\n// 这人以前来过\n  ／／先不提仲裁\n一年之内申请仲裁。', reply_to: id },
      { chat },
    );
    await until(telegram, wang.id, '请把工资条留好。\n一年之内申请仲裁。');
    await telegram.fake.say(li, { text: '// 只是我们自己说说', reply_to: id }, { chat });
    await rest(NEVER_MS);
    const all = texts(telegram, wang.id).join('\n');
    expect(all).toContain(LI.name);
    for (const secret of ['以前来过', '不提仲裁', '我们自己']) expect(all).not.toContain(secret);
  });

  it('goes to the ticket whose card it answers, whatever numbers its text or the citizen’s name', async () => {
    const { telegram, li, wang, chat, number, card } = await withTicket();
    const { fake, core } = telegram;
    const other = fake.person('赵');
    await fake.say(other, `${number} 这是我的工单`);
    await expect.poll(async () => (await core.app.desk.list('open')).length).toBe(2);
    await expect.poll(() => fake.said(chat).filter(({ reply_markup }) => reply_markup).length).toBe(2);
    const second = fake.said(chat).filter(({ reply_markup }) => reply_markup)[1]?.message_id ?? 0;
    await fake.tap(li, chat, card()?.message_id ?? 0, '领取');
    await fake.tap(li, chat, second, '领取');
    await fake.say(li, { text: `${number} 给赵的话`, reply_to: second }, { chat });
    await until(telegram, other.id, '给赵的话');
    await rest(NEVER_MS);
    expect(texts(telegram, wang.id).join()).not.toContain('给赵的话');
  });

  it('is one reply where the platform repeats it', async () => {
    const { telegram, li, wang, chat, card } = await withTicket();
    const id = card()?.message_id ?? 0;
    await telegram.fake.tap(li, chat, id, '领取');
    const said = await telegram.fake.say(li, { text: '只说一次。', reply_to: id }, { chat });
    await telegram.fake.say(li, { text: '只说一次。', reply_to: id }, { chat, id: said });
    await until(telegram, wang.id, '只说一次。');
    await telegram.core.settled();
    expect(texts(telegram, wang.id).filter((text) => text.includes('只说一次。'))).toHaveLength(1);
  });

  it('is refused with the reason from whoever does not hold the ticket, is not linked, sends a picture, or corrects', async () => {
    const { telegram, li, zhou, wang, chat, card } = await withTicket();
    const { fake } = telegram;
    const id = card()?.message_id ?? 0;
    await fake.say(li, { text: '还没领取就回', reply_to: id }, { chat });
    await until(telegram, chat, '没有发给群众：请先领取这张工单。');
    await fake.tap(li, chat, id, '领取');
    await fake.say(zhou, { text: '别人的工单', reply_to: id }, { chat });
    await until(telegram, chat, '没有发给群众：这张工单在李律师手里');
    await fake.say(fake.person('李律师'), { text: '冒名的话', reply_to: id }, { chat });
    await until(telegram, chat, '没有发给群众：你的 Telegram 还没有和工作台账号绑定');
    await fake.say(li, { photo: [{ file_id: 'x' }], caption: '看图', reply_to: id }, { chat });
    await until(telegram, chat, '这里只能转发文字');
    const said = await fake.say(li, { text: '写错了', reply_to: id }, { chat });
    await fake.say(li, { text: '写对了', reply_to: id }, { chat, id: said, edited: true });
    await until(telegram, chat, '请再发一条更正');
    await until(telegram, wang.id, '写错了');
    const all = texts(telegram, wang.id).join();
    for (const words of ['还没领取', '别人的工单', '冒名', '看图', '写对了']) expect(all).not.toContain(words);
  });

  it('is not taken for one where lawyers only talk among themselves', async () => {
    const { telegram, li, wang, chat, card } = await withTicket();
    await telegram.fake.tap(li, chat, card()?.message_id ?? 0, '领取');
    await telegram.fake.say(li, '中午吃什么', { chat });
    await rest(NEVER_MS);
    expect(texts(telegram, wang.id).join()).not.toContain('中午');
    expect(texts(telegram, chat).join()).not.toContain('没有发给群众');
  });

  it('brings the citizen’s next words to the group, masked, where they can be replied to', async () => {
    const { telegram, li, wang, chat, card } = await withTicket();
    const { fake } = telegram;
    await fake.tap(li, chat, card()?.message_id ?? 0, '领取');
    await cardShows(card, '办理中');
    await fake.say(wang, '我的新号码是13912345678，欠了八千');
    await until(telegram, chat, '欠了八千');
    expect(texts(telegram, chat).join()).not.toContain('13912345678');
    const relayed = fake.said(chat).find(({ text }) => text?.includes('欠了八千') === true);
    expect(relayed?.reply_to_message?.message_id).toBe(card()?.message_id);
    await fake.say(li, { text: '收到，八千。', reply_to: relayed?.message_id }, { chat });
    await until(telegram, wang.id, '收到，八千。');
  });
});

describe('a group with topics', () => {
  it('has one topic a ticket: what is said in it, in reply to nothing, reaches the citizen', async () => {
    const { telegram, li, wang, chat, number, card } = await withTicket({ lawyers: 'forum' });
    const { fake } = telegram;
    const [[thread, name] = [0, '']] = fake.topics(chat);
    expect(name).toBe(`${number} 法律咨询 工资与劳动关系`);
    expect(card()?.message_thread_id).toBe(thread);
    await fake.tap(li, chat, card()?.message_id ?? 0, '领取');
    await fake.say(li, { text: '在话题里直接说。\n// 内部', message_thread_id: thread }, { chat });
    await until(telegram, wang.id, '在话题里直接说。');
    expect(texts(telegram, wang.id).join()).not.toContain('内部');
    await fake.say(wang, '好的谢谢');
    await until(telegram, chat, '群众：好的谢谢');
    expect(fake.said(chat).at(-1)?.message_thread_id).toBe(thread);
  });

  it('is done without where the bot may not make topics, or somebody deletes one', async () => {
    const telegram = await open({ lawyers: 'forum', consult: handOver });
    const { fake, staffChat } = telegram;
    fake.refuseNext('createForumTopic', { code: 400, description: 'Bad Request: not enough rights to create a topic' });
    await fake.say(fake.person('王'), '老板不给钱');
    await until(telegram, staffChat, '工单');
    expect(fake.topics(staffChat).size).toBe(0);
    expect(fake.said(staffChat)[0]?.message_thread_id).toBeUndefined();

    const { telegram: other, li, wang, chat, card } = await withTicket({ lawyers: 'forum' });
    await other.fake.tap(li, chat, card()?.message_id ?? 0, '领取');
    await cardShows(card, '办理中');
    const [[thread] = [0]] = other.fake.topics(chat);
    other.fake.removeTopic(chat, thread);
    await other.fake.say(wang, '话题没了还说得上话');
    await until(other, chat, '话题没了还说得上话');
  });

  it('closes the topic with its ticket, and opens it again with it', async () => {
    const { telegram, wang, chat, number, card } = await withTicket({ lawyers: 'forum' });
    const { fake, core } = telegram;
    const [[thread] = [0]] = fake.topics(chat);
    await core.app.tickets.claim(number, LI);
    await core.app.tickets.close(number, LI, 'resolved', '');
    await cardShows(card, '已结案');
    await expect.poll(() => [...fake.closedTopics(chat)]).toEqual([thread]);
    await core.app.tickets.reopen(number, LI);
    await cardShows(card, '待领取');
    expect([...fake.closedTopics(chat)]).toEqual([]);
    await core.app.tickets.claim(number, LI);
    await cardShows(card, '办理中（李律师）');
    await fake.say(wang, '还有一件事');
    await until(telegram, chat, '群众：还有一件事');
    expect(fake.said(chat).at(-1)?.message_thread_id).toBe(thread);
    expect(telegram.errors).toEqual([]);
  });

  it.each([
    ['somebody has closed it already', { code: 400, description: 'Bad Request: TOPIC_NOT_MODIFIED' }],
    ['the bot has no right to', { code: 400, description: 'Bad Request: not enough rights to close a topic' }],
    ['somebody has deleted it', { code: 400, description: 'Bad Request: TOPIC_ID_INVALID' }],
  ])('leaves the topic as it is where %s, and is not troubled', async (_why, refusal) => {
    const { telegram, chat, number, card } = await withTicket({ lawyers: 'forum' });
    const { fake, core } = telegram;
    fake.refuseNext('closeForumTopic', refusal);
    await core.app.tickets.claim(number, LI);
    await core.app.tickets.close(number, LI, 'resolved', '');
    await cardShows(card, '已结案');
    await expect.poll(async () => (await telegram.store.card(number))?.final).toBe(true);
    expect([...fake.closedTopics(chat)]).toEqual([]);
    expect(telegram.channel.health().ok).toBe(true);
    expect(telegram.errors).toEqual([]);
  });

  it('closes the topic after all where the platform asked for a pause first', async () => {
    const { telegram, chat, number } = await withTicket({ lawyers: 'forum' });
    const { fake, core } = telegram;
    fake.refuseNext('closeForumTopic', REFUSALS.tooMany(1));
    await core.app.tickets.claim(number, LI);
    await core.app.tickets.close(number, LI, 'resolved', '');
    await expect.poll(() => fake.closedTopics(chat).size, { timeout: 8000 }).toBe(1);
  });

  it('puts up another card where somebody has deleted it', async () => {
    const { telegram, li, chat, number, card } = await withTicket();
    telegram.fake.remove(chat, card()?.message_id ?? 0);
    await telegram.core.app.tickets.claim(number, LI);
    await until(telegram, chat, '办理中（李律师）');
    const again = telegram.fake.said(chat).at(-1);
    expect(await telegram.fake.tap(li, chat, again?.message_id ?? 0, '释放')).toEqual({ text: '已放回队列', alert: false });
  });
});
