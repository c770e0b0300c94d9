import {
  NOTICE,
  type CitedAnswer,
  type Citation,
  type ClarifyAnswer,
  type ConsultationTopic,
  type HandoffAnswer,
  type ServiceAnswer,
} from '../domain/answer.js';
import { provisionKey } from '../domain/law.js';
import type { Library } from '../knowledge/library.js';
import type { FigureBook } from '../knowledge/parse-figures.js';
import { chooseCalculator } from './calculation-choose.js';
import type { CalculationOutcome } from './calculation-result.js';
import { calculationText, quantitiesOf } from './calculation-text.js';
import { continueCalculation, startCalculation, type CalculationState, type CalculationStep } from './calculation.js';
import { citationOf } from './compose.js';
import type { Fact } from './facts/index.js';
import type { WorkingCalendar } from './ports.js';
import { REPLIES, handoffAnswer } from './replies.js';
import { verifyAnswer } from './verify.js';

/** What sums are worked out with. */
export interface SumContext {
  readonly figures: FigureBook;
  readonly calendar: WorkingCalendar | undefined;
  readonly library: Library;
}

/** A sum, or a question on the way to one. */
export type Reckoning =
  | { readonly kind: 'asks'; readonly id: string; readonly state: CalculationState; readonly answer: ClarifyAnswer }
  | {
      readonly kind: 'result';
      readonly answer: ServiceAnswer;
      /** The same as a part of an answer that stands on provisions. */
      beside(answer: CitedAnswer): Pick<CitedAnswer, 'calculation' | 'furtherCitations' | 'alsoHandoff'>;
    }
  | { readonly kind: 'over'; readonly answer: HandoffAnswer | ClarifyAnswer };

/**
 * What a question asks to be reckoned, with what is known of the person's case; null where it asks for no sum, or where the
 * sum cannot be worked out or verified.
 */
export function reckonBeside(
  text: string,
  question: string,
  topic: ConsultationTopic,
  known: readonly Fact[],
  day: string,
  context: SumContext,
): Exclude<Reckoning, { readonly kind: 'over' }> | null {
  const id = chooseCalculator(question, topic, known) ?? chooseCalculator(text, topic, known);
  if (id === null) return null;
  const step = reckoningOf(startCalculation(id, known, context.figures, day, context.calendar, question), id, day, context);
  return step === null || step.kind === 'over' ? null : step;
}

/** Begins a calculation that the person has agreed to; null where it cannot be begun. */
export function startReckoning(id: string, known: readonly Fact[], question: string, day: string, context: SumContext): Reckoning | null {
  return reckoningOf(startCalculation(id, known, context.figures, day, context.calendar, question), id, day, context);
}

/** Goes on with a calculation; null where the message speaks of something else. */
export function continueReckoning(state: CalculationState, text: string, day: string, context: SumContext): Reckoning | null {
  return reckoningOf(continueCalculation(state, text, context.figures, day, context.calendar), state.id, day, context);
}

function reckoningOf(step: CalculationStep, id: string, day: string, context: SumContext): Reckoning | null {
  switch (step.kind) {
    case 'unrelated':
      return null;
    case 'refused':
      return {
        kind: 'over',
        answer: step.human
          ? { ...handoffAnswer('not-confident'), text: `${step.text}已经转给律师，律师看到后会在这里回复你。` }
          : REPLIES.noSum(step.text),
      };
    case 'ask':
      return {
        kind: 'asks',
        id,
        state: step.state,
        answer: { kind: 'clarify', text: '帮你算，还要知道：', questions: step.questions, confidence: 0, notice: NOTICE },
      };
    case 'result':
      return resultOf(step, day, context) ?? { kind: 'over', answer: handoffAnswer('failed-verification') };
  }
}

/** A result as an answer; null where a figure of it comes from thin air or a provision may not be cited. */
function resultOf(outcome: CalculationOutcome, day: string, { library }: SumContext): Reckoning | null {
  const stated = quantitiesOf(outcome);
  if (stated.some(({ from }) => from === null)) return null;
  const { headline, lines, notes } = calculationText(outcome);
  const citations = outcome.citations.flatMap((ref): Citation[] => {
    const provision = library.byKey.get(provisionKey(ref));
    return provision ? [citationOf(provision)] : [];
  });
  const human = outcome.needsHuman[0];
  const answer: ServiceAnswer = {
    kind: 'service',
    service: 'calculator',
    headline,
    steps: [],
    sections: [{ title: '怎么算的', asked: true, lines }, ...(notes.length === 0 ? [] : [{ title: '请注意', asked: true, lines: notes }])],
    citations,
    alsoHandoff: human?.reason ?? null,
    options: [],
    confidence: 1,
    notice: NOTICE,
  };
  const figureSources = stated.map(({ text }) => text);
  if (verifyAnswer(answer, library, { day, figureSources }).length > 0) return null;
  return {
    kind: 'result',
    answer,
    beside: ({ citations: cited, furtherCitations, alsoHandoff }) => {
      const there = new Set([...cited, ...furtherCitations].map(provisionKey));
      return {
        calculation: { headline, lines: [...lines, ...notes] },
        furtherCitations: [...furtherCitations, ...citations.filter((citation) => !there.has(provisionKey(citation)))],
        alsoHandoff: alsoHandoff ?? human?.reason ?? null,
      };
    },
  };
}
