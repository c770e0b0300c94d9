import { classifyTurn, type TurnRecord } from '../domain/turn.js';
import type { Turn } from './turn.js';

/** What is counted of a turn that has been dealt with. */
export function turnRecord({ message, conversation, at, outcome }: Turn): TurnRecord {
  const ticketNumber = outcome?.ticket?.number ?? null;
  const { answer = null, held = false, topic = null } = outcome ?? {};
  return {
    messageId: message.messageId,
    conversationId: conversation.id,
    at,
    channel: conversation.channel,
    ...classifyTurn({ answer, held, topic, ticketNumber }),
    ticketNumber,
  };
}
