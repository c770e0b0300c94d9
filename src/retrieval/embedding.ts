import type { Segment } from './segment.js';

/**
 * A static embedding: a vector per token (character, pair, word), one byte a number with a scale per token.
 * A text is the normalised sum of (1 + ln tf) · weight · vector over its tokens.
 */
export interface EmbeddingModel {
  readonly dimension: number;
  /** Token → row. */
  readonly vocabulary: ReadonlyMap<string, number>;
  /** Rows × dimension. */
  readonly vectors: Int8Array;
  /** Per row: what one step of the row's bytes is worth, with the token's weight multiplied in. */
  readonly scales: Float32Array;
}

/** Longest text that is looked at, in characters; what follows adds nothing that retrieval needs. */
export const EMBEDDED_LENGTH = 1200;

/** Token counts of a text, over tokens of a vocabulary. */
export function countTokens(text: string, segment: Segment, vocabulary: ReadonlyMap<string, number>): Map<number, number> {
  const counts = new Map<number, number>();
  segment(text.slice(0, EMBEDDED_LENGTH), (term) => {
    const row = vocabulary.get(term);
    if (row !== undefined) counts.set(row, (counts.get(row) ?? 0) + 1);
  });
  return counts;
}

/** Unit vector of a text; all zeros where no token is known. */
export function embed(
  text: string,
  segment: Segment,
  model: EmbeddingModel,
  out: Float32Array = new Float32Array(model.dimension),
): Float32Array {
  const { dimension, vectors, scales } = model;
  out.fill(0);
  for (const [row, count] of countTokens(text, segment, model.vocabulary)) {
    const factor = (1 + Math.log(count)) * (scales[row] as number);
    const start = row * dimension;
    for (let at = 0; at < dimension; at++) out[at] = (out[at] as number) + factor * (vectors[start + at] as number);
  }
  normalise(out);
  return out;
}

/** Scales a vector to length one, in place; leaves zeros. */
export function normalise(vector: Float32Array): void {
  let square = 0;
  for (const value of vector) square += value * value;
  if (square === 0) return;
  const factor = 1 / Math.sqrt(square);
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] as number) * factor;
}

/** Brings float rows into bytes: each row by its own greatest absolute value, times the token's weight. */
export function quantise(rows: Float32Array, weights: Float32Array, dimension: number): { vectors: Int8Array; scales: Float32Array } {
  const vectors = new Int8Array(rows.length);
  const scales = new Float32Array(weights.length);
  for (let row = 0; row < weights.length; row++) {
    let greatest = 1e-12;
    for (let at = row * dimension; at < (row + 1) * dimension; at++) greatest = Math.max(greatest, Math.abs(rows[at] as number));
    for (let at = row * dimension; at < (row + 1) * dimension; at++) vectors[at] = Math.round(((rows[at] as number) / greatest) * 127);
    scales[row] = (greatest / 127) * (weights[row] as number);
  }
  return { vectors, scales };
}
