import { describe, expect, it } from 'vitest';
import type { Figures, InputValue, Line } from '../../src/calculators/index.js';
import { filled, pick } from './conversations.js';
import { random, resultOf, yuan } from './support.js';

describe('a milder grade never gets more', () => {
  const benefits = (grade: number, more: Record<string, InputValue>, figures: Figures): Map<string, number> => {
    const result = resultOf('work-injury', { outcome: 'grade', grade, injuryDate: '2025-05-01', insured: 'yes', ...more }, figures);
    return new Map(result.lines.flatMap((line: Line): [string, number][] => (line.amount === null ? [] : [[line.id, line.amount]])));
  };

  it('item by item, whatever the wage, the work and the care (200 seeded cases)', () => {
    const next = random(42);
    let compared = 0;
    for (let round = 0; round < 200; round++) {
      const more = {
        ownWage: yuan(500 + Math.floor(next() * 40_000)),
        usualWage: yuan(5000),
        stopWorkMonths: Math.floor(next() * 20),
        nursing: pick(['none', 'part', 'most', 'full'], next),
        leaving: pick(['stays', 'resigned', 'expired'], next),
        noSuitableWork: next() < 0.5,
      };
      const grades = Array.from({ length: 10 }, (_, index) => benefits(index + 1, more, filled));
      for (let grade = 1; grade < 10; grade++) {
        for (const [item, amount] of grades[grade] ?? []) {
          const harder = grades[grade - 1]?.get(item);
          if (harder === undefined) continue;
          compared++;
          expect([round, grade, item, amount <= harder]).toEqual([round, grade, item, true]);
        }
      }
    }
    expect(compared).toBeGreaterThan(1500);
  });

  it('and strictly less of the one-off benefit, grade by grade', () => {
    const amounts = Array.from(
      { length: 10 },
      (_, index) =>
        benefits(
          index + 1,
          { ownWage: yuan(6000), stopWorkMonths: 0, leaving: 'stays', noSuitableWork: false, nursing: 'none' },
          filled,
        ).get('disability-benefit') ?? 0,
    );
    expect(amounts.every((amount, index) => index === 0 || amount < (amounts[index - 1] ?? 0))).toBe(true);
  });
});

describe('a higher wage never gets less', () => {
  const totals = (id: string, wageId: string, inputs: Record<string, InputValue>, wages: readonly number[]): number[] =>
    wages.map((wage) => {
      const result = resultOf(id, { ...inputs, [wageId]: wage }, filled);
      return result.total.once.high + result.total.monthly.high;
    });
  const rising = (from: number, to: number): number[] => {
    const next = random(from + to);
    return Array.from({ length: 60 }, () => Math.floor(from + next() * (to - from))).sort((one, other) => one - other);
  };
  const cases: readonly [string, string, Record<string, InputValue>, readonly number[]][] = [
    [
      'work-injury',
      'ownWage',
      { outcome: 'grade', grade: 3, injuryDate: '2025-05-01', insured: 'yes', stopWorkMonths: 0, nursing: 'none' },
      rising(1, 5_000_000),
    ],
    // within the cap: beyond three times the average the years are capped too
    ['severance', 'averageWage', { reason: 'closed', startDate: '2008-05-01', endDate: '2026-02-10' }, rising(1, 2_400_000)],
    ['severance', 'averageWage', { reason: 'unlawful', startDate: '2018-05-01', endDate: '2026-02-10' }, rising(1, 9_000_000)],
    ['double-wage', 'monthlyWage', { startDate: '2025-04-01', signed: 'never', left: false, demandDate: null }, rising(1, 5_000_000)],
    ['overtime', 'monthlyWage', { system: 'standard', workdayHours: 3, restHours: 1, holidayHours: 1 }, rising(1, 5_000_000)],
    [
      'annual-leave',
      'monthlyWage',
      { year: 2025, workedMonths: 99, situation: 'whole', continuous: true, daysTaken: 1, lost: false, refused: false },
      rising(1, 5_000_000),
    ],
  ];

  it.each(cases)('%s by %s', (id, wageId, inputs, wages) => {
    const amounts = totals(id, wageId, inputs, wages);
    expect(amounts.every((amount, index) => index === 0 || amount >= (amounts[index - 1] ?? 0))).toBe(true);
    expect(new Set(amounts).size).toBeGreaterThan(10);
  });

  it('and is clamped: beyond 300 % of the average nothing is added, below 60 % nothing is lost', () => {
    const inputs = { outcome: 'grade', grade: 9, injuryDate: '2025-05-01', insured: 'yes', stopWorkMonths: 0, leaving: 'stays' };
    const [lowest, low, high, highest] = totals('work-injury', 'ownWage', inputs, [yuan(1), yuan(3000), yuan(30_000), yuan(90_000)]);
    expect([lowest === low, high === highest, (high ?? 0) / (low ?? 1)]).toEqual([true, true, 5]);
  });
});
