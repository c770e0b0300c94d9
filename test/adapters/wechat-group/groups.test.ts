import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createWechatGroup, type WechatGroup, type WechatGroupOptions } from '../../../src/adapters/wechat-group/create-wechat-group.js';
import type { Inbound } from '../../../src/domain/message.js';
import type { Inbox, Outgoing, Sent } from '../../../src/messaging/channel.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { SCRIPTED_PUPPET, startPuppetDriver, wechatyInstalled, type PuppetDriver } from './puppet-driver.js';
import type { Script } from './scripted-puppet.js';

const installed = wechatyInstalled();
const skipped = installed ? '' : ' (skipped: wechaty is not installed)';
const greeting = expect.stringContaining('大家好') as string;

/** The channel, its puppet's process, and what they told. */
interface Played {
  readonly driver: PuppetDriver;
  readonly channel: WechatGroup;
  readonly inbox: MemoryInbox;
  readonly folder: string;
  readonly said: string[];
  readonly events: { readonly event: string; readonly againAfterMs?: number | null }[];
  /** How far the channel's clock is ahead. */
  clock: { aheadMs: number };
  logIn(): Promise<void>;
}

async function play(changes: Partial<WechatGroupOptions> = {}): Promise<Played> {
  const driver = await startPuppetDriver();
  const inbox = inboxInMemory();
  const folder = temporaryFolder();
  const said: string[] = [];
  const events: Played['events'] = [];
  const clock = { aheadMs: 0 };
  const channel = createWechatGroup(inbox, {
    folder,
    puppet: SCRIPTED_PUPPET,
    token: driver.port,
    aliases: ['百米问法'],
    officerPassword: 'kou-ling-2026',
    pageUrl: 'https://baimi.example/',
    perDay: 10_000,
    knowsServicePoint: (code) => code === 'jy-01',
    say: (line) => said.push(line),
    onEvent: (event) => events.push(event),
    onError: (error) => {
      throw error;
    },
    now: () => Date.now() + clock.aheadMs,
    pauseMs: [0, 5],
    restartAfterMs: [50, 400],
    heapMib: 160,
    ...changes,
  });
  await channel.start();
  await driver.until(() => driver.hellos.length > 0);
  return {
    driver,
    channel,
    inbox,
    folder,
    said,
    events,
    clock,
    async logIn() {
      driver.play({ do: 'login', id: 'bot', name: '法律 助手' });
      await driver.until(() => channel.health().ok);
    },
  };
}

/** A room with the bot, 张三 (a stranger) and 李四 (a friend), whom no other test knows. */
let rooms = 0;
function newRoom({ driver, inbox }: Played) {
  rooms += 1;
  const n = String(rooms);
  const names = { ROOM: `r${n}@chatroom`, alice: `alice${n}`, bob: `bob${n}` };
  driver.play(
    { do: 'contact', id: names.alice, name: '张三', friend: false },
    { do: 'contact', id: names.bob, name: '李四', friend: true },
    { do: 'room', id: names.ROOM, topic: `普法群${n}`, members: ['bot', names.alice, names.bob] },
  );
  const say = (text: string, from = names.alice, more: Partial<Extract<Script, { do: 'say' }>> = {}): Script => ({
    do: 'say',
    id: randomUUID(),
    from,
    room: names.ROOM,
    text,
    ...more,
  });
  return {
    ...names,
    say,
    /** What 李四 writes in private. */
    whisper: (text: string): Script => ({ do: 'say', id: randomUUID(), from: names.bob, text }),
    async ask(text: string, from = names.alice): Promise<Inbound> {
      const before = inbox.received.length;
      driver.play(say(`@法律 助手\u2005${text}`, from));
      await driver.until(() => inbox.received.length > before);
      return inbox.received.at(-1) as Inbound;
    },
  };
}

describe.skipIf(!installed)(`a WeChat group${skipped}`, () => {
  let played: Played;
  let room: ReturnType<typeof newRoom>;
  beforeAll(async () => {
    played = await play();
    await played.logIn();
  });
  afterAll(() => played.channel.stop());
  beforeEach(async () => {
    const { driver, inbox, clock } = played;
    driver.sent.length = 0;
    inbox.received.length = 0;
    // a minute later, so that the pace is free again
    clock.aheadMs += 60_000;
    driver.play({ do: 'heartbeat' });
    room = newRoom(played);
    await driver.settle();
  });

  const texts = (): unknown[] => played.inbox.received.map(({ content }) => content);
  const reply = async (inbound: Inbound, text: string, more: Partial<Outgoing> = {}): Promise<Sent> => {
    const sent = await played.channel.send(inbound.conversationKey, { text, options: [], inReplyTo: inbound.externalKey, ...more });
    await played.driver.settle();
    return sent;
  };
  const bySelf = async ({ conversationKey }: Inbound, text: string): Promise<Sent> => {
    const sent = await played.channel.send(conversationKey, { text, options: [], inReplyTo: null, privately: true });
    await played.driver.settle();
    return sent;
  };
  const sentTo = (to: string): string[] => played.driver.sent.filter((sent) => sent.to === to).map(({ text }) => text);
  const inRoom = (): string[] => sentTo(room.ROOM);
  const text = (words: string): object => ({ type: 'text', text: words });

  it('hears what is addressed to it, and nothing else', async () => {
    const { driver, inbox } = played;
    driver.play(
      room.say('今天天气好'),
      room.say('@所有人\u2005开会', room.alice, { mentioned: [room.alice, 'bot'] }),
      room.say('@法律 助手\u2005我自己说的', 'bot'),
      room.say('@法律 助手\u2005很久以前的问题', room.alice, { at: 1_600_000_000 }),
      room.say('', room.alice, { type: 6 }),
      room.say('工伤怎么认定', room.alice, { mentioned: ['bot'] }),
    );
    await driver.until(() => inbox.received.length > 0);
    expect(texts()).toEqual([text('工伤怎么认定')]);
  });

  it('hears once what the protocol brings three times', async () => {
    const again = room.say('@百米问法 第一句') as Extract<Script, { do: 'say' }>;
    played.driver.play(again, { do: 'again', id: again.id }, { do: 'again', id: again.id });
    await room.ask('第二句');
    expect(texts()).toEqual([text('第一句'), text('第二句')]);
  });

  it('keeps the order in which people wrote, also where the first is read slowest', async () => {
    const { driver, inbox } = played;
    const words = ['一', '二', '三', '四', '五'];
    driver.play(...words.map((word, at) => room.say(`@百米问法 ${word}`, room.alice, { slowMs: 200 - at * 40 })));
    await driver.until(() => inbox.received.length === 5);
    expect(texts()).toEqual(words.map(text));
  });

  it('tries again where a message could not be stored', async () => {
    played.inbox.failures = 2;
    await room.ask('不能丢的一句');
    expect(texts()).toEqual([text('不能丢的一句')]);
  });

  it('keeps people apart who write in the same room, and stores neither ids nor names', async () => {
    const one = await room.ask('第一个人', room.alice);
    const other = await room.ask('第二个人', room.bob);
    expect(other.conversationKey).not.toBe(one.conversationKey);
    expect(JSON.stringify(played.inbox.received)).not.toMatch(/alice|bob|张三|李四|chatroom/);
  });

  it('greets a room once with its rules, also after another login', async () => {
    const { driver } = played;
    driver.play({ do: 'join', room: room.ROOM, who: 'carol' }, { do: 'join', room: room.ROOM, who: 'bot' });
    await driver.until(() => inRoom().length === 1);
    expect(inRoom()).toEqual([greeting]);
    driver.play({ do: 'logout' });
    await driver.until(() => !played.channel.health().ok);
    await played.logIn();
    driver.play({ do: 'join', room: room.ROOM, who: 'bot' });
    await reply(await room.ask('工伤怎么认定'), '一个月内申请。');
    expect(inRoom()).toEqual([greeting, expect.stringContaining('一个月内申请')]);
  });

  it('answers in the group with a mention and the question', async () => {
    expect(await reply(await room.ask('工伤怎么认定'), '一个月内申请。')).toEqual({ kind: 'sent' });
    expect(inRoom()).toEqual([greeting, '@张三\u2005 「工伤怎么认定」\n一个月内申请。']);
    expect(played.driver.sent[1]?.mention).toEqual([room.alice]);
  });

  it('says no word in the group of what is for the asker alone; a stranger hears how to go on', async () => {
    const asked = await room.ask('老板欠我三个月工资');
    const aside = { privately: true, options: ['三千', '五千'] } as const;
    expect(await reply(asked, '你每个月工资多少？工单编号：20260601-001', aside)).toEqual({ kind: 'sent' });
    expect(await bySelf(asked, '王律师：请带身份证来')).toEqual({ kind: 'failed', reason: expect.stringContaining('好友') as string });
    expect(inRoom()).toEqual([greeting, expect.stringMatching(/^@张三\u2005 这件事.*https:\/\/baimi\.example\//)]);
    expect(sentTo(room.alice)).toEqual([]);
  });

  it('turns to a friend in private, and goes on with the same conversation there', async () => {
    const { driver, channel, inbox } = played;
    const asked = await room.ask('老板欠我三个月工资', room.bob);
    expect(channel.isGroup?.(asked.conversationKey)).toBe(true);
    await reply(asked, '你每个月工资多少？', { privately: true, options: ['三千', '五千'] });
    driver.play(room.whisper('三千'));
    await driver.until(() => inbox.received.length === 2);
    const inPrivate = inbox.received[1] as Inbound;
    expect(inPrivate).toMatchObject({ conversationKey: asked.conversationKey, content: text('三千') });
    expect(channel.isGroup?.(asked.conversationKey)).toBe(false);
    await reply(inPrivate, '算下来是九千元。');
    await bySelf(asked, '王律师：请带身份证来');
    expect(sentTo(room.bob)).toEqual(['你每个月工资多少？\n可以回复：三千 / 五千', '算下来是九千元。', '王律师：请带身份证来']);
    expect(inRoom()).toEqual([greeting, expect.stringContaining('私聊')]);
  });

  it('keeps an answer out of the group once the person has gone on in private', async () => {
    const { driver, inbox } = played;
    const asked = await room.ask('第一问', room.bob);
    await reply(asked, '问回来', { privately: true });
    driver.play(room.whisper('我工资三千'));
    await driver.until(() => inbox.received.length === 2);
    await reply(asked, '迟到的答复，说到你的三千');
    expect(inRoom().join()).not.toContain('三千');
    expect(sentTo(room.bob).at(-1)).toBe('迟到的答复，说到你的三千');
  });

  it('keeps the whole of a long answer for private', async () => {
    await reply(await room.ask('展开'), '很长的全文');
    expect(JSON.stringify(played.driver.sent)).not.toContain('很长的全文');
  });

  it('tells the group where to call when someone is in danger, though the rest is for private', async () => {
    await reply(await room.ask('有人打我'), '先保证安全：马上打110。已经转给律师。', { privately: true });
    expect(inRoom()[1]).toContain('马上打110');
    expect(inRoom()[1]).not.toContain('已经转给律师');
  });

  it('does not take an amount for a call to the police', async () => {
    await reply(await room.ask('怎么算'), '每月1100元，法律援助热线12348。', { privately: true });
    expect(inRoom()[1]).not.toContain('110');
  });

  it('keeps what it cannot send: no address, a refusal of WeChat, no login', async () => {
    const { driver, channel } = played;
    const asked = await room.ask('工伤怎么认定');
    expect(await channel.send('nobody', { text: 'x', options: [], inReplyTo: null })).toEqual({ kind: 'closed' });
    driver.play({ do: 'refuse', sends: true });
    await driver.settle();
    expect(await reply(asked, '一')).toMatchObject({ kind: 'later' });
    driver.play({ do: 'refuse', sends: false });
    await driver.settle();
    expect(await reply(asked, '二')).toEqual({ kind: 'sent' });
    driver.play({ do: 'logout' });
    await driver.until(() => !channel.health().ok);
    expect(await reply(asked, '三')).toMatchObject({ kind: 'later', reason: '微信没有登录' });
    await played.logIn();
    // whoever writes after another login has another identity
    expect(await reply(asked, '四')).toEqual({ kind: 'closed' });
  });

  it('obeys a duty officer, known by the password said in private, and no one else', async () => {
    const { driver } = played;
    driver.play(room.say('@百米问法 暂停'));
    await driver.until(() => inRoom().length === 1);
    expect(inRoom()[0]).toContain('只有值班人员');
    driver.play(room.whisper('值班口令 kou-ling-2026'));
    await driver.until(() => sentTo(room.bob).length === 1);
    driver.play(room.say('@百米问法 暂停', room.bob));
    await driver.until(() => inRoom().length === 2);
    driver.play(room.say('@百米问法 没人听见'), room.say('@百米问法 恢复', room.bob));
    await driver.until(() => inRoom().length === 3);
    await room.ask('听见了');
    expect(texts()).toEqual([text('听见了')]);
  });

  it('brings the service point of its group to each conversation, once and without a word', async () => {
    const { driver, inbox } = played;
    driver.play(room.whisper('值班口令 kou-ling-2026'));
    await driver.until(() => sentTo(room.bob).length === 1);
    driver.play(room.say('@百米问法 绑定服务点 xx-99', room.bob));
    await driver.until(() => inRoom().some((said) => said.includes('没有这个服务点')));
    driver.play(room.say('@百米问法 绑定服务点 jy-01', room.bob));
    await driver.until(() => inRoom().some((said) => said.includes('绑定服务点 jy-01')));
    driver.play(room.say('@百米问法 一'), room.say('@百米问法 二'));
    await driver.until(() => inbox.received.length === 3);
    expect(texts()).toEqual([{ type: 'join', servicePoint: 'jy-01' }, text('一'), text('二')]);
    await reply(inbox.received[0] as Inbound, '你好，我是百米问法');
    expect(inRoom().join()).not.toContain('你好，我是百米问法');
  });

  it('is healthy while logged in and heard from within two minutes', async () => {
    const { driver, channel, clock } = played;
    expect(channel.health()).toMatchObject({ ok: true });
    clock.aheadMs += 120_000;
    expect(channel.health()).toMatchObject({ ok: false, detail: expect.stringContaining('心跳') as string });
    driver.play({ do: 'heartbeat' });
    await driver.until(() => channel.health().ok);
  });

  it('keeps the session readable for this user alone, and gives the puppet no secret of ours', async () => {
    const { driver, folder } = played;
    driver.play({ do: 'remember' });
    const file = join(folder, 'session.memory-card.json');
    await driver.until(() => statSync(file, { throwIfNoEntry: false }) !== undefined);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(driver.hellos[0]?.environment.filter((name) => !name.startsWith('NODE_'))).toEqual([]);
  });

  it('takes a rejection that nobody waits for as an error, not as an end', async () => {
    const { driver, events } = played;
    driver.play({ do: 'reject' });
    await driver.until(() => events.some(({ event }) => event === 'errors'));
    await room.ask('还在');
    expect(driver.hellos).toHaveLength(1);
  });
});

describe.skipIf(!installed)(`the process of a WeChat puppet${skipped}`, () => {
  it.each(['throw', 'eat-memory'] as const)(
    'ends alone where it breaks (%s), and another goes on',
    async (how) => {
      const played = await play();
      const { driver, channel } = played;
      await played.logIn();
      await newRoom(played).ask('从前的问题');
      // a puppet that keeps exceptions from ending the process is outvoted
      driver.play({ do: 'swallow' }, { do: how });
      await driver.until(() => driver.hellos.length === 2, 40_000);
      expect(driver.hellos[1]?.pid).not.toBe(driver.hellos[0]?.pid);
      await driver.until(() => !channel.health().ok);
      await played.logIn();
      const asked = await newRoom(played).ask('后来的问题');
      expect(await channel.send(asked.conversationKey, { text: '好的', options: [], inReplyTo: asked.externalKey })).toEqual({
        kind: 'sent',
      });
      await channel.stop();
    },
    60_000,
  );

  it('is started anew where it floods with errors, later each time', async () => {
    const { driver, channel, events } = await play();
    for (const round of [1, 2, 3]) {
      await driver.until(() => driver.hellos.length === round);
      driver.play({ do: 'errors', count: 250 });
      await driver.until(() => events.filter(({ event }) => event === 'ended').length === round);
    }
    expect(events.filter(({ event }) => event === 'ended').map(({ againAfterMs }) => againAfterMs)).toEqual([50, 100, 200]);
    await channel.stop();
  }, 60_000);

  it('says what it risks, shows the code to scan until the login, obeys the day’s cap, and leaves nothing running', async () => {
    const played = await play({ perDay: 2 });
    const { driver, channel, said } = played;
    expect(said[0]).toContain('违反微信的使用条款');
    driver.play({ do: 'scan', code: 'https://login.weixin.qq.com/l/abc' });
    await driver.until(() => channel.loginCode() !== null);
    expect(channel.loginCode()?.svg).toMatch(/^<svg/);
    expect(said.at(-1)?.split('\n').length).toBeGreaterThan(10);
    await played.logIn();
    expect(channel.loginCode()).toBeNull();
    const asked = await newRoom(played).ask('工伤怎么认定');
    const answer = { text: '一', options: [], inReplyTo: asked.externalKey };
    // the greeting was the first
    expect(await channel.send(asked.conversationKey, answer)).toEqual({ kind: 'sent' });
    expect(await channel.send(asked.conversationKey, answer)).toMatchObject({
      kind: 'later',
      reason: expect.stringContaining('上限') as string,
    });
    await channel.stop();
    expect(() => process.kill(driver.hellos[0]?.pid ?? 0, 0)).toThrow();
  }, 60_000);
});

describe('WeChat groups without the packages', () => {
  it('say which is missing and what to do, and are not tried again', async () => {
    const said: string[] = [];
    const events: { readonly event: string }[] = [];
    const channel = createWechatGroup(inboxInMemory(), {
      folder: temporaryFolder(),
      puppet: 'wechaty-puppet-nobody-has',
      token: null,
      aliases: [],
      officerPassword: null,
      pageUrl: null,
      perDay: 1,
      knowsServicePoint: () => false,
      say: (line) => said.push(line),
      onEvent: (event) => events.push(event),
      onError: () => undefined,
      now: () => Date.now(),
      restartAfterMs: [10, 10],
    });
    await channel.start();
    await expect.poll(() => said.join('\n'), { timeout: 15_000 }).toMatch(/没有安装 wechaty.*npm install/);
    await expect.poll(() => events.filter(({ event }) => event === 'ended'), { timeout: 5000 }).toMatchObject([{ againAfterMs: null }]);
    expect(channel.health()).toMatchObject({ ok: false, detail: expect.stringContaining('没有安装') as string });
    await channel.stop();
  });
});

type MemoryInbox = Inbox & { readonly received: Inbound[]; failures: number };

/** Stores in memory; the first `failures` attempts fail. */
function inboxInMemory(): MemoryInbox {
  const received: Inbound[] = [];
  const inbox = {
    received,
    failures: 0,
    receive(inbound: Inbound) {
      if (inbox.failures-- > 0) return Promise.reject(new Error('locked'));
      const duplicate = received.some(({ externalKey }) => externalKey === inbound.externalKey);
      if (!duplicate) received.push(inbound);
      return Promise.resolve({
        conversationId: inbound.conversationKey,
        message: { id: received.length, author: 'citizen', staffName: null, body: { type: 'text', text: '' }, at: 0 } as const,
        duplicate,
      });
    },
    conversationId: (_: string, key: string) => Promise.resolve(key),
  };
  return inbox;
}
