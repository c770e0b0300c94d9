import { join } from 'node:path';
import { SHOW_MORE } from '../../domain/answer-text.js';
import type { Inbox, Outgoing, PushChannel, Sent } from '../../messaging/channel.js';
import { createAddressBook, type Address, type Asked } from './address-book.js';
import { addressed } from './addressed.js';
import { createOfficers, readOrder, type Order } from './officers.js';
import { createPace } from './pace.js';
import type { FromPuppet, HeardMessage } from './protocol.js';
import { openRoomRecords, type Room } from './room-records.js';
import { supervisePuppet, type SupervisedPuppet, type SupervisionEvent } from './supervise-puppet.js';
import { TEXTS, inGroup } from './texts.js';
import { externalKeyOf, toInbound } from './to-inbound.js';

export interface WechatGroupOptions {
  /** For the session and what is kept of rooms. */
  readonly folder: string;
  /** Package of the puppet, such as `wechaty-puppet-wechat4u`. */
  readonly puppet: string;
  readonly token: string | null;
  /** Names besides the account's own by which people call the bot. */
  readonly aliases: readonly string[];
  /** What a duty officer says to the bot in private; null: there are none. */
  readonly officerPassword: string | null;
  /** Address of the citizen's page; null: not reachable from outside. */
  readonly pageUrl: string | null;
  readonly perDay: number;
  readonly knowsServicePoint: (code: string) => boolean;
  /** Lines for whoever started the product: the risk, the code to scan. */
  readonly say: (line: string) => void;
  /** Never told what people write. */
  readonly onEvent: (event: WechatGroupEvent) => void;
  readonly onError: (error: unknown) => void;
  readonly now: () => number;
  readonly random?: (() => number) | undefined;
  /** Other values are for tests. */
  readonly pauseMs?: readonly [least: number, most: number] | undefined;
  /** When what WeChat did not take is tried again. */
  readonly againAfterMs?: number | undefined;
  readonly restartAfterMs?: readonly [first: number, longest: number] | undefined;
  readonly heapMib?: number | undefined;
}

export type WechatGroupEvent =
  | SupervisionEvent
  | { readonly event: 'scan' | 'login' | 'logout' | 'greeted' | 'ordered' }
  | { readonly event: 'errors'; readonly count: number; readonly kind: string }
  | { readonly event: 'missing'; readonly package: string };

export interface WechatGroup extends PushChannel {
  /** The code to scan as an SVG picture, for the desk; null: logged in, or none asked for. */
  loginCode(): { readonly svg: string | null; readonly since: number } | null;
}

/** Tells whether the bot is alive. */
const HEARTBEAT_MS = 120_000;
const PER_MINUTE = 20;
/** A sentence with the way to private is said once in so long. */
const POINT_EVERY_MS = 6 * 3_600_000;
/** Longer waits are left to whoever delivers. */
const LONGEST_WAIT_MS = 30_000;
const STORE_TRIES_MS = [100, 1000, 5000];
const KEPT_IDS = 4000;
/** An answer that sends people to the police or an ambulance is not kept for private. */
const DANGER = /(?<!\d)1[12]0(?!\d)/;

/**
 * WeChat groups, as far as an account of a person may be lent to a machine: listens only when addressed, says short
 * answers in the group and everything personal in private, no faster than a person. Translates; decides no law.
 */
export function createWechatGroup(inbox: Inbox, options: WechatGroupOptions): WechatGroup {
  const { now, onEvent, say } = options;
  const book = createAddressBook(now);
  const rooms = openRoomRecords(join(options.folder, 'rooms.json'));
  const officers = createOfficers(options.officerPassword, now);
  const pace = createPace({
    perMinute: PER_MINUTE,
    perDay: options.perDay,
    pauseMs: options.pauseMs ?? [1000, 3000],
    now,
    random: options.random ?? Math.random,
  });
  const seen = new Set<string>();
  const pointed = new Map<string, number>();
  const lines = new Map<string, Promise<unknown>>();
  let code: { readonly svg: string | null; readonly since: number } | null = null;
  let selfName = options.aliases[0] ?? '百米问法';
  let lastPlace = new Map<string, 'room' | 'private'>();

  const puppet: SupervisedPuppet = supervisePuppet({
    folder: options.folder,
    puppet: options.puppet,
    token: options.token,
    restartAfterMs: options.restartAfterMs ?? [2000, 300_000],
    heapMib: options.heapMib ?? 512,
    now,
    onEvent,
    onMessage: (message) => {
      take(message);
    },
  });

  const take = (message: FromPuppet): void => {
    switch (message.type) {
      case 'scan':
        code = { svg: message.svg, since: now() };
        onEvent({ event: 'scan' });
        say('请用专门的微信号扫码登录（扫一扫下面的码，或者在律师工作台里扫）：');
        say(message.terminal ?? message.qrcode);
        return;
      case 'login':
        code = null;
        // ids of an earlier login may be someone else's
        book.clear();
        officers.forget();
        pointed.clear();
        lastPlace = new Map();
        onEvent({ event: 'login' });
        say('微信已登录。');
        return;
      case 'logout':
        onEvent({ event: 'logout' });
        return;
      case 'errors':
        onEvent({ event: 'errors', count: message.count, kind: message.kind });
        return;
      case 'missing':
        onEvent({ event: 'missing', package: message.package });
        say(
          `微信群没有开通：没有安装 ${message.package}。其他渠道不受影响。怎么改：运行 npm install --include=optional，或者不设 BAIMI_WECHAT_GROUP_PUPPET`,
        );
        return;
      case 'joined':
        void inLine(message.room.id, () => greet(message.room));
        return;
      case 'heard':
        if (isNew(message.message.id)) hear(message.message);
        return;
      default:
    }
  };

  const isNew = (id: string): boolean => {
    if (seen.has(id)) return false;
    seen.add(id);
    const [oldest] = seen;
    if (seen.size > KEPT_IDS && oldest !== undefined) seen.delete(oldest);
    return true;
  };

  /** One thing after the other in each room and private chat. */
  const inLine = <T>(place: string, work: () => Promise<T>): Promise<T | undefined> => {
    const before = lines.get(place) ?? Promise.resolve();
    const next = before.then(work).catch((error: unknown) => {
      options.onError(error);
      return undefined;
    });
    lines.set(place, next);
    void next.finally(() => {
      if (lines.get(place) === next) lines.delete(place);
    });
    return next;
  };

  const hear = (heard: HeardMessage): void => {
    const { room } = heard;
    selfName = heard.self.names[0] ?? selfName;
    void inLine(`hear ${room?.id ?? heard.talker.id}`, () => (room === null ? hearInPrivate(heard) : hearInRoom(heard, room)));
  };

  const hearInRoom = async (heard: HeardMessage, room: Room): Promise<void> => {
    const said = heard.type === 'text' ? addressed(heard, options.aliases) : null;
    if (said === null) return;
    const order = readOrder(said.words);
    if (order) {
      await obey(order, heard, room);
      return;
    }
    const record = rooms.read(room);
    if (record.paused) return;
    void inLine(room.id, () => greet(room));
    const address = book.enter(heard);
    if (record.servicePoint !== null) await bringServicePoint(address, record.servicePoint);
    await store(heard, address, said.words);
  };

  const hearInPrivate = async (heard: HeardMessage): Promise<void> => {
    const words = heard.text.trim();
    const answer = heard.type === 'text' ? officers.greet(heard.talker.id, words) : null;
    if (answer !== null) {
      await sendTo(heard.talker.id, answer, []);
      return;
    }
    await store(heard, book.enter(heard), words);
  };

  /** The lawyer of the place is known by the group that is bound to it; said once a conversation, and not answered. */
  const bringServicePoint = async ({ key }: Address, servicePoint: string): Promise<void> => {
    const externalKey = `wechat-join:${key}:${servicePoint}`;
    if (book.asked(externalKey)) return;
    book.ask(externalKey, { place: 'room', words: '' });
    await receive({ channel: 'wechat-group', externalKey, conversationKey: key, content: { type: 'join', servicePoint } });
  };

  const store = async (heard: HeardMessage, address: Address, words: string): Promise<void> => {
    // known before it is stored: the answer may be there at once
    book.ask(externalKeyOf(heard), { place: address.place, words });
    await receive(toInbound(heard, address.key, words));
  };

  /** WeChat does not bring a message twice: what cannot be stored is tried again. */
  const receive = async (inbound: Parameters<Inbox['receive']>[0]): Promise<void> => {
    for (const pause of [...STORE_TRIES_MS, null]) {
      try {
        await inbox.receive(inbound);
        return;
      } catch (error) {
        if (pause === null) throw error;
        await wait(pause);
      }
    }
  };

  const obey = async (order: Order, heard: HeardMessage, room: Room): Promise<void> => {
    const answer = officers.isOfficer(heard.talker.id) ? carryOut(order, room) : TEXTS.officersOnly;
    onEvent({ event: 'ordered' });
    await inLine(room.id, () => sendTo(room.id, inGroup(heard.talker.name, null, answer), [heard.talker.id]));
  };

  const carryOut = (order: Order, room: Room): string => {
    switch (order.type) {
      case 'pause':
        rooms.change(room, { paused: true });
        return TEXTS.paused;
      case 'resume':
        rooms.change(room, { paused: false });
        return TEXTS.resumed;
      case 'bind':
        if (!options.knowsServicePoint(order.servicePoint)) return TEXTS.unknownPoint;
        rooms.change(room, { servicePoint: order.servicePoint });
        return TEXTS.bound(order.servicePoint);
    }
  };

  /** Once a room, also across logins. */
  const greet = async (room: Room): Promise<void> => {
    if (rooms.read(room).greeted) return;
    rooms.change(room, { greeted: true });
    const sent = await sendTo(room.id, TEXTS.greeting(selfName), []);
    if (sent.kind !== 'sent') rooms.change(room, { greeted: false });
    else onEvent({ event: 'greeted' });
  };

  const notTaken: Sent = { kind: 'later', afterMs: options.againAfterMs ?? 10_000, reason: '微信没有发出去，稍后再发' };

  /** At a person's pace. */
  const sendTo = async (to: string, text: string, mention: readonly string[]): Promise<Sent> => {
    if (!puppet.state().loggedIn) return { kind: 'later', afterMs: 30_000, reason: '微信没有登录' };
    const turn = pace.take(to);
    if (typeof turn !== 'number') return { kind: 'later', ...turn };
    await wait(Math.min(turn, LONGEST_WAIT_MS));
    const ok = await puppet.send(to, text, mention);
    return ok ? { kind: 'sent' } : notTaken;
  };

  const sendInRoom = (address: Address, room: Room, asked: string | null, text: string): Promise<Sent> =>
    sendTo(room.id, inGroup(address.name, asked, text), [address.talkerId]);

  /** What is for the asker alone: in private where that is possible; the group hears one sentence, and that once. */
  const sendAside = async (address: Address, room: Room, message: Outgoing): Promise<Sent> => {
    const isAnswer = message.inReplyTo !== null;
    if (address.friend) {
      const sent = await inLineOf(address.talkerId, () => sendTo(address.talkerId, listed(message), []));
      if (sent.kind !== 'sent') return sent;
      book.goOnInPrivate(address);
    }
    const danger = DANGER.test(message.text) ? TEXTS.danger : '';
    const last = pointed.get(address.key) ?? -Infinity;
    // a question deserves a sign in the group each time; what comes by itself, once in a while
    if (isAnswer || danger !== '' || now() - last >= POINT_EVERY_MS) {
      const pointer = address.friend ? TEXTS.toldInPrivate : TEXTS.goOnInPrivate(options.pageUrl);
      const sent = await inLineOf(room.id, () => sendInRoom(address, room, null, `${danger}${pointer}`));
      if (sent.kind !== 'sent' && !address.friend) return sent;
      pointed.set(address.key, now());
    }
    if (address.friend || isAnswer) return { kind: 'sent' };
    return { kind: 'failed', reason: '群里不便说，对方还没有加好友：已请对方私聊或者打开网页' };
  };

  const inLineOf = async (place: string, work: () => Promise<Sent>): Promise<Sent> => (await inLine(place, work)) ?? notTaken;

  /**
   * In the group only where the person asked there and has not gone on in private since, for what is said in private may
   * be told at more length.
   */
  const placeOf = (address: Address, { inReplyTo }: Outgoing, asked: Asked | undefined): Asked['place'] => {
    if (address.place === 'private') return 'private';
    if (inReplyTo === null) return lastPlace.get(address.key) ?? address.place;
    return asked?.place ?? 'private';
  };

  return {
    // buttons: tappable replies come apart from the text, for a group is not asked for personal facts
    profile: { name: 'wechat-group', textLimit: { most: 1800, per: 'units' }, buttons: true, groups: true, push: 'always' },
    isGroup: (key) => book.find(key)?.place !== 'private',
    async send(key, message) {
      // the welcome that a bound service point brings about is not said
      if (message.inReplyTo?.startsWith('wechat-join:') === true) return { kind: 'sent' };
      const address = book.find(key);
      if (!address) return { kind: 'closed' };
      const asked = message.inReplyTo === null ? undefined : book.asked(message.inReplyTo);
      const place = placeOf(address, message, asked);
      lastPlace.set(key, place);
      const { room } = address;
      if (room === null || place === 'private') return inLineOf(address.talkerId, () => sendTo(address.talkerId, listed(message), []));
      // the whole of an answer is long, and reckons with the person's own figures
      const aside = message.privately === true || asked?.words === SHOW_MORE;
      if (aside) return sendAside(address, room, message);
      return inLineOf(room.id, () => sendInRoom(address, room, asked?.words ?? null, message.text));
    },
    start() {
      say(TEXTS.risk);
      puppet.start();
      return Promise.resolve();
    },
    stop: () => puppet.stop(),
    health() {
      const { running, loggedIn, lastHeartbeat, missing } = puppet.state();
      if (missing !== null) return { ok: false, detail: `没有安装 ${missing}` };
      if (!running) return { ok: false, detail: '微信进程正在重新启动' };
      if (!loggedIn) return { ok: false, detail: code === null ? '微信没有登录' : '等人扫码登录' };
      const silent = now() - (lastHeartbeat ?? 0);
      if (silent >= HEARTBEAT_MS) return { ok: false, detail: `微信 ${String(Math.round(silent / 1000))} 秒没有心跳` };
      return { ok: true, detail: `已登录，今天发出 ${String(pace.sentToday())} 条` };
    },
    loginCode: () => (puppet.state().loggedIn ? null : code),
  };
}

/** In private there is room for what can be replied. */
function listed({ text, options }: Outgoing): string {
  return options.length === 0 ? text : `${text}\n可以回复：${options.join(' / ')}`;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
