import type { ConsultationTopic } from './answer.js';
import type { ProvisionRef } from './law.js';

/** `proposed` by one lawyer, `approved` by another; `withdrawn` by a person; `expired` when a provision it rests on changed. */
export const CURATED_STATUSES = ['proposed', 'approved', 'withdrawn', 'expired'] as const;
export type CuratedStatus = (typeof CURATED_STATUSES)[number];

export const CURATED_STATUS_NAMES: Readonly<Record<CuratedStatus, string>> = {
  proposed: '等另一位律师批准',
  approved: '在用',
  withdrawn: '已撤回',
  expired: '已失效',
};

/** What a lawyer writes. */
export interface CuratedDraft {
  readonly topic: ConsultationTopic;
  /** Wordings of the question, the plainest first. */
  readonly asks: readonly string[];
  /** The answer in one sentence. */
  readonly headline: string;
  /** Conditions, amounts, what to do: a sentence each. */
  readonly points: readonly string[];
}

/** A lawyer's answer to a question that comes again and again. Times are milliseconds since the epoch, people are staff ids. */
export interface CuratedAnswer extends CuratedDraft {
  readonly id: string;
  readonly cites: readonly ProvisionRef[];
  /** Per provision key, the checksum of what the provision said when the answer was approved; empty before. */
  readonly checksums: Readonly<Record<string, string>>;
  readonly status: CuratedStatus;
  /** The ticket whose answer it was. */
  readonly ticketNumber: string;
  readonly author: string;
  readonly proposedAt: number;
  readonly approvedBy: string | null;
  readonly approvedAt: number | null;
  /** Who withdrew it; null where it expired by itself. */
  readonly endedBy: string | null;
  readonly endedAt: number | null;
}

/** A provision that a curated answer rests on, as the desk shows it. */
export interface CuratedCiteView extends ProvisionRef {
  /** What the provision says in plain words, or its official text; null: the library does not know it any more. */
  readonly says: string | null;
}

/** One line of the desk's section 常用答复. */
export interface CuratedView extends CuratedDraft {
  readonly id: string;
  readonly cites: readonly CuratedCiteView[];
  readonly status: CuratedStatus;
  readonly ticketNumber: string;
  readonly authorName: string;
  /** Proposed by who is looking: somebody else has to approve it. */
  readonly mine: boolean;
  readonly proposedAt: number;
  readonly approvedByName: string | null;
  readonly approvedAt: number | null;
  readonly endedByName: string | null;
  readonly endedAt: number | null;
}
