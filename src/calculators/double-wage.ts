import { beyond, defineCalculator, must, refuse, type Setting } from './define-calculator.js';
import { addDays, addMonths, dayText } from './dates.js';
import { daysOf, monthSlices, sliceRange, slicesFrom, sumRanges, type MonthSlice, type Range } from './double-wage-months.js';
import { yuan } from './money.js';
import type { Calculation, HumanReason, Input, Note } from './types.js';
import { minimumWageNote } from './wage-limits.js';
import { lawFigure, note, resultOf, startWorking, unverifiedNote } from './working.js';

const LAW = '劳动合同法';
const RULES = '劳动合同法实施条例';
const ARBITRATION = '劳动争议调解仲裁法';
const SECOND_INTERPRETATION = '法释〔2025〕12号，只见过转述：http://www.puranlawfirm.com/index/yanjiu_detail?id=1320';
/** Day from which the second interpretation of 2025 holds, by pages that quote it. */
const SECOND_INTERPRETATION_FROM = '2025-09-01';

const INPUTS: readonly Input[] = [
  { id: 'startDate', kind: 'date', label: '入职的日子', ask: '哪天开始上班的？' },
  {
    id: 'signed',
    kind: 'choice',
    label: '有没有签',
    ask: '后来签了书面劳动合同没有？',
    options: [
      { value: 'never', label: '一直没签' },
      { value: 'later', label: '后来补签了' },
    ],
  },
  {
    id: 'signedDate',
    kind: 'date',
    label: '补签的日子',
    ask: '实际是哪天补签的？',
    neededWhen: (given) => given.choice('signed') === 'later',
  },
  {
    id: 'left',
    kind: 'yes-no',
    label: '走没走',
    ask: '你现在已经离开这家单位了吗？',
  },
  { id: 'endDate', kind: 'date', label: '离开的日子', ask: '上班的最后一天是哪天？', neededWhen: (given) => given.yes('left') === true },
  { id: 'monthlyWage', kind: 'money', label: '月工资', ask: '没签合同那段时间，每月应发多少？每月不一样的写平均数。', min: 1 },
  {
    id: 'demandDate',
    kind: 'date',
    label: '最近一次主张',
    ask: '最近一次向单位要双倍工资、去投诉，或者单位答应给，是哪天？没有过就说没有。',
    mayBeUnknown: true,
  },
  { id: 'fileDate', kind: 'date', label: '申请仲裁的日子', ask: '哪天申请仲裁的？', optional: true },
];

/** 未签合同双倍工资: the second wage of each month from the end of the first month, at most until the year is full. */
export const doubleWage = defineCalculator({
  id: 'double-wage',
  title: '未签书面合同的双倍工资',
  inputs: INPUTS,
  cites: [
    { law: LAW, article: '第八十二条' },
    { law: RULES, article: '第六条' },
    { law: RULES, article: '第七条' },
    { law: ARBITRATION, article: '第二十七条' },
  ],
  compute: (setting) => {
    const { given, figures, today } = setting;
    const start = must(given.date('startDate'), 'startDate');
    const signed = given.choice('signed') === 'later' ? must(given.date('signedDate'), 'signedDate') : null;
    const left = given.yes('left') === true ? must(given.date('endDate'), 'endDate') : null;
    const demand = given.date('demandDate');
    if (start > today) return refuse('入职的日子在今天以后', '核对入职的日子。');
    if (left !== null && left < start) return refuse('离开的日子早于入职的日子', '核对这两个日子。');
    if (signed !== null && signed < start) return refuse('补签的日子早于入职的日子', '上班以前就签了的，没有双倍工资；写错了就改过来。');
    if (demand !== null && (demand < start || demand > today))
      return refuse('主张的日子早于入职，或者在今天以后', '核对最近一次要钱或者投诉的日子。');
    const filed = given.date('fileDate') ?? today;
    if (filed < start || (demand !== null && demand > filed)) return refuse('申请仲裁的日子早于入职或者早于主张的日子', '核对这几个日子。');
    if (figures.figure('double-wage', 'multiple', start) === null) return beyond('劳动合同法施行以前入职的，起算的日子要另外看');
    return reckon(setting, start, signed, left, demand, filed);
  },
});

function reckon(
  setting: Setting,
  start: string,
  signed: string | null,
  left: string | null,
  demand: string | null,
  filed: string,
): Calculation {
  const { given, figures, today } = setting;
  const working = startWorking();
  const figure = (key: string) => lawFigure(figures, 'double-wage', key, start);
  const from = addMonths(start, figure('after').value);
  // the day on which the year is full is no longer paid; nor is the day of signing
  const ends = [addDays(addMonths(start, figure('until').value * 12), -1), today];
  if (signed !== null) ends.push(addDays(signed, -1));
  if (left !== null) ends.push(left);
  const last = ends.reduce((earliest, end) => (end < earliest ? end : earliest));
  working.cite(LAW, '第八十二条');
  working.cite(RULES, '第六条');
  if (last < from) {
    const formula = `上班${working.law(figure('after'))}以内，还没有双倍工资（从${working.computed(dayRange(from))}起才有）`;
    return resultOf([working.line({ id: 'double-wage', label: '双倍工资的差额', amount: 0, payer: '用人单位', formula })], [], []);
  }
  working.cite(RULES, '第七条');
  working.cite(ARBITRATION, '第二十七条');
  const wage = must(given.money('monthlyWage'), 'monthlyWage');
  const limit = lawFigure(figures, 'labour-arbitration', 'apply', filed);
  const paidDays = lawFigure(figures, 'paid-days', 'month', filed);
  const worth = (slices: readonly MonthSlice[]): Range => sumRanges(slices.map((slice) => sliceRange(slice, wage, paidDays.value)));
  const within = (end: string, by: string): boolean => by <= addMonths(end, limit.value * 12);
  // an interruption in time starts the year anew
  const inTime = (day: string): boolean => within(day, filed) || (demand !== null && within(day, demand) && within(demand, filed));
  let alive = from;
  while (alive <= last && !inTime(alive)) alive = addDays(alive, 1);
  const slices = monthSlices(start, from, last);
  const all = worth(slices);
  const range: Range = { low: worth(slicesFrom(slices, alive)).low, high: all.high };
  const cutShort = slices.find((slice) => daysOf(slice) < slice.days);
  const months = slices.length - (cutShort ? 1 : 0);
  const count = [
    ...(months > 0 ? [working.computed(`${String(months)}个月`)] : []),
    ...(cutShort ? [working.computed(`${String(daysOf(cutShort))}天`)] : []),
  ];
  const amounts =
    all.low === all.high ? working.computed(yuan(all.high)) : `${working.computed(yuan(all.low))}至${working.computed(yuan(all.high))}`;
  const dividing = cutShort ? `；不满一个月的，按日历天数折和按每月${working.law(paidDays)}折，结果不同` : '';
  const limitation = alive === from ? '' : `；时效要是一个月一个月地算，只剩${working.computed(yuan(range.low))}`;
  const formula = `${working.computed(dayRange(from, last))}，共${count.join('零')} × 每月再付一份月工资${working.money(wage)}（${working.law(figure('multiple'))}里已经发了一份，要的是差的那一份）＝${amounts}${dividing}${limitation}`;
  const certain = range.low === range.high;
  const line = working.line({
    id: 'double-wage',
    label: '双倍工资的差额',
    payer: '用人单位',
    formula,
    amount: certain ? range.high : null,
    range: certain ? null : range,
  });
  return resultOf([line], notesOf(today), reasonsOf({ whole: alive <= last, behind: alive !== from, partial: cutShort !== undefined }));
}

function dayRange(from: string, last?: string): string {
  return last === undefined ? dayText(from) : `${dayText(from)}至${dayText(last)}`;
}

function reasonsOf(found: { readonly whole: boolean; readonly behind: boolean; readonly partial: boolean }): HumanReason[] {
  const reasons: HumanReason[] = [];
  if (!found.whole) reasons.push({ reason: 'not-confident', text: '从最后一天算也过了一年，除非时效中断、中止过，单位可以拿时效来挡' });
  else if (found.behind)
    reasons.push({ reason: 'not-confident', text: '时效从哪天起算，条文没有写明：整段一起算，还是一个月一个月地算，结果不同' });
  if (found.partial)
    reasons.push({ reason: 'not-confident', text: '不满一个月的那几天怎么折，条文没有写明，所以给的是两种算法之间的范围' });
  return reasons;
}

function notesOf(today: string): Note[] {
  const notes = [
    note('起算的日子按“用工之日起满一个月的次日”；入职当天算不算进去，起算的日子会有早晚。', [RULES, '第六条']),
    note('满一年还没签的，从满一年那天起视为已经订了无固定期限合同，以后不再有双倍工资。', [RULES, '第七条']),
    note('向单位要过、投诉过、单位答应过的，一年的时效从那时重新算。', [ARBITRATION, '第二十七条']),
    note('非全日制用工（小时工）可以只订口头协议，没有双倍工资。', [LAW, '第六十九条']),
    minimumWageNote,
    note('没签合同是谁的原因、哪些钱算进月工资，双方常有争议，证据要留好。'),
  ];
  if (today >= SECOND_INTERPRETATION_FROM) {
    notes.push(
      unverifiedNote(
        '2025年9月1日起的司法解释（二）写了几种不付双倍工资的情形：不可抗力，劳动者本人故意或者重大过失没签，合同依法自动续延等。',
        SECOND_INTERPRETATION,
      ),
    );
  }
  return notes;
}
