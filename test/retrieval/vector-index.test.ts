import { describe, expect, it } from 'vitest';
import { normalise } from '../../src/retrieval/embedding.js';
import { createRandom } from '../../src/retrieval/training/random.js';
import { ExactVectorIndex } from '../../src/retrieval/vector-index.js';

const DIMENSION = 64;
const random = createRandom(4);

/** Unit vectors around forty middles, as texts on forty things are. */
function clustered(count: number): Float32Array[] {
  const middles = Array.from({ length: 40 }, () => Float32Array.from({ length: DIMENSION }, () => 2 * random() - 1));
  return Array.from({ length: count }, (_, at) => {
    const middle = middles[at % 40] ?? new Float32Array(DIMENSION);
    const vector = middle.map((value) => value + 0.8 * (2 * random() - 1));
    normalise(vector);
    return vector;
  });
}

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

describe('the vector index', () => {
  const vectors = clustered(4000);
  const index = ExactVectorIndex.build(vectors, DIMENSION);

  it('finds at least 99 of the nearest 100 that full precision finds', () => {
    const queries = clustered(50);
    let found = 0;
    for (const query of queries) {
      const best = vectors
        .map((vector, doc) => ({ doc, score: dot(query, vector) }))
        .sort((a, b) => b.score - a.score)
        .slice(0, 100);
      const got = new Set(index.nearest(query, 100).map((hit) => hit.doc));
      found += best.filter(({ doc }) => got.has(doc)).length;
    }
    expect(found / (100 * queries.length)).toBeGreaterThanOrEqual(0.99);
  });

  it('gives cosines that differ from full precision by less than a hundredth', () => {
    const query = vectors[17] ?? new Float32Array(DIMENSION);
    const cosines = index.cosines(query);
    vectors.forEach((vector, doc) => {
      expect(Math.abs((cosines[doc] ?? 9) - dot(query, vector))).toBeLessThan(0.01);
    });
    expect(index.nearest(query, 1)[0]?.doc).toBe(17);
  });

  it('finds nothing for a question of which it knows no word', () => {
    expect(index.nearest(new Float32Array(DIMENSION), 10)).toEqual([]);
  });

  it('never finds a document without a known word', () => {
    const withEmpty = ExactVectorIndex.build([new Float32Array(DIMENSION), vectors[0] ?? new Float32Array(DIMENSION)], DIMENSION);
    expect(withEmpty.nearest(vectors[0] ?? new Float32Array(DIMENSION), 10).map((hit) => hit.doc)).toEqual([1]);
  });

  it('is the same when its parts are stored and taken up again', () => {
    const again = new ExactVectorIndex(
      { vectors: Int8Array.from(index.parts.vectors), scales: Float32Array.from(index.parts.scales) },
      DIMENSION,
    );
    const query = vectors[3] ?? new Float32Array(DIMENSION);
    expect(again.nearest(query, 50)).toEqual(index.nearest(query, 50));
  });

  it('refuses parts that do not fit together', () => {
    expect(() => new ExactVectorIndex({ vectors: new Int8Array(64), scales: new Float32Array(2) }, 64)).toThrow(RangeError);
    expect(() => new ExactVectorIndex({ vectors: new Int8Array(20), scales: new Float32Array(1) }, 20)).toThrow('multiple of 16');
  });

  it('without documents finds nothing', () => {
    expect(ExactVectorIndex.build([], DIMENSION).nearest(vectors[0] ?? new Float32Array(DIMENSION), 5)).toEqual([]);
  });
});
