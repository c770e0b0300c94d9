import { treeScore, type BoostedTrees } from '../boosted-trees.js';
import { RANKING_FEATURES, type RankingFeature } from '../ranking-features.js';
import type { SearchEngine } from '../search.js';
import { createRandom } from './random.js';
import type { LabelledQuestion } from './train-retrieval.js';
import type { RankingData, RankingGroup } from './lambda-mart.js';

/** Candidates of labelled questions, ready for the ranker to learn from or to be measured on. */
export interface CandidateSet {
  readonly features: Float32Array;
  readonly labels: Uint8Array;
  readonly groups: readonly (RankingGroup & { readonly gold: number; readonly kind: LabelledQuestion['kind'] })[];
}

/** How well questions find their provisions; each is a mean over questions. */
export interface RankingMeasures {
  readonly questions: number;
  /** Share of a question's right provisions among the first 10 and 100. */
  readonly 'R@10': number;
  readonly 'R@100': number;
  /** One divided by the place of the first right one, 0 beyond 10. */
  readonly 'MRR@10': number;
  /** Whether one of the first five is right. */
  readonly 'hit@5': number;
}

const WIDTH = RANKING_FEATURES.length;

/** Runs questions through a search and keeps what the ranker would look at. */
export function collectCandidates(search: SearchEngine, questions: readonly LabelledQuestion[]): CandidateSet {
  const features: Float32Array[] = [];
  const labels: number[] = [];
  const groups: CandidateSet['groups'][number][] = [];
  for (const { question, gold, kind } of questions) {
    const found = search.candidates(question);
    const first = labels.length;
    for (const id of found.ids) labels.push(gold.includes(id) ? 1 : 0);
    features.push(found.features);
    groups.push({ first, last: labels.length, gold: gold.length, kind });
  }
  return { features: joined(features), labels: Uint8Array.from(labels), groups };
}

/** Candidates that are kept for learning: all right ones, all that are near the top of a part, and one in so many of the rest. */
const KEPT = { rank: 50, share: 0.2 };

/** A lay question of the pack is tied to one provision, though others answer it too: the ranker would learn to put those last. */
const NOT_LEARNT: LabelledQuestion['kind'] = 'pack';

/** Several sets as one, thinned out for the ranker to learn from; the same for the same sets. */
export function rankingData(sets: readonly CandidateSet[]): RankingData {
  const random = createRandom(5);
  const column = (feature: RankingFeature): number => RANKING_FEATURES.indexOf(feature);
  const [textRank, denseRank] = [column('textRank'), column('denseRank')];
  const rows: Float32Array[] = [];
  const labels: number[] = [];
  const groups: RankingGroup[] = [];
  for (const set of sets) {
    for (const group of set.groups) {
      if (group.kind === NOT_LEARNT) continue;
      const first = labels.length;
      for (let row = group.first; row < group.last; row++) {
        const values = set.features.subarray(row * WIDTH, (row + 1) * WIDTH);
        const near = (values[textRank] as number) < KEPT.rank || (values[denseRank] as number) < KEPT.rank;
        const right = set.labels[row] === 1;
        if (!right && !near && random() >= KEPT.share) continue;
        rows.push(values);
        labels.push(right ? 1 : 0);
      }
      groups.push({ first, last: labels.length });
    }
  }
  return { features: RANKING_FEATURES, values: joined(rows), labels: Uint8Array.from(labels), groups };
}

/** Measures an order of candidates. @param score of the row that begins at `offset` of `features` */
export function measure(
  set: CandidateSet,
  score: (features: Float32Array, offset: number) => number,
  kinds: readonly LabelledQuestion['kind'][] = ['expert'],
): RankingMeasures {
  let [questions, ten, hundred, reciprocal, hit] = [0, 0, 0, 0, 0];
  for (const { first, last, gold, kind } of set.groups) {
    if (gold === 0 || !kinds.includes(kind)) continue;
    questions++;
    const order = Array.from({ length: last - first }, (_, index) => first + index)
      .map((row) => ({ right: set.labels[row] === 1, score: score(set.features, row * WIDTH) }))
      .sort((a, b) => b.score - a.score);
    ten += order.slice(0, 10).filter(({ right }) => right).length / gold;
    hundred += order.slice(0, 100).filter(({ right }) => right).length / gold;
    const best = order.findIndex(({ right }) => right);
    if (best !== -1 && best < 10) reciprocal += 1 / (best + 1);
    if (best !== -1 && best < 5) hit++;
  }
  const share = (sum: number): number => (questions === 0 ? 0 : sum / questions);
  return { questions, 'R@10': share(ten), 'R@100': share(hundred), 'MRR@10': share(reciprocal), 'hit@5': share(hit) };
}

/** Orders by the trained trees, or by weighted features. */
export function byTrees(trees: BoostedTrees): (features: Float32Array, offset: number) => number {
  return (features, offset) => treeScore(trees, features, offset);
}
export function byWeights(weights: Partial<Record<RankingFeature, number>>): (features: Float32Array, offset: number) => number {
  const columns = Object.entries(weights).map(
    ([feature, weight]) => [RANKING_FEATURES.indexOf(feature as RankingFeature), weight] as const,
  );
  return (features, offset) => columns.reduce((sum, [column, weight]) => sum + weight * (features[offset + column] as number), 0);
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
