import { HANDOFF_REASON_NAMES, type HandoffReason } from './answer.js';

/** Reasons for handing over that tell of a question the machine should learn to answer. */
export const UNANSWERED_HANDOFFS = [
  'not-confident',
  'out-of-scope',
  'unverified',
  'failed-verification',
] as const satisfies HandoffReason[];

/** Why a question counts as unanswered: it was handed over, or the answer was of no use (没用). */
export type UnansweredReason = (typeof UNANSWERED_HANDOFFS)[number] | 'disliked';

export const UNANSWERED_REASON_NAMES: Readonly<Record<UnansweredReason, string>> = {
  'not-confident': HANDOFF_REASON_NAMES['not-confident'],
  'out-of-scope': HANDOFF_REASON_NAMES['out-of-scope'],
  unverified: HANDOFF_REASON_NAMES.unverified,
  'failed-verification': HANDOFF_REASON_NAMES['failed-verification'],
  disliked: '群众说没用',
};

/** A question that was not answered, personal data masked. */
export interface UnansweredQuestion {
  readonly text: string;
  readonly reason: UnansweredReason;
  /** The ticket it led to; null where it led to none. */
  readonly ticketNumber: string | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Questions that ask the same. */
export interface QuestionCluster {
  /** The question that most of the others are near to. */
  readonly representative: string;
  readonly size: number;
  /** How many for each reason; reasons without one are left out. */
  readonly reasons: Readonly<Partial<Record<UnansweredReason, number>>>;
  /** When the newest was asked, milliseconds since the epoch. */
  readonly newest: number;
  /** Other wordings, newest first, each once. */
  readonly others: readonly string[];
  /** Tickets, newest first, each once. */
  readonly tickets: readonly string[];
}

/** GET /api/desk/unanswered: the last `days` days. */
export interface UnansweredView {
  readonly days: number;
  /** How many questions the clusters hold. */
  readonly questions: number;
  readonly clusters: readonly QuestionCluster[];
  /** Ratings given in that time. */
  readonly rated: { readonly useful: number; readonly useless: number };
}
