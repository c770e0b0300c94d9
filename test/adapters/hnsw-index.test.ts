import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHnswIndex, writeHnswIndex } from '../../src/adapters/vectors/hnsw-file.js';
import { buildHnswIndex, type HnswIndex } from '../../src/adapters/vectors/hnsw-index.js';
import type { KeywordHit } from '../../src/retrieval/keyword-index.js';
import { createRandom } from '../../src/retrieval/training/random.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const DIMENSION = 48;
const SIZE = 4000;
const folder = temporaryFolder();
let files = 0;
const newFile = (): string => join(folder, String(files++), 'provisions.hnsw');

/** Unit vectors around 80 centres, some clusters much larger than others, as laws are; equal seeds, equal vectors. */
function clustered(size: number, seed: number): Float32Array {
  const centre = createRandom(1);
  const centres = Float32Array.from({ length: 80 * DIMENSION }, () => centre() - 0.5);
  const random = createRandom(seed);
  const vectors = new Float32Array(size * DIMENSION);
  for (let doc = 0; doc < size; doc++) {
    const cluster = Math.floor(80 * random() ** 2);
    let square = 0;
    for (let at = 0; at < DIMENSION; at++) {
      const value = (centres[cluster * DIMENSION + at] as number) + 0.7 * (random() - 0.5);
      vectors[doc * DIMENSION + at] = value;
      square += value * value;
    }
    for (let at = 0; at < DIMENSION; at++) {
      vectors[doc * DIMENSION + at] = (vectors[doc * DIMENSION + at] as number) / Math.sqrt(square);
    }
  }
  return vectors;
}

const row = (vectors: Float32Array, doc: number): Float32Array => vectors.subarray(doc * DIMENSION, (doc + 1) * DIMENSION);

function bruteForce(vectors: Float32Array, query: Float32Array, limit: number): KeywordHit[] {
  return Array.from({ length: vectors.length / DIMENSION }, (_, doc) => ({
    doc,
    score: row(vectors, doc).reduce((sum, value, at) => sum + value * (query[at] as number), 0),
  }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.doc - b.doc)
    .slice(0, limit);
}

/** Share of the true nearest that the index finds, over 40 queries that are no documents. */
function recallAt(limit: number, index: HnswIndex): number {
  const queries = clustered(40, 99);
  let found = 0;
  let all = 0;
  for (let at = 0; at < 40; at++) {
    const query = row(queries, at);
    const docs = new Set(index.nearest(query, limit).map(({ doc }) => doc));
    const truth = bruteForce(documents, query, limit);
    found += truth.filter(({ doc }) => docs.has(doc)).length;
    all += truth.length;
  }
  return found / all;
}

const documents = clustered(SIZE, 7);
const index = buildHnswIndex(documents, DIMENSION);
const query = row(clustered(1, 5), 0);
const IDENTITY = 'model a1 · 256 · corpus b2';
const EXPECTED = { identity: IDENTITY, size: SIZE, dimension: DIMENSION };

function written(what: HnswIndex = index): string {
  const file = newFile();
  writeHnswIndex(what, file, IDENTITY);
  return file;
}

describe('a graph index', () => {
  it('finds at least 99 of the 100 documents that a full scan finds', () => {
    expect(recallAt(100, index)).toBeGreaterThanOrEqual(0.99);
    expect(recallAt(10, index)).toBeGreaterThanOrEqual(0.99);
  });

  it('would be seen to miss some: a graph that is too thin falls below that', () => {
    expect(recallAt(10, buildHnswIndex(documents, DIMENSION, { m: 2, efConstruction: 2, efSearch: 10 }))).toBeLessThan(0.99);
  });

  it('gives the cosine as score, best first', () => {
    const hits = index.nearest(query, 20);
    const truth = bruteForce(documents, query, 20);
    expect(hits.map(({ doc }) => doc)).toEqual(truth.map(({ doc }) => doc));
    hits.forEach(({ score }, at) => expect(score).toBeCloseTo(truth[at]?.score ?? NaN, 5));
    expect(index.nearest(row(documents, 17), 1)[0]).toEqual({ doc: 17, score: expect.closeTo(1, 5) as number });
  });

  it('scores the direction of a query, not its length', () => {
    const scores = (hits: readonly KeywordHit[]): string[] => hits.map(({ doc, score }) => `${String(doc)} ${score.toFixed(5)}`);
    expect(
      scores(
        index.nearest(
          query.map((value) => value * 40),
          5,
        ),
      ),
    ).toEqual(scores(index.nearest(query, 5)));
  });

  it('finds nothing for zeros, for what is no number, and for no hits wanted', () => {
    expect(index.nearest(new Float32Array(DIMENSION), 10)).toEqual([]);
    expect(index.nearest(new Float32Array(DIMENSION).fill(NaN), 10)).toEqual([]);
    for (const limit of [0, -1, NaN]) expect(index.nearest(query, limit)).toEqual([]);
  });

  it('gives every document with cosine above 0 once where more are asked for than there are', () => {
    const few = buildHnswIndex(documents.subarray(0, 50 * DIMENSION), DIMENSION);
    for (const limit of [50, 1000, Infinity]) {
      expect(few.nearest(query, limit).map(({ doc }) => doc)).toEqual(
        bruteForce(documents.subarray(0, 50 * DIMENSION), query, 50).map(({ doc }) => doc),
      );
    }
  });

  it('puts equal documents in the order of their numbers', () => {
    const twins = Float32Array.from({ length: 6 * DIMENSION }, (_, at) => row(documents, 3)[at % DIMENSION] as number);
    const found = buildHnswIndex(twins, DIMENSION).nearest(row(documents, 3), 6);
    expect(found.map(({ doc }) => doc)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('never finds a document without a known word, and keeps the numbers of the others', () => {
    const gaps = documents.slice(0, 10 * DIMENSION);
    for (const doc of [0, 4]) row(gaps, doc).fill(0);
    const sparse = buildHnswIndex(gaps, DIMENSION);
    expect([sparse.size, sparse.points]).toEqual([10, 8]);
    expect(sparse.nearest(row(documents, 5), 10).map(({ doc }) => doc)).toEqual(
      bruteForce(gaps, row(documents, 5), 10).map(({ doc }) => doc),
    );
    expect(sparse.nearest(row(documents, 9), 1)[0]?.doc).toBe(9);
  });

  it('works empty', () => {
    for (const empty of [buildHnswIndex(new Float32Array(0), DIMENSION), buildHnswIndex(new Float32Array(3 * DIMENSION), DIMENSION)]) {
      expect(empty.nearest(query, 10)).toEqual([]);
      const file = written(empty);
      expect(readHnswIndex(file, { ...EXPECTED, size: empty.size }).nearest(query, 10)).toEqual([]);
    }
  });

  it('refuses vectors and queries of another length, and vectors with no number in them', () => {
    expect(() => buildHnswIndex(new Float32Array(DIMENSION + 1), DIMENSION)).toThrow(RangeError);
    expect(() => index.nearest(new Float32Array(DIMENSION - 1), 10)).toThrow(RangeError);
    const broken = documents.slice(0, 3 * DIMENSION);
    broken[DIMENSION + 2] = NaN;
    expect(() => buildHnswIndex(broken, DIMENSION)).toThrow(expect.objectContaining({ code: 'bad-knowledge' }) as Error);
  });

  it('says how to mend it where the native module is not built', () => {
    const loadNative = (): never => {
      throw new Error('Could not locate the bindings file');
    };
    const unavailable = expect.objectContaining({
      code: 'unavailable',
      message: expect.stringContaining('npm rebuild hnswlib-node') as string,
    }) as Error;
    expect(() => buildHnswIndex(documents, DIMENSION, { loadNative })).toThrow(unavailable);
    expect(() => readHnswIndex(written(), EXPECTED, loadNative)).toThrow(unavailable);
    expect(buildHnswIndex(new Float32Array(0), DIMENSION, { loadNative }).size).toBe(0);
  });

  it('says how far it is', () => {
    const done: number[] = [];
    buildHnswIndex(documents, DIMENSION, { m: 4, efConstruction: 8, onProgress: (count) => done.push(count) });
    expect(done).toEqual([2000, 4000]);
  });
});

describe('a stored graph index', () => {
  it('finds the same after it was written and read', () => {
    const read = readHnswIndex(written(), EXPECTED);
    expect(read).toMatchObject({ size: SIZE, dimension: DIMENSION, parameters: index.parameters });
    for (let at = 0; at < 20; at++) {
      const asked = row(clustered(20, 3), at);
      expect(read.nearest(asked, 100)).toEqual(index.nearest(asked, 100));
    }
  });

  it('replaces what was there, and leaves nothing half-written beside it', () => {
    const file = written();
    writeHnswIndex(buildHnswIndex(documents.subarray(0, 60 * DIMENSION), DIMENSION), file, 'newer');
    expect(readHnswIndex(file, { identity: 'newer', size: 60, dimension: DIMENSION }).nearest(query, 100).length).toBeGreaterThan(0);
    expect(readdirSync(join(file, '..')).sort()).toEqual(['provisions.hnsw', 'provisions.hnsw.json']);
  });

  it('leaves the old one in place where the new one cannot be written', () => {
    const file = written();
    const unavailable = expect.objectContaining({ code: 'unavailable', message: expect.stringContaining('怎么改') as string }) as Error;
    mkdirSync(`${file}.new`);
    expect(() => writeHnswIndex(index, file, 'newer')).toThrow(unavailable);
    expect(readHnswIndex(file, EXPECTED).points).toBe(SIZE);
    expect(() => writeHnswIndex(index, join(file, 'below-a-file.hnsw'), IDENTITY)).toThrow(unavailable);
  });

  const refused = (why: RegExp): Error =>
    expect.objectContaining({
      code: 'bad-knowledge',
      message: expect.stringMatching(new RegExp(`${why.source}.*怎么改：重新建索引`)) as string,
    }) as Error;

  it.each([
    ['identity', { ...EXPECTED, identity: 'model a2 · 256 · corpus b2' }],
    ['size', { ...EXPECTED, size: SIZE + 1 }],
    ['dimension', { ...EXPECTED, dimension: DIMENSION / 2 }],
  ])('is refused under another %s', (_, expected) => {
    expect(() => readHnswIndex(written(), expected)).toThrow(refused(/另一个模型/));
  });

  it('is refused where one of the two files is missing', () => {
    const [first, second] = [written(), written()];
    rmSync(first);
    rmSync(`${second}.json`);
    expect(() => readHnswIndex(first, EXPECTED)).toThrow(refused(/不在/));
    expect(() => readHnswIndex(second, EXPECTED)).toThrow(refused(/缺说明文件/));
    expect(existsSync(second)).toBe(true);
  });

  it('is refused at any length but its own', () => {
    const whole = readFileSync(written());
    for (const length of [0, 1, 95, 96, 1000, whole.length >> 1, whole.length - 4, whole.length - 1]) {
      const file = written();
      truncateSync(file, length);
      expect(() => readHnswIndex(file, EXPECTED), String(length)).toThrow(refused(/不完整/));
    }
    const longer = written();
    writeFileSync(longer, 'x', { flag: 'a' });
    expect(() => readHnswIndex(longer, EXPECTED)).toThrow(refused(/不完整/));
  });

  it('is refused for one flipped bit wherever it is: header, links, numbers, labels, upper layers', () => {
    const file = written();
    const whole = readFileSync(file);
    const random = createRandom(11);
    const places = [0, 8, 16, 24, 40, 48, 52, 60, 95, 96, 100, whole.length - 1];
    for (let more = 0; more < 60; more++) places.push(Math.floor(random() * whole.length));
    for (const place of places) {
      const damaged = Buffer.from(whole);
      damaged[place] = (damaged[place] as number) ^ (1 << Math.floor(random() * 8));
      writeFileSync(file, damaged);
      expect(() => readHnswIndex(file, EXPECTED), String(place)).toThrow(refused(/校验和/));
    }
    writeFileSync(file, whole);
    expect(readHnswIndex(file, EXPECTED).points).toBe(SIZE);
  });

  it('never gives another result for a flipped bit of the manifest', () => {
    const file = written(buildHnswIndex(documents.subarray(0, 40 * DIMENSION), DIMENSION));
    const expected = { ...EXPECTED, size: 40 };
    const whole = readFileSync(`${file}.json`);
    const before = readHnswIndex(file, expected).nearest(query, 40);
    let refusals = 0;
    for (let bit = 0; bit < 8 * whole.length; bit += 5) {
      const damaged = Buffer.from(whole);
      damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7));
      writeFileSync(`${file}.json`, damaged);
      try {
        const read = readHnswIndex(file, expected);
        // a blank turned into another blank
        expect(read.nearest(query, 40)).toEqual(before);
        expect(read.parameters).toEqual(index.parameters);
      } catch (error) {
        expect(error).toMatchObject({ code: 'bad-knowledge' });
        refusals++;
      }
    }
    expect(refusals).toBeGreaterThan(1.4 * whole.length);
  });

  it('is refused where file and manifest are whole but of two indexes, as after a crash between the two', () => {
    const [mine, other] = [written(), written(buildHnswIndex(clustered(SIZE, 8), DIMENSION))];
    writeFileSync(mine, readFileSync(other));
    expect(() => readHnswIndex(mine, EXPECTED)).toThrow(refused(/不完整|校验和/));
  });
});
