import { describe, expect, it } from 'vitest';
import type { Inputs } from '../../src/calculators/index.js';
import { askedIds, lineOf, resultOf, run, withSlots, yuan } from './support.js';

describe('加班费', () => {
  const worked: Inputs = { system: 'standard', monthlyWage: yuan(4350), workdayHours: 10, restHours: 8, holidayHours: 8 };

  it('at 4,350 a month, 25 an hour: 10 h × 150 % = 375, 8 h × 200 % = 400, 8 h × 300 % = 600, together 1,375', () => {
    const result = resultOf('overtime', worked);
    expect(result.lines.map(({ id, amount }) => [id, amount])).toEqual([
      ['overtime-workday', yuan(375)],
      ['overtime-rest-day', yuan(400)],
      ['overtime-holiday', yuan(600)],
    ]);
    expect(result.total.once).toMatchObject({ known: yuan(1375), complete: true });
  });

  it('is rounded once, at the end: 3,000 ÷ 21.75 ÷ 8 × 150 % × 1.5 h = 38.793… → 38.79', () => {
    expect(lineOf(resultOf('overtime', { ...worked, monthlyWage: yuan(3000), workdayHours: 1.5 }), 'overtime-workday').amount).toBe(3879);
  });

  it('leaves out what was not worked', () => {
    expect(resultOf('overtime', { ...worked, workdayHours: 0, restHours: 0 }).lines.map(({ id }) => id)).toEqual(['overtime-holiday']);
    expect(run('overtime', { ...worked, workdayHours: 0, restHours: 0, holidayHours: 0 })).toMatchObject({ kind: 'refused' });
  });

  it('names the notice of the 21.75 days, which the pack has no gist of, without citing it', () => {
    const line = lineOf(resultOf('overtime', worked), 'overtime-holiday');
    expect(line.alsoUnder).toEqual([{ law: '关于职工全年月平均工作时间和工资折算问题的通知', article: '全文' }]);
    expect(line.cites.map(({ law }) => law)).not.toContain('关于职工全年月平均工作时间和工资折算问题的通知');
    expect(resultOf('overtime', worked).notes.filter(({ verified }) => !verified)).toHaveLength(1);
  });

  it('has no amount for irregular hours, and asks no hours', () => {
    const result = resultOf('overtime', { system: 'irregular', monthlyWage: yuan(4350) });
    expect([lineOf(result, 'overtime').amount, result.needsHuman.length]).toEqual([null, 1]);
  });

  it('pays no rest day apart where hours are pooled, and wants a human', () => {
    const result = resultOf('overtime', { ...worked, system: 'pooled' });
    expect([result.lines.map(({ id }) => id), result.needsHuman.length]).toEqual([['overtime-workday', 'overtime-holiday'], 1]);
  });

  it('before 2008, when hours were divided otherwise, is for a human', () => {
    expect(run('overtime', { ...worked, firstDay: '2007-12-31' })).toMatchObject({ kind: 'refused', human: true });
    expect(run('overtime', { ...worked, firstDay: '2026-03-11' })).toMatchObject({ kind: 'refused', human: false });
  });
});

describe('未休年休假工资', () => {
  const year: Inputs = {
    year: 2025,
    workedMonths: 60,
    situation: 'whole',
    continuous: true,
    daysTaken: 0,
    lost: false,
    refused: false,
    monthlyWage: yuan(4350),
  };
  const amount = (more: Inputs) => lineOf(resultOf('annual-leave', { ...year, ...more }), 'annual-leave').amount;

  it.each([
    ['11 months: no leave', 11, 0],
    ['1 year: 5 days × 200 × 2 = 2,000', 12, 2000],
    ['9 years and 11 months: 5 days', 119, 2000],
    ['10 years: 10 days = 4,000', 120, 4000],
    ['19 years and 11 months: 10 days', 239, 4000],
    ['20 years: 15 days = 6,000', 240, 6000],
  ])('%s', (_name, workedMonths, expected) => {
    expect(amount({ workedMonths })).toBe(yuan(expected));
  });

  it('takes off what was taken, half days too: 5 − 1.5 = 3.5 × 200 × 2 = 1,400', () => {
    expect(amount({ daysTaken: 1.5 })).toBe(yuan(1400));
    expect([amount({ daysTaken: 5 }), amount({ daysTaken: 8 })]).toEqual([0, 0]);
  });

  it('pays 200 % on top, since 300 % includes the ordinary wage', () => {
    const line = lineOf(resultOf('annual-leave', year), 'annual-leave');
    expect(line.formula).toContain('200% × 5天＝2,000元（一共300%，平时的工资已经发了一份）');
  });

  it('of one who left on 2025-09-30 with 10 days a year: 273 ÷ 365 × 10 = 7.47, less 2 taken = 5.47 → 5 × 400 = 2,000', () => {
    expect(amount({ workedMonths: 130, situation: 'left', leaveDate: '2025-09-30', daysTaken: 2 })).toBe(yuan(2000));
  });

  it('of one who joined on 2025-07-01 with 5 days a year: 184 ÷ 365 × 5 = 2.52 → 2 × 400 = 800', () => {
    expect(amount({ situation: 'joined', joinDate: '2025-07-01' })).toBe(yuan(800));
  });

  it('of one who left after exactly a fifth of the year: 73 ÷ 365 × 5 = 1 day, not 0.999…', () => {
    expect(amount({ situation: 'left', leaveDate: '2025-03-14' })).toBe(yuan(400));
    expect(amount({ situation: 'left', leaveDate: '2025-03-13' })).toBe(0);
  });

  it('is nothing for one not twelve months at work, excluded by 第四条, or who refused it in writing', () => {
    expect([amount({ continuous: false }), amount({ lost: true }), amount({ refused: true })]).toEqual([0, 0, 0]);
  });

  it('of an earlier year wants a human: from when its year to claim runs is disputed', () => {
    const reasons = (of: number) => resultOf('annual-leave', { ...year, year: of }).needsHuman.length;
    expect([reasons(2026), reasons(2025)]).toEqual([0, 1]);
  });

  it('refuses a year to come, days of another year; leaves years before 2008 to a human', () => {
    expect(run('annual-leave', { ...year, year: 2027 })).toMatchObject({ kind: 'refused', human: false });
    expect(run('annual-leave', { ...year, situation: 'left', leaveDate: '2024-09-30' })).toMatchObject({ kind: 'refused', human: false });
    expect(run('annual-leave', { ...year, situation: 'both', joinDate: '2025-09-30', leaveDate: '2025-09-29' })).toMatchObject({
      kind: 'refused',
    });
    expect(run('annual-leave', { ...year, year: 2007 })).toMatchObject({ kind: 'refused', human: true });
  });
});

describe('拖欠工资', () => {
  const owed: Inputs = { kind: 'unpaid', owed: yuan(18_000), stage: 'none', construction: false };

  it('is what is owed; the 9,000 to 18,000 on top (50 % to 100 %) stand apart until an order has been ignored', () => {
    const result = resultOf('wage-arrears', owed);
    expect(lineOf(result, 'owed').amount).toBe(yuan(18_000));
    expect(lineOf(result, 'extra')).toMatchObject({ amount: null, range: { low: yuan(9000), high: yuan(18_000) }, sum: 'apart' });
    expect(result.total.once).toEqual({ known: yuan(18_000), low: yuan(18_000), high: yuan(18_000), complete: true });
  });

  it('counts them once it has been ignored: 27,000 to 36,000, and a human', () => {
    const result = resultOf('wage-arrears', { ...owed, stage: 'overdue' });
    expect(result.total.once).toEqual({ known: yuan(18_000), low: yuan(27_000), high: yuan(36_000), complete: true });
    expect(result.needsHuman.map(({ reason }) => reason)).toEqual(['case-strategy']);
  });

  it('below the minimum wage, July to December 2025 in Jianyang: (2,200 − 2,000) × 6 = 1,200, not verified', () => {
    const inputs = {
      kind: 'below-minimum',
      paidMonthly: yuan(2000),
      firstMonth: '2025-07-01',
      months: 6,
      stage: 'none',
      construction: false,
    };
    const line = lineOf(resultOf('wage-arrears', inputs), 'owed');
    expect([line.amount, line.basis]).toEqual([yuan(1200), expect.objectContaining({ kind: 'slot', verified: false })]);
    // tier 1: (2,330 − 2,000) × 6 = 1,980
    expect(lineOf(resultOf('wage-arrears', { ...inputs, place: '成都' }), 'owed').amount).toBe(yuan(1980));
    expect(lineOf(resultOf('wage-arrears', { ...inputs, paidMonthly: yuan(2500) }), 'owed').amount).toBe(0);
  });

  it('has no amount where one month’s minimum is not known, and none for what hangs on it', () => {
    const inputs = {
      kind: 'below-minimum',
      paidMonthly: yuan(2000),
      firstMonth: '2025-05-10',
      months: 3,
      stage: 'none',
      construction: false,
    };
    const result = resultOf('wage-arrears', inputs);
    expect([lineOf(result, 'owed').amount, lineOf(result, 'extra').range]).toEqual([null, null]);
    expect(result.needsHuman.map(({ reason }) => reason)).toContain('unverified');
    const entered = withSlots({ 'jianyang-minimum-wage-month-2025-01': 2100 });
    // May 100; June (from the 10th, new figure) and July 200 each
    expect(lineOf(resultOf('wage-arrears', inputs, entered), 'owed').amount).toBe(yuan(500));
  });

  it('on a building site names who pays first', () => {
    const cites = resultOf('wage-arrears', { ...owed, construction: true }).notes.flatMap((note) => note.cites);
    expect(cites).toContainEqual({ law: '保障农民工工资支付条例', article: '第三十条' });
  });

  it('asks for what it needs', () => {
    expect(askedIds(run('wage-arrears', {}))).toEqual(['kind', 'stage']);
    expect(askedIds(run('wage-arrears', { kind: 'below-minimum' }))).toEqual(['paidMonthly', 'firstMonth']);
  });

  it('refuses more months than have passed', () => {
    expect(
      run('wage-arrears', {
        kind: 'below-minimum',
        paidMonthly: 1,
        firstMonth: '2026-01-01',
        months: 4,
        stage: 'none',
        construction: false,
      }),
    ).toMatchObject({ kind: 'refused' });
  });
});
