import { z } from 'zod';
import type { MatterHit } from '../retrieval/matter-search.js';
import type { SearchHit } from '../retrieval/search.js';
import type { TriageSignals } from './triage.js';

/** Features of the confidence model, in the order of its weights. All are between 0 and about 1. */
export const CONFIDENCE_FEATURES = [
  'topScore',
  'topText',
  'topQuestion',
  'topDense',
  'topDenseQuestion',
  'margin',
  'agreement',
  'topMatter',
  'matterMargin',
  'strong',
  'otherTopics',
  'outOfScope',
  'length',
  'asksAmount',
  'otherRegion',
] as const;
export type ConfidenceFeatures = Readonly<Record<(typeof CONFIDENCE_FEATURES)[number], number>>;

/**
 * Describes a question and what was found for it.
 * @param hits best first
 * @param matters best first
 */
export function confidenceFeatures(
  question: string,
  hits: readonly SearchHit[],
  matters: readonly MatterHit[],
  signals: TriageSignals,
): ConfidenceFeatures {
  const [first, second] = hits;
  const top = (value: (hit: SearchHit) => number): number => Math.max(0, ...hits.slice(0, 5).map(value));
  const both = hits.slice(0, 5).filter((hit) => hit.textScore > 0 && hit.questionScore > 0).length;
  return {
    topScore: first?.score ?? 0,
    topText: top((hit) => hit.textScore),
    topQuestion: top((hit) => hit.questionScore),
    topDense: top((hit) => hit.denseScore),
    topDenseQuestion: top((hit) => hit.denseQuestionScore),
    margin: first ? Math.min(1, (first.score - (second?.score ?? 0)) / Math.max(first.score, 1e-9)) : 0,
    agreement: both / 5,
    topMatter: matters[0]?.score ?? 0,
    matterMargin: (matters[0]?.score ?? 0) - (matters[1]?.score ?? 0),
    strong: Math.min(3, signals.strong) / 3,
    otherTopics: Math.min(2, signals.otherTopics) / 2,
    outOfScope: Math.min(2, signals.outOfScope) / 2,
    length: Math.min(1, Array.from(question).length / 100),
    asksAmount: signals.asksAmount ? 1 : 0,
    otherRegion: signals.otherRegion ? 1 : 0,
  };
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
