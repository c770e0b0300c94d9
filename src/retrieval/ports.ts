import type { KeywordHit } from './keyword-index.js';
import type { Sections } from './sections.js';

/** Nearest-neighbour search by cosine over vectors of documents, numbered from 0. */
export interface VectorIndex {
  readonly size: number;
  readonly dimension: number;
  /** The nearest `limit` documents, best first; `score` is the cosine. A query of zeros finds nothing. */
  nearest(query: Float32Array, limit: number): KeywordHit[];
}

/** Turns texts into vectors of length one. What stands in for our own embedding where one is configured. */
export interface Embedder {
  /** Name of the model; vectors of different names never meet. */
  readonly name: string;
  readonly dimension: number;
  /**
   * One vector per text, in order.
   * @throws BaimiError `unavailable` where the service cannot be reached or answers with something else
   */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
}

/** Indexes as they are stored: named arrays, and a description that is plain JSON. */
export interface StoredIndexes {
  readonly meta: unknown;
  readonly sections: Sections;
}

/** Keeps what is built once over a corpus with a model. */
export interface IndexStore {
  /** What was saved under exactly this identity; null where there is none, or it is damaged. */
  load(identity: string): StoredIndexes | null;
  /** Keeps it for the next start. Where that fails, says so and goes on. */
  save(identity: string, indexes: StoredIndexes): void;
}
