import type { KeywordIndex } from './keyword-index.js';
import type { ExactVectorIndex } from './vector-index.js';

/**
 * What training questions have taught about provisions: the questions' vectors and weighted terms, tied to the provisions
 * that experts matched with them. Terms are numbers and vectors are bytes; the questions themselves are not kept.
 */
export interface LearnedLinks {
  /** Keys of the provisions that training questions lead to. */
  readonly keys: readonly string[];
  /** By key: how many training questions lead there. */
  readonly uses: Uint16Array;
  /** Question q leads to keys targets[starts[q]] … targets[starts[q + 1] - 1]. */
  readonly starts: Uint32Array;
  readonly targets: Uint32Array;
  /** By question. */
  readonly vectors: ExactVectorIndex;
  /** By key: the terms of all its questions. */
  readonly pools: KeywordIndex;
}
