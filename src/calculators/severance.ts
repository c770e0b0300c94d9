import { beyond, defineCalculator, must, refuse, type Setting } from './define-calculator.js';
import { addMonths, dayText, endOfYear, yearOf } from './dates.js';
import { multiply, slotFen, yuan } from './money.js';
import { SEVERANCE_REASONS, type SeveranceReason } from './severance-reasons.js';
import { halfMonthsRange } from './severance-years.js';
import type { Calculation, HumanReason, Input, Line, Note } from './types.js';
import { minimumWageOn, placeInput, raiseToMinimum, readPlace, type MinimumWage, type Place } from './wage-limits.js';
import { lawFigure, note, resultOf, startWorking, type Working } from './working.js';

const LAW = '劳动合同法';
const RULES = '劳动合同法实施条例';

/** One who has been told of the end may ask before it; a day further ahead was mistyped. */
const MOST_MONTHS_AHEAD = 12;

const INPUTS: readonly Input[] = [
  {
    id: 'reason',
    kind: 'choice',
    label: '离开的原因',
    ask: '是怎么离开单位的？',
    options: SEVERANCE_REASONS.map(({ value, label }) => ({ value, label })),
  },
  { id: 'startDate', kind: 'date', label: '入职的日子', ask: '哪天开始在这家单位上班？' },
  { id: 'endDate', kind: 'date', label: '离开的日子', ask: '在这家单位上班的最后一天是哪天？' },
  {
    id: 'averageWage',
    kind: 'money',
    label: '平均月工资',
    ask: '离开前十二个月，平均每月应发多少（含奖金、津贴、加班费，没扣社保和税）？没干满十二个月的，按实际干的月数平均。',
    min: 1,
    neededWhen: (given) => paysSomething(given.choice('reason')),
  },
  {
    id: 'notice',
    kind: 'choice',
    label: '提前通知',
    ask: '单位有没有提前三十日书面通知你？',
    options: [
      { value: 'noticed', label: '提前三十日书面通知了' },
      { value: 'none', label: '没有，或者不满三十日' },
      { value: 'paid', label: '没有，但是多付了一个月工资' },
    ],
    mayBeUnknown: true,
    neededWhen: (given) => given.choice('reason') === 'article-40',
  },
  {
    id: 'lastWage',
    kind: 'money',
    label: '上一个月的工资',
    ask: '离开前的上一个月，工资是多少？',
    min: 1,
    mayBeUnknown: true,
    neededWhen: (given) => given.choice('reason') === 'article-40' && given.choice('notice') === 'none',
  },
  placeInput,
];

function reasonOf(value: string | null): SeveranceReason | undefined {
  return SEVERANCE_REASONS.find((reason) => reason.value === value);
}

function paysSomething(value: string | null): boolean {
  return (reasonOf(value)?.gives ?? 'none') !== 'none';
}

/** 经济补偿与赔偿金: N, N+1 and 2N. */
export const severance = defineCalculator({
  id: 'severance',
  title: '经济补偿与赔偿金',
  inputs: INPUTS,
  cites: [
    ...['第四十条', '第四十六条', '第四十七条', '第四十八条', '第八十七条', '第九十七条'].map((article) => ({ law: LAW, article })),
    ...['第二十条', '第二十五条', '第二十七条'].map((article) => ({ law: RULES, article })),
  ],
  compute: (setting) => {
    const { given, figures, today } = setting;
    const start = must(given.date('startDate'), 'startDate');
    const end = must(given.date('endDate'), 'endDate');
    if (start > today || end > addMonths(today, MOST_MONTHS_AHEAD)) return refuse('入职或者离开的日子太靠后了', '核对这两个日子的年份。');
    if (end < start) return refuse('离开的日子早于入职的日子', '核对这两个日子。');
    if (figures.figure('severance', 'per-year', end) === null) return beyond('劳动合同法施行以前就离开的，要看当时的规定');
    const reason = reasonOf(given.choice('reason'));
    if (!reason) return refuse('没有说清是怎么离开的', '选一个最接近的原因。');
    return reason.gives === 'none' ? nothingDue(reason) : due(setting, reason, start, end);
  },
});

function nothingDue(reason: SeveranceReason): Calculation {
  const working = startWorking();
  for (const { law, article } of reason.cites) working.cite(law, article);
  const line = working.line({
    id: 'severance',
    label: '经济补偿',
    amount: 0,
    payer: '用人单位',
    formula: `“${reason.label}”不在法律写明要付经济补偿的情形里`,
  });
  return resultOf(
    [line],
    [note('其实是单位欠薪、不交社保等逼走的，或者是单位先提出的，就不一样了。', [LAW, '第三十八条', '第四十六条'])],
    reason.human ? [reason.human] : [],
  );
}

interface Span {
  readonly from: string;
  readonly end: string;
  /** Counting begins later than the work did. */
  readonly cut: boolean;
  /** Half months of pay; two ways of counting. */
  readonly low: number;
  readonly high: number;
}

function due(setting: Setting, reason: SeveranceReason, start: string, end: string): Calculation {
  const { given, figures, today } = setting;
  const place = readPlace(given);
  const roundUp = lawFigure(figures, 'severance', 'round-up-from', end);
  // 劳动合同法第九十七条: years before it came into force are counted by the rules of their time
  const inForce = lawFigure(figures, 'severance', 'per-year', end).from ?? start;
  const from = reason.gives === 'n' && start < inForce ? inForce : start;
  const span: Span = { from, end, cut: from !== start, ...halfMonthsRange(from, end, roundUp.value) };
  const human: HumanReason[] = [...(reason.human ? [reason.human] : []), ...(place.human ? [place.human] : [])];
  const notes: Note[] = [
    ...(place.assumed === null ? [] : [note(place.assumed)]),
    note('非全日制用工（小时工）终止时没有经济补偿。', [LAW, '第七十一条']),
    note('不是自己的原因从原单位换到新单位的，原来的年限一般合并算。', [RULES, '第十条']),
  ];
  if (span.low !== span.high)
    human.push({ reason: 'not-confident', text: '工作时间正好卡在线上，入职当天算不算进去结果不同，条文没有写明' });
  if (today > addMonths(end, lawFigure(figures, 'labour-arbitration', 'apply', today).value * 12))
    human.push({ reason: 'not-confident', text: '离开已经过了一年，除非时效中断、中止过，单位可以拿时效来挡' });
  if (span.cut) human.push({ reason: 'not-confident', text: `${dayText(from)}以前的那段工作按当时的规定算，这里没有算进去` });
  if (reason.value === 'refused-to-sign') {
    human.push({ reason: 'case-strategy', text: '上班一个月以内、单位书面通知过还不签的，没有经济补偿；要看单位什么时候书面通知的' });
    notes.push(note('自用工之日起一个月内，单位书面通知后员工不签的，单位书面终止，不付经济补偿。', [RULES, '第五条']));
  }
  if (reason.value === 'article-40' || reason.value === 'layoff') {
    notes.push(note('孕期、产期、哺乳期，医疗期内，工伤丧失劳动能力等，单位不得用这些理由解除；解除了的要请律师看。', [LAW, '第四十二条']));
  }
  if (reason.value === 'expired-employer') {
    notes.push(note('连续订过二次固定期限合同、你要求订无固定期限合同的，单位一般应当订；单位不订的要请律师看。', [LAW, '第十四条']));
  }
  if (reason.gives === '2n') {
    notes.push(note('还想回去上班的，可以不要赔偿金，要求继续履行合同；不能继续履行的再要赔偿金。', [LAW, '第四十八条']));
    notes.push(note('付了赔偿金的，不再另付经济补偿；赔偿金的年限从用工之日起算。', [RULES, '第二十五条']));
  }
  const lines: Line[] = [mainLine(setting, reason, span, place, minimumWageOn(figures, place, end))];
  if (reason.value === 'article-40') {
    const line = noticeLine(setting, end);
    if (line) lines.push(line);
    if (given.choice('notice') === null) notes.push(note('单位没有提前三十日书面通知的，要额外付一个月工资。', [LAW, '第四十条']));
  }
  notes.push(note('要在一年内申请仲裁，从知道权利被侵害那天起算。', ['劳动争议调解仲裁法', '第二十七条']));
  return resultOf(lines, notes, human);
}

function mainLine(setting: Setting, reason: SeveranceReason, span: Span, place: Place, minimum: MinimumWage): Line {
  const { given, figures } = setting;
  const working = startWorking();
  const figure = (key: string) => lawFigure(figures, 'severance', key, span.end);
  for (const { law, article } of reason.cites) working.cite(law, article);
  working.cite(LAW, '第四十七条');
  working.cite(RULES, '第二十七条');
  if (reason.gives === '2n') working.cite(RULES, '第二十五条');
  else if (span.cut) working.cite(LAW, '第九十七条');
  const wage = must(given.money('averageWage'), 'averageWage');
  const raised = raiseToMinimum(working, wage, minimum);
  const cap = capOn(working, setting, raised.fen, place, minimum, span.end);
  const times = reason.gives === '2n' ? lawFigure(figures, 'unlawful-dismissal', 'multiple', span.end) : null;
  const most = cap.capped ? figure('cap-years').value * 2 : Number.MAX_SAFE_INTEGER;
  const money = (halves: number): number => multiply(cap.fen, Math.min(halves, most) * (times?.value ?? 1), 2);
  const low = money(span.low);
  const high = money(span.high);
  const months = (halves: number): string => working.computed(`${String(Math.min(halves, most) / 2)}个月`);
  const rule = `每满一年给${working.law(figure('per-year'))}，${working.law(figure('round-up-from'))}以上不满一年算一年，不满${working.law(figure('round-up-from'))}给${working.law(figure('part-year'))}`;
  const period = `${span.cut ? working.computed(dayText(span.from)) : working.day(span.from)}至${working.day(span.end)}（${rule}）`;
  const count = low === high ? months(span.high) : `${months(span.low)}或者${months(span.high)}`;
  const double = times === null ? '' : ` × ${working.law(times)}`;
  const certain = raised.certain && cap.certain;
  const outcome = low === high ? working.computed(yuan(high)) : `${working.computed(yuan(low))}至${working.computed(yuan(high))}`;
  const formula = `${period}＝${count}；月工资${working.money(wage)}${raised.text}${cap.text} × ${count}${double}${certain ? '＝' : '；用不着调整的话，是'}${outcome}`;
  return working.line({
    id: reason.gives === '2n' ? 'unlawful-dismissal' : 'severance',
    label: reason.gives === '2n' ? '违法解除、终止的赔偿金' : '经济补偿',
    payer: '用人单位',
    formula,
    amount: certain && low === high ? high : null,
    range: certain && low !== high ? { low, high } : null,
  });
}

interface Cap {
  readonly fen: number;
  readonly capped: boolean;
  readonly certain: boolean;
  readonly text: string;
}

/**
 * The cap at three times the city's average wage (劳动合同法第四十七条第二款). Where that average is not known, a wage of
 * no more than three times the minimum wage cannot reach it: no average lies below the minimum.
 */
function capOn(working: Working, { figures }: Setting, fen: number, place: Place, minimum: MinimumWage, end: string): Cap {
  const multiple = lawFigure(figures, 'severance', 'cap-multiple', end);
  const years = lawFigure(figures, 'severance', 'cap-years', end);
  const slot = place.inChengdu ? figures.slot('city-average-wage-month', '成都', endOfYear(yearOf(end) - 1)) : null;
  const cityAverage = slotFen(slot);
  if (cityAverage !== null) {
    const limit = multiply(cityAverage, multiple.value);
    const average = working.slot(slot, '职工月平均工资', yuan(cityAverage));
    if (fen <= limit) return { fen, capped: false, certain: true, text: '' };
    const text = `，高于职工月平均工资${average}的${working.law(multiple)}，按${working.computed(yuan(limit))}、最多${working.law(years)}算`;
    return { fen: limit, capped: true, certain: true, text };
  }
  const lowest = slotFen(minimum.lowest);
  if (lowest !== null && fen <= multiply(lowest, multiple.value)) {
    const floor = working.slot(minimum.lowest, '最低工资', yuan(lowest));
    return { fen, capped: false, certain: true, text: `（不超过最低工资${floor}的${working.law(multiple)}，封顶用不上）` };
  }
  const name = working.slot(slot, slot?.title ?? `当地${String(yearOf(end) - 1)}年职工月平均工资`);
  const text = `（高于${name}的${working.law(multiple)}的，按${working.law(multiple)}、最多${working.law(years)}算，这个平均数还没有查到）`;
  return { fen, capped: false, certain: false, text };
}

function noticeLine({ given, figures }: Setting, end: string): Line | null {
  if (given.choice('notice') !== 'none') return null;
  const working = startWorking();
  const wage = given.money('lastWage');
  const months = lawFigure(figures, 'notice', 'pay', end);
  working.cite(months.law, months.article);
  working.cite(RULES, '第二十条');
  const amount = wage === null ? null : multiply(wage, months.value);
  const head = `没有提前${working.law(lawFigure(figures, 'notice', 'days', end))}书面通知，按上一个月工资`;
  const formula =
    wage === null || amount === null
      ? `${head} × ${working.law(months)}（上一个月工资还不知道）`
      : `${head}${working.money(wage)} × ${working.law(months)}＝${working.computed(yuan(amount))}`;
  return working.line({ id: 'notice', label: '代替提前通知的工资', amount, payer: '用人单位', formula });
}
