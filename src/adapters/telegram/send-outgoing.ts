import type { InlineKeyboardMarkup, Opts } from 'telegraf/types';
import type { Outgoing, Sent } from '../../messaging/channel.js';
import type { BotIdentity } from './addressed.js';
import type { ApiFailure, BotApi } from './bot-api.js';
import { callChat } from './call-chat.js';
import { messageOf, placeOf, type Place } from './conversation-key.js';
import type { ChatMoveStore, PointerStore } from './ports.js';
import { clip, splitText } from './split-text.js';
import { FROM_GROUP, optionData } from './to-inbound.js';

export interface SenderDeps {
  readonly api: BotApi;
  readonly store: ChatMoveStore & PointerStore;
  /** Null before the platform has said who the bot is. */
  readonly bot: () => BotIdentity | null;
  readonly now: () => number;
}

export interface Sender {
  send(conversationKey: string, message: Outgoing): Promise<Sent>;
  /** Sends a part of a conversation in a group to the person's private chat, where the conversation then goes on. */
  sendPrivately(conversationKey: string, userId: number, message: Outgoing): Promise<Sent>;
}

/** A person in a group is not pointed to the private chat more often. */
const POINT_EVERY_MS = 3600_000;
const NOT_STARTED_PAUSE_MS = 5000;
const BUTTON_LENGTH = 60;

const POINTER_TEXT = '这件事关系到你个人的情况，群里不方便说。请点下面的按钮，我在私聊里告诉你。';

/** Hands what the core wants to say to the platform, as plain text: nothing in it can be mark-up. */
export function createSender({ api, store, bot, now }: SenderDeps): Sender {
  const sendParts = async (chatId: number, text: string, last: Partial<Opts<'sendMessage'>>): Promise<Sent> => {
    const parts = splitText(text);
    for (const [index, part] of parts.entries()) {
      const extra = index === parts.length - 1 ? last : {};
      const called = await callChat({ api, store }, chatId, 'sendMessage', (current) => ({
        ...extra,
        chat_id: current,
        text: part,
        link_preview_options: { is_disabled: true },
      }));
      if (!called.ok) return notSent(called.failure);
    }
    return { kind: 'sent' };
  };

  const sendToPrivate = (userId: number, { text, options }: Outgoing): Promise<Sent> =>
    sendParts(userId, text, options.length === 0 ? {} : { reply_markup: optionButtons(options) });

  const sendPrivately: Sender['sendPrivately'] = async (key, userId, message) => {
    const sent = await sendToPrivate(userId, message);
    if (sent.kind === 'sent') await store.goOnInPrivate(userId, key, now());
    return sent;
  };

  const pointToPrivate = async (key: string, place: GroupPlace, message: Outgoing, identity: BotIdentity): Promise<Sent> => {
    const before = await store.pointedAt(key);
    if (before !== null && before > now() - POINT_EVERY_MS) return { kind: 'closed' };
    const link = `https://t.me/${identity.username}?start=${FROM_GROUP}`;
    const sent = await sendParts(place.chatId, POINTER_TEXT, {
      ...(await replyingTo(message, place)),
      reply_markup: { inline_keyboard: [[{ text: '打开私聊', url: link }]] },
    });
    if (sent.kind !== 'sent') return sent;
    await store.pointTo(key, place.userId, now());
    return { kind: 'closed' };
  };

  /** The message in the group that is answered, as long as it is there under the same id. */
  const replyingTo = async ({ inReplyTo }: Outgoing, place: GroupPlace): Promise<Partial<Opts<'sendMessage'>>> => {
    const to = inReplyTo === null ? null : messageOf(inReplyTo);
    if (!to || to.chatId !== (await store.currentOf(place.chatId))) return {};
    return { reply_parameters: { message_id: to.messageId, allow_sending_without_reply: true } };
  };

  return {
    sendPrivately,
    async send(conversationKey, message) {
      const place = placeOf(conversationKey);
      if (!place) return { kind: 'failed', reason: '这个对话的编号不是 Telegram 的' };
      const identity = bot();
      if (!identity) return { kind: 'later', afterMs: NOT_STARTED_PAUSE_MS, reason: '还没有连上 Telegram' };
      if (place.kind === 'private') return sendToPrivate(place.userId, message);
      if (message.privately !== true && !answersPrivateChat(message, place))
        return sendParts(place.chatId, message.text, await replyingTo(message, place));
      const sent = await sendPrivately(conversationKey, place.userId, message);
      if (sent.kind === 'failed') return pointToPrivate(conversationKey, place, message, identity);
      if (sent.kind === 'sent') await store.settlePointer(conversationKey);
      return sent;
    },
  };
}

type GroupPlace = Extract<Place, { kind: 'group' }>;

/** The conversation began in a group and goes on in the private chat, whose id is the person's. */
function answersPrivateChat({ inReplyTo }: Outgoing, { userId }: GroupPlace): boolean {
  return inReplyTo !== null && messageOf(inReplyTo)?.chatId === userId;
}

function optionButtons(options: readonly string[]): InlineKeyboardMarkup {
  return { inline_keyboard: options.map((text, index) => [{ text: clip(text, BUTTON_LENGTH), callback_data: optionData(index) }]) };
}

function notSent(failure: ApiFailure): Sent {
  switch (failure.kind) {
    case 'wait':
      return { kind: 'later', afterMs: failure.afterMs, reason: failure.reason };
    case 'moved':
      return { kind: 'later', afterMs: 1000, reason: '群刚升级成超级群' };
    case 'refused':
      return { kind: 'failed', reason: refusalInWords(failure.description) };
  }
}

/** Words of the platform's refusals, and what the desk is told. */
const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/blocked by the user/, '对方停用了机器人'],
  [/user is deactivated/, '对方的 Telegram 账号已经注销'],
  [/can't initiate conversation/, '对方还没有打开和机器人的私聊'],
  [/kicked|not a member|group chat was deleted/, '机器人已经不在这个群里'],
  [/not enough rights|have no rights|CHAT_WRITE_FORBIDDEN/, '机器人在这个群里没有发言的权限'],
  [/chat not found|PEER_ID_INVALID/, '找不到这个聊天'],
];

function refusalInWords(description: string): string {
  return REFUSALS.find(([words]) => words.test(description))?.[1] ?? `Telegram 拒收：${description}`;
}
