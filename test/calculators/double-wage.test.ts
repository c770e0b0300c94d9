import { describe, expect, it } from 'vitest';
import type { Inputs } from '../../src/calculators/index.js';
import { askedIds, lineOf, resultOf, run, yuan } from './support.js';

const never = (startDate: string, more: Inputs = {}): Inputs => ({
  startDate,
  signed: 'never',
  left: false,
  monthlyWage: yuan(5000),
  demandDate: null,
  ...more,
});
const of = (inputs: Inputs, today: string) => {
  const result = resultOf('double-wage', inputs, undefined, today);
  const { amount, range, formula } = lineOf(result, 'double-wage');
  return { amount, range, formula, reasons: result.needsHuman.map(({ text }) => text).join() };
};

describe('未签合同的双倍工资', () => {
  it('of a full year never signed is eleven months: 2025-02-01 to 2025-12-31, 11 × 5,000 = 55,000', () => {
    const line = of(never('2025-01-01'), '2026-01-31');
    expect([line.amount, line.range]).toEqual([yuan(55_000), null]);
    expect(line.formula).toContain('2025年2月1日至2025年12月31日，共11个月');
  });

  it('stops the day before the contract was signed: 2025-08-10 to 2025-12-09 is 4 × 5,000 = 20,000', () => {
    expect(of(never('2025-07-10', { signed: 'later', signedDate: '2025-12-10' }), '2026-03-10').amount).toBe(yuan(20_000));
  });

  it('stops on the last day at work: left on 2025-12-31, 2025-11-01 on is 2 × 5,000', () => {
    expect(of(never('2025-10-01', { left: true, endDate: '2025-12-31' }), '2026-03-10').amount).toBe(yuan(10_000));
  });

  it('still runs for one who works on: on 2026-03-10 since 2025-11-11 it is 2025-12-11 to 2026-03-10, 3 × 5,000', () => {
    expect(of(never('2025-11-11'), '2026-03-10').amount).toBe(yuan(15_000));
  });

  it('is nothing in the first month', () => {
    expect(of(never('2026-02-20'), '2026-03-10').amount).toBe(0);
    expect(of(never('2025-10-01', { signed: 'later', signedDate: '2025-11-01' }), '2026-03-10').amount).toBe(0);
  });

  it('from 01-31 begins on 02-28: to 2025-03-30 it is one month', () => {
    expect(of(never('2025-01-31', { left: true, endDate: '2025-03-30' }), '2025-06-01').amount).toBe(yuan(5000));
  });

  it('of part of a month is the range between the two ways of dividing it, and a human', () => {
    // 2025-12-01 to 2025-12-19 of the month from 12-01: 19 of 31 days = 3,064.52; 15 weekdays of 21.75 = 3,448.28
    const line = of(never('2025-11-01', { signed: 'later', signedDate: '2025-12-20' }), '2026-03-10');
    expect([line.amount, line.range]).toEqual([null, { low: 306_452, high: 344_828 }]);
    expect(line.reasons).toContain('不满一个月');
  });
});

describe('the year to claim it in', () => {
  it('where a month has run out by one way of counting, is a range and a human: 2025-02 is gone on 2026-03-01', () => {
    const line = of(never('2025-01-01'), '2026-03-01');
    // month by month: March to December, 10 × 5,000
    expect([line.amount, line.range]).toEqual([null, { low: yuan(50_000), high: yuan(55_000) }]);
    expect(line.reasons).toContain('一个月一个月');
  });

  it('is to the day: on 2026-02-28 only the days of February before the 28th are in doubt', () => {
    // the day 02-28 is still within a year; 1 of 28 days = 178.57, 1 weekday of 21.75 = 229.89
    expect(of(never('2025-01-01'), '2026-02-28').range).toEqual({ low: 5_000_000 + 17_857, high: yuan(55_000) });
  });

  it('is over from every point of view a year after the last day: from nothing to everything, and a human', () => {
    const line = of(never('2024-01-01'), '2026-01-01');
    expect([line.amount, line.range]).toEqual([null, { low: 0, high: yuan(55_000) }]);
    expect(line.reasons).toContain('过了一年');
  });

  it('begins anew with a demand in time: asked on 2025-06-01, filed on 2026-03-01, nothing is lost', () => {
    expect(of(never('2025-01-01', { demandDate: '2025-12-01' }), '2026-03-01').amount).toBe(yuan(55_000));
  });

  it('does not begin anew with a demand more than a year before filing', () => {
    expect(of(never('2024-01-01', { demandDate: '2024-12-01' }), '2026-01-02').range).toEqual({ low: 0, high: yuan(55_000) });
  });

  it('is measured to the day of filing where that is known', () => {
    expect(of(never('2025-01-01', { fileDate: '2026-01-15' }), '2026-03-10').amount).toBe(yuan(55_000));
  });
});

describe('the calculator of double wages', () => {
  it('says of the interpretation of 2025 that it is not verified, from the day it holds', () => {
    const notes = (today: string) =>
      resultOf('double-wage', never('2025-06-01'), undefined, today).notes.filter(({ verified }) => !verified);
    expect(notes('2025-08-31')).toEqual([]);
    expect(notes('2025-09-01')).toEqual([
      expect.objectContaining({ source: expect.stringContaining('法释〔2025〕12号') as string, cites: [] }),
    ]);
  });

  it('asks for the day of signing only of one who signed', () => {
    expect(askedIds(run('double-wage', { startDate: '2025-01-01', signed: 'later' }))).toEqual(['signedDate', 'left']);
    expect(askedIds(run('double-wage', { startDate: '2025-01-01', signed: 'never' }))).toEqual(['left', 'monthlyWage']);
  });

  it.each([
    ['a start in the future', never('2026-03-11')],
    ['an end before the start', never('2025-03-11', { left: true, endDate: '2025-03-10' })],
    ['a signature before the start', never('2025-03-11', { signed: 'later', signedDate: '2025-03-10' })],
    ['a demand in the future', never('2025-03-11', { demandDate: '2026-03-11' })],
    ['a wage of nothing', never('2025-03-11', { monthlyWage: 0 })],
  ])('refuses %s', (_what, inputs) => {
    expect(run('double-wage', inputs)).toMatchObject({ kind: 'refused', human: false });
  });

  it('leaves one who began before 2008-01-01 to a human', () => {
    expect(run('double-wage', never('2007-12-31'))).toMatchObject({ kind: 'refused', human: true });
  });
});
