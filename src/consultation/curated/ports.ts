import type { CuratedAnswer, CuratedDraft, CuratedStatus } from '../../domain/curated-answer.js';

/** What curated answers need of a store. */
export interface CuratedStore {
  add(curated: CuratedAnswer): Promise<void>;
  byId(id: string): Promise<CuratedAnswer | null>;
  /** Newest proposal first. */
  list(): Promise<CuratedAnswer[]>;
  /**
   * Compare-and-set: stores `next` if the answer still stands at `from`.
   * @returns false where somebody else was first
   */
  move(next: CuratedAnswer, from: CuratedStatus): Promise<boolean>;
}

/** What a lawyer proposes; provisions as they are written, one a line: "工伤保险条例第十四条". */
export interface Proposal extends CuratedDraft {
  readonly cites: readonly string[];
}

/**
 * Why nothing was done, with the sentence that the desk shows. `bad-draft`: the sentence says what to mend. `conflict`:
 * somebody else has moved it.
 */
export interface CuratedRefusal {
  readonly reason: 'not-found' | 'not-your-ticket' | 'own-proposal' | 'conflict' | 'bad-draft';
  readonly text: string;
}

export type CuratedResult =
  { readonly ok: true; readonly curated: CuratedAnswer } | { readonly ok: false; readonly refusal: CuratedRefusal };

/** Answers that lawyers keep for questions that come again. */
export interface CuratedAnswers {
  /** Proposes an answer out of a ticket that the lawyer holds or has worked on. */
  propose(by: string, ticketNumber: string, proposal: Proposal): Promise<CuratedResult>;
  /** Puts a proposal, or an expired answer that still says what is right, into use; the author cannot. */
  approve(by: string, id: string): Promise<CuratedResult>;
  withdraw(by: string, id: string): Promise<CuratedResult>;
  /** All of them, newest proposal first; what no longer holds is marked as expired first. */
  list(): Promise<CuratedAnswer[]>;
  /** Those in use today. */
  active(): Promise<CuratedAnswer[]>;
  /** What a provision that an answer rests on says, in plain words where there are any; null: it is not known any more. */
  says(ref: { readonly law: string; readonly article: string }): string | null;
}
