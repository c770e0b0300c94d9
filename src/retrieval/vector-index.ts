import { quantiseRow } from './embedding.js';
import { topK, type KeywordHit } from './keyword-index.js';
import type { VectorIndex } from './ports.js';
import { Allocator, createKernel, createKernelMemory, type Kernel } from './simd/kernel.js';

/** The arrays of an index, to store and to load. */
export interface VectorParts {
  /** Documents × dimension. */
  readonly vectors: Int8Array;
  /** What one step of each document's bytes is worth. */
  readonly scales: Float32Array;
}

/** Most documents that an index can hold. */
const ROW_LIMIT = 4_000_000;

/**
 * Unit vectors of documents in bytes, searched exactly: every document is compared with the question, sixteen numbers at
 * a time. 58,000 documents of 256 numbers take less than a millisecond, which a graph index with a recall of 0.99 needs
 * too, and there is no graph to build (`npm run bench`).
 */
export class ExactVectorIndex implements VectorIndex {
  readonly size: number;
  readonly dimension: number;
  readonly #kernel: Kernel;
  readonly #rows: Int8Array;
  readonly #scales: Float32Array;
  readonly #query: Int8Array;
  readonly #dots: Int32Array;
  readonly #scores: Float32Array;
  /** What one step of the query's bytes is worth. */
  #step = 0;
  readonly #places: { readonly rows: number; readonly query: number; readonly dots: number };

  /** @param dimension a multiple of 16 */
  constructor({ vectors, scales }: VectorParts, dimension: number) {
    if (dimension % 16 !== 0) throw new RangeError('the dimension has to be a multiple of 16');
    if (scales.length > ROW_LIMIT || vectors.length !== scales.length * dimension) throw new RangeError('vectors and scales do not fit');
    this.size = scales.length;
    this.dimension = dimension;
    const allocator = new Allocator();
    this.#places = {
      rows: allocator.take(vectors.length),
      query: allocator.take(dimension),
      dots: allocator.take(4 * this.size),
    };
    const memory = createKernelMemory(allocator.size);
    this.#kernel = createKernel(memory);
    this.#rows = new Int8Array(memory.buffer, this.#places.rows, vectors.length);
    this.#rows.set(vectors);
    this.#query = new Int8Array(memory.buffer, this.#places.query, dimension);
    this.#dots = new Int32Array(memory.buffer, this.#places.dots, this.size);
    this.#scales = scales;
    this.#scores = new Float32Array(this.size);
  }

  /** @param vectors unit vectors, documents × dimension, or one by one */
  static build(vectors: Iterable<Float32Array>, dimension: number): ExactVectorIndex {
    const rows: Int8Array[] = [];
    const scales: number[] = [];
    for (const vector of vectors) {
      const row = new Int8Array(dimension);
      scales.push(quantiseRow(vector, row));
      rows.push(row);
    }
    const all = new Int8Array(rows.length * dimension);
    rows.forEach((row, at) => {
      all.set(row, at * dimension);
    });
    return new ExactVectorIndex({ vectors: all, scales: Float32Array.from(scales) }, dimension);
  }

  get parts(): VectorParts {
    return { vectors: this.#rows, scales: this.#scales };
  }

  /** Cosine of the query and every document. Overwritten by the next call. */
  cosines(query: Float32Array): Float32Array {
    this.setQuery(query);
    const step = this.#step;
    if (step === 0) return this.#scores.fill(0);
    const { rows, query: place, dots: out } = this.#places;
    this.#kernel.byteDots(place, rows, this.size, this.dimension, out);
    // outside the loop: looking up a private field sixty thousand times takes as long as the dot products
    const [scores, dots, scales] = [this.#scores, this.#dots, this.#scales];
    for (let doc = 0; doc < scores.length; doc++) scores[doc] = (dots[doc] as number) * step * (scales[doc] as number);
    return scores;
  }

  /** Takes up a query for `cosine`. */
  setQuery(query: Float32Array): void {
    this.#step = quantiseRow(query, this.#query);
  }

  /** Cosine of the query taken up and one document. */
  cosine(doc: number): number {
    const { rows, query, dots } = this.#places;
    this.#kernel.byteDots(query, rows + doc * this.dimension, 1, this.dimension, dots);
    return (this.#dots[0] as number) * this.#step * (this.#scales[doc] as number);
  }

  /** The vectors in full numbers, documents × dimension. */
  toFloats(): Float32Array {
    const floats = new Float32Array(this.#rows.length);
    for (let at = 0; at < floats.length; at++)
      floats[at] = (this.#rows[at] as number) * (this.#scales[Math.floor(at / this.dimension)] as number);
    return floats;
  }

  /** The nearest `limit` documents with cosine above 0, best first. */
  nearest(query: Float32Array, limit: number): KeywordHit[] {
    return topK(this.cosines(query), limit);
  }
}
