import { CITATION_FEATURES, type CitationFeature, type CitationModel } from '../src/consultation/citation-model.js';
import { CONFIDENCE_FEATURES, type ConfidenceFeatures, type ConfidenceModel } from '../src/consultation/confidence.js';
import type { Consult } from '../src/consultation/consult.js';
import { NEW_CONSULTATION } from '../src/consultation/continue-consultation.js';
import { provisionKey } from '../src/domain/law.js';
import type { Library } from '../src/knowledge/library.js';
import { reportAnswers, runAnswerCases, type AnswerCaseResult, type AnswersReport } from './answers.js';
import { goldKeys, type ConsultCase } from './cases.js';
import { fitLogistic } from './logistic.js';
import { auroc, mean } from './measures.js';

export const FOLDS = 5;
const INNER_FOLDS = 4;
/** Penalties on the squared weights; chosen by repeated cross-validation. */
const CITATION_L2 = 10;
const CONFIDENCE_L2 = 1;
/** A provision is cited from this probability on: somewhat more is found than is needed, which an answer can bear. */
const CITATION_THRESHOLD = 0.17;
const MAX_CITATIONS = 6;
/**
 * What an answer without a gold provision costs, with a needless ticket (a lawyer's time, a person's wait) as the unit. Less
 * than one: gold is what one reader would cite, and a good part of what counts as wrong here cites other law that is right.
 */
const WRONG_ANSWER_COST = 0.5;

/** The two models that are fitted on labelled questions. */
export interface Fitted {
  readonly citations: CitationModel;
  readonly confidence: ConfidenceModel;
}

/** Makes the consultation with given models; the indexes are built once and shared. */
export type WithModels = (models: Fitted) => Consult;

export interface FitInput {
  readonly library: Library;
  readonly withModels: WithModels;
  /** Labelled questions. */
  readonly cases: readonly ConsultCase[];
  /** Questions of other matters altogether; answering one is a mistake. */
  readonly outOfScope: readonly ConsultCase[];
  /** ISO day. */
  readonly day: string;
  readonly trainedOn: string;
}

export interface CrossValidated {
  readonly results: readonly AnswerCaseResult[];
  readonly report: AnswersReport;
  /** Share of the questions of other matters that were answered. */
  readonly outOfScopeAnswered: number | null;
  /** Confidence, and whether the answer settled the question, of all that reached the decision. */
  readonly decided: readonly { readonly score: number; readonly settled: boolean }[];
}

/** Fits both models on all cases; what it says of their worth was measured on cases held out. */
export function fitModels(input: FitInput): Fitted & { readonly validated: CrossValidated } {
  const validated = crossValidate(input);
  const { report, decided } = validated;
  const { citations, confidence } = fitOn(input.cases, input.outOfScope, input);
  const ranked = [...decided].sort((a, b) => b.score - a.score);
  const risk = (coverage: number): number =>
    round(mean(ranked.slice(0, Math.max(1, Math.round(ranked.length * coverage))).map(({ settled }) => (settled ? 0 : 1))));
  return {
    citations: {
      ...citations,
      crossValidated: {
        folds: FOLDS,
        precision: report.citationPrecision ?? 0,
        recall: report.citationRecall ?? 0,
        citesGold: report.citesGold ?? 0,
      },
    },
    confidence: {
      ...confidence,
      crossValidated: {
        folds: FOLDS,
        auroc: round(auroc(decided.map(({ score, settled }) => ({ score, positive: settled })))),
        logLoss: round(mean(decided.map(({ score, settled }) => -Math.log(Math.max(1e-9, settled ? score : 1 - score))))),
        accuracyAtThreshold: round(mean(decided.map(({ score, settled }) => (score >= confidence.threshold === settled ? 1 : 0)))),
        riskAtCoverage: Object.fromEntries(COVERAGES.map((coverage) => [String(coverage), risk(coverage)])),
      },
    },
    validated,
  };
}

const COVERAGES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Every case answered by models that were fitted without it. */
export function crossValidate(input: FitInput): CrossValidated {
  const byId = new Map<string, AnswerCaseResult>();
  const outside: boolean[] = [];
  const decided: { score: number; settled: boolean }[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const [held, rest] = split(input.cases, fold, FOLDS);
    const [heldOutside, restOutside] = split(input.outOfScope, fold, FOLDS);
    const models = fitOn(rest, restOutside, input);
    const consult = input.withModels(models);
    for (const { question } of heldOutside) outside.push(consult(question, NEW_CONSULTATION, input.day).answer.kind === 'cited');
    const answering = input.withModels(answeringAll(models));
    for (const result of runAnswerCases(consult, answering, input.library, held, input.day)) byId.set(result.id, result);
    for (const example of decisions(answering, [...held, ...heldOutside], input.day)) decided.push(example);
  }
  const results = input.cases.flatMap(({ id }) => byId.get(id) ?? []);
  return {
    results,
    report: reportAnswers(results),
    outOfScopeAnswered: outside.length === 0 ? null : round(mean(outside.map(Number))),
    decided,
  };
}

/** The same models, with everything answered that reaches the decision. */
export function answeringAll(models: Fitted): Fitted {
  return { ...models, confidence: { ...models.confidence, threshold: 0 } };
}

/** Fits the citation model, and the confidence model on cases that its citation models have not seen. */
function fitOn(cases: readonly ConsultCase[], outOfScope: readonly ConsultCase[], input: FitInput): Fitted {
  const citations = fitCitations(cases, input);
  const examples = Array.from({ length: INNER_FOLDS }, (_, fold) => {
    const [held, rest] = split(cases, fold, INNER_FOLDS);
    const [heldOutside] = split(outOfScope, fold, INNER_FOLDS);
    const consult = input.withModels({ citations: fitCitations(rest, input), confidence: ANSWER_ALL });
    return decisions(consult, [...held, ...heldOutside], input.day);
  }).flat();
  const { intercept, weights } = fitLogistic(
    examples.map(({ features }) => CONFIDENCE_FEATURES.map((name) => features[name])),
    examples.map(({ settled }) => settled),
    CONFIDENCE_L2,
  );
  return {
    citations,
    confidence: {
      ...ANSWER_ALL,
      trainedOn: input.trainedOn,
      cases: examples.length,
      intercept: round(intercept),
      weights: named(CONFIDENCE_FEATURES, weights),
      threshold: round(WRONG_ANSWER_COST / (1 + WRONG_ANSWER_COST)),
    },
  };
}

function fitCitations(cases: readonly ConsultCase[], input: FitInput): CitationModel {
  const consult = input.withModels({ citations: CITE_ALL, confidence: ANSWER_ALL });
  const rows: (readonly number[])[] = [];
  const labels: boolean[] = [];
  let questions = 0;
  for (const example of cases) {
    const gold = goldKeys(example);
    if (gold.size === 0) continue;
    const { trace } = consult(example.question, NEW_CONSULTATION, input.day);
    if (trace.candidates.length > 0) questions++;
    for (const { provision, features } of trace.candidates) {
      rows.push(features);
      labels.push(gold.has(provision.key));
    }
  }
  const { intercept, weights } = fitLogistic(rows, labels, CITATION_L2);
  return {
    ...CITE_ALL,
    trainedOn: input.trainedOn,
    questions,
    intercept: round(intercept),
    weights: named(CITATION_FEATURES, weights),
    threshold: CITATION_THRESHOLD,
  };
}

interface Decision {
  readonly features: ConfidenceFeatures;
  readonly score: number;
  /** The question is one to answer, and what was cited holds a gold provision. */
  readonly settled: boolean;
}

/** The cases that get as far as the decision to answer, which triage and questions back come before. */
function decisions(consult: Consult, cases: readonly ConsultCase[], day: string): Decision[] {
  return cases.flatMap((example): Decision[] => {
    const { answer, trace } = consult(example.question, NEW_CONSULTATION, day);
    if (answer.kind !== 'cited' || trace.features === null) return [];
    const gold = goldKeys(example);
    const settled = example.behaviour === 'answer' && answer.citations.some((citation) => gold.has(provisionKey(citation)));
    return [{ features: trace.features, score: answer.confidence, settled }];
  });
}

function split<T>(items: readonly T[], fold: number, folds: number): [held: T[], rest: T[]] {
  return [items.filter((_, at) => at % folds === fold), items.filter((_, at) => at % folds !== fold)];
}

const round = (value: number): number => Number(value.toFixed(4));

function named<Name extends string>(names: readonly Name[], values: readonly number[]): Record<Name, number> {
  return Object.fromEntries(names.map((name, at) => [name, round(values[at] ?? 0)])) as Record<Name, number>;
}

const ANSWER_ALL: ConfidenceModel = {
  version: 1,
  trainedOn: 'nothing: answers all',
  cases: 0,
  intercept: 0,
  weights: named(CONFIDENCE_FEATURES, []),
  threshold: 0,
  crossValidated: { folds: FOLDS, auroc: 0, logLoss: 0, accuracyAtThreshold: 0, riskAtCoverage: {} },
};

const CITE_ALL: CitationModel = {
  version: 1,
  trainedOn: 'nothing: cites what is found first',
  questions: 0,
  intercept: 0,
  weights: { ...named<CitationFeature>(CITATION_FEATURES, []), share: 1 },
  threshold: 0,
  maxCitations: MAX_CITATIONS,
  crossValidated: { folds: FOLDS, precision: 0, recall: 0, citesGold: 0 },
};

/** Models that answer and cite everything, for consultations that are built to be fitted. */
export const UNFITTED: Fitted = { citations: CITE_ALL, confidence: ANSWER_ALL };
