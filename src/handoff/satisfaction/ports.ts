/** What people can answer when they are asked after closing. */
export const SATISFACTION_SCORES = ['满意', '一般', '不满意'] as const;
export type SatisfactionScore = (typeof SATISFACTION_SCORES)[number];

export interface SatisfactionAnswer {
  readonly score: SatisfactionScore;
  /** What they added; empty: nothing. */
  readonly words: string;
}

/** One question a ticket, after closing. All calls of one unit of work happen together or not at all. */
export interface SatisfactionStore {
  /** False: it was asked before, and is not asked again. */
  ask(ticketNumber: string, at: number): Promise<boolean>;
  /** The message by which it was asked. */
  askedBy(ticketNumber: string, messageId: number): Promise<void>;
  /** The ticket of a conversation whose question waits for its answer, asked, or handed over late, since then; null: none. */
  waiting(conversationId: string, since: number): Promise<string | null>;
  score(ticketNumber: string, score: SatisfactionScore, at: number): Promise<void>;
  /** Adds words to the latest score of a conversation. */
  addWords(conversationId: string, words: string): Promise<void>;
  /** Null: not asked, or not answered. */
  answerOf(ticketNumber: string): Promise<SatisfactionAnswer | null>;
}
