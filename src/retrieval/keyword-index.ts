import { TERM_KINDS, type TermKind } from './segment.js';
import type { TermList } from './terms.js';

/** Parameters of the ranking function, chosen on labelled questions (see eval/README.md). */
export interface KeywordParameters {
  /** Saturation of term frequency. */
  readonly k1: number;
  /** Strength of length normalisation, 0 to 1. */
  readonly b: number;
  /** How much each kind of term counts in a query. */
  readonly kindWeights: Readonly<Record<TermKind, number>>;
  /** Terms that stand in more than this share of documents are not looked up. */
  readonly maxDocumentShare: number;
}

export const DEFAULT_KEYWORD_PARAMETERS: KeywordParameters = {
  k1: 1.2,
  b: 0.6,
  kindWeights: { char: 0.25, bigram: 0.6, word: 1 },
  maxDocumentShare: 0.35,
};

/** A part of a document and how often each occurrence in it counts (BM25F). */
export interface Field {
  readonly terms: TermList;
  readonly weight: number;
}

export interface KeywordHit {
  readonly doc: number;
  readonly score: number;
}

/** The arrays of an index, to store and to load. */
export interface KeywordParts {
  /** Numbers of all terms, ascending. */
  readonly terms: Float64Array;
  /** Term t's postings are starts[t] … starts[t + 1] - 1. */
  readonly starts: Uint32Array;
  /**
   * A posting: the document in the upper 24 bits, in the lower 8 its saturated, length-normalised term frequency in 255
   * steps (error below 0.4 %). One number instead of two is read a third faster.
   */
  readonly postings: Uint32Array;
}

/** Documents that the upper bits of a posting can tell apart. */
const MOST_DOCUMENTS = 2 ** 24;

/** Steps into which a posting's share of the saturated term frequency is divided, so that it fits one byte. */
const IMPACT_STEPS = 255;

/** Scores of all documents for one question: single characters and longer terms apart. Valid until the next question. */
export interface KeywordScores {
  /** Share of the question's characters, and of its pairs and words, that each document covers: 0 to 1. */
  readonly characters: Float32Array;
  readonly words: Float32Array;
  /** What the question's characters, and its pairs and words, weigh. */
  readonly characterWeight: number;
  readonly wordWeight: number;
}

/** BM25F over characters, pairs and words, in typed arrays. Documents are numbered in the order in which they came. */
export class KeywordIndex {
  readonly size: number;
  readonly parts: KeywordParts;
  readonly #parameters: KeywordParameters;
  readonly #characters: Float32Array;
  readonly #words: Float32Array;
  readonly #all: Float32Array;

  constructor(parts: KeywordParts, size: number, parameters: KeywordParameters = DEFAULT_KEYWORD_PARAMETERS) {
    this.size = size;
    this.parts = parts;
    this.#parameters = parameters;
    this.#characters = new Float32Array(size);
    this.#words = new Float32Array(size);
    this.#all = new Float32Array(size);
  }

  static build(documents: Iterable<readonly Field[]>, parameters: KeywordParameters = DEFAULT_KEYWORD_PARAMETERS): KeywordIndex {
    const builder = new KeywordIndexBuilder();
    for (const fields of documents) builder.add(fields);
    return builder.finish(parameters);
  }

  /** Scores all documents. The arrays are overwritten by the next call. */
  scores(question: TermList): KeywordScores {
    const { terms, starts, postings } = this.parts;
    const { kindWeights, maxDocumentShare } = this.#parameters;
    const found: { from: number; to: number; weight: number; single: boolean }[] = [];
    let characterWeight = 0;
    let wordWeight = 0;
    question.numbers.forEach((number, at) => {
      const term = positionOf(terms, number);
      const from = term === -1 ? 0 : (starts[term] as number);
      const to = term === -1 ? 0 : (starts[term + 1] as number);
      const frequency = to - from;
      if (frequency > this.size * maxDocumentShare && this.size > 20) return;
      const kind = TERM_KINDS[question.kinds[at] as number] as TermKind;
      if (kindWeights[kind] === 0) return;
      const weight = kindWeights[kind] * Math.log(1 + (this.size - frequency + 0.5) / (frequency + 0.5));
      if (kind === 'char') characterWeight += weight;
      else wordWeight += weight;
      if (term !== -1) found.push({ from, to, weight, single: kind === 'char' });
    });
    this.#characters.fill(0);
    this.#words.fill(0);
    for (const { from, to, weight, single } of found) {
      const scores = single ? this.#characters : this.#words;
      const unit = weight / IMPACT_STEPS / (single ? characterWeight : wordWeight);
      for (let at = from; at < to; at++) {
        const posting = postings[at] as number;
        const doc = posting >>> 8;
        scores[doc] = (scores[doc] as number) + (posting & 255) * unit;
      }
    }
    return { characters: this.#characters, words: this.#words, characterWeight, wordWeight };
  }

  /** Both parts together: the BM25F sum divided by the greatest sum that the question could reach, 0 to 1. Overwritten by the next call. */
  total({ characters, words, characterWeight, wordWeight }: KeywordScores): Float32Array {
    const all = this.#all;
    const whole = characterWeight + wordWeight;
    if (whole === 0) return all.fill(0);
    const ofCharacters = characterWeight / whole;
    const ofWords = wordWeight / whole;
    for (let doc = 0; doc < all.length; doc++) all[doc] = (characters[doc] as number) * ofCharacters + (words[doc] as number) * ofWords;
    return all;
  }

  /** The best `limit` documents for a question, best first. */
  search(question: TermList, limit: number): KeywordHit[] {
    return topK(this.total(this.scores(question)), limit);
  }
}

/** Place of a number among ascending numbers, or -1. */
function positionOf(numbers: Float64Array, number: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = numbers[middle] as number;
    if (value === number) return middle;
    if (value < number) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** One score in so many is looked at to guess how high the best are. */
const SAMPLE_STEP = 16;
/** Among fewer scores a guess saves nothing. */
const SAMPLED_FROM = 8192;

/** The `limit` greatest positive scores, best first; ties by document number. Does not sort the rest. */
export function topK(scores: Float32Array, limit: number): KeywordHit[] {
  const room = Math.max(0, Math.min(Math.floor(limit), scores.length));
  if (room === 0) return [];
  if (scores.length >= SAMPLED_FROM && room * 8 < scores.length) {
    // about twice as many as asked for are greater than this; if it was set too high, everything is looked at
    const sample = new Float32Array(Math.ceil(scores.length / SAMPLE_STEP));
    for (let at = 0; at < sample.length; at++) sample[at] = scores[at * SAMPLE_STEP] as number;
    const guess = above(sample, Math.ceil((2 * room) / SAMPLE_STEP) + 2, 0).at(-1)?.score ?? 0;
    const few = new Int32Array(8 * room);
    const count = guess > 0 ? collect(scores, guess, few) : 0;
    if (count >= room && count <= few.length) {
      const hits = Array.from(few.subarray(0, count), (doc) => ({ doc, score: scores[doc] as number }));
      return hits.sort((a, b) => b.score - a.score || a.doc - b.doc).slice(0, room);
    }
  }
  return above(scores, room, 0);
}

/** Puts the documents with a score above `floor` into `out` as long as there is room. @returns how many there are */
function collect(scores: Float32Array, floor: number, out: Int32Array): number {
  let count = 0;
  for (let doc = 0; doc < scores.length; doc++) if ((scores[doc] as number) > floor) out[count++] = doc;
  return count;
}

/** The `room` greatest scores above `floor`, best first; ties by document number. */
function above(scores: Float32Array, room: number, floor: number): KeywordHit[] {
  // a heap with the worst on top: the lowest score, of equal ones the highest number
  const docs = new Int32Array(room);
  const values = new Float32Array(room);
  let size = 0;
  const isWorse = (a: number, b: number): boolean => {
    const [x, y] = [values[a] as number, values[b] as number];
    return x < y || (x === y && (docs[a] as number) > (docs[b] as number));
  };
  const sink = (from: number): void => {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      let worst = at;
      if (left < size && isWorse(left, worst)) worst = left;
      if (left + 1 < size && isWorse(left + 1, worst)) worst = left + 1;
      if (worst === at) return;
      const [doc, value] = [docs[at] as number, values[at] as number];
      docs[at] = docs[worst] as number;
      values[at] = values[worst] as number;
      docs[worst] = doc;
      values[worst] = value;
      at = worst;
    }
  };
  /** A score has to be greater than this to be taken in. */
  let least = floor;
  for (let doc = 0; doc < scores.length; doc++) {
    const score = scores[doc] as number;
    if (!(score > least)) continue;
    if (size < room) {
      docs[size] = doc;
      values[size] = score;
      size++;
      if (size < room) continue;
      for (let at = (room >> 1) - 1; at >= 0; at--) sink(at);
    } else {
      docs[0] = doc;
      values[0] = score;
      sink(0);
    }
    least = values[0] as number;
  }
  const hits: KeywordHit[] = [];
  for (let at = 0; at < size; at++) hits.push({ doc: docs[at] as number, score: values[at] as number });
  return hits.sort((a, b) => b.score - a.score || a.doc - b.doc);
}

/** Collects documents one by one, then lays their postings out term by term. */
export class KeywordIndexBuilder {
  readonly #places = new Map<number, number>();
  readonly #counts: number[] = [];
  readonly #lengths: number[] = [];
  #termOf = new Uint32Array(1 << 16);
  #docOf = new Uint32Array(1 << 16);
  #frequencyOf = new Float32Array(1 << 16);
  #postings = 0;

  add(fields: readonly Field[]): void {
    const doc = this.#lengths.length;
    let length = 0;
    const frequencies = fields.length > 1 ? new Map<number, number>() : null;
    for (const { terms, weight } of fields) {
      length += weight * terms.characters;
      for (let at = 0; at < terms.numbers.length; at++) {
        const number = terms.numbers[at] as number;
        const frequency = weight * (terms.counts[at] as number);
        if (frequencies === null) this.#put(number, doc, frequency);
        else frequencies.set(number, (frequencies.get(number) ?? 0) + frequency);
      }
    }
    for (const [number, frequency] of frequencies ?? []) this.#put(number, doc, frequency);
    this.#lengths.push(length);
  }

  finish(parameters: KeywordParameters): KeywordIndex {
    const { k1, b } = parameters;
    const size = this.#lengths.length;
    if (size > MOST_DOCUMENTS) throw new RangeError(`more than ${String(MOST_DOCUMENTS)} documents`);
    const average = this.#lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, size) || 1;
    const terms = Float64Array.from(this.#places.keys()).sort();
    const rank = new Uint32Array(terms.length);
    terms.forEach((number, place) => (rank[this.#places.get(number) as number] = place));
    const starts = new Uint32Array(terms.length + 1);
    this.#counts.forEach((count, term) => (starts[(rank[term] as number) + 1] = count));
    for (let term = 0; term < terms.length; term++) starts[term + 1] = (starts[term + 1] as number) + (starts[term] as number);
    const next = starts.slice(0, -1);
    const postings = new Uint32Array(this.#postings);
    for (let posting = 0; posting < this.#postings; posting++) {
      const term = rank[this.#termOf[posting] as number] as number;
      const doc = this.#docOf[posting] as number;
      const frequency = this.#frequencyOf[posting] as number;
      const slot = next[term] as number;
      next[term] = slot + 1;
      const norm = k1 * (1 - b + (b * (this.#lengths[doc] ?? 0)) / average);
      const impact = Math.max(1, Math.round((IMPACT_STEPS * frequency) / (frequency + norm)));
      postings[slot] = ((doc << 8) | impact) >>> 0;
    }
    return new KeywordIndex({ terms, starts, postings }, size, parameters);
  }

  #put(number: number, doc: number, frequency: number): void {
    let term = this.#places.get(number);
    if (term === undefined) {
      term = this.#places.size;
      this.#places.set(number, term);
      this.#counts.push(0);
    }
    if (this.#postings === this.#termOf.length) this.#grow();
    this.#termOf[this.#postings] = term;
    this.#docOf[this.#postings] = doc;
    this.#frequencyOf[this.#postings] = frequency;
    this.#postings++;
    this.#counts[term] = (this.#counts[term] as number) + 1;
  }

  #grow(): void {
    const size = this.#termOf.length * 2;
    const grown = [new Uint32Array(size), new Uint32Array(size), new Float32Array(size)] as const;
    grown[0].set(this.#termOf);
    grown[1].set(this.#docOf);
    grown[2].set(this.#frequencyOf);
    [this.#termOf, this.#docOf, this.#frequencyOf] = grown;
  }
}
