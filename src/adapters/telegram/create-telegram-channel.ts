import type { Message, Update } from 'telegraf/types';
import type { Inbound } from '../../domain/message.js';
import { REOPEN_DAYS } from '../../domain/ticket.js';
import type { Tickets } from '../../handoff/ports.js';
import type { Changes, ChannelProfile, Inbox, PushChannel } from '../../messaging/channel.js';
import type { Delivery } from '../../messaging/delivery/ports.js';
import { commandIn, writtenIn, type BotIdentity } from './addressed.js';
import { createBotApi } from './bot-api.js';
import { placeOf } from './conversation-key.js';
import { LINK_CODE_MINUTES, createStaffLinker, makeLinkCode, type Linked } from './link-staff.js';
import { chooseWay, showCommands, untilDone } from './meet-platform.js';
import { pollUpdates } from './poll-updates.js';
import type { TelegramStore, TicketReader } from './ports.js';
import { createSender } from './send-outgoing.js';
import { TEXT_LIMIT } from './split-text.js';
import { createStaffGroup, type StaffGroup } from './staff-group.js';
import { createTicketCards, type TicketCards } from './ticket-cards.js';
import { tapToInbound, toInbound, type DataQuery } from './to-inbound.js';
import { createWebhook, type WebhookHandler } from './webhook.js';

export interface TelegramOptions {
  readonly token: string;
  /** `https://api.telegram.org`, or a Bot API server of one's own. */
  readonly apiRoot: string;
  /** First id of the lawyers' group; null: lawyers work at the desk alone. */
  readonly staffChat: number | null;
  /** Public https address and secret; null: updates are polled. */
  readonly webhook: { readonly url: string; readonly secret: string } | null;
}

export interface TelegramDeps {
  readonly inbox: Inbox;
  readonly changes: Changes;
  readonly tickets: Tickets;
  readonly reader: TicketReader;
  readonly store: TelegramStore;
  /** What waits for a person in a group is handed out once the private chat is open. */
  readonly delivery: Pick<Delivery, 'collect'>;
  readonly now: () => number;
  /** Broken machinery. `context` holds ids, never what people wrote. */
  readonly onError: (error: unknown, context: Readonly<Record<string, unknown>>) => void;
}

/** Accounts of the desk and the Telegram users who are the same people. */
export interface StaffLinks {
  linkedAt(staffId: string): Promise<number | null>;
  newCode(staffId: string): Promise<{ readonly code: string; readonly validMinutes: number; readonly bot: string | null }>;
  unlink(staffId: string): Promise<boolean>;
}

export interface TelegramChannel extends PushChannel {
  /** Null where updates are polled. */
  readonly webhook: WebhookHandler | null;
  /** Null where there is no lawyers' group. */
  readonly staffLinks: StaffLinks | null;
  /** Resolves when the platform has been told everything. */
  idle(): Promise<void>;
}

export const TELEGRAM_PROFILE: ChannelProfile = {
  name: 'telegram',
  textLimit: { most: TEXT_LIMIT, per: 'units' },
  buttons: true,
  groups: false,
  push: 'always',
};

/** How often cards are looked at, for the waiting time and for what could not be shown. */
const SWEEP_EVERY_MS = 60_000;

/** After the last that was said there; as long as a ticket can be reopened. */
const GOES_ON_MS = REOPEN_DAYS * 86_400_000;
const STOP_WITHIN_MS = 3000;
/** For what is just being sent, or still being answered, in the group. */
const HAND_OUT_WITHIN_MS = 2000;

/**
 * Telegram: citizens in private chats and groups, and the lawyers' group. It translates and stores; updates are
 * acknowledged after what they say is stored. telegraf's own polling and webhook acknowledge before that, so its client alone
 * is used.
 */
export function createTelegramChannel(options: TelegramOptions, deps: TelegramDeps): TelegramChannel {
  const { store, inbox, now, onError } = deps;
  const stopped = new AbortController();
  const cutOff = new AbortController();
  const api = createBotApi({ token: options.token, apiRoot: options.apiRoot, now, signal: cutOff.signal });
  const under = new Set<Promise<unknown>>();
  const later = (work: Promise<unknown>): void => {
    const done = work.catch((error: unknown) => {
      onError(error, { part: 'telegram' });
    });
    under.add(done);
    void done.finally(() => under.delete(done));
  };
  let bot: BotIdentity | null = null;
  let trouble: string | null = '还没有连上 Telegram';
  let handingOut: Promise<void> = Promise.resolve();

  const { staffChat } = options;
  const cards: TicketCards | null =
    staffChat === null ? null : createTicketCards({ api, store, tickets: deps.reader, staffChat, now, onError });
  const group: StaffGroup | null =
    staffChat === null ? null : createStaffGroup({ api, store, tickets: deps.tickets, reader: deps.reader, later });
  const sender = createSender({ api, store, bot: () => bot, now });
  const linker = createStaffLinker(store, now);

  /** What waited for a person in groups goes to the private chat that is open now. */
  const handOutWaiting = async (userId: number): Promise<void> => {
    for (const key of await store.waitingFor(userId)) {
      const collected = await deps.delivery.collect('telegram', key, { waitMs: HAND_OUT_WITHIN_MS });
      let sent = 0;
      for (const part of collected.parts) {
        if ((await sender.sendPrivately(key, userId, part)).kind !== 'sent') break;
        sent += 1;
      }
      await collected.handedOver(sent);
      if (sent === collected.parts.length && !collected.pending) await store.settlePointer(key);
    }
  };

  const linkStaff = async (message: Message, code: string): Promise<void> => {
    const { chat, from } = message;
    const say = (text: string): void => {
      later(api.call('sendMessage', { chat_id: chat.id, text }));
    };
    if (chat.type !== 'private' || !from) {
      await linker.burn(code);
      say('这个码大家都看到了，已经作废。请重新要一个，私聊发给我。');
      return;
    }
    say(linkedText(await linker.link(code, from.id)));
  };

  const receive = async (message: Message, edited: boolean, identity: BotIdentity): Promise<void> => {
    const first = await store.firstOf(message.chat.id);
    const written = writtenIn(message);
    const command = written === null ? null : commandIn(written, identity);
    if (command?.name === 'link' && !edited) return linkStaff(message, command.argument);
    if (first === staffChat) return group?.message(message, edited);
    const { chat, from } = message;
    for (const inbound of translated(message, first, identity, edited)) await takeIn(inbound);
    if (chat.type !== 'private' || !from) return;
    // one after the other, so that nothing is handed out twice
    handingOut = handingOut.then(() => handOutWaiting(from.id));
    later(handingOut);
    handingOut = handingOut.catch(() => undefined);
  };

  /** What is written in the private chat may go on with a conversation of a group: a lawyer who asked there has to hear it. */
  const takeIn = async (inbound: Inbound): Promise<void> => {
    const place = placeOf(inbound.conversationKey);
    const goesOn = place?.kind === 'private' ? await store.goingOnInPrivate(place.userId, now() - GOES_ON_MS) : null;
    await inbox.receive(goesOn === null ? inbound : { ...inbound, conversationKey: goesOn });
  };

  /** A message of a shape that nobody expected is no reason to stop hearing all others. */
  const translated = (message: Message, first: number, identity: BotIdentity, edited: boolean): ReturnType<typeof toInbound> => {
    try {
      return toInbound(message, first, identity, edited);
    } catch (error) {
      onError(error, { part: 'telegram', message: message.message_id });
      return [];
    }
  };

  const tap = async (query: DataQuery): Promise<void> => {
    const inGroup = query.message !== undefined && (await store.firstOf(query.message.chat.id)) === staffChat;
    if (inGroup && group) return group.tap(query);
    const inbound = tapToInbound(query);
    const text = inbound === null ? '这个按钮太旧了，请直接打字告诉我。' : '';
    later(api.call('answerCallbackQuery', { callback_query_id: query.id, ...(text === '' ? {} : { text, show_alert: true }) }));
    if (inbound) await takeIn(inbound);
  };

  const moved = async (from: number, to: number): Promise<void> => {
    await store.moved(from, to);
    await cards?.sweep();
  };

  const handle = async (update: Update): Promise<void> => {
    if (!bot) throw new Error('update before the bot knows who it is');
    if ('callback_query' in update && 'data' in update.callback_query) return tap(update.callback_query);
    const edited = 'edited_message' in update;
    const message: Message | null = 'message' in update ? update.message : edited ? update.edited_message : null;
    if (!message) return;
    if ('migrate_to_chat_id' in message) return moved(message.chat.id, message.migrate_to_chat_id);
    if ('migrate_from_chat_id' in message) return moved(message.migrate_from_chat_id, message.chat.id);
    return receive(message, edited, bot);
  };

  const setTrouble = (reason: string | null): void => {
    trouble = reason;
  };
  const run = async (): Promise<void> => {
    bot = await untilDone(stopped.signal, setTrouble, () => api.call('getMe', {}));
    if (bot === null) return;
    later(showCommands(api));
    if (cards) later(cards.sweep());
    const ready = await untilDone(stopped.signal, setTrouble, () => chooseWay(api, options.webhook));
    if (ready === null) return;
    setTrouble(null);
    if (!options.webhook) await pollUpdates({ api, handle, onState: setTrouble, onError, signal: stopped.signal });
  };
  let running: Promise<void> = Promise.resolve();
  let unsubscribe = (): void => undefined;
  let sweeping: NodeJS.Timeout | null = null;

  return {
    profile: TELEGRAM_PROFILE,
    isGroup: (key) => placeOf(key)?.kind === 'group',
    send: async (key, message) => {
      try {
        return await sender.send(key, message);
      } catch (error) {
        onError(error, { part: 'telegram' });
        return { kind: 'later', afterMs: 5000, reason: '发送时出错' };
      }
    },
    webhook: options.webhook ? createWebhook({ secret: options.webhook.secret, handle, onError }) : null,
    staffLinks:
      staffChat === null
        ? null
        : {
            linkedAt: (staffId) => store.linkedAt(staffId),
            newCode: async (staffId) => ({
              code: await makeLinkCode(store, staffId, now()),
              validMinutes: LINK_CODE_MINUTES,
              bot: bot?.username ?? null,
            }),
            unlink: (staffId) => store.unlink(staffId),
          },
    start() {
      unsubscribe = deps.changes.subscribe((change) => {
        if (change.type === 'ticket') cards?.changed(change.number);
      });
      sweeping = setInterval(() => {
        if (bot && cards) later(cards.sweep());
      }, SWEEP_EVERY_MS).unref();
      running = run().catch((error: unknown) => {
        trouble = 'Telegram 停了，请看日志';
        onError(error, { part: 'telegram' });
      });
      return Promise.resolve();
    },
    async stop() {
      unsubscribe();
      if (sweeping) clearInterval(sweeping);
      stopped.abort();
      // what is under way ends by itself, or is ended
      const timer = setTimeout(() => {
        cutOff.abort();
      }, STOP_WITHIN_MS);
      await Promise.all([running, cards?.stop()]);
      await Promise.all(under);
      clearTimeout(timer);
    },
    health() {
      const detail = trouble ?? cards?.trouble() ?? null;
      return detail === null ? { ok: true, detail: '正常' } : { ok: false, detail };
    },
    async idle() {
      while (under.size > 0) await Promise.all(under);
    },
  };
}

function linkedText(linked: Linked): string {
  switch (linked.kind) {
    case 'linked':
      return `绑定好了，${linked.staff.name}。现在可以在律师群里领取和答复工单。`;
    case 'wrong-code':
      return '这个码不对、已经用过，或者过了 15 分钟。请在工作台的“渠道”里再要一个。';
    case 'too-many-tries':
      return '试的次数太多了，请 15 分钟后再试。';
  }
}
