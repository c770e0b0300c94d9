import { CONFIDENCE_FEATURES, confidenceOf, type ConfidenceFeatures, type ConfidenceModel } from '../src/consultation/confidence.js';
import { buildConsultation } from '../src/consultation/build-consultation.js';
import type { Knowledge } from '../src/consultation/ports.js';
import { NEW_CONSULTATION } from '../src/consultation/continue-consultation.js';
import { provisionKey } from '../src/domain/law.js';
import type { OfficialLaw } from '../src/knowledge/library.js';
import { goldKeys, type ConsultCase } from './cases.js';
import { auroc, mean } from './measures.js';

const FOLDS = 5;
/** What a wrong answer costs, with a needless ticket (a lawyer's time, a person's wait) as the unit. */
const WRONG_ANSWER_COST = 1.25;
/** Strength of the penalty on squared weights; 0.1 had a lower log loss than 1 in repeated cross-validation. */
const L2 = 0.1;
const STEPS = 3000;
const RATE = 0.05;

interface Example {
  readonly features: ConfidenceFeatures;
  /** The question is one to answer, and what would be cited holds a gold provision. */
  readonly settled: boolean;
}

/**
 * Fits the confidence model on the cases that get as far as its decision (triage and clarifying questions come
 * first), with everything answered, and measures it by cross-validation, folds by case. The label is whether the
 * cited provisions settle the question: behaviour "answer" and at least one gold citation.
 * The threshold follows from what mistakes cost: with p the probability that the answer is right, answering costs
 * (1 - p) · WRONG_ANSWER_COST, a ticket that was not needed costs p.
 */
export function fitConfidence(
  pack: Knowledge,
  official: readonly OfficialLaw[],
  cases: readonly ConsultCase[],
  day: string,
  trainedOn: string,
): ConfidenceModel {
  const examples = collect(pack, official, cases, day);
  const held: { score: number; example: Example }[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = fit(examples.filter((_, index) => index % FOLDS !== fold));
    for (const [index, example] of examples.entries()) {
      if (index % FOLDS === fold) held.push({ score: confidenceOf(example.features, model), example });
    }
  }
  const threshold = WRONG_ANSWER_COST / (1 + WRONG_ANSWER_COST);
  const ranked = [...held].sort((a, b) => b.score - a.score);
  const risk = (coverage: number): number =>
    mean(ranked.slice(0, Math.max(1, Math.round(ranked.length * coverage))).map(({ example }) => (example.settled ? 0 : 1)));
  const round = (value: number): number => Number(value.toFixed(4));
  const { intercept, weights } = fit(examples);
  return {
    version: 1,
    trainedOn,
    cases: examples.length,
    intercept: round(intercept),
    weights: Object.fromEntries(CONFIDENCE_FEATURES.map((name) => [name, round(weights[name])])) as ConfidenceModel['weights'],
    threshold: round(threshold),
    crossValidated: {
      folds: FOLDS,
      auroc: round(auroc(held.map(({ score, example }) => ({ score, positive: example.settled })))),
      logLoss: round(mean(held.map(({ score, example }) => -Math.log(Math.max(1e-9, example.settled ? score : 1 - score))))),
      accuracyAtThreshold: round(mean(held.map(({ score, example }) => (score >= threshold === example.settled ? 1 : 0)))),
      riskAtCoverage: { '0.5': round(risk(0.5)), '0.7': round(risk(0.7)), '0.9': round(risk(0.9)) },
    },
  };
}

const ANSWER_ALL: ConfidenceModel = {
  version: 1,
  trainedOn: 'nothing: answers all',
  cases: 0,
  intercept: 0,
  weights: Object.fromEntries(CONFIDENCE_FEATURES.map((name) => [name, 0])) as ConfidenceModel['weights'],
  threshold: 0,
  crossValidated: { folds: FOLDS, auroc: 0, logLoss: 0, accuracyAtThreshold: 0, riskAtCoverage: {} },
};

function collect(pack: Knowledge, official: readonly OfficialLaw[], cases: readonly ConsultCase[], day: string): Example[] {
  const { consult } = buildConsultation(pack, official, { confidence: ANSWER_ALL });
  return cases.flatMap((example): Example[] => {
    const { answer, trace } = consult(example.question, NEW_CONSULTATION, day);
    if (answer.kind !== 'cited' || trace.features === null) return [];
    const gold = goldKeys(example);
    const answerable = example.behaviour === 'answer';
    return [
      {
        features: trace.features,
        settled: answerable && answer.citations.some((citation) => gold.has(provisionKey(citation))),
      },
    ];
  });
}

/** Logistic regression by gradient descent with an L2 penalty; deterministic. */
function fit(examples: readonly Example[]): { intercept: number; weights: Record<(typeof CONFIDENCE_FEATURES)[number], number> } {
  const model = {
    intercept: 0,
    weights: Object.fromEntries(CONFIDENCE_FEATURES.map((name) => [name, 0])) as Record<(typeof CONFIDENCE_FEATURES)[number], number>,
  };
  for (let step = 0; step < STEPS; step++) {
    let bias = 0;
    const slope = Object.fromEntries(
      CONFIDENCE_FEATURES.map((name) => [name, (L2 / examples.length) * model.weights[name]]),
    ) as typeof model.weights;
    for (const { features, settled } of examples) {
      const error = (confidenceOf(features, model) - (settled ? 1 : 0)) / examples.length;
      bias += error;
      for (const name of CONFIDENCE_FEATURES) slope[name] += error * features[name];
    }
    model.intercept -= RATE * 10 * bias;
    for (const name of CONFIDENCE_FEATURES) model.weights[name] -= RATE * 10 * slope[name];
  }
  return model;
}
