import { takesOn } from '../../domain/access.js';
import type { InlineKeyboardMarkup, Message } from 'telegraf/types';
import { refusalText } from '../../domain/ticket.js';
import type { Actor, HandoffResult, Tickets } from '../../handoff/ports.js';
import { writtenIn } from './addressed.js';
import type { BotApi } from './bot-api.js';
import { externalKey } from './conversation-key.js';
import { wordsForCitizen } from './lawyer-words.js';
import type { TelegramStore, TicketReader } from './ports.js';
import { clip } from './split-text.js';
import { cardButtons, colleagueButtons, outcomeButtons, readCardAction, type CardAction } from './ticket-card.js';
import type { DataQuery } from './to-inbound.js';

export interface StaffGroupDeps {
  readonly api: BotApi;
  readonly store: TelegramStore;
  readonly tickets: Tickets;
  readonly reader: TicketReader;
  /** Takes what need not be waited for: the platform being told. */
  readonly later: (work: Promise<unknown>) => void;
}

/** What lawyers do in their group: the use cases of the desk, by whoever's account is linked. */
export interface StaffGroup {
  /** A message: a lawyer's reply where it answers one of a ticket's messages or stands in its topic, else the lawyers' own talk. */
  message(message: Message, edited: boolean): Promise<void>;
  tap(query: DataQuery): Promise<void>;
}

/** Longest notice that the platform shows after a tap. */
const NOTICE_LENGTH = 200;

const NOT_LINKED = '你的 Telegram 还没有和工作台账号绑定。请登录工作台，在“渠道”里要一个码，再私聊发给我：/link 码';
const GONE = '找不到这张卡片的工单，请到工作台办理。';

export function createStaffGroup({ api, store, tickets, reader, later }: StaffGroupDeps): StaffGroup {
  const answerInGroup = (to: Message, text: string): void => {
    const { chat, message_id } = to;
    const reply_parameters = { message_id, allow_sending_without_reply: true };
    const topic = 'is_topic_message' in to && to.message_thread_id !== undefined ? { message_thread_id: to.message_thread_id } : {};
    later(api.call('sendMessage', { chat_id: chat.id, text, reply_parameters, ...topic }));
  };

  const ticketOf = async (message: Message): Promise<string | null> => {
    const repliedTo = 'reply_to_message' in message ? message.reply_to_message : undefined;
    const byReply = repliedTo ? await store.ticketOfPost(message.chat.id, repliedTo.message_id) : null;
    if (byReply !== null) return byReply;
    const thread = 'is_topic_message' in message ? message.message_thread_id : undefined;
    return thread === undefined ? null : store.ticketOfTopic(message.chat.id, thread);
  };

  const outcomeOf = async (result: HandoffResult): Promise<string | null> => {
    if (result.ok) return null;
    const { refusal } = result;
    if (refusal.reason === 'not-found') return GONE;
    if (refusal.reason === 'wrong-state' && refusal.state === 'queued') return '请先领取这张工单。';
    const names = await reader.staffNames();
    return refusalText(refusal, (id) => names.get(id) ?? '同事');
  };

  /** @returns what the lawyer is told, and whether it went wrong */
  const act = async (number: string, by: Actor, action: CardAction, query: DataQuery): Promise<Told> => {
    const told = async (result: HandoffResult, done: string): Promise<Told> => {
      const refused = await outcomeOf(result);
      return refused === null ? { text: done, alert: false } : { text: refused, alert: true };
    };
    switch (action.type) {
      case 'claim':
        return told(await tickets.claim(number, by), '你已领取');
      case 'release':
        return told(await tickets.release(number, by), '已放回队列');
      case 'close':
        return told(await tickets.close(number, by, action.outcome, ''), '已结案');
      case 'transfer': {
        const to = (await reader.colleagues()).find(({ id }) => id === action.to);
        if (!to) return { text: '没有这位同事的账号了，请重新选。', alert: true };
        return told(await tickets.transfer(number, by, to), `已转给${to.name}`);
      }
      case 'choose-outcome':
        showButtons(query, outcomeButtons());
        return { text: '', alert: false };
      case 'choose-colleague': {
        const kind = (await reader.ticket(number))?.ticket.kind;
        const colleagues = (await reader.colleagues()).filter((one) => one.id !== by.id && kind !== undefined && takesOn(one, kind));
        if (colleagues.length === 0) return { text: '工作台上没有别的账号可以转交。', alert: true };
        showButtons(query, colleagueButtons(new Map(colleagues.map(({ id, name }) => [id, name]))));
        return { text: '', alert: false };
      }
      case 'back': {
        const found = await reader.ticket(number);
        if (found) showButtons(query, cardButtons(found.ticket));
        return { text: '', alert: false };
      }
    }
  };

  const showButtons = ({ message }: DataQuery, reply_markup: InlineKeyboardMarkup): void => {
    if (message) later(api.call('editMessageReplyMarkup', { chat_id: message.chat.id, message_id: message.message_id, reply_markup }));
  };

  const tapped = async (query: DataQuery): Promise<Told> => {
    const { message, from, data } = query;
    const by = await store.staffOf(from.id);
    if (!by) return { text: NOT_LINKED, alert: true };
    const number = message ? await store.ticketOfPost(message.chat.id, message.message_id) : null;
    const action = readCardAction(data);
    return number === null || action === null ? { text: GONE, alert: true } : act(number, by, action, query);
  };

  return {
    async tap(query) {
      // without an answer the button goes on spinning, so there is one whatever happens
      let told: Told = { text: '出了点问题，请再点一次，或者到工作台办理。', alert: true };
      try {
        told = await tapped(query);
      } finally {
        const { text, alert } = told;
        later(api.call('answerCallbackQuery', { callback_query_id: query.id, text: clip(text, NOTICE_LENGTH), show_alert: alert }));
      }
    },
    async message(message, edited) {
      if (!message.from || message.from.is_bot) return;
      const number = await ticketOf(message);
      if (number === null) return;
      const written = writtenIn(message);
      const text = written === null ? '' : wordsForCitizen(written.text);
      const isMedia = !('text' in message);
      // a topic also holds what the platform tells of itself
      if (isMedia && !MEDIA.some((kind) => kind in message)) return;
      if (text === '' && !isMedia) return;
      const by = await store.staffOf(message.from.id);
      if (!by) {
        answerInGroup(message, `没有发给群众：${NOT_LINKED}`);
      } else if (edited) {
        answerInGroup(message, '发给群众的话改不了，请再发一条更正。');
      } else if (isMedia) {
        answerInGroup(message, '没有发给群众：这里只能转发文字。');
      } else {
        const key = `telegram:${externalKey(message.chat.id, message.message_id)}`;
        const refused = await outcomeOf(await tickets.reply(number, by, { key, text, ask: false }));
        if (refused !== null) answerInGroup(message, `没有发给群众：${refused}`);
        else later(markTaken(message));
      }
    },
  };

  /** The lawyer sees on the message itself that it is on its way. */
  function markTaken({ chat, message_id }: Message): Promise<unknown> {
    return api.call('setMessageReaction', { chat_id: chat.id, message_id, reaction: [{ type: 'emoji', emoji: '👌' }] });
  }
}

interface Told {
  readonly text: string;
  readonly alert: boolean;
}

const MEDIA = ['photo', 'voice', 'audio', 'document', 'video', 'video_note', 'animation', 'sticker', 'location', 'contact'];
