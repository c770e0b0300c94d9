import { describe, expect, it } from 'vitest';
import { addDays, weekday } from '../../src/calculators/dates.js';
import { CALCULATORS, type Figures, type Inputs, type InputValue, type WorkingCalendar } from '../../src/calculators/index.js';
import { TODAY, lineOf, resultOf, run, shipped, withSlots, yuan } from './support.js';

/** Cases worked by hand from the official texts: [what, inputs, id of the line, its amount in yuan or its range]. */
type Case = readonly [string, Inputs, string, number | readonly [number, number] | null];

function check(id: string, inputs: Inputs, line: string, expected: Case[3], figures: Figures = shipped, today = TODAY): void {
  const { amount, range } = lineOf(resultOf(id, inputs, figures, today), line);
  const isRange = typeof expected === 'object' && expected !== null;
  expect([amount, range]).toEqual([
    typeof expected === 'number' ? yuan(expected) : null,
    isRange ? { low: yuan(expected[0]), high: yuan(expected[1]) } : null,
  ]);
}
const humans = (id: string, inputs: Inputs, figures: Figures = shipped, today = TODAY): string =>
  resultOf(id, inputs, figures, today)
    .needsHuman.map(({ text }) => text)
    .join('；');
const notes = (id: string, inputs: Inputs, figures: Figures = shipped, today = TODAY): string =>
  resultOf(id, inputs, figures, today)
    .notes.map(({ text }) => text)
    .join('；');

describe('工伤待遇, by hand', () => {
  const figures = withSlots({ 'pooling-average-wage-month-2024': 8800, 'pooling-average-wage-month-2025': 9000 });
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
  const died = (more: Inputs): Inputs => ({
    outcome: 'death',
    injuryDate: '2026-01-05',
    deathDate: '2026-01-05',
    ownWage: yuan(6000),
    insured: 'yes',
    deathTiming: 'accident',
    spouse: true,
    others: 0,
    ...more,
  });
  const cases: readonly Case[] = [
    ['at the floor, 8,800 × 60 %, nothing is raised: 21 × 5,280', graded(4, { ownWage: yuan(5280) }), 'disability-benefit', 110_880],
    ['a fen below it is raised: 7 × 5,280', graded(10, { ownWage: 527_999 }), 'disability-benefit', 36_960],
    ['at the ceiling, 8,800 × 3: 18 × 26,400', graded(5, { ownWage: yuan(26_400) }), 'disability-benefit', 475_200],
    [
      'on the last day of 2025 the average of 2024 holds: 7 × 5,280',
      graded(10, { injuryDate: '2025-12-31', ownWage: 1 }),
      'disability-benefit',
      36_960,
    ],
    ['uninsured, grade 4: 75 % of 5,280', graded(4, { insured: 'no', ownWage: yuan(5280) }), 'disability-allowance', 3960],
    ['24.5 months off work count as 24', graded(9, { stopWorkMonths: 24.5, usualWage: yuan(5000) }), 'stop-work', 120_000],
    ['a spouse and an orphan: 40 + 30 + 10 = 80 %', died({ others: 1, alone: 1 }), 'dependants-pension', 4800],
    ['three others: 90 %', died({ spouse: false, others: 3, alone: 0 }), 'dependants-pension', 5400],
    ['four others: 120 %, paid 100 %', died({ spouse: false, others: 4, alone: 0 }), 'dependants-pension', 6000],
    [
      'died on the last day of 2024: 20 × 51,821, the income of 2023',
      died({ injuryDate: '2024-12-31', deathDate: '2024-12-31' }),
      'death-compensation',
      1_036_420,
    ],
    [
      'died a day later: the income of 2024 is not known',
      died({ injuryDate: '2024-12-31', deathDate: '2025-01-01' }),
      'death-compensation',
      null,
    ],
    ['it is not known who depended on him: no amount', died({ spouse: null, others: null }), 'dependants-pension', null],
    ['of them the rest is still reckoned: 6 × 9,000', died({ spouse: null, others: null }), 'funeral', 54_000],
  ];
  it.each(cases)('%s', (_what, inputs, line, expected) => {
    check('work-injury', inputs, line, expected, figures);
  });

  it('exactly 12 months off work need no one’s confirmation; half a month more do', () => {
    const months = (stopWorkMonths: number) => humans('work-injury', graded(9, { stopWorkMonths, usualWage: yuan(5000) }), figures);
    expect([months(12), months(12.5)]).toEqual(['', expect.stringContaining('鉴定委员会') as string]);
  });

  it('without a grade there is treatment and the time off work, and the way to recognition and to a grade', () => {
    const inputs: Inputs = {
      outcome: 'ungraded',
      injuryDate: '2026-01-05',
      insured: 'no',
      stopWorkMonths: 2,
      usualWage: yuan(5000),
    };
    const result = resultOf('work-injury', inputs);
    expect(result.lines.map(({ id, amount, payer }) => [id, amount, payer])).toEqual([
      ['treatment', null, '用人单位'],
      ['stop-work', yuan(10_000), '用人单位'],
    ]);
    expect(result.total.once.complete).toBe(true);
    expect(notes('work-injury', inputs)).toMatch(/三十日内申请.*一年内自己申请.*劳动能力鉴定/);
  });

  it('names what hangs on a later finding: care at any grade, severance where the employer ends the contract', () => {
    expect(notes('work-injury', graded(7))).toContain('生活护理费');
    expect(notes('work-injury', graded(3, { nursing: 'full' }))).not.toContain('另外每月有生活护理费');
    const leaving = (how: string) => notes('work-injury', graded(8, { leaving: how })).includes('经济补偿');
    expect(['expired', 'dismissed', 'resigned', 'stays'].map(leaving)).toEqual([true, true, false, false]);
  });
});

describe('经济补偿与赔偿金, by hand', () => {
  const figures = withSlots({ 'chengdu-average-wage-month-2025': 9100, 'jianyang-minimum-wage-month-2025-06': 2200 });
  const left = (reason: string, startDate: string, endDate: string, wage: number, more: Inputs = {}): Inputs => ({
    reason,
    startDate,
    endDate,
    averageWage: yuan(wage),
    ...more,
  });
  const cases: readonly Case[] = [
    ['a day at work: 0.5', left('layoff', '2026-02-10', '2026-02-10', 6000), 'severance', 3000],
    ['six months less a day: 0.5', left('layoff', '2025-08-10', '2026-02-08', 6000), 'severance', 3000],
    ['six months, the first day counted: 0.5 or 1', left('layoff', '2025-08-10', '2026-02-09', 6000), 'severance', [3000, 6000]],
    ['six months and a day: 1', left('layoff', '2025-08-10', '2026-02-10', 6000), 'severance', 6000],
    ['from 08-31, six months end on 02-27 or 02-28', left('layoff', '2025-08-31', '2026-02-27', 6000), 'severance', [3000, 6000]],
    ['from 08-30 too: February has no 30th', left('layoff', '2025-08-30', '2026-02-27', 6000), 'severance', [3000, 6000]],
    ['to 02-28 they are over either way: 1', left('layoff', '2025-08-30', '2026-02-28', 6000), 'severance', 6000],
    ['exactly a year: 1', left('layoff', '2025-02-11', '2026-02-10', 6000), 'severance', 6000],
    ['the same date a year on: 1 or 1.5', left('layoff', '2025-02-10', '2026-02-10', 6000), 'severance', [6000, 9000]],
    ['from the first day of the law: 18 years and 1 month, 18.5', left('closed', '2008-01-01', '2026-02-10', 5000), 'severance', 92_500],
    ['a fen above the cap: 27,300 × 12', left('closed', '2010-10-01', '2026-02-10', 27_300.01), 'severance', 327_600],
    ['above the cap, 2N of 20 years: 27,300 × 12 × 2', left('unlawful', '2005-03-01', '2026-02-10', 30_000), 'unlawful-dismissal', 655_200],
    ['above the cap, 2N of 5 years: 27,300 × 5 × 2', left('unlawful', '2021-03-11', '2026-03-05', 30_000), 'unlawful-dismissal', 273_000],
    [
      'below the minimum, 2N of 2.5 months: 2,200 × 0.5 × 2',
      left('unlawful', '2025-12-01', '2026-02-15', 1800),
      'unlawful-dismissal',
      2200,
    ],
    [
      'N where last month’s wage is not known: 2.5 × 6,000',
      left('article-40', '2023-12-01', '2026-02-10', 6000, { notice: 'none', lastWage: null }),
      'severance',
      15_000,
    ],
    [
      'and the +1 without an amount',
      left('article-40', '2023-12-01', '2026-02-10', 6000, { notice: 'none', lastWage: null }),
      'notice',
      null,
    ],
    ['at the age of retirement: nothing', left('retired', '2005-03-01', '2026-02-10', 6000), 'severance', 0],
  ];
  it.each(cases)('%s', (_what, inputs, line, expected) => {
    check('severance', inputs, line, expected, figures);
  });

  it('began before 2008 is cut, on 2008-01-01 is not', () => {
    const cut = (start: string) => humans('severance', left('closed', start, '2026-02-10', 5000), figures).includes('以前的那段工作');
    expect([cut('2007-12-31'), cut('2008-01-01')]).toEqual([true, false]);
  });

  it('more than a year after the end the limitation is named', () => {
    const late = (end: string) => humans('severance', left('layoff', '2020-01-15', end, 6000), figures).includes('时效');
    expect([late('2025-03-10'), late('2025-03-09')]).toEqual([false, true]);
  });

  it('whose notice is not known says what is due without one', () => {
    expect(notes('severance', left('article-40', '2023-12-01', '2026-02-10', 6000, { notice: null }), figures)).toContain(
      '额外付一个月工资',
    );
  });

  it('of a year that was mistyped is refused; of a contract that ends next month is not', () => {
    expect(run('severance', left('layoff', '2020-01-01', '2062-02-10', 6000))).toMatchObject({ kind: 'refused', human: false });
    expect(run('severance', left('layoff', '2026-03-11', '2026-03-12', 6000))).toMatchObject({ kind: 'refused', human: false });
    expect(run('severance', left('expired-employer', '2024-04-01', '2026-03-31', 6000)).kind).toBe('result');
  });
});

describe('双倍工资, by hand', () => {
  const worked = (startDate: string, more: Inputs = {}): Inputs => ({
    startDate,
    signed: 'never',
    left: false,
    monthlyWage: yuan(5000),
    demandDate: null,
    ...more,
  });
  const cases: readonly (readonly [...Case, string])[] = [
    ['from a leap day, eleven months', worked('2024-02-29'), 'double-wage', 55_000, '2025-03-20'],
    [
      'signed on the day the year is full: eleven',
      worked('2025-01-01', { signed: 'later', signedDate: '2026-01-01' }),
      'double-wage',
      55_000,
      '2026-01-20',
    ],
    [
      'left on the last day of the first month: nothing',
      worked('2025-01-01', { left: true, endDate: '2025-01-31' }),
      'double-wage',
      0,
      TODAY,
    ],
    // Saturday 2025-02-01: 1 of 28 days, or no paid day
    [
      'signed after one day of it, a Saturday',
      worked('2025-01-01', { signed: 'later', signedDate: '2025-02-02' }),
      'double-wage',
      [0, 178.57],
      '2025-05-20',
    ],
  ];
  it.each(cases)('%s', (_what, inputs, line, expected, today) => {
    check('double-wage', inputs, line, expected, shipped, today);
  });

  it('from 01-31 is eleven full months, February the 28th to January the 30th, and in no doubt', () => {
    const line = lineOf(resultOf('double-wage', worked('2025-01-31'), shipped, '2026-02-10'), 'double-wage');
    expect(line.amount).toBe(yuan(55_000));
    expect(line.formula).toContain('2025年2月28日至2026年1月30日，共11个月 ×');
    expect(humans('double-wage', worked('2025-01-31'), shipped, '2026-02-10')).toBe('');
  });
});

describe('加班费 and 年休假, by hand', () => {
  const leave = (more: Inputs): Inputs => ({
    year: 2025,
    workedMonths: 60,
    situation: 'whole',
    continuous: true,
    daysTaken: 0,
    lost: false,
    refused: false,
    monthlyWage: yuan(4350),
    ...more,
  });
  const cases: readonly Case[] = [
    // 200 a day, 400 for each day not taken
    [
      'joined on the first day of a leap year, 366 ÷ 365 × 15: 15 days',
      leave({ year: 2024, workedMonths: 300, situation: 'joined', joinDate: '2024-01-01' }),
      'annual-leave',
      6000,
    ],
    ['joined on the last day: none', leave({ situation: 'joined', joinDate: '2025-12-31' }), 'annual-leave', 0],
    [
      'left on a leap day, 60 ÷ 365 × 10 = 1.64: 1 day',
      leave({ year: 2024, workedMonths: 140, situation: 'left', leaveDate: '2024-02-29' }),
      'annual-leave',
      400,
    ],
    [
      'joined and left, 183 ÷ 365 × 10 = 5.01: 5 days',
      leave({ workedMonths: 140, situation: 'both', joinDate: '2025-04-01', leaveDate: '2025-09-30' }),
      'annual-leave',
      2000,
    ],
    [
      'joined on 2025-07-01, half a day taken: 2 − 0.5',
      leave({ situation: 'joined', joinDate: '2025-07-01', daysTaken: 0.5 }),
      'annual-leave',
      600,
    ],
  ];
  it.each(cases)('%s', (_what, inputs, line, expected) => {
    check('annual-leave', inputs, line, expected);
  });

  it('of the year that is still running is not owed yet', () => {
    const early = resultOf('annual-leave', leave({ year: 2026 }));
    expect([early.lines[0]?.sum, early.total.once.known]).toEqual(['apart', 0]);
    expect(notes('annual-leave', leave({ year: 2026 }))).toContain('还没有过完');
    const gone = resultOf('annual-leave', leave({ year: 2026, workedMonths: 140, situation: 'left', leaveDate: '2026-03-01' }));
    // 60 ÷ 365 × 10 = 1.64
    expect([gone.lines[0]?.sum, gone.total.once.known]).toEqual(['once', yuan(400)]);
  });

  it('of one who completed one, ten or twenty years in that year is in doubt', () => {
    const doubt = (workedMonths: number) => humans('annual-leave', leave({ workedMonths })).includes('刚好');
    expect([12, 23, 24, 119, 120, 131, 132, 240, 251, 252].map(doubt)).toEqual([
      true,
      true,
      false,
      false,
      true,
      true,
      false,
      true,
      true,
      false,
    ]);
  });

  it('of one who cannot say whether it was lost is reckoned, and a human looks', () => {
    check('annual-leave', leave({ lost: null }), 'annual-leave', 2000);
    expect(humans('annual-leave', leave({ lost: null }))).toContain('不清楚');
  });

  it('36 hours at 2,200: 2,200 ÷ 21.75 ÷ 8 × 150 % × 36 = 682.7586…, whatever the system; not knowing it wants a human', () => {
    const hours: Inputs = { system: null, monthlyWage: yuan(2200), workdayHours: 36, restHours: 0, holidayHours: 0 };
    check('overtime', hours, 'overtime-workday', 682.76);
    expect(humans('overtime', hours)).toContain('标准工时');
  });
});

describe('拖欠工资, by hand', () => {
  const below: Inputs = {
    kind: 'below-minimum',
    paidMonthly: yuan(2200),
    firstMonth: '2025-07-01',
    months: 3,
    stage: null,
    construction: null,
  };
  const cases: readonly Case[] = [
    ['exactly the minimum: nothing', below, 'owed', 0],
    ['inside Chengdu (2,330 − 2,200) × 3', { ...below, place: '成都' }, 'owed', 390],
    [
      'of 18,000.01, half is rounded up to the fen',
      { kind: 'unpaid', owed: 1_800_001, stage: 'overdue', construction: true },
      'extra',
      [9000.01, 18_000.01],
    ],
  ];
  it.each(cases)('%s', (_what, inputs, line, expected) => {
    check('wage-arrears', inputs, line, expected);
  });
});

describe('期限, by hand', () => {
  /** Knows 2026: the Spring Festival from the 15th to the 23rd of February. */
  const calendar: WorkingCalendar = {
    knows: (year) => year === 2026,
    isWorkingDay: (day) => (day < '2026-02-15' || day > '2026-02-23') && weekday(day) % 6 !== 0,
  };
  const date = (inputs: Inputs, id: string, today = TODAY) => lineOf(resultOf('deadlines', inputs, shipped, today, calendar), id).date;

  it('received on 2026-02-02, 15 days end in the Spring Festival: 02-24', () => {
    expect(date({ matter: 'sue-after-award', receivedDate: '2026-02-02' }, 'sue-award')).toBe('2026-02-24');
  });

  it('six months from 2027-08-31 end on the leap day', () => {
    const inputs = { matter: 'administrative-act', knownDate: '2027-08-31', informed: 'yes' };
    expect(date(inputs, 'administrative-suit', '2027-09-10')).toBe('2028-02-29');
  });

  it('a year from a leap day ends on 02-28; a demand on that last day is in time, a day later is not', () => {
    const inputs = (demandDate: string) => ({ matter: 'arbitration-other', knownDate: '2024-02-29', demandDate });
    expect(date(inputs('2025-02-28'), 'arbitration')).toBe('2026-03-02'); // 02-28 is a Saturday
    expect(date(inputs('2025-03-01'), 'arbitration')).toBe('2025-02-28');
  });

  it('a demand before the employment ended is no mistake: the year still runs from its end', () => {
    expect(date({ matter: 'arbitration-wages-left', leftDate: '2025-12-31', demandDate: '2025-11-20' }, 'arbitration')).toBe('2026-12-31');
  });

  it('执行: a demand in time begins the two years anew', () => {
    expect(date({ matter: 'enforce', dueDate: '2023-06-30', demandDate: '2025-06-30' }, 'enforce')).toBe('2027-06-30');
    expect(humans('deadlines', { matter: 'enforce', dueDate: '2023-06-30', demandDate: null })).toContain(
      '“申请强制执行”的期限，按这个算法已经过了',
    );
  });

  it('工伤认定: when only the employer’s 30 days are over, the worker is told to go on and no one says that it is too late', () => {
    const inputs = { matter: 'injury-recognition', accidentDate: '2026-01-05' };
    expect(humans('deadlines', inputs)).toBe('');
    expect(notes('deadlines', inputs)).toContain('“单位申请工伤认定”的期限过了，“本人、近亲属、工会自己申请工伤认定”的还没有过');
    expect(humans('deadlines', inputs, shipped, '2027-01-06')).toContain('“本人、近亲属、工会自己申请工伤认定”的期限');
  });

  it('复议 over and 诉讼 open are told apart', () => {
    const inputs = { matter: 'administrative-act', knownDate: '2026-01-02', informed: 'yes' };
    expect(humans('deadlines', inputs)).toContain('“申请行政复议”的期限');
    expect(humans('deadlines', inputs)).not.toContain('行政诉讼');
    expect(notes('deadlines', inputs)).toContain('“直接提起行政诉讼”的还没有过');
  });

  it('of one who does not know what the paper says is treated as not told', () => {
    expect(notes('deadlines', { matter: 'administrative-act', knownDate: '2026-02-01', informed: null })).toContain('最长不超过一年');
  });
});

describe('who does not know an answer', () => {
  /** The first option, a small number or a day not long ago, so that nearly every question is reached. */
  const plain = (kind: string, min: number | undefined, options: readonly { readonly value: string }[] | undefined): InputValue => {
    if (kind === 'choice') return options?.[0]?.value ?? null;
    if (kind === 'date') return addDays(TODAY, -1);
    if (kind === 'yes-no') return true;
    return kind === 'money' ? 500_000 : Math.max(min ?? 0, 1);
  };

  it('is never asked it again, and ends at once: with a result, or with a human', () => {
    let ends = 0;
    for (const calculator of CALCULATORS) {
      for (const unknown of calculator.inputs) {
        const branches = calculator.inputs.find(({ kind }) => kind === 'choice')?.options ?? [];
        for (const branch of branches) {
          const inputs: Record<string, InputValue> = {};
          for (let round = 0; round <= calculator.inputs.length; round++) {
            const outcome = run(calculator.id, inputs);
            if (outcome.kind !== 'missing') {
              if (unknown.id in inputs) {
                ends++;
                const known = outcome.kind === 'result' || outcome.human || unknown.mayBeUnknown === true;
                expect([calculator.id, unknown.id, known]).toEqual([calculator.id, unknown.id, true]);
              }
              break;
            }
            expect([calculator.id, outcome.ask.some(({ id }) => id in inputs)]).toEqual([calculator.id, false]);
            // what nothing can be reckoned without ends the asking
            expect([calculator.id, unknown.id in inputs && unknown.mayBeUnknown !== true]).toEqual([calculator.id, false]);
            for (const { id, kind, options } of outcome.ask) {
              const declared = calculator.inputs.find((input) => input.id === id);
              const first = calculator.inputs.find((input) => input.kind === 'choice')?.id === id;
              inputs[id] = id === unknown.id ? null : first ? branch.value : plain(kind, declared?.min, options);
            }
          }
        }
      }
    }
    expect(ends).toBeGreaterThan(150);
  });
});
