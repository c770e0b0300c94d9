import type { Message, MessageEntity } from 'telegraf/types';

/** Who the bot is in Telegram. */
export interface BotIdentity {
  readonly id: number;
  /** Without "@". */
  readonly username: string;
}

/** What somebody wrote in a message, and how the platform marked it up. Offsets are UTF-16 units. */
export interface Written {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

/** Text or caption; null for a message without words. */
export function writtenIn(message: Message): Written | null {
  if ('text' in message) return { text: message.text, entities: message.entities ?? [] };
  if ('caption' in message && typeof message.caption === 'string')
    return { text: message.caption, entities: message.caption_entities ?? [] };
  return null;
}

/** A command at the beginning: "/start s42" → start, s42. Null: none, or one for another bot. */
export function commandIn({ text, entities }: Written, bot: BotIdentity): { readonly name: string; readonly argument: string } | null {
  const entity = entities.find(({ type, offset }) => type === 'bot_command' && offset === 0);
  if (!entity) return null;
  const [name = '', to] = text.slice(1, entity.length).split('@');
  if (to !== undefined && to.toLowerCase() !== bot.username.toLowerCase()) return null;
  return { name: name.toLowerCase(), argument: text.slice(entity.length).trim() };
}

/** What is said to the bot in a group, without the mention; null: it is not meant. */
export function saidToBot(message: Message, bot: BotIdentity): Written | null {
  const written = writtenIn(message);
  const repliesToBot = repliedTo(message)?.from?.id === bot.id;
  if (!written) return repliesToBot ? { text: '', entities: [] } : null;
  if (commandIn(written, bot)) return written;
  const mentions = written.entities.filter((entity) => isMention(entity, written.text, bot));
  if (mentions.length === 0 && !repliesToBot) return null;
  const text = mentions.reduceRight((rest, { offset, length }) => rest.slice(0, offset) + rest.slice(offset + length), written.text);
  return { text: text.trim(), entities: [] };
}

/** The message that is replied to; in a topic every message replies to the topic's first, which says nothing. */
function repliedTo(message: Message): Message | null {
  const to = 'reply_to_message' in message ? message.reply_to_message : undefined;
  return to === undefined || 'forum_topic_created' in to ? null : to;
}

function isMention(entity: MessageEntity, text: string, bot: BotIdentity): boolean {
  if (entity.type === 'text_mention') return entity.user.id === bot.id;
  if (entity.type !== 'mention') return false;
  return text.slice(entity.offset, entity.offset + entity.length).toLowerCase() === `@${bot.username.toLowerCase()}`;
}
