import { describe, expect, it } from 'vitest';
import type { Inputs } from '../../src/calculators/index.js';
import { TODAY, askedIds, lineOf, resultOf, run, withSlots, yuan } from './support.js';

/** As if the average of the pooling area had been entered: 8,800 yuan a month for 2024, 9,000 for 2025. */
const averages = { 'pooling-average-wage-month-2024': 8800, 'pooling-average-wage-month-2025': 9000 };
const figures = withSlots(averages);
const graded = (grade: number, more: Inputs = {}): Inputs => ({
  outcome: 'grade',
  grade,
  injuryDate: '2025-05-01',
  ownWage: yuan(6000),
  insured: 'yes',
  leaving: 'stays',
  noSuitableWork: false,
  stopWorkMonths: 0,
  nursing: 'none',
  ...more,
});
const died: Inputs = {
  outcome: 'death',
  injuryDate: '2026-01-05',
  deathDate: '2026-01-05',
  ownWage: yuan(6000),
  insured: 'yes',
  deathTiming: 'accident',
  spouse: true,
  others: 1,
  alone: 0,
};

describe('一次性伤残补助金', () => {
  it.each([
    [1, 162_000],
    [2, 150_000],
    [3, 138_000],
    [4, 126_000],
    [5, 108_000],
    [6, 96_000],
    [7, 78_000],
    [8, 66_000],
    [9, 54_000],
    [10, 42_000],
  ])('grade %i at 6,000 a month: 27, 25, 23, 21, 18, 16, 13, 11, 9 or 7 × 6,000 = %i', (grade, expected) => {
    expect(lineOf(resultOf('work-injury', graded(grade), figures), 'disability-benefit')).toMatchObject({
      amount: yuan(expected),
      payer: '工伤保险基金',
    });
  });

  it('of a wage below 60 % of the average is reckoned from 60 %: 8,800 × 60 % = 5,280, × 13 = 68,640', () => {
    const line = lineOf(resultOf('work-injury', graded(7, { ownWage: yuan(4000) }), figures), 'disability-benefit');
    expect(line.amount).toBe(yuan(68_640));
    expect(line.formula).toContain('本人工资4,000元，低于平均工资8,800元的60%，按5,280元');
  });

  it('of a wage above 300 % is reckoned from 300 %: 8,800 × 3 = 26,400, × 7 = 184,800', () => {
    expect(lineOf(resultOf('work-injury', graded(10, { ownWage: yuan(50_000) }), figures), 'disability-benefit').amount).toBe(
      yuan(184_800),
    );
  });

  it('takes the average of the year before the injury: injured in 2026, 9,000 × 60 % = 5,400, × 7 = 37,800', () => {
    const inputs = graded(10, { injuryDate: '2026-02-01', ownWage: yuan(3000) });
    expect(lineOf(resultOf('work-injury', inputs, figures), 'disability-benefit').amount).toBe(yuan(37_800));
  });

  it('states no amount while the average is not known: the formula, what it is if nothing is adjusted, and a human', () => {
    const result = resultOf('work-injury', graded(7, { ownWage: yuan(5000) }));
    const line = lineOf(result, 'disability-benefit');
    expect([line.amount, line.range]).toEqual([null, null]);
    // 13 × 5,000 = 65,000
    expect(line.formula).toContain('13个月');
    expect(line.formula).toContain('本人工资不用调整的话，是65,000元');
    expect(line.basis).toMatchObject({ kind: 'slot', verified: false, slots: [{ id: 'pooling-average-wage-month-2024', value: null }] });
    expect(result.total.once).toEqual({ known: 0, low: 0, high: 0, complete: false });
    expect(result.needsHuman.map(({ reason }) => reason)).toContain('unverified');
  });

  it('of a citizen who does not know the wage is the formula alone', () => {
    const line = lineOf(resultOf('work-injury', graded(7, { ownWage: null }), figures), 'disability-benefit');
    expect([line.amount, line.formula]).toEqual([null, '七级：13个月 × 本人工资（受伤前一年的平均月缴费工资，还不知道）']);
  });

  it('outside Chengdu does not use the average that was entered for Jianyang', () => {
    const result = resultOf('work-injury', graded(7, { place: '四川' }), figures);
    expect(lineOf(result, 'disability-benefit').amount).toBeNull();
    expect(result.needsHuman.map(({ reason }) => reason)).toContain('other-region');
  });
});

describe('every month', () => {
  it.each([
    [1, 5400],
    [2, 5100],
    [3, 4800],
    [4, 4500],
  ])('grade %i is paid 90, 85, 80 or 75 %% of 6,000 by the fund = %i', (grade, expected) => {
    expect(lineOf(resultOf('work-injury', graded(grade), figures), 'disability-allowance')).toMatchObject({
      amount: yuan(expected),
      payer: '工伤保险基金',
      sum: 'monthly',
    });
  });

  it('grades 5 and 6 are paid 70 or 60 % of 6,000 by the employer, where it has no suitable work: 4,200 and 3,600', () => {
    for (const [grade, expected] of [
      [5, 4200],
      [6, 3600],
    ] as const) {
      const line = lineOf(resultOf('work-injury', graded(grade, { noSuitableWork: true }), figures), 'disability-allowance');
      expect(line).toMatchObject({ amount: yuan(expected), payer: '用人单位' });
    }
    expect(resultOf('work-injury', graded(5), figures).lines.map(({ id }) => id)).toEqual(['disability-benefit']);
  });

  it('is raised to the minimum wage: grade 6 of 2,500 with an average of 4,000 is 1,500, raised to 2,200', () => {
    const low = withSlots({ 'pooling-average-wage-month-2024': 4000 });
    const line = lineOf(resultOf('work-injury', graded(6, { ownWage: yuan(2500), noSuitableWork: true }), low), 'disability-allowance');
    expect(line.amount).toBe(yuan(2200));
    expect(line.basis).toMatchObject({ verified: false });
  });

  it('nursing is 50, 40 or 30 % of last year’s average, 9,000: 4,500, 3,600, 2,700', () => {
    for (const [nursing, expected] of [
      ['full', 4500],
      ['most', 3600],
      ['part', 2700],
    ] as const) {
      expect(lineOf(resultOf('work-injury', graded(1, { nursing }), figures), 'nursing-allowance').amount).toBe(yuan(expected));
    }
  });
});

describe('on leaving, grades 5 to 10', () => {
  it('the two payments have no amount while the province’s months are not verified', () => {
    const result = resultOf('work-injury', graded(8, { leaving: 'resigned' }), figures);
    expect(lineOf(result, 'medical-subsidy')).toMatchObject({ amount: null, payer: '工伤保险基金' });
    expect(lineOf(result, 'employment-subsidy')).toMatchObject({ amount: null, payer: '用人单位' });
    expect(result.needsHuman.map(({ reason }) => reason)).toContain('unverified');
  });

  it('show none of the figures on which the sources disagree', () => {
    for (let grade = 5; grade <= 10; grade++) {
      const result = resultOf('work-injury', graded(grade, { leaving: 'resigned' }));
      for (const id of ['medical-subsidy', 'employment-subsidy']) expect(lineOf(result, id).formula).not.toMatch(/\d+个月/);
    }
  });

  it('are months × the base, once both have been entered: 4 × 9,000 = 36,000', () => {
    const entered = withSlots({ ...averages, 'sichuan-medical-subsidy-grade-10': 4 }, 'pooling-average-wage');
    expect(lineOf(resultOf('work-injury', graded(10, { leaving: 'expired' }), entered), 'medical-subsidy').amount).toBe(yuan(36_000));
    const ofOwnWage = withSlots({ ...averages, 'sichuan-medical-subsidy-grade-10': 4.5 }, 'own-wage');
    // 4.5 × 6,000 = 27,000
    expect(lineOf(resultOf('work-injury', graded(10, { leaving: 'expired' }), ofOwnWage), 'medical-subsidy').amount).toBe(yuan(27_000));
  });

  it('stay without an amount where the months are entered and the base is not', () => {
    const entered = withSlots({ ...averages, 'sichuan-medical-subsidy-grade-10': 4 });
    const result = resultOf('work-injury', graded(10, { leaving: 'resigned' }), entered);
    expect(lineOf(result, 'medical-subsidy').amount).toBeNull();
    expect(result.needsHuman.map(({ reason }) => reason)).toContain('unverified');
  });

  it('need a human where the article does not name the way of leaving', () => {
    const reasons = (grade: number, leaving: string) =>
      resultOf('work-injury', graded(grade, { leaving }), figures).needsHuman.map(({ reason }) => reason);
    expect(reasons(9, 'dismissed')).toContain('case-strategy');
    expect(reasons(5, 'expired')).toContain('case-strategy');
    expect(reasons(9, 'expired')).not.toContain('case-strategy');
  });
});

describe('停工留薪期', () => {
  it('is the whole former wage, by the employer: 3.5 × 7,000 = 24,500', () => {
    expect(lineOf(resultOf('work-injury', graded(9, { stopWorkMonths: 3.5, usualWage: yuan(7000) }), figures), 'stop-work')).toMatchObject({
      amount: yuan(24_500),
      payer: '用人单位',
    });
  });

  it('counts no more than 12 and 12 months: 30 months of 5,000 are 24 × 5,000 = 120,000, and a human looks', () => {
    const result = resultOf('work-injury', graded(9, { stopWorkMonths: 30, usualWage: yuan(5000) }), figures);
    expect(lineOf(result, 'stop-work').amount).toBe(yuan(120_000));
    expect(result.needsHuman.map(({ reason }) => reason)).toContain('case-strategy');
  });

  it('is the formula alone where the months are not known', () => {
    expect(lineOf(resultOf('work-injury', graded(9, { stopWorkMonths: null }), figures), 'stop-work').amount).toBeNull();
  });
});

describe('a death at work', () => {
  it('in 2026: 20 × 56,502 = 1,130,040, from a figure that no one has verified yet', () => {
    const line = lineOf(resultOf('work-injury', died, figures), 'death-compensation');
    expect(line.amount).toBe(yuan(1_130_040));
    expect(line.basis).toMatchObject({ kind: 'slot', verified: false, slots: [{ id: 'national-urban-income-2025', verified: false }] });
    expect(line.basis.kind === 'slot' && line.basis.slots[0]?.source).toContain('etnet');
  });

  it('in 2025 has no amount: the income of 2024 was seen on a page that is not to be trusted', () => {
    const inputs = { ...died, injuryDate: '2025-06-01', deathDate: '2025-06-01' };
    const result = resultOf('work-injury', inputs, figures);
    const line = lineOf(result, 'death-compensation');
    expect([line.amount, line.formula.includes('54')]).toEqual([null, false]);
    expect(result.needsHuman.map(({ reason }) => reason)).toContain('unverified');
  });

  it('buries with 6 × 9,000 = 54,000', () => {
    expect(lineOf(resultOf('work-injury', died, figures), 'funeral').amount).toBe(yuan(54_000));
  });

  it.each([
    ['spouse', true, 0, 0, 2400], // 40 %
    ['spouse and one child', true, 1, 0, 4200], // 40 + 30
    ['one orphan', false, 1, 1, 2400], // 30 + 10
    ['spouse and three, one of them an orphan', true, 3, 1, 6000], // 140 %, not above the wage
  ])('keeps the dependants, %s, every month', (_who, spouse, others, alone, expected) => {
    expect(lineOf(resultOf('work-injury', { ...died, spouse, others, alone }, figures), 'dependants-pension').amount).toBe(yuan(expected));
  });

  it('after the period of treatment, grades 1 to 4, brings no 20 times', () => {
    expect(resultOf('work-injury', { ...died, deathTiming: 'grade-1-4' }, figures).lines.map(({ id }) => id)).toEqual([
      'funeral',
      'dependants-pension',
    ]);
  });

  it('in any other way is for a human', () => {
    expect(run('work-injury', { ...died, deathTiming: 'other' }, figures)).toMatchObject({ kind: 'refused', human: true });
  });
});

describe('who pays', () => {
  it('without insurance is the employer, item by item, and says by which article', () => {
    const result = resultOf('work-injury', graded(1, { insured: 'no', nursing: 'full' }), figures);
    expect(new Set(result.lines.map(({ payer }) => payer))).toEqual(new Set(['用人单位']));
    for (const line of result.lines) expect(line.cites).toContainEqual({ law: '工伤保险条例', article: '第六十二条' });
  });

  it('is left open where the citizen does not know', () => {
    expect(lineOf(resultOf('work-injury', graded(1, { insured: 'unknown' }), figures), 'disability-benefit').payer).toBe(
      '参保的由工伤保险基金付，没参保的由用人单位付',
    );
  });
});

describe('the calculator of work injuries', () => {
  it('asks what decides first, two things at most', () => {
    expect(askedIds(run('work-injury', {}))).toEqual(['outcome', 'injuryDate']);
    expect(askedIds(run('work-injury', { outcome: 'grade', injuryDate: '2025-05-01' }))).toEqual(['grade', 'ownWage']);
    expect(askedIds(run('work-injury', { outcome: 'death', injuryDate: '2025-05-01' }))).toEqual(['deathDate', 'insured']);
  });

  it.each([
    ['grade 0', graded(0)],
    ['grade 11', graded(11)],
    ['grade 7.5', graded(7.5)],
    ['a negative wage', graded(7, { ownWage: -1 })],
    ['a wage of nothing', graded(7, { ownWage: 0 })],
    ['a day that does not exist', graded(7, { injuryDate: '2025-02-30' })],
    ['an injury in the future', graded(7, { injuryDate: '2026-03-11' })],
    ['a death before the injury', { ...died, deathDate: '2026-01-04' }],
    ['more orphans than dependants', { ...died, others: 1, alone: 2 }],
    ['an answer that was not offered', graded(7, { insured: 'maybe' })],
    ['words for a number', graded(7, { ownWage: '六千' })],
  ])('refuses %s and says what to do', (_what, inputs) => {
    const refused = run('work-injury', inputs, figures);
    expect(refused).toMatchObject({ kind: 'refused', human: false });
    expect(refused.kind === 'refused' && refused.remedy.length > 4).toBe(true);
  });

  it('sends an injury before 2011-01-01, when another regulation held, to a human', () => {
    expect(run('work-injury', graded(7, { injuryDate: '2010-12-31' }), figures)).toMatchObject({ kind: 'refused', human: true });
    expect(run('work-injury', graded(7, { injuryDate: '2011-01-01' }), figures).kind).toBe('result');
  });

  it('knows no day but the one it is given', () => {
    expect(run('work-injury', graded(7), figures, '2025-04-30')).toMatchObject({ kind: 'refused' });
    expect(run('work-injury', graded(7), figures, TODAY).kind).toBe('result');
  });
});
