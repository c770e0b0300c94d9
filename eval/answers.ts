import { type Answer } from '../src/domain/answer.js';
import { answerText } from '../src/domain/answer-text.js';
import { provisionKey } from '../src/domain/law.js';
import { equivalentKeys, extractQuantities, unsupportedQuantities } from '../src/domain/quantities.js';
import type { Consult } from '../src/consultation/consult.js';
import { NEW_CONSULTATION } from '../src/consultation/continue-consultation.js';
import { sourceTexts } from '../src/consultation/verify.js';
import type { Library } from '../src/knowledge/library.js';
import { goldKeys, type ConsultCase } from './cases.js';
import { auroc, mean, percentile, rounded } from './measures.js';

/** One case with what the consultation did. */
export interface AnswerCaseResult {
  readonly id: string;
  readonly question: string;
  readonly expected: ConsultCase['behaviour'];
  readonly behaviour: ConsultCase['behaviour'];
  readonly kind: Answer['kind'];
  readonly reason: string | null;
  readonly confidence: number;
  readonly cited: readonly string[];
  readonly gold: readonly string[];
  readonly citesGold: boolean;
  /** Whether it would cite a gold provision if everything that reaches the decision were answered. */
  readonly citesGoldIfAnswered: boolean;
  readonly figuresWanted: number;
  readonly figuresSaid: number;
  readonly unsupported: readonly string[];
  readonly ms: number;
  readonly text: string;
}

export interface AnswersReport {
  readonly cases: number;
  readonly behaviourAccuracy: number | null;
  readonly answeredWhenShould: number | null;
  readonly clarifiedWhenShould: number | null;
  readonly handedOffWhenShould: number | null;
  readonly citesGold: number | null;
  readonly citationPrecision: number | null;
  readonly citationRecall: number | null;
  readonly figureRecall: number | null;
  readonly unsupportedFigures: number;
  readonly riskAtCoverage: Readonly<Record<'0.5' | '0.7' | '0.9', number | null>>;
  /** Of the cases labelled answer, the most confident share of them: how many would cite no gold provision. */
  readonly withoutGoldAtCoverage: Readonly<Record<'0.5' | '0.7' | '0.9', number | null>>;
  readonly aurocAnswerable: number | null;
  readonly msPerTurnP50: number | null;
  readonly msPerTurnP99: number | null;
}

const behaviourOf = (kind: Answer['kind']): ConsultCase['behaviour'] =>
  kind === 'clarify' ? 'clarify' : kind === 'handoff' ? 'handoff' : 'answer';

/**
 * Runs the whole consultation on each case, each as a new conversation.
 * @param answering the same consultation with the threshold at 0: what would be cited if it were answered
 */
export function runAnswerCases(
  consult: Consult,
  answering: Consult,
  library: Library,
  cases: readonly ConsultCase[],
  day: string,
): AnswerCaseResult[] {
  for (const example of cases.slice(0, 5)) consult(example.question, NEW_CONSULTATION, day); // warm up
  return cases.map((example) => {
    const before = performance.now();
    const { answer } = consult(example.question, NEW_CONSULTATION, day);
    const ms = performance.now() - before;
    const cited = citedKeys(answer);
    const gold = goldKeys(example);
    const text = answerText(answer);
    const said = new Set(extractQuantities(text).flatMap((quantity) => equivalentKeys(quantity.key)));
    const wanted = [...new Set(example.must_say.flatMap((fact) => extractQuantities(fact).map((quantity) => quantity.key)))];
    const wouldCite = answer.kind === 'handoff' ? citedKeys(answering(example.question, NEW_CONSULTATION, day).answer) : cited;
    const further = answer.kind === 'cited' ? answer.furtherCitations.map(provisionKey) : [];
    const sources = [...cited, ...further].flatMap((key) => {
      const provision = library.byKey.get(key);
      return provision ? sourceTexts(provision) : [];
    });
    return {
      id: example.id,
      question: example.question,
      expected: example.behaviour,
      behaviour: behaviourOf(answer.kind),
      kind: answer.kind,
      reason: answer.kind === 'handoff' ? answer.reason : null,
      confidence: answer.confidence,
      cited,
      gold: [...gold],
      citesGold: cited.some((key) => gold.has(key)),
      citesGoldIfAnswered: wouldCite.some((key) => gold.has(key)),
      figuresWanted: wanted.length,
      figuresSaid: wanted.filter((key) => equivalentKeys(key).some((same) => said.has(same))).length,
      unsupported: unsupportedQuantities(text, sources).map((quantity) => quantity.text),
      ms,
      text,
    };
  });
}

const citedKeys = (answer: Answer): string[] =>
  answer.kind === 'cited' || answer.kind === 'service' ? answer.citations.map(provisionKey) : [];

/** The figures of DESIGN's contract from the cases' results. */
export function reportAnswers(results: readonly AnswerCaseResult[]): AnswersReport {
  const labelled = (behaviour: ConsultCase['behaviour']): readonly AnswerCaseResult[] =>
    results.filter((result) => result.expected === behaviour);
  const recall = (behaviour: ConsultCase['behaviour']): number | null =>
    rounded(mean(labelled(behaviour).map((result) => (result.behaviour === behaviour ? 1 : 0))));
  const answered = labelled('answer').filter((result) => result.behaviour === 'answer');
  const overlap = (result: AnswerCaseResult): number => result.cited.filter((key) => result.gold.includes(key)).length;
  const byConfidence = [...results].sort((a, b) => b.confidence - a.confidence);
  const risk = (coverage: number): number | null => {
    const first = byConfidence.slice(0, Math.round(results.length * coverage));
    return rounded(mean(first.map((result) => (result.expected === 'answer' && result.citesGoldIfAnswered ? 0 : 1))));
  };
  const toAnswer = byConfidence.filter((result) => result.expected === 'answer');
  const without = (coverage: number): number | null =>
    rounded(mean(toAnswer.slice(0, Math.round(toAnswer.length * coverage)).map((result) => (result.citesGoldIfAnswered ? 0 : 1))));
  const times = results.map((result) => result.ms);
  return {
    cases: results.length,
    behaviourAccuracy: rounded(mean(results.map((result) => (result.behaviour === result.expected ? 1 : 0)))),
    answeredWhenShould: recall('answer'),
    clarifiedWhenShould: recall('clarify'),
    handedOffWhenShould: recall('handoff'),
    citesGold: rounded(mean(answered.map((result) => (result.citesGold ? 1 : 0)))),
    citationPrecision: rounded(
      mean(answered.filter((result) => result.cited.length > 0).map((result) => overlap(result) / result.cited.length)),
    ),
    citationRecall: rounded(
      mean(answered.filter((result) => result.gold.length > 0).map((result) => overlap(result) / result.gold.length)),
    ),
    figureRecall: rounded(
      mean(answered.filter((result) => result.figuresWanted > 0).map((result) => result.figuresSaid / result.figuresWanted)),
    ),
    unsupportedFigures: results.reduce((sum, result) => sum + result.unsupported.length, 0),
    riskAtCoverage: { '0.5': risk(0.5), '0.7': risk(0.7), '0.9': risk(0.9) },
    withoutGoldAtCoverage: { '0.5': without(0.5), '0.7': without(0.7), '0.9': without(0.9) },
    aurocAnswerable: rounded(auroc(results.map((result) => ({ score: result.confidence, positive: result.expected === 'answer' })))),
    msPerTurnP50: rounded(percentile(times, 0.5), 2),
    msPerTurnP99: rounded(percentile(times, 0.99), 2),
  };
}
