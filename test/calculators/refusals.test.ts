import { describe, expect, it } from 'vitest';
import { CALCULATORS, runCalculator, type Figures, type Input, type InputValue } from '../../src/calculators/index.js';
import { BaimiError } from '../../src/domain/errors.js';
import { TODAY, shipped, yuan } from './support.js';

describe('what no one can answer with', () => {
  it('is refused, each input and each wrong form: never a result', () => {
    const wrongFor: Readonly<Record<Input['kind'], readonly InputValue[]>> = {
      money: [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, '100', true, 1e15],
      date: ['2025-02-29', '昨天', 20250101, true, '0001-01-01'],
      months: [-1, 0.3, Number.NaN, '三'],
      days: [-0.5, 0.3, 1e9, '三'],
      hours: [-1, 0.001, Number.NaN, '三'],
      integer: [-1, 1.5, Number.NaN, 1e9, '三'],
      'yes-no': ['是', 1, 0],
      choice: ['没有这一项', 1, true, ''],
    };
    for (const calculator of CALCULATORS) {
      for (const input of calculator.inputs) {
        for (const value of wrongFor[input.kind]) {
          const outcome = calculator.run({ [input.id]: value }, shipped, TODAY);
          expect([calculator.id, input.id, value, outcome.kind]).toEqual([calculator.id, input.id, value, 'refused']);
        }
      }
    }
  });

  it('not known, where nothing can be reckoned without it, goes to a human', () => {
    expect(
      runCalculator('severance', { reason: 'layoff', startDate: '2020-01-01', endDate: '2026-01-01', averageWage: null }, shipped, TODAY),
    ).toMatchObject({
      kind: 'refused',
      human: true,
    });
  });

  it('and a calculator that does not exist is an error that names the ones that do', () => {
    expect(() => runCalculator('tax', {}, shipped, TODAY)).toThrow(BaimiError);
    expect(() => runCalculator('tax', {}, shipped, TODAY)).toThrow(/work-injury、severance/);
  });

  it('a pack that lacks a figure of law is an error, not a guess', () => {
    const empty: Figures = { figure: (table, key, day) => (key === 'month' ? null : shipped.figure(table, key, day)), slot: () => null };
    const inputs = { startDate: '2025-04-01', signed: 'never', left: false, monthlyWage: yuan(5000), demandDate: null };
    expect(() => runCalculator('double-wage', inputs, empty, TODAY)).toThrow(/缺少“paid-days month”/);
  });
});
