import type { AnswerTopic } from '../domain/answer.js';
import type { CitationCandidate } from './citation-model.js';
import type { ConfidenceFeatures } from './confidence.js';
import type { VerificationFault } from './verify.js';

/** What led to an answer, for the lawyer's brief, for evaluation and for counting. */
export interface ConsultationTrace {
  readonly topic: AnswerTopic | null;
  /** Keys of the provisions found, best first, at most 10. */
  readonly found: readonly string[];
  /** Files of the matters found, best first, with their scores. */
  readonly matters: readonly { readonly file: string; readonly score: number }[];
  readonly features: ConfidenceFeatures | null;
  /** What might have been cited, with what the citation model saw. */
  readonly candidates: readonly CitationCandidate[];
  readonly faults: readonly VerificationFault[];
}

/** Of a turn that looked nothing up. */
export const NO_TRACE: ConsultationTrace = { topic: null, found: [], matters: [], features: null, candidates: [], faults: [] };
