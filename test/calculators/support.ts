import { createRandom } from '../../src/retrieval/training/random.js';
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  runCalculator,
  type Calculation,
  type CalculationResult,
  type Figures,
  type Inputs,
  type Line,
  type WorkingCalendar,
} from '../../src/calculators/index.js';
import { parseFigures, type FigureBook, type Slot } from '../../src/knowledge/parse-figures.js';

const folder = resolve(import.meta.dirname, '../../knowledge/figures');

/** The figures as they are shipped. */
export function shippedFigures(): FigureBook {
  return parseFigures(
    readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .sort()
      .map((file) => ({ file: `figures/${file}`, text: readFileSync(resolve(folder, file), 'utf8') })),
  );
}

export const shipped = shippedFigures();
export const TODAY = '2026-03-10';

/** The shipped figures, as if someone had entered and verified these slots. */
export function withSlots(values: Readonly<Record<string, number>>, base: Slot['base'] = null): Figures {
  const unused = new Set(Object.keys(values));
  const slots = shipped.slots.map((slot): Slot => {
    const value = values[slot.id];
    if (value === undefined) return slot;
    unused.delete(slot.id);
    return { ...slot, value, source: '测试', sourceDate: '2026-01-01', verified: true, verifiedBy: '测试', base };
  });
  if (unused.size > 0) throw new Error(`no such slot: ${[...unused].join(', ')}`);
  return {
    figure: (table, key, day) => shipped.figure(table, key, day),
    slot: (series, region, day) =>
      slots.find(
        ({ series: own, region: where, period }) =>
          own === series && where === region && period.from !== null && period.from <= day && (period.to === null || day <= period.to),
      ) ?? null,
  };
}

export function run(id: string, inputs: Inputs, figures: Figures = shipped, today = TODAY, calendar?: WorkingCalendar): Calculation {
  return runCalculator(id, inputs, figures, today, calendar);
}

export function resultOf(
  id: string,
  inputs: Inputs,
  figures: Figures = shipped,
  today = TODAY,
  calendar?: WorkingCalendar,
): CalculationResult {
  const calculation = run(id, inputs, figures, today, calendar);
  if (calculation.kind !== 'result') throw new Error(`no result: ${JSON.stringify(calculation)}`);
  return calculation;
}

export function lineOf(result: CalculationResult, id: string): Line {
  const line = result.lines.find((candidate) => candidate.id === id);
  if (!line) throw new Error(`no line “${id}” among ${result.lines.map((one) => one.id).join(', ')}`);
  return line;
}

/** Yuan in fen. */
export const yuan = (amount: number): number => Math.round(amount * 100);

export const askedIds = (calculation: Calculation): readonly string[] =>
  calculation.kind === 'missing' ? calculation.ask.map((question) => question.id) : [];

/** Seeded random numbers from 0 to below 1. */
export const random = createRandom;
