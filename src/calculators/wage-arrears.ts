import { beyond, defineCalculator, must, refuse, type Setting } from './define-calculator.js';
import { addMonths, dayText } from './dates.js';
import { multiply, slotFen, yuan } from './money.js';
import type { Calculation, HumanReason, Input, Line, Note } from './types.js';
import { minimumWageOn, percent, placeInput, readPlace } from './wage-limits.js';
import { lawFigure, note, resultOf, startWorking } from './working.js';

const CONTRACT = '劳动合同法';
const INSPECTION = '劳动保障监察条例';
const MIGRANTS = '保障农民工工资支付条例';

const INPUTS: readonly Input[] = [
  {
    id: 'kind',
    kind: 'choice',
    label: '欠的是什么',
    ask: '是哪种情况？',
    options: [
      { value: 'unpaid', label: '工资、加班费、经济补偿没给够' },
      { value: 'below-minimum', label: '每月给的低于最低工资' },
    ],
  },
  { id: 'owed', kind: 'money', label: '欠的钱', ask: '一共还欠你多少？', min: 1, neededWhen: (given) => given.choice('kind') === 'unpaid' },
  {
    id: 'paidMonthly',
    kind: 'money',
    label: '每月实发',
    ask: '正常上满班，去掉加班费和高温等津贴，每月给你多少（没扣你个人的社保）？',
    neededWhen: (given) => given.choice('kind') === 'below-minimum',
  },
  {
    id: 'firstMonth',
    kind: 'date',
    label: '从哪个月起',
    ask: '从哪天起给得低于最低工资？',
    neededWhen: (given) => given.choice('kind') === 'below-minimum',
  },
  {
    id: 'months',
    kind: 'integer',
    label: '几个月',
    ask: '一共几个月？',
    min: 1,
    max: 240,
    neededWhen: (given) => given.choice('kind') === 'below-minimum',
  },
  {
    id: 'stage',
    kind: 'choice',
    label: '走到哪一步',
    ask: '向人社局劳动监察投诉过没有？',
    options: [
      { value: 'none', label: '还没有投诉' },
      { value: 'complained', label: '投诉了，还没有结果' },
      { value: 'ordered', label: '已经责令单位限期付，期限还没到' },
      { value: 'overdue', label: '责令的期限过了，还是没付' },
    ],
    mayBeUnknown: true,
  },
  { id: 'construction', kind: 'yes-no', label: '工地', ask: '是不是在建筑工地上干活的农民工？', mayBeUnknown: true },
  placeInput,
];

/** 拖欠工资: what is owed, and the 50 % to 100 % on top where the employer lets an official order's time pass. */
export const wageArrears = defineCalculator({
  id: 'wage-arrears',
  title: '拖欠工资和加付赔偿金',
  inputs: INPUTS,
  cites: [
    { law: CONTRACT, article: '第三十条' },
    { law: CONTRACT, article: '第八十五条' },
    { law: INSPECTION, article: '第二十六条' },
    { law: '工资支付暂行规定', article: '第十八条' },
  ],
  compute: (setting) => {
    const { given, today } = setting;
    const first = given.date('firstMonth');
    if (first !== null && first > today) return refuse('开始的日子在今天以后', '核对从哪天起。');
    return given.choice('kind') === 'unpaid' ? unpaid(setting) : belowMinimum(setting, must(first, 'firstMonth'));
  },
});

function unpaid(setting: Setting): Calculation {
  const working = startWorking();
  const owed = must(setting.given.money('owed'), 'owed');
  working.cite(CONTRACT, '第三十条', '第八十五条');
  const line = working.line({
    id: 'owed',
    label: '拖欠的钱',
    amount: owed,
    payer: '用人单位',
    formula: `还欠${working.money(owed)}`,
  });
  return together(setting, line, owed);
}

function belowMinimum(setting: Setting, first: string): Calculation {
  const { given, figures, today } = setting;
  const working = startWorking();
  const place = readPlace(given);
  const paid = must(given.money('paidMonthly'), 'paidMonthly');
  const months = must(given.number('months'), 'months');
  if (addMonths(first, months - 1) > today) return refuse('月数太多，算到今天以后去了', '核对从哪天起、一共几个月。');
  working.cite(CONTRACT, '第八十五条');
  working.cite(INSPECTION, '第二十六条');
  const spans: { from: string; count: number; fen: number | null; name: string }[] = [];
  for (let month = 0; month < months; month++) {
    const day = addMonths(first, month);
    const slot = minimumWageOn(figures, place, day).own;
    const fen = slotFen(slot);
    const name = working.slot(slot, slot?.title ?? `${dayText(day)}的最低工资`, fen === null ? undefined : yuan(fen));
    const open = spans.at(-1);
    if (open?.fen === fen && open.name === name) open.count++;
    else spans.push({ from: day, count: 1, fen, name });
  }
  const due = spans.map(({ count, fen }) => (fen === null ? null : multiply(Math.max(0, fen - paid), count)));
  const known = due.every((part) => part !== null);
  const owed = due.reduce<number>((sum, part) => sum + (part ?? 0), 0);
  const parts = spans.map(({ from, count, fen, name }) => {
    const head = `${working.computed(dayText(from))}起${working.computed(`${String(count)}个月`)}：`;
    if (fen === null) return `${head}（${name}，还没有查到 － ${working.money(paid)}）× 月数`;
    return fen <= paid
      ? `${head}不低于最低工资${name}`
      : `${head}（${name} － ${working.money(paid)}）× ${working.computed(`${String(count)}个月`)}`;
  });
  const formula = `${parts.join('；')}${known ? `＝${working.computed(yuan(owed))}` : ''}`;
  const line = working.line({ id: 'owed', label: '低于最低工资的差额', amount: known ? owed : null, payer: '用人单位', formula });
  return together(setting, line, known ? owed : null);
}

function together(setting: Setting, line: Line, owed: number | null): Calculation {
  const { given, figures, today } = setting;
  const place = readPlace(given);
  if (figures.figure('arrears', 'low', today) === null) return beyond('劳动合同法施行以前的事，要看当时的规定');
  const working = startWorking();
  const low = lawFigure(figures, 'arrears', 'low', today);
  const high = lawFigure(figures, 'arrears', 'high', today);
  const overdue = given.choice('stage') === 'overdue';
  working.cite(CONTRACT, '第八十五条');
  working.cite(INSPECTION, '第二十六条');
  const range = owed === null ? null : { low: percent(owed, low), high: percent(owed, high) };
  // what the first line rests on carries the second
  if (line.basis.kind === 'slot') for (const slot of line.basis.slots) working.slot(slot, slot.title);
  const outcome = range === null ? '' : `＝${working.computed(yuan(range.low))}至${working.computed(yuan(range.high))}`;
  const formula = `应付的钱${owed === null ? '' : working.computed(yuan(owed))} × ${working.law(low)}至${working.law(high)}${outcome}；${
    overdue ? '由劳动行政部门责令单位加付' : '劳动行政部门责令限期支付，单位过了期限还不付，才有这一笔'
  }`;
  const extra = working.line({ id: 'extra', label: '加付赔偿金', sum: overdue ? 'once' : 'apart', range, payer: '用人单位', formula });
  const human: HumanReason[] = [
    ...(place.human && given.choice('kind') === 'below-minimum' ? [place.human] : []),
    ...(overdue ? [{ reason: 'case-strategy' as const, text: '加付多少由劳动行政部门定，要带上责令支付的文书' }] : []),
  ];
  return resultOf([line, extra], notesOf(setting, place.assumed), human);
}

function notesOf({ given }: Setting, assumed: string | null): Note[] {
  return [
    ...(assumed === null || given.choice('kind') !== 'below-minimum' ? [] : [note(assumed)]),
    note(
      '工资条、银行流水、欠条都留好；可以向人社局劳动监察投诉，也可以申请劳动仲裁。',
      [INSPECTION, '第二十六条'],
      ['劳动争议调解仲裁法', '第五条'],
    ),
    note('申请仲裁，一般要在知道权利被侵害那天起一年内；拖欠工资的，还在这家单位上班就不受这个限制，离开了的从离开那天起一年内。', [
      '劳动争议调解仲裁法',
      '第二十七条',
    ]),
    note('欠的工资也可以向当地法院申请支付令。', [CONTRACT, '第三十条']),
    note('违法的事二年内没被劳动监察发现、也没人投诉举报的，不再查处；一直连着的，从结束那天起算。', [INSPECTION, '第二十条']),
    ...(given.yes('construction') === true
      ? [
          note('分包单位拖欠的，由施工总承包单位先付清；转包的也一样。', [MIGRANTS, '第三十条']),
          note('建设单位没按约定拨工程款才欠的，建设单位以没结清的工程款为限先垫付。', [MIGRANTS, '第二十九条']),
          note('工程包给个人或者没有资格的单位才欠的，由发包的建设单位或者总承包单位付清。', [MIGRANTS, '第三十六条']),
        ]
      : []),
  ];
}
