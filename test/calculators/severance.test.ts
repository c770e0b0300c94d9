import { describe, expect, it } from 'vitest';
import type { Inputs } from '../../src/calculators/index.js';
import { halfMonthsOfPay, halfMonthsRange } from '../../src/calculators/severance-years.js';
import { askedIds, lineOf, resultOf, run, withSlots, yuan } from './support.js';

const left = (reason: string, startDate: string, endDate: string, averageWage: number, more: Inputs = {}): Inputs => ({
  reason,
  startDate,
  endDate,
  averageWage: yuan(averageWage),
  ...more,
});
/** As if Chengdu's average of 2025 had been entered: 9,100 a month, so that the cap is 27,300. */
const figures = withSlots({ 'chengdu-average-wage-month-2025': 9100, 'jianyang-minimum-wage-month-2025-06': 2200 });

describe('half months of pay', () => {
  it.each([
    ['five years exactly: 5', '2021-01-01', '2025-12-31', 10],
    ['five years and one day: 5.5', '2021-01-01', '2026-01-01', 11],
    ['five years and six months less a day: 5.5', '2021-01-01', '2026-06-29', 11],
    ['five years and six months: 6', '2021-01-01', '2026-06-30', 12],
    ['three months: 0.5', '2026-01-01', '2026-03-31', 1],
    ['seven months: 1', '2025-06-01', '2025-12-31', 2],
    ['one day: 0.5', '2026-01-01', '2026-01-01', 1],
    ['from a leap day, one year: 1', '2024-02-29', '2025-02-27', 2],
  ])('%s', (_name, from, last, expected) => {
    expect(halfMonthsOfPay(from, last, 6)).toBe(expected);
  });

  it('differ with the way of counting only on the very day', () => {
    expect(halfMonthsRange('2021-01-01', '2026-06-30', 6)).toEqual({ low: 11, high: 12 });
    expect(halfMonthsRange('2021-01-01', '2026-07-01', 6)).toEqual({ low: 12, high: 12 });
    expect(halfMonthsRange('2021-01-01', '2026-06-29', 6)).toEqual({ low: 11, high: 11 });
  });
});

describe('经济补偿', () => {
  it('2019-03-01 to 2026-02-10 is 6 years and 11 months: 7 × 6,000 = 42,000', () => {
    expect(lineOf(resultOf('severance', left('agreed-employer', '2019-03-01', '2026-02-10', 6000), figures), 'severance').amount).toBe(
      yuan(42_000),
    );
  });

  it('2023-09-15 to 2026-02-10 is 2 years and not quite 5 months: 2.5 × 5,001 = 12,502.50', () => {
    expect(lineOf(resultOf('severance', left('layoff', '2023-09-15', '2026-02-10', 5001), figures), 'severance').amount).toBe(1_250_250);
  });

  it('N+1: 2 years and 2 months at 6,000 are 15,000, and last month’s 6,500 in place of notice', () => {
    const result = resultOf(
      'severance',
      left('article-40', '2023-12-01', '2026-02-10', 6000, { notice: 'none', lastWage: yuan(6500) }),
      figures,
    );
    expect(lineOf(result, 'severance').amount).toBe(yuan(15_000));
    expect(lineOf(result, 'notice').amount).toBe(yuan(6500));
    expect(result.total.once).toEqual({ known: yuan(21_500), low: yuan(21_500), high: yuan(21_500), complete: true });
  });

  it('has no +1 where notice was given or paid for', () => {
    for (const notice of ['noticed', 'paid']) {
      expect(
        resultOf('severance', left('article-40', '2023-12-01', '2026-02-10', 6000, { notice }), figures).lines.map(({ id }) => id),
      ).toEqual(['severance']);
    }
  });

  it('2N and no N beside it: 7 × 6,000 × 2 = 84,000', () => {
    const result = resultOf('severance', left('unlawful', '2019-03-01', '2026-02-10', 6000), figures);
    expect(result.lines.map(({ id, amount }) => [id, amount])).toEqual([['unlawful-dismissal', yuan(84_000)]]);
    expect(result.needsHuman.map(({ reason }) => reason)).toContain('case-strategy');
  });

  it('of a wage above three times the average is capped in wage and in years: 27,300 × 12 = 327,600, not 30,000 × 15.5', () => {
    const line = lineOf(resultOf('severance', left('closed', '2010-10-01', '2026-02-10', 30_000), figures), 'severance');
    expect(line.amount).toBe(yuan(327_600));
    expect(line.formula).toContain('最多12年');
  });

  it('of a wage of exactly three times the average is not capped in years: 15.5 × 27,300 = 423,150', () => {
    expect(lineOf(resultOf('severance', left('closed', '2010-10-01', '2026-02-10', 27_300), figures), 'severance').amount).toBe(
      yuan(423_150),
    );
  });

  it('of a wage below the minimum is reckoned from the minimum: 1 × 2,200', () => {
    const line = lineOf(resultOf('severance', left('article-38', '2025-03-01', '2026-02-10', 1800), figures), 'severance');
    expect([line.amount, line.formula.includes('低于当地最低工资2,200元')]).toEqual([yuan(2200), true]);
  });

  it('counts from 2008-01-01 and leaves the years before it to a human: 18 years and 1 month, 18.5 × 5,000 = 92,500', () => {
    const result = resultOf('severance', left('closed', '1999-05-01', '2026-02-10', 5000), figures);
    const line = lineOf(result, 'severance');
    expect(line.amount).toBe(yuan(92_500));
    expect(line.cites).toContainEqual({ law: '劳动合同法', article: '第九十七条' });
    expect(result.needsHuman.map(({ text }) => text).join()).toContain('2008年1月1日以前');
  });

  it('2N counts from the first day at work even so: 2005-03-01 to 2026-02-10 is 21 years, 21 × 5,000 × 2 = 210,000', () => {
    expect(lineOf(resultOf('severance', left('unlawful', '2005-03-01', '2026-02-10', 5000), figures), 'unlawful-dismissal').amount).toBe(
      yuan(210_000),
    );
  });

  it('on the very day of the half-year is a range and a human: 5.5 or 6 × 4,000', () => {
    const result = resultOf('severance', left('layoff', '2020-08-10', '2026-02-09', 4000), figures);
    const line = lineOf(result, 'severance');
    expect([line.amount, line.range]).toEqual([null, { low: yuan(22_000), high: yuan(24_000) }]);
    expect(result.needsHuman.map(({ reason }) => reason)).toContain('not-confident');
  });

  it.each(['expired-worker', 'agreed-worker', 'resigned', 'misconduct'])(
    'is nothing for %s, by its article, and needs no wage',
    (reason) => {
      const line = lineOf(resultOf('severance', { reason, startDate: '2020-01-01', endDate: '2026-01-01' }, figures), 'severance');
      expect([line.amount, line.cites.length > 0]).toEqual([0, true]);
    },
  );

  it('after a dismissal for misconduct goes to a human as well: the employer has to prove it', () => {
    const result = resultOf('severance', { reason: 'misconduct', startDate: '2020-01-01', endDate: '2026-01-01' }, figures);
    expect(result.needsHuman.map(({ reason }) => reason)).toContain('case-strategy');
  });
});

describe('with the figures as they are shipped', () => {
  it('a wage of no more than three times the minimum cannot reach the cap: 2 × 6,600 = 13,200, not verified', () => {
    const line = lineOf(resultOf('severance', left('closed', '2024-02-11', '2026-02-10', 6600)), 'severance');
    expect(line.amount).toBe(yuan(13_200));
    expect(line.basis).toMatchObject({ kind: 'slot', verified: false });
    expect(line.formula).toContain('封顶用不上');
  });

  it('a higher wage has no amount, the formula and a human', () => {
    const result = resultOf('severance', left('closed', '2024-01-11', '2026-02-10', 6600.01));
    expect(lineOf(result, 'severance')).toMatchObject({ amount: null, range: null });
    expect(result.needsHuman.map(({ reason }) => reason)).toContain('unverified');
  });

  it('where Jianyang’s own minimum is not known, the province’s tiers still tell: 2,330 and more need no raising', () => {
    const on = (wage: number) => lineOf(resultOf('severance', left('closed', '2024-01-11', '2025-02-20', wage)), 'severance').amount;
    // 1 year and 1 month: 1.5 × 2,330 = 3,495
    expect([on(2330), on(2329)]).toEqual([yuan(3495), null]);
  });

  it('another province is for a human', () => {
    const result = resultOf('severance', left('closed', '2024-01-11', '2026-02-10', 3000, { place: 'other' }));
    expect([lineOf(result, 'severance').amount, result.needsHuman.map(({ reason }) => reason)]).toEqual([
      null,
      expect.arrayContaining(['other-region']) as string[],
    ]);
  });
});

describe('the calculator of severance', () => {
  it('asks why first, and for the notice only where it matters', () => {
    expect(askedIds(run('severance', {}))).toEqual(['reason', 'startDate']);
    const dates = { startDate: '2020-01-01', endDate: '2026-01-01' };
    expect(askedIds(run('severance', { reason: 'article-40', ...dates }))).toEqual(['averageWage', 'notice']);
    expect(askedIds(run('severance', { reason: 'layoff', ...dates }))).toEqual(['averageWage']);
  });

  it('refuses an end before the start, and leaves an end before 2008 to a human', () => {
    expect(run('severance', left('layoff', '2026-01-02', '2026-01-01', 5000))).toMatchObject({ kind: 'refused', human: false });
    expect(run('severance', left('layoff', '2001-01-02', '2007-12-31', 5000))).toMatchObject({ kind: 'refused', human: true });
  });
});
