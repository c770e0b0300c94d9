import type { BoostedTrees } from '../boosted-trees.js';
import { byTrees, byWeights, collectCandidates, measure, rankingData, type CandidateSet, type RankingMeasures } from './evaluate.js';
import { trainLambdaMart } from './lambda-mart.js';
import { RECIPE } from './recipe.js';
import { RetrievalTraining } from './train-retrieval.js';

/** Orders that are compared on every fold; each adds a part to the one before. */
export const SYSTEMS = {
  keyword: { text: 1 },
  dense: { dense: 1 },
  fusion: { text: 1, dense: 1.5 },
  learned: { text: 1, dense: 1.5, learnedPool: 0.3, learnedDense: 0.3, askPool: 0.3, askDense: 0.3 },
} as const;
export type SystemName = keyof typeof SYSTEMS | 'ranker';

export interface FoldReport {
  readonly fold: number;
  readonly systems: Readonly<Record<SystemName, RankingMeasures>>;
}

/** Whether a name is held out with its fold: every expert question, and of the ways of asking one in `heldAskShare`. */
function heldIn(training: RetrievalTraining, folds: readonly number[], count: number): (name: string) => boolean {
  return (name) => {
    if (!folds.includes(RetrievalTraining.foldOf(name, count))) return false;
    return training.isExpert(name) || RetrievalTraining.foldOf(`${name}#`, RECIPE.heldAskShare) === 0;
  };
}

/** Trains with some folds held out and gives what the ranker would see for one of them. */
async function foldCandidates(
  training: RetrievalTraining,
  held: readonly number[],
  wanted: readonly number[],
  count: number,
): Promise<CandidateSet[]> {
  const isHeld = heldIn(training, held, count);
  const model = await training.course(isHeld);
  const search = training.search(model, isHeld);
  return wanted.map((fold) => {
    const isWanted = heldIn(training, [fold], count);
    return collectCandidates(search, training.labelled(isWanted));
  });
}

/**
 * The ranker, taught on candidates that models gave which had not seen the question: each fold by a model trained on the
 * others.
 */
export async function trainRanker(
  training: RetrievalTraining,
  count: number,
  onProgress: (done: number, all: number) => void,
): Promise<{ ranker: BoostedTrees; folds: CandidateSet[] }> {
  const folds: CandidateSet[] = [];
  for (let fold = 0; fold < count; fold++) {
    folds.push(...(await foldCandidates(training, [fold], [fold], count)));
    onProgress(fold + 1, count);
  }
  return { ranker: trainLambdaMart(rankingData(folds)), folds };
}

/**
 * Nested cross-validation: the questions of a fold are ordered by a model that saw none of them, with a ranker taught on
 * candidates from models that saw none of them either (each trained without this fold and without the one it gives
 * candidates for). Measured on the whole ranker over all candidates, where the product lets most trees look at the best
 * alone (`rank` in search.ts).
 */
export async function crossValidate(
  training: RetrievalTraining,
  count: number,
  onProgress: (done: number, all: number) => void,
): Promise<FoldReport[]> {
  const courses = count + (count * (count - 1)) / 2;
  let done = 0;
  const inner: CandidateSet[][] = Array.from({ length: count }, () => []);
  for (let fold = 0; fold < count; fold++) {
    for (let other = fold + 1; other < count; other++) {
      const [ofFold, ofOther] = await foldCandidates(training, [fold, other], [fold, other], count);
      // the ranker for `fold` learns from `other`'s questions, and the other way round
      inner[fold]?.push(ofOther as CandidateSet);
      inner[other]?.push(ofFold as CandidateSet);
      onProgress(++done, courses);
    }
  }
  const reports: FoldReport[] = [];
  for (let fold = 0; fold < count; fold++) {
    const [outer] = await foldCandidates(training, [fold], [fold], count);
    const ranker = trainLambdaMart(rankingData(inner[fold] ?? []));
    reports.push({ fold, systems: measureSystems(outer as CandidateSet, ranker) });
    onProgress(++done, courses);
  }
  return reports;
}

/** Every system on one set of candidates. */
export function measureSystems(set: CandidateSet, ranker: BoostedTrees): Record<SystemName, RankingMeasures> {
  const entries = Object.entries(SYSTEMS).map(([name, weights]) => [name, measure(set, byWeights(weights))] as const);
  return { ...Object.fromEntries(entries), ranker: measure(set, byTrees(ranker)) } as Record<SystemName, RankingMeasures>;
}

/** Mean over folds, each fold weighing as many as it has questions. */
export function meanOfFolds(reports: readonly FoldReport[], system: SystemName): RankingMeasures {
  const all = reports.map(({ systems }) => systems[system]);
  const questions = all.reduce((sum, one) => sum + one.questions, 0);
  const mean = (key: keyof RankingMeasures): number => all.reduce((sum, one) => sum + one[key] * one.questions, 0) / Math.max(1, questions);
  return { questions, 'R@10': mean('R@10'), 'R@100': mean('R@100'), 'MRR@10': mean('MRR@10'), 'hit@5': mean('hit@5') };
}
