import { embed, type EmbeddingModel } from './embedding.js';
import { topK, type KeywordHit } from './keyword-index.js';
import type { Segment } from './segment.js';

/** Unit vectors of documents, searched exactly by dot product. Documents are numbered in order. */
export class DenseIndex {
  readonly size: number;
  readonly #model: EmbeddingModel;
  readonly #segment: Segment;
  readonly #vectors: Float32Array;
  readonly #scores: Float32Array;

  constructor(texts: readonly string[], segment: Segment, model: EmbeddingModel) {
    this.size = texts.length;
    this.#model = model;
    this.#segment = segment;
    this.#vectors = new Float32Array(texts.length * model.dimension);
    texts.forEach((text, doc) => {
      embed(text, segment, model, this.#vectors.subarray(doc * model.dimension, (doc + 1) * model.dimension));
    });
    this.#scores = new Float32Array(texts.length);
  }

  /** The nearest `limit` documents with cosine above 0, best first. */
  search(question: string, limit: number): KeywordHit[] {
    const query = embed(question, this.#segment, this.#model);
    const { dimension } = this.#model;
    for (let doc = 0, start = 0; doc < this.size; doc++, start += dimension) {
      let dot = 0;
      for (let at = 0; at < dimension; at++) dot += (query[at] as number) * (this.#vectors[start + at] as number);
      this.#scores[doc] = dot;
    }
    return topK(this.#scores, limit);
  }
}
