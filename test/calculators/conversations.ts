import { expect } from 'vitest';
import { addDays } from '../../src/calculators/dates.js';
import {
  runCalculator,
  type Calculation,
  type Calculator,
  type Figures,
  type Input,
  type InputValue,
} from '../../src/calculators/index.js';
import { TODAY, shipped, withSlots } from './support.js';

/** Every slot that calculators read, as if someone had entered it. */
export const filled = withSlots(
  Object.fromEntries(
    shipped.slots.flatMap((slot): [string, number][] => {
      if (slot.value !== null) return [];
      if (slot.series === 'pooling-average-wage-month' || slot.series === 'city-average-wage-month')
        return [[slot.id, 8000 + slot.id.length]];
      if (slot.series.includes('subsidy')) return [[slot.id, 20 - Number(/\d+$/.exec(slot.id)?.[0])]];
      if (slot.series === 'urban-income-year') return [[slot.id, 50_000]];
      return slot.series.startsWith('minimum-wage-month') ? [[slot.id, 2100]] : [];
    }),
  ),
  'pooling-average-wage',
);

export type Next = () => number;
export const pick = <T>(items: readonly T[], next: Next): T => items[Math.floor(next() * items.length)] as T;

/** An answer such as a citizen may give: mostly sensible, now and then unknown or at an edge. */
function answer(input: Input, next: Next): InputValue {
  if (input.mayBeUnknown === true && next() < 0.25) return null;
  switch (input.kind) {
    case 'money':
      return pick([1, 150_000, 220_000, 233_000, 480_055, 660_000, 1_234_567, 3_000_000], next) + Math.floor(next() * 1000);
    case 'date':
      return addDays('2004-01-01', Math.floor(next() ** 0.4 * 8_100));
    case 'months':
    case 'days':
      return Math.floor(next() * 60) / 2;
    case 'hours':
      return Math.floor(next() * 4000) / 100;
    case 'integer':
      return Math.floor((input.min ?? 0) + next() * (Math.min(input.max ?? 40, (input.min ?? 0) + 40) - (input.min ?? 0) + 1));
    case 'yes-no':
      return next() < 0.5;
    case 'choice':
      return pick(input.options ?? [], next).value;
  }
}

export interface Conversation {
  readonly inputs: Record<string, InputValue>;
  readonly outcome: Calculation;
}

/** Answers what is asked until there is nothing left to ask. */
export function converse(calculator: Calculator, figures: Figures, next: Next): Conversation {
  const inputs: Record<string, InputValue> = {};
  for (const input of calculator.inputs) if (input.optional === true && next() < 0.4) inputs[input.id] = answer(input, next);
  for (let round = 0; round <= calculator.inputs.length; round++) {
    const outcome = runCalculator(calculator.id, inputs, figures, TODAY);
    if (outcome.kind !== 'missing') return { inputs, outcome };
    expect([1, 2]).toContain(outcome.ask.length);
    for (const question of outcome.ask) {
      // a question is put once, and its answer changes something: it is never put again
      expect(inputs).not.toHaveProperty(question.id);
      const input = calculator.inputs.find(({ id }) => id === question.id);
      if (!input) throw new Error(`asked for “${question.id}”, which is not declared`);
      inputs[question.id] = answer(input, next);
    }
  }
  throw new Error(`${calculator.id} never stops asking`);
}
