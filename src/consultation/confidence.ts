import { z } from 'zod';
import type { MatterHit } from '../retrieval/matter-search.js';
import type { RatedCandidate } from './citation-model.js';
import type { SearchHit } from '../retrieval/search.js';
import type { TriageSignals } from './triage.js';

/**
 * Features of the confidence model, in the order of its weights. More were tried (scores of the parts, margins, agreement
 * of the indexes, region, amounts); with about a hundred labelled questions these predict best on questions held out.
 */
export const CONFIDENCE_FEATURES = [
  'nearness',
  'topMatter',
  'strong',
  'outOfScope',
  'length',
  'bestCitation',
  'expectedCitations',
  'unheard',
] as const;
export type ConfidenceFeatures = Readonly<Record<(typeof CONFIDENCE_FEATURES)[number], number>>;

/**
 * Describes a question and what was found for it; values from 0 to about 1.
 * @param hits best first
 * @param matters best first
 * @param rated provisions that may be cited, best first
 */
export function confidenceFeatures(
  question: string,
  hits: readonly SearchHit[],
  matters: readonly MatterHit[],
  rated: readonly RatedCandidate[],
  signals: TriageSignals,
): ConfidenceFeatures {
  return {
    nearness: Math.max(0, ...hits.slice(0, NEARNESS_DEPTH).map(nearness)),
    topMatter: matters[0]?.score ?? 0,
    strong: Math.min(3, signals.strong) / 3,
    outOfScope: Math.min(2, signals.outOfScope) / 2,
    length: Math.min(1, Array.from(question).length / 100),
    bestCitation: rated[0]?.probability ?? 0,
    unheard: Number(signals.strong === 0),
    expectedCitations: rated.slice(0, 4).reduce((sum, { probability }) => sum + probability, 0) / 4,
  };
}

/** How many of the best hits are looked at: the ranker's order is right, but its scores of two questions do not compare. */
const NEARNESS_DEPTH = 20;

/** How near a provision and the ways of asking for it are to the question, in words and in meaning: 0 to 3.5. */
function nearness({ textScore, questionScore, denseScore, denseQuestionScore }: SearchHit): number {
  return textScore + 0.5 * questionScore + 1.5 * denseScore + 0.5 * denseQuestionScore;
}

/** Logistic model with its threshold and how it was measured (`knowledge/model/confidence.json`). */
export const confidenceModelSchema = z.strictObject({
  version: z.literal(1),
  trainedOn: z.string(),
  cases: z.number().int(),
  intercept: z.number(),
  weights: z.record(z.enum(CONFIDENCE_FEATURES), z.number()),
  /** Answer from this probability on; below it, hand off. */
  threshold: z.number().min(0).max(1),
  /** Measured by cross-validation, not on the data of the fit. */
  crossValidated: z.strictObject({
    folds: z.number().int(),
    auroc: z.number(),
    logLoss: z.number(),
    accuracyAtThreshold: z.number(),
    riskAtCoverage: z.record(z.string(), z.number()),
  }),
});
export type ConfidenceModel = z.infer<typeof confidenceModelSchema>;

/** Probability, 0 to 1, that the question is one that the cited provisions settle. */
export function confidenceOf(features: ConfidenceFeatures, model: Pick<ConfidenceModel, 'intercept' | 'weights'>): number {
  let sum = model.intercept;
  for (const name of CONFIDENCE_FEATURES) sum += model.weights[name] * features[name];
  return 1 / (1 + Math.exp(-sum));
}
