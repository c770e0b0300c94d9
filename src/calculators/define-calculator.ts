import { checkInputs } from './inputs.js';
import type { Calculation, Calculator, Figures, Given } from './types.js';
import { simpleCalendar, type WorkingCalendar } from './working-days.js';

/** What a calculator computes from, once its inputs have been checked. */
export interface Setting {
  readonly given: Given;
  readonly figures: Figures;
  /** ISO day in China. */
  readonly today: string;
  readonly calendar: WorkingCalendar;
}

type Definition = Omit<Calculator, 'run'> & { readonly compute: (setting: Setting) => Calculation };

/** Joins the checks that all calculators share with what one of them computes. */
export function defineCalculator({ compute, ...rest }: Definition): Calculator {
  return {
    ...rest,
    run: (inputs, figures, today, calendar = simpleCalendar) => {
      const checked = checkInputs(rest.inputs, inputs);
      return checked.kind === 'ready' ? compute({ given: checked.given, figures, today, calendar }) : checked;
    },
  };
}

/** A value that the input checks have made sure of. @throws Error where a calculator forgot to ask for it */
export function must<T>(value: T | null, id: string): T {
  if (value === null) throw new Error(`the input “${id}” is used but was not asked for`);
  return value;
}

export function refuse(reason: string, remedy: string): Calculation {
  return { kind: 'refused', reason, remedy, human: false };
}

/** The case lies outside the rules at hand: a lawyer has to look. */
export function beyond(reason: string): Calculation {
  return { kind: 'refused', reason, remedy: '这要请律师看，可以点“找律师”。', human: true };
}
