import type { MessageBody } from '../domain/message.js';
import type { StoredTicket } from '../handoff/ports.js';
import type { Turn } from './turn.js';

type TextBody = Extract<MessageBody, { type: 'text' }>;

/** Answers a turn with words of our own, for the person alone; ends it. */
export async function say(turn: Turn, text: string, more: Partial<TextBody> = {}, ticket: StoredTicket | null = null): Promise<void> {
  await turn.stores.answer(turn.conversation.id, turn.message.messageId, { type: 'text', text, aside: true, ...more }, turn.at);
  turn.outcome = { answer: null, ticket };
}
