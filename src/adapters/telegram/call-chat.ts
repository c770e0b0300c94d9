import type { Opts } from 'telegraf/types';
import type { BotApi, Called } from './bot-api.js';
import type { ChatMoveStore } from './ports.js';

/** The calls that go to a chat and bring back a message, a topic, or a yes. */
type ChatMethod =
  'sendMessage' | 'editMessageText' | 'editMessageReplyMarkup' | 'createForumTopic' | 'closeForumTopic' | 'reopenForumTopic' | 'getChat';

/**
 * Calls the API for a chat that is known by its first id. Where the answer is that the group became a supergroup, that is
 * stored and the call is made once more.
 */
export async function callChat<M extends ChatMethod>(
  { api, store }: { readonly api: BotApi; readonly store: ChatMoveStore },
  firstChatId: number,
  method: M,
  payload: (chatId: number) => Opts<M>,
): Promise<Awaited<ReturnType<typeof api.call<M>>>> {
  const chatId = await store.currentOf(firstChatId);
  const called = await api.call(method, payload(chatId));
  if (called.ok || called.failure.kind !== 'moved') return called;
  await store.moved(firstChatId, called.failure.to);
  return api.call(method, payload(called.failure.to));
}

/** Words of a refusal that mean that there is nothing to do: the message stands as it is wanted. */
export function isUnchanged(called: Called<unknown>): boolean {
  return !called.ok && called.failure.kind === 'refused' && called.failure.description.includes('message is not modified');
}
