import { countTokens, vocabularyRows } from '../embedding.js';
import type { Segment } from '../segment.js';
import { listTerms, type TermList } from '../terms.js';

/** Tokens that a text keeps at most; the rarest go on. */
const MAX_TOKENS = 192;

/** Texts as token rows with their factors, in shared memory so that every worker reads them. */
export interface TokenTexts {
  /** Text t holds rows[starts[t]] … rows[starts[t + 1] - 1]. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  /** (1 + ln tf) · weight of the token. */
  readonly factors: Float32Array;
}

export interface Vocabulary {
  readonly tokens: readonly string[];
  /** Term number → row. */
  readonly rows: ReadonlyMap<number, number>;
  /** Inverse document frequency per row, scaled to a mean of one. */
  readonly weights: Float32Array;
}

/** The `limit` most frequent tokens of at least `minDocuments` texts, with their inverse document frequency. */
export function buildVocabulary(texts: Iterable<string>, segment: Segment, minDocuments: number, limit: number): Vocabulary {
  const frequency = new Map<string, number>();
  let count = 0;
  for (const text of texts) {
    count++;
    const seen = new Set<string>();
    segment(text, (term) => {
      if (!seen.has(term)) {
        seen.add(term);
        frequency.set(term, (frequency.get(term) ?? 0) + 1);
      }
    });
  }
  const kept = [...frequency]
    .filter(([, documents]) => documents >= minDocuments)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, limit);
  const weights = Float32Array.from(kept, ([, documents]) => Math.log(1 + count / documents));
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, weights.length);
  for (let row = 0; row < weights.length; row++) weights[row] = (weights[row] as number) / mean;
  const tokens = kept.map(([term]) => Buffer.from(term).toString());
  return { tokens, rows: vocabularyRows(tokens), weights };
}

/** Collects texts as token lists. */
export class TokenTextBuilder {
  readonly #segment: Segment;
  readonly #vocabulary: Vocabulary;
  readonly #starts: number[] = [0];
  #rows = new Int32Array(1 << 16);
  #factors = new Float32Array(1 << 16);
  #size = 0;

  constructor(segment: Segment, vocabulary: Vocabulary) {
    this.#segment = segment;
    this.#vocabulary = vocabulary;
  }

  /** @returns the text's number */
  add(text: string): number {
    return this.addTerms([listTerms(text, this.#segment)]);
  }

  /** @returns the number of a text whose parts are segmented already */
  addTerms(parts: readonly TermList[]): number {
    const { rows, weights } = this.#vocabulary;
    let tokens = [...countTokens(parts, rows)];
    if (tokens.length > MAX_TOKENS) {
      tokens = tokens.sort((a, b) => (weights[b[0]] as number) - (weights[a[0]] as number) || a[0] - b[0]).slice(0, MAX_TOKENS);
    }
    if (this.#size + tokens.length > this.#rows.length) this.#grow();
    for (const [row, count] of tokens) {
      this.#rows[this.#size] = row;
      this.#factors[this.#size++] = (1 + Math.log(count)) * (weights[row] as number);
    }
    this.#starts.push(this.#size);
    return this.#starts.length - 2;
  }

  finish(): TokenTexts {
    return {
      starts: sharedInts(this.#starts),
      rows: sharedInts(this.#rows.subarray(0, this.#size)),
      factors: sharedFloats(this.#factors.subarray(0, this.#size)),
    };
  }

  #grow(): void {
    const [rows, factors] = [new Int32Array(2 * this.#rows.length), new Float32Array(2 * this.#rows.length)];
    rows.set(this.#rows);
    factors.set(this.#factors);
    [this.#rows, this.#factors] = [rows, factors];
  }
}

export function sharedInts(values: ArrayLike<number>): Int32Array {
  const shared = new Int32Array(new SharedArrayBuffer(4 * Math.max(1, values.length)));
  shared.set(values);
  return shared;
}

export function sharedFloats(values: ArrayLike<number>): Float32Array {
  const shared = new Float32Array(new SharedArrayBuffer(4 * Math.max(1, values.length)));
  shared.set(values);
  return shared;
}
