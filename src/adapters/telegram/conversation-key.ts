/** Where a conversation takes place: a private chat, or one person's questions in a group. */
export type Place =
  | { readonly kind: 'private'; readonly userId: number }
  /** `chatId`: the first id of the group, which outlives its becoming a supergroup. */
  | { readonly kind: 'group'; readonly chatId: number; readonly userId: number };

/** "p:123", "g:-100456:123": the channel's keys of conversations. */
export function conversationKey(place: Place): string {
  return place.kind === 'private' ? `p:${String(place.userId)}` : `g:${String(place.chatId)}:${String(place.userId)}`;
}

/** Reads a key that `conversationKey` made; null for any other. */
export function placeOf(key: string): Place | null {
  const match = /^(?:p|g:(-?\d+)):(\d+)$/.exec(key);
  if (!match) return null;
  const userId = Number(match[2]);
  return match[1] === undefined ? { kind: 'private', userId } : { kind: 'group', chatId: Number(match[1]), userId };
}

/** "chat/message" or "chat/message/what": the channel's keys of messages. */
export function externalKey(chatId: number, messageId: number, what?: string): string {
  return `${String(chatId)}/${String(messageId)}${what === undefined ? '' : `/${what}`}`;
}

/** The message that a key names; null for any other key. */
export function messageOf(key: string): { readonly chatId: number; readonly messageId: number } | null {
  const match = /^(-?\d+)\/(\d+)(?:\/|$)/.exec(key);
  return match ? { chatId: Number(match[1]), messageId: Number(match[2]) } : null;
}
