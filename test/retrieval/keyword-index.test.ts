import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_KEYWORD_PARAMETERS, KeywordIndex, topK, type KeywordHit } from '../../src/retrieval/keyword-index.js';
import { createSegment, type Segment, type TermKind } from '../../src/retrieval/segment.js';
import { listTerms, type TermList } from '../../src/retrieval/terms.js';

let segment: Segment;
beforeAll(() => {
  segment = createSegment();
});

/** A part of a document as text. */
interface Part {
  readonly text: string;
  readonly weight: number;
}
const build = (documents: readonly (readonly Part[])[]): KeywordIndex =>
  KeywordIndex.build(documents.map((parts) => parts.map(({ text, weight }) => ({ terms: terms(text), weight }))));
const terms = (text: string): TermList => listTerms(text, segment);

/** mulberry32: the same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const WORDS =
  '工伤 认定 单位 职工 工资 拖欠 合同 解除 补偿 征收 房屋 土地 安置 仲裁 申请 时间 工作 事故 伤害 鉴定 等级 医疗 费用 保险 基金 加班 休假 试用期 劳动者 用人单位 12348 APP 的 在 和 应当'.split(
    ' ',
  );

/** Texts as a seeded dice throws them, common words more often than rare ones. */
function corpus(size: number, seed: number): Part[][] {
  const random = seeded(seed);
  const text = (words: number): string =>
    Array.from({ length: words }, () => WORDS[Math.floor(random() ** 2 * WORDS.length)]).join(random() < 0.5 ? '' : '，');
  return Array.from({ length: size }, () => [
    { text: text(2 + Math.floor(random() * 4)), weight: 1.5 },
    { text: text(5 + Math.floor(random() * 40)), weight: 1 },
  ]);
}

/** BM25F as the textbook has it, over the same terms, divided by the greatest sum the question can reach. */
function bruteForce(documents: readonly (readonly Part[])[], question: string): number[] {
  const { k1, b, kindWeights, maxDocumentShare } = DEFAULT_KEYWORD_PARAMETERS;
  const read = documents.map((fields) => {
    const frequency = new Map<string, number>();
    let length = 0;
    for (const { text, weight } of fields) {
      segment(text, (term, kind) => {
        frequency.set(term, (frequency.get(term) ?? 0) + weight);
        if (kind === 'char') length += weight;
      });
    }
    return { frequency, length };
  });
  const average = read.reduce((sum, { length }) => sum + length, 0) / read.length;
  const terms = new Map<string, TermKind>();
  segment(question, (term, kind) => terms.set(term, kind));
  const scores = documents.map(() => 0);
  let best = 0;
  for (const [term, kind] of terms) {
    const holding = read.filter(({ frequency }) => frequency.has(term)).length;
    if (documents.length > 20 && holding > documents.length * maxDocumentShare) continue;
    const weight = kindWeights[kind] * Math.log(1 + (documents.length - holding + 0.5) / (holding + 0.5));
    best += weight;
    for (const [doc, { frequency, length }] of read.entries()) {
      const tf = frequency.get(term) ?? 0;
      scores[doc] = (scores[doc] ?? 0) + (weight * tf) / (tf + k1 * (1 - b + (b * length) / average));
    }
  }
  return scores.map((score) => (best === 0 ? 0 : score / best));
}

/** Greatest error of a score: every share is rounded to one byte, and is at least one step. */
const STEP = 1 / 255;

describe('the keyword index', () => {
  const documents = corpus(150, 7);
  const random = seeded(11);
  const questions = Array.from({ length: 60 }, () =>
    Array.from({ length: 1 + Math.floor(random() * 6) }, () => WORDS[Math.floor(random() * WORDS.length)]).join(''),
  );
  let index: KeywordIndex;
  beforeAll(() => {
    index = build(documents);
  });

  it('scores as BM25F computed plainly does, within one per cent of the scale', () => {
    let compared = 0;
    for (const question of questions) {
      const expected = bruteForce(documents, question);
      const hits = index.search(terms(question), documents.length);
      expect(hits.map((hit) => hit.doc).sort((a, b) => a - b)).toEqual(expected.flatMap((score, doc) => (score > 0 ? [doc] : [])));
      for (const { doc, score } of hits) expect(Math.abs(score - (expected[doc] ?? 0))).toBeLessThan(STEP);
      compared += hits.length;
    }
    expect(compared).toBeGreaterThan(1000);
  });

  it('ranks as BM25F computed plainly does, but for differences smaller than the rounding', () => {
    for (const question of questions) {
      const expected = bruteForce(documents, question);
      const ranked = index.search(terms(question), documents.length).map((hit) => expected[hit.doc] ?? 0);
      ranked.forEach((score, place) => {
        if (place > 0) expect(score - (ranked[place - 1] ?? 0)).toBeLessThan(2 * STEP);
      });
    }
  });

  it('gives the first of all hits when fewer are asked for', () => {
    for (const question of questions)
      expect(index.search(terms(question), 5)).toEqual(index.search(terms(question), documents.length).slice(0, 5));
  });

  it('gives scores from 0 to 1', () => {
    const scores = questions.flatMap((question) => index.search(terms(question), 1000).map((hit) => hit.score));
    expect(Math.min(...scores)).toBeGreaterThan(0);
    expect(Math.max(...scores)).toBeLessThanOrEqual(1);
  });

  it('is the same when its parts are stored and taken up again', () => {
    const again = new KeywordIndex(index.parts, index.size);
    for (const question of questions) expect(again.search(terms(question), 20)).toEqual(index.search(terms(question), 20));
  });

  it('scores characters and longer terms apart, each from 0 to 1', () => {
    for (const question of questions) {
      const scores = index.scores(terms(question));
      const total = index.total(scores);
      const whole = scores.characterWeight + scores.wordWeight;
      for (let doc = 0; doc < documents.length; doc++) {
        const [characters = 0, words = 0] = [scores.characters[doc], scores.words[doc]];
        expect(Math.max(characters, words)).toBeLessThanOrEqual(1);
        if (whole > 0) expect(total[doc]).toBeCloseTo((characters * scores.characterWeight + words * scores.wordWeight) / whole, 5);
      }
    }
  });

  it('does not remember the question before', () => {
    const [first = '', second = ''] = questions;
    const before = index.search(terms(first), 10);
    index.search(terms(second), 10);
    expect(index.search(terms(first), 10)).toEqual(before);
  });

  it.each(['', '   ', '？！', '😀', 'Привет', '龘靐', 'xyzzy'])('finds nothing for %j', (question) => {
    expect(index.search(terms(question), 10)).toEqual([]);
  });
});

describe('a small index', () => {
  const search = (texts: readonly string[], question: string): KeywordHit[] =>
    build(texts.map((text) => [{ text, weight: 1 }])).search(terms(question), 10);

  it('puts equal documents in their order', () => {
    expect(search(['别的', '工伤认定', '工伤认定', '工伤认定'], '工伤').map((hit) => hit.doc)).toEqual([1, 2, 3]);
  });

  it('gives less for a question with words that it does not know', () => {
    const [known] = search(['工伤认定', '工资'], '工伤认定');
    const [partly] = search(['工伤认定', '工资'], '工伤认定龘靐');
    expect(partly?.doc).toBe(0);
    expect(partly?.score).toBeLessThan(known?.score ?? 0);
  });

  it('counts a field as often as its weight says', () => {
    const index = build([
      [
        { text: '工伤', weight: 1 },
        { text: '别的事情', weight: 3 },
      ],
      [
        { text: '工伤', weight: 3 },
        { text: '别的事情', weight: 1 },
      ],
    ]);
    expect(index.search(terms('工伤'), 2).map((hit) => hit.doc)).toEqual([1, 0]);
  });

  it('without documents finds nothing', () => {
    expect([build([]).size, search([], '工伤')]).toEqual([0, []]);
  });

  it('does not take a rare character for another word', () => {
    expect(search(['𠮷', '甲', '乙'], '甲').map((hit) => hit.doc)).toEqual([1]);
  });
});

describe('the greatest k scores', () => {
  const sorted = (scores: Float32Array, limit: number): KeywordHit[] =>
    Array.from(scores, (score, doc) => ({ doc, score }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || a.doc - b.doc)
      .slice(0, limit);

  it('are those that sorting all would give, ties by number', () => {
    const random = seeded(3);
    for (let round = 0; round < 300; round++) {
      const scores = Float32Array.from({ length: Math.floor(random() * 40) }, () => Math.floor(random() * 8) / 4);
      const limit = 1 + Math.floor(random() * 20);
      expect(topK(scores, limit)).toEqual(sorted(scores, limit));
    }
  });

  it('are none when none is asked for', () => {
    expect(topK(Float32Array.from([0.5, 1]), 0)).toEqual([]);
  });
});
