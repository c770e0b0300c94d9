import { beyond, defineCalculator, must, refuse, type Setting } from './define-calculator.js';
import { multiply, scaled, yuan } from './money.js';
import type { Calculation, HumanReason, Input, Line, Note } from './types.js';
import { minimumWageNote } from './wage-limits.js';
import { lawFigure, note, resultOf, startWorking } from './working.js';

const LABOUR_LAW = '劳动法';
const WAGES = '工资支付暂行规定';

const needsHours = (kind: string): Pick<Input, 'neededWhen'> => ({
  neededWhen: (given) => given.choice('system') !== 'irregular' && !(kind === 'rest' && given.choice('system') === 'pooled'),
});

const INPUTS: readonly Input[] = [
  {
    id: 'system',
    kind: 'choice',
    label: '工时制度',
    ask: '单位是哪种工时？大多数人是固定上下班。',
    options: [
      { value: 'standard', label: '固定上下班（标准工时）' },
      { value: 'pooled', label: '批准过的综合计算工时' },
      { value: 'irregular', label: '批准过的不定时工作' },
      { value: 'unknown', label: '不知道' },
    ],
    mayBeUnknown: true,
  },
  { id: 'monthlyWage', kind: 'money', label: '月工资', ask: '劳动合同写的月工资是多少？没写的，写正常上班每月固定给的工资。', min: 1 },
  {
    id: 'workdayHours',
    kind: 'hours',
    label: '平时加班',
    ask: '平时延长上班，一共多少小时？没有就写零。',
    ...needsHours('workday'),
  },
  {
    id: 'restHours',
    kind: 'hours',
    label: '休息日加班',
    ask: '休息日加班、又没有补休的，一共多少小时？没有就写零。',
    ...needsHours('rest'),
  },
  {
    id: 'holidayHours',
    kind: 'hours',
    label: '法定节假日加班',
    ask: '法定节假日当天上班，一共多少小时？没有就写零。',
    ...needsHours('holiday'),
  },
  { id: 'firstDay', kind: 'date', label: '最早的加班', ask: '最早的一次加班是哪天？', optional: true },
];

const KINDS = [
  { id: 'workday', input: 'workdayHours', label: '平时延长工作时间' },
  { id: 'rest-day', input: 'restHours', label: '休息日加班' },
  { id: 'holiday', input: 'holidayHours', label: '法定节假日加班' },
] as const;

/** 加班费: 150 %, 200 % and 300 % of the hourly wage, which is the monthly wage over 21.75 days of 8 hours. */
export const overtime = defineCalculator({
  id: 'overtime',
  title: '加班费',
  inputs: INPUTS,
  cites: [
    { law: LABOUR_LAW, article: '第四十四条' },
    { law: WAGES, article: '第十三条' },
    { law: '国务院关于职工工作时间的规定', article: '第三条' },
  ],
  compute: (setting) => {
    const { given, figures, today } = setting;
    const day = given.date('firstDay') ?? today;
    if (day > today) return refuse('加班的日子在今天以后', '核对最早一次加班的日子。');
    if (figures.figure('paid-days', 'month', day) === null) return beyond('太早的加班，当时折算小时工资的办法不一样');
    const system = given.choice('system');
    if (system === 'irregular') return irregular();
    const kinds = KINDS.filter(({ id }) => !(id === 'rest-day' && system === 'pooled'));
    const lines = kinds.flatMap((kind) => hoursLine(setting, kind, day) ?? []);
    if (lines.length === 0) return refuse('加班的小时数都是零', '有加班的，把小时数填上；没有加班就没有加班费。');
    return resultOf(lines, notesOf(setting, day), reasonsOf(system));
  },
});

function irregular(): Calculation {
  const working = startWorking();
  working.cite(WAGES, '第十三条');
  const formula = '批准过不定时工作的，不按平时、休息日、节假日的加班比例算；节假日上班怎么付，要看当地规定';
  return resultOf(
    [working.line({ id: 'overtime', label: '加班费', formula, payer: '用人单位' })],
    [],
    [{ reason: 'not-confident', text: '要先看单位有没有拿到劳动行政部门的批准，批准了当地怎么规定' }],
  );
}

function hoursLine({ given, figures }: Setting, kind: (typeof KINDS)[number], day: string): Line | null {
  const hours = must(given.number(kind.input), kind.input);
  if (hours === 0) return null;
  const working = startWorking();
  const wage = must(given.money('monthlyWage'), 'monthlyWage');
  const rate = lawFigure(figures, 'overtime', kind.id, day);
  const paidDays = lawFigure(figures, 'paid-days', 'month', day);
  const length = lawFigure(figures, 'working-time', 'day', day);
  working.cite(rate.law, rate.article);
  working.cite(WAGES, '第十三条');
  const amount = multiply(wage, scaled(hours, 2) * rate.value, scaled(paidDays.value, 2) * length.value * 100);
  const formula = `月工资${working.money(wage)} ÷ ${working.law(paidDays)} ÷ ${working.law(length)} × ${working.law(rate)} × ${working.input(`${String(hours)}小时`)}＝${working.computed(yuan(amount))}`;
  return working.line({ id: `overtime-${kind.id}`, label: kind.label, amount, payer: '用人单位', formula });
}

function notesOf({ figures }: Setting, day: string): Note[] {
  const paidDays = lawFigure(figures, 'paid-days', 'month', day);
  return [
    note('上面是法律规定的最低标准，最后算到分、四舍五入；单位已经付过的加班费要扣掉。', [LABOUR_LAW, '第四十四条']),
    note('休息日加班，单位可以先安排补休；补休了的不再付。', [LABOUR_LAW, '第四十四条']),
    note('计件的，完成定额以后再加班，按计件单价的同样比例算。', [WAGES, '第十三条']),
    minimumWageNote,
    note('还在这家单位上班的，要加班费申请仲裁不受一年的限制；离开了的，从离开那天起一年内申请。', ['劳动争议调解仲裁法', '第二十七条']),
    note('要加班费，先要拿出加过班的证据；证据在单位手里、单位不拿出来的，由单位承担不利后果。', [
      '最高人民法院关于审理劳动争议案件适用法律问题的解释（一）',
      '第四十二条',
    ]),
    {
      text: `（待核实）折算用的月计薪天数出自《${paidDays.law}》。${paidDays.note ?? ''}。`,
      cites: [],
      verified: false,
      source: paidDays.law,
    },
  ];
}

function reasonsOf(system: string | null): HumanReason[] {
  const reasons: HumanReason[] = [];
  if (system === 'pooled')
    reasons.push({ reason: 'not-confident', text: '综合计算工时只看整个周期超过标准的时间，休息日上班不单独算，要核对考勤' });
  if (system === 'unknown' || system === null)
    reasons.push({ reason: 'not-confident', text: '这里按标准工时算；单位批准过别的工时制度的，算法不同' });
  return reasons;
}
