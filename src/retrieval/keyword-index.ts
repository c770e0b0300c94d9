import type { Segment, TermKind } from './segment.js';

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
  readonly text: string;
  readonly weight: number;
}

export interface KeywordHit {
  readonly doc: number;
  readonly score: number;
}

/** Steps into which a posting's share of the saturated term frequency is divided, so that it fits one byte. */
const IMPACT_STEPS = 255;

/**
 * BM25F over characters, bigrams and words, in typed arrays. Documents are numbered in the order of `documents`.
 * A posting holds its document and its saturated, length-normalised term frequency as one byte (error below 0.4 %).
 */
export class KeywordIndex {
  readonly size: number;
  readonly #segment: Segment;
  readonly #parameters: KeywordParameters;
  readonly #terms: Map<string, number>;
  readonly #starts: Uint32Array;
  readonly #docs: Uint32Array;
  readonly #impacts: Uint8Array;
  readonly #scores: Float32Array;

  /**
   * @param documents fields of each document
   * @param onProgress called now and then with documents done
   */
  constructor(
    documents: Iterable<readonly Field[]>,
    segment: Segment,
    parameters: KeywordParameters = DEFAULT_KEYWORD_PARAMETERS,
    onProgress?: (done: number) => void,
  ) {
    this.#segment = segment;
    this.#parameters = parameters;
    this.#terms = new Map();
    const builder = new PostingBuilder(this.#terms);
    for (const fields of documents) {
      builder.add(fields, segment);
      if (builder.size % 2000 === 0) onProgress?.(builder.size);
    }
    this.size = builder.size;
    ({ starts: this.#starts, docs: this.#docs, impacts: this.#impacts } = builder.finish(parameters));
    this.#scores = new Float32Array(this.size);
  }

  /**
   * The best `limit` documents for a question, best first.
   * `score` is the BM25F sum divided by the greatest sum that this question could reach: 0 to 1.
   */
  search(question: string, limit: number): KeywordHit[] {
    const { weights, best } = this.#queryTerms(question);
    if (weights.size === 0 || best === 0) return [];
    const scores = this.#scores.fill(0);
    for (const [term, weight] of weights) {
      const end = this.#starts[term + 1] ?? 0;
      const unit = weight / IMPACT_STEPS / best;
      for (let at = this.#starts[term] ?? 0; at < end; at++) {
        const doc = this.#docs[at] as number;
        scores[doc] = (scores[doc] as number) + (this.#impacts[at] as number) * unit;
      }
    }
    return topK(scores, limit);
  }

  /** Bytes held in typed arrays. */
  get bytes(): number {
    return this.#starts.byteLength + this.#docs.byteLength + this.#impacts.byteLength + this.#scores.byteLength;
  }

  /** Terms of a question that the index knows, weighted by kind and rarity, and the greatest sum they can reach. */
  #queryTerms(question: string): { weights: Map<number, number>; best: number } {
    const weights = new Map<number, number>();
    let best = 0;
    const counted = new Set<string>();
    this.#segment(question, (term, kind) => {
      if (counted.has(term)) return;
      counted.add(term);
      const id = this.#terms.get(term);
      const frequency = id === undefined ? 0 : (this.#starts[id + 1] ?? 0) - (this.#starts[id] ?? 0);
      if (frequency > this.size * this.#parameters.maxDocumentShare && this.size > 20) return;
      const idf = Math.log(1 + (this.size - frequency + 0.5) / (frequency + 0.5));
      const weight = idf * this.#parameters.kindWeights[kind];
      best += weight;
      if (id !== undefined) weights.set(id, weight);
    });
    return { weights, best };
  }
}

/** The `limit` greatest positive scores, best first; ties by document number. Does not sort the rest. */
export function topK(scores: Float32Array, limit: number): KeywordHit[] {
  if (limit <= 0) return [];
  const heap: KeywordHit[] = []; // smallest first
  const worse = (a: KeywordHit, b: KeywordHit): boolean => a.score < b.score || (a.score === b.score && a.doc > b.doc);
  const sink = (from: number): void => {
    let at = from;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        const candidate = heap[child];
        const current = heap[least];
        if (candidate && current && worse(candidate, current)) least = child;
      }
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least] as KeywordHit, heap[at] as KeywordHit];
      at = least;
    }
  };
  for (let doc = 0; doc < scores.length; doc++) {
    const score = scores[doc] as number;
    if (score <= 0) continue;
    if (heap.length < limit) {
      heap.push({ doc, score });
      if (heap.length === limit) for (let at = (limit >> 1) - 1; at >= 0; at--) sink(at);
    } else if (score > (heap[0] as KeywordHit).score) {
      heap[0] = { doc, score };
      sink(0);
    }
  }
  return heap.sort((a, b) => b.score - a.score || a.doc - b.doc);
}

/** Collects postings document by document, then lays them out term by term. */
class PostingBuilder {
  size = 0;
  readonly #terms: Map<string, number>;
  #termOf = new Uint32Array(1 << 20);
  #docOf = new Uint32Array(1 << 20);
  #frequencyOf = new Float32Array(1 << 20);
  #postings = 0;
  readonly #lengths: number[] = [];
  readonly #counts: number[] = [];

  constructor(terms: Map<string, number>) {
    this.#terms = terms;
  }

  add(fields: readonly Field[], segment: Segment): void {
    const frequencies = new Map<number, number>();
    let length = 0;
    for (const { text, weight } of fields) {
      segment(text, (term, kind) => {
        let id = this.#terms.get(term);
        if (id === undefined) {
          id = this.#terms.size;
          // a term cut out of a long text would keep that text alive
          this.#terms.set(Buffer.from(term).toString(), id);
          this.#counts.push(0);
        }
        frequencies.set(id, (frequencies.get(id) ?? 0) + weight);
        if (kind === 'char') length += weight;
      });
    }
    if (this.#postings + frequencies.size > this.#termOf.length) this.#grow();
    for (const [term, frequency] of frequencies) {
      this.#termOf[this.#postings] = term;
      this.#docOf[this.#postings] = this.size;
      this.#frequencyOf[this.#postings] = frequency;
      this.#counts[term] = (this.#counts[term] ?? 0) + 1;
      this.#postings++;
    }
    this.#lengths.push(length);
    this.size++;
  }

  finish({ k1, b }: KeywordParameters): { starts: Uint32Array; docs: Uint32Array; impacts: Uint8Array } {
    const average = this.#lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, this.size) || 1;
    const starts = new Uint32Array(this.#counts.length + 1);
    this.#counts.forEach((count, term) => (starts[term + 1] = (starts[term] ?? 0) + count));
    const next = starts.slice(0, -1);
    const docs = new Uint32Array(this.#postings);
    const impacts = new Uint8Array(this.#postings);
    for (let posting = 0; posting < this.#postings; posting++) {
      const term = this.#termOf[posting] as number;
      const doc = this.#docOf[posting] as number;
      const frequency = this.#frequencyOf[posting] as number;
      const slot = next[term] as number;
      next[term] = slot + 1;
      const norm = k1 * (1 - b + (b * (this.#lengths[doc] ?? 0)) / average);
      docs[slot] = doc;
      impacts[slot] = Math.max(1, Math.round((IMPACT_STEPS * frequency) / (frequency + norm)));
    }
    return { starts, docs, impacts };
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
