import type { CallbackQuery, Message } from 'telegraf/types';
import type { Inbound, InboundContent } from '../../domain/message.js';
import { commandIn, saidToBot, writtenIn, type BotIdentity, type Written } from './addressed.js';
import { conversationKey, externalKey, type Place } from './conversation-key.js';

/** What a link into the private chat carries when it was made for a group. */
export const FROM_GROUP = 'from-group';
/** Data of a tappable reply: its place on the keyboard. */
const OPTION = /^o:(\d{1,2})$/;

export const optionData = (index: number): string => `o:${String(index)}`;

/**
 * What a citizen's message says, as the core knows it: none where it is not meant for the bot, two for a picture with words.
 * @param chatId the chat's first id
 * @param edited the message was changed after it was sent: its words count anew
 */
export function toInbound(message: Message, chatId: number, bot: BotIdentity, edited = false): Inbound[] {
  const { from, chat } = message;
  if (!from || from.is_bot) return [];
  const place: Place = chat.type === 'private' ? { kind: 'private', userId: from.id } : { kind: 'group', chatId, userId: from.id };
  const written = place.kind === 'private' ? writtenIn(message) : saidToBot(message, bot);
  if (place.kind === 'group' && written === null) return [];
  if (edited) return written === null || written.text.trim() === '' ? [] : [inbound(message, place, said(written, bot), editKey(message))];
  const media = mediaIn(message);
  if (media === null) return 'text' in message ? [inbound(message, place, said(written, bot))] : unreadable(message, place);
  const words = written === null || written.text.trim() === '' ? [] : [inbound(message, place, said(written, bot), 'caption')];
  return [inbound(message, place, media), ...words];
}

/**
 * A tap on a reply that the bot had offered. What the button says is read from the bot's own message, which the platform
 * sends along; null where it no longer does.
 */
export function tapToInbound({ data, from, message }: DataQuery): Inbound | null {
  const index = OPTION.exec(data)?.[1];
  if (index === undefined || !message || message.chat.type !== 'private' || !('reply_markup' in message)) return null;
  const buttons = message.reply_markup.inline_keyboard.flat();
  const text = buttons.find((button) => 'callback_data' in button && button.callback_data === data)?.text;
  if (text === undefined) return null;
  // the same tap twice is one
  const key = externalKey(message.chat.id, message.message_id, `tap-${index}`);
  return {
    channel: 'telegram',
    conversationKey: conversationKey({ kind: 'private', userId: from.id }),
    externalKey: key,
    content: { type: 'tap', text },
  };
}

export type DataQuery = CallbackQuery & { readonly data: string };

function inbound(message: Message, place: Place, content: InboundContent, what?: string): Inbound {
  return {
    channel: 'telegram',
    conversationKey: conversationKey(place),
    externalKey: externalKey(message.chat.id, message.message_id, what),
    content,
  };
}

const editKey = (message: Message): string => `edit-${String('edit_date' in message ? message.edit_date : 0)}`;

function said(written: Written | null, bot: BotIdentity): InboundContent {
  if (written === null || written.text.trim() === '') return { type: 'join', servicePoint: null };
  const command = commandIn(written, bot);
  switch (command?.name) {
    case 'start':
      return { type: 'join', servicePoint: servicePointIn(command.argument) };
    case 'help':
      return { type: 'join', servicePoint: null };
    case 'lawyer':
      return { type: 'human-wanted' };
    default:
      return { type: 'text', text: written.text };
  }
}

/** The code of the service point whose link was opened. */
function servicePointIn(argument: string): string | null {
  return argument !== FROM_GROUP && /^[\w-]{1,64}$/.test(argument) ? argument : null;
}

function mediaIn(message: Message): InboundContent | null {
  if ('photo' in message) {
    const largest = message.photo.at(-1);
    return largest ? { type: 'image', media: largest.file_id } : null;
  }
  if ('voice' in message) return { type: 'voice', transcript: null, media: message.voice.file_id };
  if ('audio' in message) return { type: 'voice', transcript: null, media: message.audio.file_id };
  if ('document' in message && message.document.mime_type?.startsWith('image/') === true) {
    return { type: 'image', media: message.document.file_id };
  }
  if ('venue' in message) {
    const { location, title, address } = message.venue;
    return { type: 'location', ...degrees(location), label: [title, address].filter((part) => part !== '').join('，') };
  }
  if ('location' in message) return { type: 'location', ...degrees(message.location), label: '地图上的位置' };
  return null;
}

const degrees = ({ latitude, longitude }: { latitude: number; longitude: number }) => ({ latitude, longitude });

/** What a person sends and nobody here can read. Whatever else there is tells of the chat itself and is no message. */
const UNREADABLE = ['sticker', 'video', 'video_note', 'animation', 'document', 'contact', 'poll', 'dice', 'story', 'game'];

function unreadable(message: Message, place: Place): Inbound[] {
  return UNREADABLE.some((kind) => kind in message) ? [inbound(message, place, { type: 'unreadable' })] : [];
}
