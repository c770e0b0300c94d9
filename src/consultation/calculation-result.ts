import type { Calculator, CalculationResult, HumanReason, Input, InputValue, Payer, UsedSlot } from '../calculators/index.js';
import { dayText, isDay } from '../calculators/dates.js';
import { yuan } from '../calculators/money.js';
import { provisionKey, type ProvisionRef } from '../domain/law.js';
import { monthsText } from './facts/fact.js';
import type { CalculationState } from './calculation.js';

/** One item, as the person reads it. */
export interface OutcomeLine {
  readonly label: string;
  /** Fen; null where it cannot be told, or the law leaves a range. */
  readonly amount: number | null;
  readonly range: { readonly low: number; readonly high: number } | null;
  readonly sum: 'once' | 'monthly' | 'apart';
  /** Last day of a time limit, ISO. */
  readonly date: string | null;
  readonly formula: string;
  readonly payer: Payer | null;
  readonly citations: readonly ProvisionRef[];
  /** Named, not cited: the pack has no gist of them. */
  readonly alsoUnder: readonly ProvisionRef[];
  /** Yearly and regional numbers that it rests on; those not verified are shown as 待核实. */
  readonly slots: readonly UsedSlot[];
}

/** The result of a calculation in a conversation. */
export interface CalculationOutcome {
  readonly kind: 'result';
  /** Of the calculator. */
  readonly id: string;
  readonly title: string;
  /** ISO day on which it was reckoned. */
  readonly day: string;
  /** What it was reckoned from: "月工资" → "5,500元". */
  readonly given: readonly { readonly label: string; readonly said: string; readonly rough: boolean; readonly fromStory: boolean }[];
  readonly lines: readonly OutcomeLine[];
  readonly total: CalculationResult['total'];
  readonly notes: CalculationResult['notes'];
  readonly needsHuman: readonly HumanReason[];
  /** Every provision that a line or a note rests on, once. */
  readonly citations: readonly ProvisionRef[];
  readonly calculation: CalculationResult;
}

export function outcomeOf(
  calculator: Calculator,
  state: CalculationState,
  calculation: CalculationResult,
  day: string,
): CalculationOutcome {
  const lines = calculation.lines.map(({ label, amount, range, sum, date, formula, payer, cites, alsoUnder, basis }): OutcomeLine => ({
    label,
    amount,
    range,
    sum,
    date,
    formula,
    payer,
    citations: cites,
    alsoUnder,
    slots: basis.kind === 'slot' ? basis.slots : [],
  }));
  const cited = new Map(
    [...lines.flatMap((line) => line.citations), ...calculation.notes.flatMap((note) => note.cites)].map((ref) => [provisionKey(ref), ref]),
  );
  return {
    kind: 'result',
    id: calculator.id,
    title: calculator.title,
    day,
    given: calculator.inputs.flatMap((input) => {
      const value = state.inputs[input.id];
      if (value === undefined || value === null) return [];
      return [
        {
          label: input.label,
          said: said(input, value),
          rough: state.rough.includes(input.id),
          fromStory: state.fromStory.includes(input.id),
        },
      ];
    }),
    lines,
    total: calculation.total,
    notes: calculation.notes,
    needsHuman: calculation.needsHuman,
    citations: [...cited.values()],
    calculation,
  };
}

function said(input: Input, value: Exclude<InputValue, null>): string {
  if (typeof value === 'boolean') return value ? '是' : '不是';
  if (typeof value === 'string')
    return isDay(value) ? dayText(value) : (input.options?.find((option) => option.value === value)?.label ?? value);
  if (input.kind === 'money') return yuan(value);
  if (input.kind === 'months' || input.id === 'workedMonths') return monthsText(value);
  const units: Readonly<Record<string, string>> = { grade: '级', year: '年', months: '个月', others: '人', alone: '人' };
  return `${String(value)}${input.kind === 'hours' ? '小时' : input.kind === 'days' ? '天' : (units[input.id] ?? '')}`;
}
