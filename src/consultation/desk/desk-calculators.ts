import {
  CALCULATORS,
  runCalculator,
  type Calculator,
  type Figures,
  type Input,
  type InputValue,
  type WorkingCalendar,
} from '../../calculators/index.js';
import { dayText } from '../../calculators/dates.js';
import { yuan } from '../../calculators/money.js';
import { provisionKey } from '../../domain/law.js';
import type { CalculationView, CalculatorView } from '../../domain/desk-views.js';
import { BaimiError } from '../../domain/errors.js';
import type { Library } from '../../knowledge/library.js';
import { outcomeOf, type OutcomeLine } from '../calculation-result.js';
import { calculationText } from '../calculation-text.js';

/** The calculators as forms. */
export function calculatorViews(): CalculatorView[] {
  return CALCULATORS.map(({ id, title, inputs }) => ({
    id,
    title,
    inputs: inputs.map(({ id: input, label, ask, kind, options, optional, neededWhen }) => ({
      id: input,
      label,
      ask,
      kind,
      options: (options ?? []).map(({ value, label: name }) => ({ value, label: name })),
      optional: optional === true || neededWhen !== undefined,
    })),
  }));
}

export interface DeskSums {
  readonly figures: Figures;
  readonly calendar: WorkingCalendar | undefined;
  readonly library: Library;
}

/** Works one out from a filled form. @throws BaimiError `not-found` */
export function calculateForDesk(
  id: string,
  filled: Readonly<Record<string, string | number | boolean | null>>,
  day: string,
  { figures, calendar, library }: DeskSums,
): CalculationView {
  const calculator = CALCULATORS.find((candidate) => candidate.id === id);
  if (!calculator) throw new BaimiError('not-found', '没有这个计算器。请回到列表重新选。');
  const inputs = inputsOf(calculator, filled);
  const calculation = runCalculator(id, inputs, figures, day, calendar);
  if (calculation.kind === 'missing') return { kind: 'missing', inputs: calculation.ask.map((question) => question.id) };
  if (calculation.kind === 'refused') return { kind: 'refused', text: `${calculation.reason}。${calculation.remedy}` };
  const state = { id, inputs, months: {}, rough: [], fromStory: [], pending: [], again: [], repeats: 0 };
  const outcome = outcomeOf(calculator, state, calculation, day);
  const { headline, lines, notes } = calculationText(outcome);
  const changed = outcome.citations.flatMap((ref) => {
    const provision = library.byKey.get(provisionKey(ref));
    const standing = provision ? library.standing(provision, day) : 'citable';
    return standing === 'citable' ? [] : [`${ref.law}${ref.article}现在的效力要先核对，再用这个结果。`];
  });
  const articles = [...new Set(outcome.lines.flatMap(articlesOf))];
  return {
    kind: 'result',
    lines: outcome.lines.map((line) => ({
      label: line.label,
      amount: amountText(line),
      formula: line.formula,
      articles: articlesOf(line),
    })),
    total: headline,
    notes: [...changed, ...notes],
    insert: [headline, ...lines, ...notes, ...(articles.length === 0 ? [] : [`依据：${articles.join('、')}`])].join('\n'),
  };
}

/** Money comes in yuan; a number may come as it was typed. What cannot be read is left for the calculator to refuse. */
function inputsOf(calculator: Calculator, filled: Readonly<Record<string, string | number | boolean | null>>): Record<string, InputValue> {
  return Object.fromEntries(
    calculator.inputs.flatMap((input): [string, InputValue][] => {
      const value = filled[input.id];
      if (value === undefined || value === '') return [];
      return [[input.id, valueOf(input, value)]];
    }),
  );
}

function valueOf({ kind }: Input, value: string | number | boolean | null): InputValue {
  if (value === null || typeof value === 'boolean' || kind === 'date' || kind === 'choice' || kind === 'yes-no') return value;
  const number = typeof value === 'number' ? value : Number(value.replaceAll(/[,，\s]/g, ''));
  if (!Number.isFinite(number)) return value;
  return kind === 'money' ? Math.round(number * 100) : number;
}

function amountText({ amount, range, date }: OutcomeLine): string {
  if (date !== null) return dayText(date);
  if (amount !== null) return yuan(amount);
  return range === null ? '' : `${yuan(range.low)}至${yuan(range.high)}`;
}

function articlesOf({ citations, alsoUnder }: OutcomeLine): string[] {
  return [...citations, ...alsoUnder].map(({ law, article }) => `${law}${article}`);
}
