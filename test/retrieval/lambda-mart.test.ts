import { describe, expect, it } from 'vitest';
import { MOST_ROWS, createTreeScorer, treeScore } from '../../src/retrieval/boosted-trees.js';
import { DEFAULT_LAMBDA_MART, trainLambdaMart, type RankingData } from '../../src/retrieval/training/lambda-mart.js';
import { createRandom } from '../../src/retrieval/training/random.js';

const OPTIONS = { ...DEFAULT_LAMBDA_MART, trees: 30, minLeaf: 5, featureShare: 1 };

/**
 * Questions of twenty candidates. What is right has both features high: neither tells alone, so weights on one feature
 * cannot do it. The third feature is noise.
 */
function exclusiveOr(questions: number, seed: number): RankingData {
  const random = createRandom(seed);
  const values: number[] = [];
  const labels: number[] = [];
  const groups = Array.from({ length: questions }, (_, question) => {
    for (let candidate = 0; candidate < 20; candidate++) {
      const right = candidate < 2;
      const [a, b] = right
        ? [0.6 + 0.4 * random(), 0.6 + 0.4 * random()]
        : candidate % 2 === 0
          ? [random(), 0.5 * random()]
          : [0.5 * random(), random()];
      values.push(a, b, random());
      labels.push(right ? 1 : 0);
    }
    return { first: 20 * question, last: 20 * (question + 1) };
  });
  return { features: ['a', 'b', 'noise'], values: Float32Array.from(values), labels: Uint8Array.from(labels), groups };
}

/** Share of questions whose first candidate is right. */
function firstRight(data: RankingData, score: (row: number) => number): number {
  const right = data.groups.filter(({ first, last }) => {
    let best = first;
    for (let row = first; row < last; row++) if (score(row) > score(best)) best = row;
    return data.labels[best] === 1;
  });
  return right.length / data.groups.length;
}

describe('the ranker’s training', () => {
  const trees = trainLambdaMart(exclusiveOr(200, 1), OPTIONS);
  const fresh = exclusiveOr(200, 2);

  it('orders questions it has not seen, where no single feature could', () => {
    const learned = firstRight(fresh, (row) => treeScore(trees, fresh.values, row * 3));
    const single = Math.max(...[0, 1, 2].map((feature) => firstRight(fresh, (row) => fresh.values[row * 3 + feature] ?? 0)));
    expect(learned).toBeGreaterThan(0.97);
    expect(single).toBeLessThan(0.9);
  });

  it('is scored by the kernel as by plain arithmetic, all trees at once and in parts', () => {
    const scorer = createTreeScorer(trees);
    scorer.take(fresh.values);
    expect(scorer.trees).toBe(30);
    for (let row = 0; row < fresh.labels.length; row++) {
      const expected = treeScore(trees, fresh.values, row * 3);
      expect(scorer.sum(row, 0, 30)).toBeCloseTo(expected, 5);
      expect(scorer.sum(row, 0, 7) + scorer.sum(row, 7, 30)).toBeCloseTo(expected, 5);
    }
    expect(() => {
      scorer.take(new Float32Array(3 * MOST_ROWS + 1));
    }).toThrow(RangeError);
  });

  it('gives the same trees for the same data', () => {
    expect(trainLambdaMart(exclusiveOr(200, 1), OPTIONS)).toEqual(trees);
  });

  it('grows no more trees and leaves than told', () => {
    expect(trees.roots).toHaveLength(30);
    expect(trees.feature.filter((feature) => feature < 0).length).toBeLessThanOrEqual(30 * OPTIONS.leaves);
  });

  it('learns nothing from questions without a right or without a wrong candidate', () => {
    const blank = { ...exclusiveOr(20, 3), labels: new Uint8Array(400) };
    const full = { ...exclusiveOr(20, 3), labels: new Uint8Array(400).fill(1) };
    for (const data of [blank, full]) {
      const learned = trainLambdaMart(data, OPTIONS);
      for (let row = 0; row < 400; row++) expect(treeScore(learned, data.values, row * 3)).toBe(0);
    }
  });
});
