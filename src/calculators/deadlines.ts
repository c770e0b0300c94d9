import { beyond, defineCalculator, must, refuse, type Setting } from './define-calculator.js';
import { dayText } from './dates.js';
import { DEADLINE_MATTERS, type Counting, type DeadlineMatter, type DeadlineRule } from './deadline-rules.js';
import { endOfPeriod, type PeriodEnd } from './working-days.js';
import type { Calculation, Given, HumanReason, Input, Line, Note } from './types.js';
import { lawFigure, note, resultOf, startWorking, type Working } from './working.js';

const matterOf = (given: Given): DeadlineMatter | undefined => DEADLINE_MATTERS.find((matter) => matter.value === given.choice('matter'));
const countedFrom = (id: NonNullable<DeadlineMatter['from']>): Pick<Input, 'neededWhen'> => ({
  neededWhen: (given) => matterOf(given)?.from === id,
});

const INPUTS: readonly Input[] = [
  {
    id: 'matter',
    kind: 'choice',
    label: '什么事',
    ask: '要算哪一种期限？',
    options: DEADLINE_MATTERS.map(({ value, label }) => ({ value, label })),
  },
  { id: 'accidentDate', kind: 'date', label: '出事的日子', ask: '哪天出的事故，或者哪天诊断为职业病？', ...countedFrom('accidentDate') },
  { id: 'leftDate', kind: 'date', label: '离开的日子', ask: '劳动关系哪天结束的？', ...countedFrom('leftDate') },
  {
    id: 'knownDate',
    kind: 'date',
    label: '知道的日子',
    ask: '哪天知道这件事的（收到文书、看到公告，或者对方不给的那天）？',
    ...countedFrom('knownDate'),
  },
  {
    id: 'receivedDate',
    kind: 'date',
    label: '收到的日子',
    ask: '哪天收到文书的？（看送达回证或者签收的日子）',
    ...countedFrom('receivedDate'),
  },
  {
    id: 'dueDate',
    kind: 'date',
    label: '履行期的最后一日',
    ask: '文书上写的最晚哪天给钱？没有写的，写文书生效的那天。',
    ...countedFrom('dueDate'),
  },
  { id: 'endedDate', kind: 'date', label: '结束的日子', ask: '单位违法的事哪天结束的？还在继续的写今天。', ...countedFrom('endedDate') },
  {
    id: 'informed',
    kind: 'choice',
    label: '告知',
    ask: '文书上有没有写可以复议、起诉，向谁提，多久以内提？',
    options: [
      { value: 'yes', label: '都写了' },
      { value: 'no', label: '没写，或者没写全' },
      { value: 'unknown', label: '不知道' },
    ],
    mayBeUnknown: true,
    neededWhen: (given) => matterOf(given)?.informed === true,
  },
  {
    id: 'demandDate',
    kind: 'date',
    label: '最近一次主张',
    ask: '最近一次向对方要、向有关部门投诉，或者对方答应给，是哪天？没有过就说没有。',
    mayBeUnknown: true,
    neededWhen: (given) => matterOf(given)?.interruptedBy !== undefined,
  },
];

/** 期限: the last day of a time limit, and how its days are counted. */
export const deadlines = defineCalculator({
  id: 'deadlines',
  title: '期限',
  inputs: INPUTS,
  cites: [
    { law: '工伤保险条例', article: '第十七条' },
    { law: '劳动争议调解仲裁法', article: '第二十七条' },
    { law: '劳动争议调解仲裁法', article: '第五十条' },
    { law: '行政复议法', article: '第二十条' },
    { law: '行政诉讼法', article: '第四十五条' },
    { law: '行政诉讼法', article: '第四十六条' },
    { law: '民法典', article: '第一百八十八条' },
  ],
  compute: (setting) => {
    const { given, figures, today } = setting;
    const matter = matterOf(given);
    if (!matter) return refuse('没有说清是哪一种期限', '选一个最接近的。');
    if (matter.from === null) return noLimit();
    const from = must(given.date(matter.from), matter.from);
    const said = matter.interruptedBy ? given.date('demandDate') : null;
    if (from > today) return refuse('开始计算的日子在今天以后', '核对这个日子。');
    if (said !== null && said > today) return refuse('主张的日子在今天以后', '核对最近一次要钱或者投诉的日子。');
    // before the period has begun there is nothing that a demand could begin anew
    const demand = said !== null && said >= from ? said : null;
    if (matter.rules.some((rule) => figures.figure(rule.table, rule.key, from) === null))
      return beyond(`${dayText(from)}的事，要看当时的规定，这里只有现行的`);
    return reckon(setting, matter, from, demand);
  },
});

function noLimit(): Calculation {
  const working = startWorking();
  working.cite('劳动争议调解仲裁法', '第二十七条');
  const formula = '劳动关系还在的时候，因为拖欠劳动报酬申请仲裁，不受一年的限制；劳动关系终止的，从终止之日起一年内提出';
  return resultOf(
    [working.line({ id: 'arbitration', label: '申请劳动仲裁', sum: 'apart', formula })],
    [note('能早要就早要，证据时间长了会找不到。')],
    [],
  );
}

function reckon(setting: Setting, matter: DeadlineMatter, from: string, demand: string | null): Calculation {
  const { given, figures, today, calendar } = setting;
  const human: HumanReason[] = [];
  const notes: Note[] = [];
  const ends: { readonly rule: DeadlineRule; readonly end: PeriodEnd }[] = [];
  const lines = matter.rules.map((rule) => {
    const figure = lawFigure(figures, rule.table, rule.key, from);
    const first = endOfPeriod(from, figure.value, figure.unit, calendar);
    const inTime = demand !== null && demand <= first.last;
    if (demand !== null && !inTime) human.push({ reason: 'not-confident', text: '主张的时候期限看起来已经过了，能不能重新起算要看情况' });
    const end = inTime ? endOfPeriod(demand, figure.value, figure.unit, calendar) : first;
    ends.push({ rule, end });
    return deadlineLine(rule, figure, inTime ? demand : from, inTime, end);
  });
  const passed = ends.filter(({ end }) => end.last < today);
  const lost = passed.filter(({ rule }) => rule.employers !== true);
  if (lost.length > 0)
    human.push({ reason: 'case-strategy', text: `${labels(lost)}的期限，按这个算法已经过了；有正当理由、被耽误过的，要马上请律师看` });
  const open = ends.filter(({ end }) => end.last >= today);
  if (passed.length > 0 && open.length > 0) notes.push(note(`${labels(passed)}的期限过了，${labels(open)}的还没有过，要抓紧。`));
  if (ends.some(({ end }) => !end.exact)) {
    notes.push(note('当年的放假安排这里还没有，最后一天遇到放假能不能往后推没有算进去，以国务院公布的安排为准；不要等到最后一天。'));
  }
  if (matter.informed === true && given.choice('informed') !== 'yes') uninformed(notes, human);
  if (matter.interruptedBy && demand === null) {
    const { law, article } = matter.interruptedBy;
    notes.push(note('期限里向对方要过、向有关部门反映过、对方答应过的，从那时重新算。', [law, article]));
  }
  notes.push(...remarks(matter));
  return resultOf(lines, notes, human);
}

function labels(of: readonly { readonly rule: DeadlineRule }[]): string {
  return of.map(({ rule }) => `“${rule.label}”`).join('、');
}

function deadlineLine(rule: DeadlineRule, figure: Parameters<Working['law']>[0], from: string, renewed: boolean, end: PeriodEnd): Line {
  const working = startWorking();
  const length = working.law(figure);
  for (const { law, article } of rule.alsoCites ?? []) working.cite(law, article);
  countedUnder(working, rule.counting);
  const event = renewed ? `最近一次主张是${working.day(from)}，从这天重新算` : `${rule.fromText}那天是${working.day(from)}`;
  const counted = `最后一天是${working.computed(dayText(end.counted))}`;
  const moved =
    end.last === end.counted
      ? end.onHoliday
        ? '（这天可能放假；放假的，推到放假结束后的那天）'
        : ''
      : `，这天放假，推到${working.computed(dayText(end.last))}`;
  const formula = `${event}，当天不算，从下一天开始数${length}，${counted}${moved}`;
  return working.line({ id: rule.id, label: rule.label, sum: 'apart', date: end.last, formula });
}

/** Where the way of counting is written. What the pack has no gist of is named, not cited; once it has one, make `under` a `cite`. */
function countedUnder(working: Working, counting: Counting): void {
  switch (counting) {
    case 'civil':
    case 'by-analogy':
      working.under('民法典', '第二百零一条', '第二百零二条', '第二百零三条');
      return;
    case 'reconsideration':
      working.cite('行政复议法', '第八十八条');
      working.cite('民事诉讼法', '第八十五条');
      return;
    case 'administrative-suit':
      working.under('行政诉讼法', '第一百零一条');
      working.cite('民事诉讼法', '第八十五条');
      return;
    case 'procedure':
      working.cite('民事诉讼法', '第八十五条');
  }
}

function uninformed(notes: Note[], human: HumanReason[]): void {
  notes.push(
    note('没告诉可以复议的，从知道复议权、复议机关和期限那天起算，但从知道行政行为内容那天起最长不超过一年。', ['行政复议法', '第二十条']),
    note('没告诉起诉期限的，从知道起诉期限那天起算，但从知道行政行为内容那天起最长不超过一年。', [
      '最高人民法院关于适用《行政诉讼法》的解释',
      '第六十四条',
    ]),
  );
  human.push({ reason: 'case-strategy', text: '有没有告知、什么时候才知道，会改变最后一天；先按最早的那天办' });
}

const MAILED = note('期满以前交邮寄出的不算过期；寄件的凭证要留好。', ['民事诉讼法', '第八十五条']);

function remarks(matter: DeadlineMatter): Note[] {
  switch (matter.value) {
    case 'injury-recognition':
      return [
        note('怎么数日子，工伤保险条例没有写，这里照民法典的办法数。', ['工伤保险条例', '第十七条']),
        note('不是自己的原因耽误的，耽误的时间不算在内。', ['最高人民法院关于审理工伤保险行政案件若干问题的规定', '第七条']),
        note('单位过了自己的期限才申请的，在这之前发生的待遇费用由单位出；经同意单位的期限可以适当延长。', ['工伤保险条例', '第十七条']),
      ];
    case 'sue-after-award':
      return [
        note('期满不起诉，裁决书就发生法律效力；单位对终局裁决不能起诉，只能在三十日内向中级法院申请撤销。', [
          '劳动争议调解仲裁法',
          '第四十九条',
          '第五十条',
        ]),
        MAILED,
      ];
    case 'after-reconsideration':
      return [note('复议机关到期不作决定的，从复议期满那天起算。', ['行政诉讼法', '第四十五条'])];
    case 'injury-decision':
    case 'expropriation-decision':
    case 'compensation-decision':
    case 'administrative-act':
      return [
        note('可以先复议再起诉，也可以直接起诉；法律规定必须先复议的除外。', ['行政诉讼法', '第四十四条']),
        note('因为不可抗力等不是自己的原因耽误的，耽误的时间不算。', ['行政诉讼法', '第四十八条']),
        note(
          '很久以前作出的，即使刚知道，因不动产的超过二十年、其他的超过五年，也不再受理。',
          ['行政复议法', '第二十一条'],
          ['行政诉讼法', '第四十六条'],
        ),
      ];
    case 'civil':
      return [note('从权利受损害那天起超过二十年的，一般不再保护。', ['民法典', '第一百八十八条'])];
    case 'arbitration-wages-left':
    case 'arbitration-other':
      return [note('因为不可抗力或者别的正当理由没法申请的，期限先停下来，原因消除以后接着算。', ['劳动争议调解仲裁法', '第二十七条'])];
    case 'appeal-judgment':
      return [MAILED];
    case 'enforce':
      return [note('分期给的，从最后一期到期那天起算；中止、中断照诉讼时效的规定。', ['民事诉讼法', '第二百五十条'])];
    case 'labour-inspection':
      return [note('一直连着或者还在继续的，从结束那天起算。', ['劳动保障监察条例', '第二十条'])];
    default:
      return [];
  }
}
