import type { FeedbackReason, Rating, Verdict } from '../../domain/feedback.js';
import type { HandoffReason } from '../../domain/answer.js';
import type { Message } from '../../domain/message.js';
import type { UnansweredView } from '../../domain/unanswered.js';

/** What feedback needs of a store. Times are milliseconds since the epoch. */
export interface FeedbackStore {
  /** Keeps a rating; an earlier one of the same message gives way. */
  save(rating: Rating & { readonly conversationId: string }, at: number): Promise<void>;
  /** Ratings of a conversation by message. */
  ratingsOf(conversationId: string): Promise<Rating[]>;
  /** How many answers were rated since, by verdict. */
  counts(since: number): Promise<Readonly<Record<Verdict, number>>>;
}

/** A message of the bot behind which stands a question that was not answered well. */
export interface UnansweredMessage {
  readonly conversationId: string;
  readonly messageId: number;
  readonly at: number;
  /** Why it was handed over; null: the answer was rated 没用. */
  readonly handoff: HandoffReason | null;
  readonly ticketNumber: string | null;
}

/** What the list of unanswered questions needs of a store. */
export interface UnansweredStore {
  /** Hand-overs and answers rated 没用 since a time, newest first, at most `limit` of each. */
  unansweredMessages(since: number, limit: number): Promise<UnansweredMessage[]>;
  /** Whole conversations by id. */
  threads(conversationIds: readonly string[]): Promise<ReadonlyMap<string, readonly Message[]>>;
}

/** A rating that was kept, or why not: there is no such answer in the conversation, or it is none that can be rated. */
export type RateResult = { readonly ok: true; readonly rating: Rating } | { readonly ok: false; readonly reason: 'nothing-to-rate' };

/** Ratings of answers by the person they were given to. */
export interface Feedback {
  /**
   * Keeps what the person of a conversation says of an answer in it; saying something else later replaces it.
   * @param target id of the answer's message, or `last`: the answer that stands at the end of the conversation. With `last`,
   * questions back, hand-overs and lawyers' words at the end mean that there is nothing to rate: "没用" was said to them.
   */
  rate(
    conversationId: string,
    target: number | 'last',
    verdict: Verdict,
    reasons?: readonly FeedbackReason[],
    text?: string,
  ): Promise<RateResult>;
  ratingsOf(conversationId: string): Promise<Rating[]>;
}

/** What the machine should learn to answer. */
export interface Unanswered {
  /** @param days of the past, from now */
  view(days: number): Promise<UnansweredView>;
}
