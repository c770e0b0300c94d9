import type { ApiFailure, BotApi } from './bot-api.js';
import { callChat } from './call-chat.js';
import type { TelegramStore, TicketCard } from './ports.js';

/**
 * Closes the topic of a ticket that is closed, or opens it again with its ticket, and stores that it is so. A topic that
 * somebody has deleted, or that the bot has no right to close, is left as it is.
 * @param staffChat first id of the lawyers' group
 * @returns the card as it is stored now, or what to wait for
 */
export async function settleTopic(
  deps: { readonly api: BotApi; readonly store: TelegramStore },
  staffChat: number,
  card: TicketCard,
  closed: boolean,
): Promise<TicketCard | ApiFailure> {
  if (card.final === closed) return card;
  const { threadId } = card;
  if (threadId !== null) {
    const method = closed ? 'closeForumTopic' : 'reopenForumTopic';
    const done = await callChat(deps, staffChat, method, (chat_id) => ({ chat_id, message_thread_id: threadId }));
    if (!done.ok && done.failure.kind !== 'refused') return done.failure;
  }
  const settled = { ...card, final: closed };
  await deps.store.saveCard(settled);
  return settled;
}
