import { beyond, defineCalculator, must, refuse, type Setting } from './define-calculator.js';
import { daysBetween, endOfYear, yearOf } from './dates.js';
import { multiply, scaled, yuan } from './money.js';
import type { Calculation, HumanReason, Input, Line } from './types.js';
import { minimumWageNote } from './wage-limits.js';
import { lawFigure, note, resultOf, startWorking, type Working } from './working.js';

const RULES = '职工带薪年休假条例';
const MEASURES = '企业职工带薪年休假实施办法';

const INPUTS: readonly Input[] = [
  { id: 'year', kind: 'integer', label: '哪一年', ask: '要算哪一年没休的年休假？', min: 1990, max: 2199 },
  {
    id: 'workedMonths',
    kind: 'integer',
    label: '累计工作时间',
    ask: '到那一年年底（已经离开的，到离开那天），你在所有单位一共工作了多少个月？一年算十二个月。',
    max: 900,
  },
  {
    id: 'situation',
    kind: 'choice',
    label: '那一年的情况',
    ask: '那一年你在这家单位是什么情况？',
    options: [
      { value: 'whole', label: '全年都在' },
      { value: 'joined', label: '那一年新来的' },
      { value: 'left', label: '那一年离开的' },
      { value: 'both', label: '那一年来、那一年走' },
    ],
  },
  {
    id: 'joinDate',
    kind: 'date',
    label: '入职的日子',
    ask: '哪天到这家单位上班的？',
    neededWhen: (given) => ['joined', 'both'].includes(given.choice('situation') ?? ''),
  },
  {
    id: 'leaveDate',
    kind: 'date',
    label: '离开的日子',
    ask: '上班的最后一天是哪天？',
    neededWhen: (given) => ['left', 'both'].includes(given.choice('situation') ?? ''),
  },
  {
    id: 'continuous',
    kind: 'yes-no',
    label: '连续工作',
    ask: '到那时候，你是不是已经连续工作满十二个月（换单位中间没有断）？',
    mayBeUnknown: true,
  },
  { id: 'daysTaken', kind: 'days', label: '已经休的天数', ask: '那一年单位已经安排你休了几天年休假？', max: 366 },
  {
    id: 'lost',
    kind: 'yes-no',
    label: '不享受的情形',
    ask: '那一年有没有：休了寒暑假而且天数比年休假多；事假累计二十天以上、单位没扣工资；病假累计二个月以上（累计工作满十年的是三个月，满二十年的是四个月）？',
    mayBeUnknown: true,
  },
  { id: 'refused', kind: 'yes-no', label: '自己不休', ask: '是不是单位安排了休假，你自己书面提出不休？', mayBeUnknown: true },
  { id: 'monthlyWage', kind: 'money', label: '月工资', ask: '单位付这笔钱以前的十二个月，去掉加班费，平均每月工资多少？', min: 1 },
];

/** 未休年休假工资: 300 % of the day's wage for each day not taken, of which the ordinary wage has been paid. */
export const annualLeave = defineCalculator({
  id: 'annual-leave',
  title: '未休年休假工资',
  inputs: INPUTS,
  cites: [
    ...['第二条', '第三条', '第四条', '第五条'].map((article) => ({ law: RULES, article })),
    ...['第三条', '第五条', '第十条', '第十一条', '第十二条'].map((article) => ({ law: MEASURES, article })),
  ],
  compute: (setting) => {
    const { given, figures, today } = setting;
    const year = must(given.number('year'), 'year');
    const join = given.date('joinDate');
    const leave = given.date('leaveDate');
    if (year > yearOf(today)) return refuse('这一年还没有到', '核对是哪一年的年休假。');
    if ((join !== null && yearOf(join) !== year) || (leave !== null && yearOf(leave) !== year))
      return refuse('入职或者离开的日子不在这一年里', '核对年份和日子。');
    if (join !== null && leave !== null && leave < join) return refuse('离开的日子早于入职的日子', '核对这两个日子。');
    if (figures.figure('annual-leave', 'tier-1', endOfYear(year)) === null) return beyond('年休假条例施行以前的年份，要看当时的规定');
    return reckon(setting, year, join, leave);
  },
});

function reckon(setting: Setting, year: number, join: string | null, leave: string | null): Calculation {
  const { given, figures, today } = setting;
  const day = endOfYear(year);
  const working = startWorking();
  const entitled = entitlement(working, setting, day);
  const nothing = whyNothing(working, setting, entitled.days);
  const reasons = reasonsOf(setting, year, entitled.justReached);
  if (nothing !== null) return resultOf([emptyLine(working, nothing)], [], reasons);
  const share = prorated(working, setting, entitled.days, day, join, leave);
  const taken = must(given.number('daysTaken'), 'daysTaken');
  // leaving: what was taken comes off before parts of a day are dropped; joining: after
  const left =
    leave === null
      ? Math.floor(share.top / share.bottom) - taken
      : Math.floor((share.top * 2 - taken * 2 * share.bottom) / (share.bottom * 2));
  if (left <= 0)
    return resultOf(
      [emptyLine(working, `${entitled.text}${share.text}，已经休了${working.input(`${String(taken)}天`)}，没有剩下的整天`)],
      [],
      reasons,
    );
  const wage = must(given.money('monthlyWage'), 'monthlyWage');
  const multiple = lawFigure(figures, 'annual-leave-pay', 'multiple', day);
  const paidDays = lawFigure(figures, 'annual-leave-pay', 'paid-days', day);
  const extra = multiple.value - 100;
  const amount = multiply(wage, scaled(left, 1) * extra * 100, scaled(paidDays.value, 2) * 10 * 100);
  const formula = `${entitled.text}${share.text}，减去已经休的${working.input(`${String(taken)}天`)}，剩${working.computed(`${String(left)}天`)}；月工资${working.money(wage)} ÷ ${working.law(paidDays)} × ${working.computed(`${String(extra)}%`)} × ${working.computed(`${String(left)}天`)}＝${working.computed(yuan(amount))}（一共${working.law(multiple)}，平时的工资已经发了一份）`;
  working.cite(RULES, '第五条');
  // until the year is over the employer may still grant the days
  const early = year === yearOf(today) && leave === null;
  const line = working.line({
    id: 'annual-leave',
    label: '未休年休假工资（另外还要付的）',
    amount,
    sum: early ? 'apart' : 'once',
    payer: '用人单位',
    formula,
  });
  return resultOf(
    [line],
    [
      ...(early
        ? [note('这一年还没有过完，单位还可以安排你休；到年底还没休的，才要付这笔钱。', [RULES, '第五条'], [MEASURES, '第十条'])]
        : []),
      note('合同、规章写的天数或者标准更高的，按高的算。', [MEASURES, '第十三条']),
      note('单位可以跨一个年度安排年休假，但要你本人同意。', [RULES, '第五条'], [MEASURES, '第九条']),
      note('平时的工资也没发的，那一份另外按拖欠工资要。', [MEASURES, '第十条']),
      note('劳动部门责令限期改正，单位过期还不改的，还要按同样的数额加付赔偿金。', [RULES, '第七条'], [MEASURES, '第十五条']),
      minimumWageNote,
    ],
    reasons,
  );
}

function emptyLine(working: Working, formula: string): Line {
  return working.line({ id: 'annual-leave', label: '未休年休假工资（另外还要付的）', amount: 0, payer: '用人单位', formula });
}

interface Entitlement {
  readonly days: number;
  readonly text: string;
  /** The years that bring these days were completed within the year itself. */
  readonly justReached: boolean;
}

/** Days of leave by the years worked in all (职工带薪年休假条例第三条). */
function entitlement(working: Working, { given, figures }: Setting, day: string): Entitlement {
  const months = must(given.number('workedMonths'), 'workedMonths');
  const worked = working.input(`${String(months)}个月`);
  for (const tier of [3, 2, 1]) {
    const from = lawFigure(figures, 'annual-leave', `tier-${String(tier)}-from`, day);
    if (months < from.value * 12) continue;
    const days = lawFigure(figures, 'annual-leave', `tier-${String(tier)}`, day);
    const text = `累计工作${worked}，满${working.law(from)}，全年${working.law(days)}`;
    return { days: days.value, text, justReached: months < (from.value + 1) * 12 };
  }
  return {
    days: 0,
    justReached: false,
    text: `累计工作${worked}，不满${working.law(lawFigure(figures, 'annual-leave', 'tier-1-from', day))}`,
  };
}

function whyNothing(working: Working, { given }: Setting, days: number): string | null {
  if (days === 0) return '累计工作还不满一年，没有年休假';
  if (given.yes('continuous') === false) {
    working.cite(RULES, '第二条');
    working.cite(MEASURES, '第三条');
    return '连续工作还不满十二个月，没有年休假';
  }
  if (given.yes('lost') === true) {
    working.cite(RULES, '第四条');
    return '有条例写的这几种情形，不享受当年的年休假';
  }
  if (given.yes('refused') === true) {
    working.cite(MEASURES, '第十条');
    return '单位安排了、本人书面提出不休的，单位可以只付平时的工资';
  }
  return null;
}

/** Days (top ÷ bottom) for part of a year: calendar days ÷ 365 × the full year's days (企业职工带薪年休假实施办法第五条、第十二条). */
function prorated(
  working: Working,
  { figures }: Setting,
  days: number,
  day: string,
  join: string | null,
  leave: string | null,
): { readonly top: number; readonly bottom: number; readonly text: string } {
  if (join === null && leave === null) return { top: days, bottom: 1, text: '' };
  const first = join ?? `${day.slice(0, 4)}-01-01`;
  const last = leave ?? day;
  const length = lawFigure(figures, 'annual-leave-pay', 'year-days', day);
  const calendarDays = daysBetween(first, last) + 1;
  if (join !== null) working.cite(MEASURES, '第五条');
  const top = calendarDays * days;
  const text = `，当年在本单位${working.computed(`${String(calendarDays)}天`)} ÷ ${working.law(length)} × ${working.computed(`${String(days)}天`)}，折成${working.computed(`${String(Math.floor((top * 100) / length.value) / 100)}天`)}（不够整天的不算）`;
  return { top, bottom: length.value, text };
}

function reasonsOf({ given, today }: Setting, year: number, justReached: boolean): HumanReason[] {
  const reasons: HumanReason[] = [];
  if (justReached)
    reasons.push({ reason: 'not-confident', text: '累计工作满一年、十年、二十年刚好落在这一年里，当年给几天，条文没有写明' });
  if (['continuous', 'lost', 'refused'].some((id) => given.yes(id) === null))
    reasons.push({ reason: 'not-confident', text: '不清楚的那几项，这里按有年休假算，要核对' });
  if (given.choice('situation') === 'both')
    reasons.push({ reason: 'not-confident', text: '同一年来又走，条文没有写明两种折算怎么合用，这里按实际在职的日历天数折' });
  if (given.yes('lost') === true)
    reasons.push({ reason: 'case-strategy', text: '事假、病假的天数要核对；已经休过年休假的，影响的是下一年' });
  if (year < yearOf(today)) reasons.push({ reason: 'not-confident', text: '以前年度的年休假工资，仲裁时效从哪天算各地看法不一，要问律师' });
  return reasons;
}
