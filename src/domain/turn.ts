import type { Answer, AnswerTopic, HandoffReason } from './answer.js';
import type { ChannelName } from './message.js';

/**
 * What a turn of the bot came to: one of the answers, or `chat` (a greeting, thanks), `command` (my ticket, a code, the rest
 * of an answer), `held` (a lawyer had the conversation, the bot was silent).
 */
export const TURN_KINDS = ['cited', 'clarify', 'handoff', 'service', 'chat', 'command', 'held'] as const;
export type TurnKind = (typeof TURN_KINDS)[number];

/** Turns that make a conversation a consultation. */
export const CONSULTING_TURNS: readonly TurnKind[] = ['cited', 'clarify', 'handoff', 'service', 'held'];

/** What is kept of a turn to be counted: nothing that a person wrote. */
export interface TurnRecord {
  /** The inbound message, the last of a burst. */
  readonly messageId: number;
  readonly conversationId: string;
  readonly at: number;
  readonly channel: ChannelName;
  readonly kind: TurnKind;
  /** Why a lawyer was asked, be it instead of an answer or beside it. */
  readonly reason: HandoffReason | null;
  readonly topic: AnswerTopic | null;
  readonly ticketNumber: string | null;
}

/** Kind, reason and topic of a turn. `topic` is what the consultation heard, where the answer itself does not say. */
export function classifyTurn(turn: {
  readonly answer: Answer | null;
  readonly held: boolean;
  readonly ticketNumber: string | null;
  readonly topic: AnswerTopic | null;
}): Pick<TurnRecord, 'kind' | 'reason' | 'topic'> {
  const { answer, topic } = turn;
  if (answer === null) {
    // a form that was filled in leads to a ticket without an answer
    const kind = turn.held ? 'held' : turn.ticketNumber === null ? 'command' : 'service';
    return { kind, reason: null, topic };
  }
  switch (answer.kind) {
    case 'cited':
      return { kind: 'cited', reason: answer.alsoHandoff, topic: answer.topic };
    case 'service':
      return { kind: answer.service === 'chat' ? 'chat' : 'service', reason: answer.alsoHandoff, topic };
    case 'handoff':
      return { kind: 'handoff', reason: answer.reason, topic };
    case 'clarify':
      return { kind: 'clarify', reason: null, topic };
  }
}
