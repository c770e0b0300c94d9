import { termNumber, type TermList } from './terms.js';

/**
 * A static embedding: a vector per token (character, pair, word), one byte a number with a scale per token.
 * A text is the normalised sum of (1 + ln tf) · weight · vector over its tokens.
 */
export interface EmbeddingModel {
  /** A multiple of 16. */
  readonly dimension: number;
  /** `termNumber` of a token → row. */
  readonly rows: ReadonlyMap<number, number>;
  /** Rows × dimension. */
  readonly vectors: Int8Array;
  /** Per row: what one step of the row's bytes is worth, with the token's weight multiplied in. */
  readonly scales: Float32Array;
}

/** Rows of a vocabulary by term number. */
export function vocabularyRows(tokens: Iterable<string>): Map<number, number> {
  const rows = new Map<number, number>();
  let row = 0;
  for (const token of tokens) rows.set(termNumber(token), row++);
  return rows;
}

/** Token counts over several parts of one text, over the tokens of a vocabulary. */
export function countTokens(parts: readonly TermList[], rows: ReadonlyMap<number, number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { numbers, counts: times } of parts) {
    for (let at = 0; at < numbers.length; at++) {
      const row = rows.get(numbers[at] as number);
      if (row !== undefined) counts.set(row, (counts.get(row) ?? 0) + (times[at] as number));
    }
  }
  return counts;
}

/** Unit vector of a text, given in one or several parts; all zeros where no token is known. */
export function embed(
  parts: readonly TermList[],
  model: EmbeddingModel,
  out: Float32Array = new Float32Array(model.dimension),
): Float32Array {
  const { dimension, vectors, scales } = model;
  out.fill(0);
  for (const [row, count] of countTokens(parts, model.rows)) {
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

/** Brings a float row into bytes by its own greatest absolute value. @returns what one step is worth; 0 for zeros */
export function quantiseRow(row: Float32Array, out: Int8Array): number {
  let greatest = 0;
  for (const value of row) greatest = Math.max(greatest, Math.abs(value));
  if (greatest === 0) {
    out.fill(0);
    return 0;
  }
  for (let at = 0; at < row.length; at++) out[at] = Math.round(((row[at] as number) / greatest) * 127);
  return greatest / 127;
}

/** Brings float rows into bytes; the scales carry the tokens' weights. */
export function quantise(rows: Float32Array, weights: Float32Array, dimension: number): { vectors: Int8Array; scales: Float32Array } {
  const vectors = new Int8Array(rows.length);
  const scales = new Float32Array(weights.length);
  for (let row = 0; row < weights.length; row++) {
    const [from, to] = [row * dimension, (row + 1) * dimension];
    scales[row] = quantiseRow(rows.subarray(from, to), vectors.subarray(from, to)) * (weights[row] as number);
  }
  return { vectors, scales };
}
