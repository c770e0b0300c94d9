import { toChineseNumeral } from '../domain/chinese-numerals.js';
import type { Setting } from './define-calculator.js';
import { must } from './define-calculator.js';
import { multiply, slotFen, yuan } from './money.js';
import { injuryNotes, payerOf, recognitionNote } from './work-injury-payer.js';
import type { Calculation, HumanReason, Line, Note } from './types.js';
import { averageOf, minimumWageOn, ownWage, percent, poolingAverage, raiseToMinimum, readPlace, reckoned } from './wage-limits.js';
import { lawFigure, note, resultOf, startWorking } from './working.js';

const LAW = '工伤保险条例';

/** Benefits of a graded injury (工伤保险条例第三十三条至第三十七条). */
export function disabilityBenefits(setting: Setting, injuryDate: string): Calculation {
  const { given } = setting;
  const grade = must(given.number('grade'), 'grade');
  const leaving = given.choice('leaving');
  const leaves = grade >= 5 && leaving !== null && leaving !== 'stays';
  const idle = given.yes('noSuitableWork') === true;
  const human: HumanReason[] = [];
  const lines: Line[] = [benefit(setting, grade, injuryDate)];
  if (grade <= 4 || (grade <= 6 && leaving === 'stays' && idle)) lines.push(allowance(setting, grade, injuryDate));
  const nursing = given.choice('nursing');
  const nursed = nursing !== null && nursing !== 'none';
  if (nursed) lines.push(nursingLine(setting, nursing));
  if (leaves) {
    lines.push(...leavingLines(setting, grade, injuryDate));
    const written = leaving === 'resigned' || (leaving === 'expired' && grade >= 7);
    if (!written) {
      human.push({
        reason: 'case-strategy',
        text:
          leaving === 'expired'
            ? '五级、六级的劳动关系应当保留，合同到期单位能不能终止要看情况'
            : '单位要你走，合不合法要看证据，可能还有经济补偿或者赔偿金',
      });
    }
    human.push({ reason: 'unverified', text: '两笔补助金的标准由省里规定，离退休近不近等条件也要一起核实' });
  }
  const stopWork = stopWorkOf(setting, injuryDate);
  lines.push(...stopWork.lines);
  human.push(...stopWork.human);
  const place = readPlace(given);
  if (place.human) human.push(place.human);
  const shared = injuryNotes(setting);
  return resultOf(
    lines,
    [
      ...(place.assumed === null ? [] : [note(place.assumed)]),
      ...shared.notes,
      note('医药费、康复费、住院伙食、外地就医的交通食宿另外算；辅助器具要先经确认。', [LAW, '第三十条', '第三十二条']),
      ...stopWork.notes,
      ...(nursed ? [] : [note('鉴定委员会确认需要生活护理的，另外每月有生活护理费。', [LAW, '第三十四条'])]),
      ...(grade <= 4
        ? [note('到退休年龄办了退休手续的，伤残津贴停发，改领养老金；养老金比津贴低的，基金补差额。', [LAW, '第三十五条'])]
        : []),
      ...((grade === 5 || grade === 6) && !leaves && !idle ? [note('单位难以安排工作的，要按月发伤残津贴。', [LAW, '第三十六条'])] : []),
      ...(leaves && leaving !== 'resigned'
        ? [note('单位终止合同的，除了这两笔补助金，还要照经济补偿的标准另外付经济补偿。', ['劳动合同法实施条例', '第二十三条'])]
        : []),
      ...(grade >= 5 && !leaves
        ? [
            note('以后离开单位时，符合条件的还有一次性工伤医疗补助金和一次性伤残就业补助金。', [
              LAW,
              grade <= 6 ? '第三十六条' : '第三十七条',
            ]),
          ]
        : []),
    ],
    [...human, ...shared.human],
  );
}

/** What there is before, or without, a grade: treatment, and the wages of the time off work. */
export function ungradedBenefits(setting: Setting, injuryDate: string): Calculation {
  const { given } = setting;
  const working = startWorking();
  working.cite(LAW, '第三十条');
  const payer = payerOf(working, given.choice('insured'), 'fund');
  working.cite('社会保险法', '第三十八条');
  const formula = '符合工伤目录和标准的医疗费、康复费、住院伙食补助，经同意到外地就医的交通食宿，凭票据报';
  const treatment = working.line({ id: 'treatment', label: '工伤医疗', sum: 'apart', formula, payer });
  const stopWork = stopWorkOf(setting, injuryDate);
  return resultOf(
    [treatment, ...stopWork.lines],
    [
      recognitionNote,
      note('伤情相对稳定以后还有残疾、影响劳动能力的，要做劳动能力鉴定；单位、本人、近亲属都可以申请。', [LAW, '第二十一条', '第二十三条']),
      note('评上等级的，才有一次性伤残补助金。', [LAW, '第三十五条', '第三十六条', '第三十七条']),
      ...stopWork.notes,
      ...injuryNotes(setting).notes,
    ],
    stopWork.human,
  );
}

const gradeText = (grade: number): string => `${toChineseNumeral(grade)}级`;

function benefit({ given, figures }: Setting, grade: number, day: string): Line {
  const working = startWorking();
  const months = lawFigure(figures, 'disability-benefit', `grade-${String(grade)}`, day);
  working.cite(months.law, months.article);
  const wage = ownWage(working, figures, readPlace(given), given.money('ownWage'), day);
  const amount = wage.fen === null ? null : multiply(wage.fen, months.value);
  const formula = `${working.input(gradeText(grade))}：${working.law(months)} × ${wage.text}${reckoned(working, wage, amount)}`;
  const payer = payerOf(working, given.choice('insured'), 'fund');
  working.cite('社会保险法', '第三十八条');
  return working.line({ id: 'disability-benefit', label: '一次性伤残补助金', amount: wage.certain ? amount : null, formula, payer });
}

function allowance({ given, figures, today }: Setting, grade: number, day: string): Line {
  const working = startWorking();
  const share = lawFigure(figures, 'disability-allowance', `grade-${String(grade)}`, day);
  working.cite(share.law, share.article);
  const wage = ownWage(working, figures, readPlace(given), given.money('ownWage'), day);
  const raw = wage.fen === null ? null : percent(wage.fen, share);
  const raised = raw === null ? null : raiseToMinimum(working, raw, minimumWageOn(figures, readPlace(given), today));
  const certain = wage.certain && raised?.certain === true;
  const formula = `每月：${wage.text} × ${working.law(share)}${reckoned(working, wage, raw)}${raised?.text ?? '；低于当地最低工资的补足差额'}`;
  const payer = payerOf(working, given.choice('insured'), grade <= 4 ? 'fund' : 'employer');
  working.cite('社会保险法', grade <= 4 ? '第三十八条' : '第三十九条');
  return working.line({
    id: 'disability-allowance',
    label: '伤残津贴（每月）',
    amount: certain ? raised.fen : null,
    sum: 'monthly',
    formula,
    payer,
  });
}

function nursingLine({ given, figures, today }: Setting, level: string): Line {
  const working = startWorking();
  const share = lawFigure(figures, 'nursing-allowance', level, today);
  const slot = poolingAverage(figures, readPlace(given), today);
  const fen = slotFen(slot);
  const amount = fen === null ? null : percent(fen, share);
  const formula = `每月：${averageOf(working, slot, today)} × ${working.law(share)}${amount === null ? '' : `＝${working.computed(yuan(amount))}`}`;
  const payer = payerOf(working, given.choice('insured'), 'fund');
  working.cite('社会保险法', '第三十八条');
  return working.line({ id: 'nursing-allowance', label: '生活护理费（每月）', amount, sum: 'monthly', formula, payer });
}

/** The two payments on leaving; the province sets the months, and of which wage. */
function leavingLines({ given, figures, today }: Setting, grade: number, day: string): Line[] {
  const kinds = [
    { id: 'medical', label: '一次性工伤医疗补助金', paidBy: 'fund', article: '第三十八条' },
    { id: 'employment', label: '一次性伤残就业补助金', paidBy: 'employer', article: '第三十九条' },
  ] as const;
  return kinds.map(({ id, label, paidBy, article }) => {
    const working = startWorking();
    working.cite(LAW, grade <= 6 ? '第三十六条' : '第三十七条');
    if (given.choice('leaving') === 'expired') working.cite('劳动合同法实施条例', '第二十三条');
    const slot = readPlace(given).inSichuan ? figures.slot(`${id}-subsidy-grade-${String(grade)}`, '四川', today) : null;
    const head = `${working.input(gradeText(grade))}：`;
    const payer = payerOf(working, given.choice('insured'), paidBy);
    working.cite('社会保险法', article);
    if (slot === null || slot.value === null || slot.base === null) {
      // months without the wage they are of are as good as none
      const name = working.slot(slot === null ? null : { ...slot, value: null }, slot?.title ?? `${label}，${gradeText(grade)}`);
      return working.line({ id: `${id}-subsidy`, label, payer, formula: `${head}几个月、按什么工资算，由省里规定（${name}，还没有核实）` });
    }
    const halves = Math.round(slot.value * 2);
    const months = working.slot(slot, slot.title, `${String(slot.value)}个月`);
    if (slot.base === 'own-wage') {
      const wage = ownWage(working, figures, readPlace(given), given.money('ownWage'), day);
      const amount = wage.fen === null ? null : multiply(wage.fen, halves, 2);
      const formula = `${head}${months} × ${wage.text}${reckoned(working, wage, amount)}`;
      return working.line({ id: `${id}-subsidy`, label, payer, amount: wage.certain ? amount : null, formula });
    }
    const average = poolingAverage(figures, readPlace(given), today);
    const fen = slotFen(average);
    const amount = fen === null ? null : multiply(fen, halves, 2);
    const formula = `${head}${months} × ${averageOf(working, average, today)}${amount === null ? '' : `＝${working.computed(yuan(amount))}`}`;
    return working.line({ id: `${id}-subsidy`, label, payer, amount, formula });
  });
}

interface StopWork {
  readonly lines: readonly Line[];
  readonly notes: readonly Note[];
  readonly human: readonly HumanReason[];
}

function stopWorkOf(setting: Setting, day: string): StopWork {
  const line = stopWorkLine(setting, day);
  if (line === null) return { lines: [], notes: [], human: [] };
  const long = (setting.given.number('stopWorkMonths') ?? 0) > lawFigure(setting.figures, 'stop-work', 'usual', day).value;
  return {
    lines: [line],
    notes: [note('停工留薪期里生活不能自理、需要护理的，由单位负责。', [LAW, '第三十三条'])],
    human: long ? [{ reason: 'case-strategy', text: '停工留薪期超过一般上限的那一段，要有鉴定委员会的确认' }] : [],
  };
}

function stopWorkLine({ given, figures }: Setting, day: string): Line | null {
  const months = given.number('stopWorkMonths');
  if (months === 0) return null;
  const working = startWorking();
  const usual = lawFigure(figures, 'stop-work', 'usual', day);
  const extension = lawFigure(figures, 'stop-work', 'extension', day);
  working.cite(usual.law, usual.article);
  const payer = payerOf(working, given.choice('insured'), 'employer');
  working.cite('社会保险法', '第三十九条');
  const limit = `一般不超过${working.law(usual)}，经鉴定委员会确认可以延长，延长不超过${working.law(extension)}`;
  const wage = given.money('usualWage');
  const label = '停工留薪期的工资';
  if (months === null || wage === null) {
    return working.line({ id: 'stop-work', label, payer, formula: `原来的工资福利 × 停工留薪期的月数，单位按月付；${limit}` });
  }
  const counted = Math.min(months, usual.value + extension.value);
  const amount = multiply(wage, Math.round(counted * 2), 2);
  const over =
    counted < months ? `停工${working.input(`${String(months)}个月`)}，最多算${working.computed(`${String(counted)}个月`)}；` : '';
  const span = counted < months ? working.computed(`${String(counted)}个月`) : working.input(`${String(months)}个月`);
  const formula = `${over}原来的工资福利${working.money(wage)} × ${span}＝${working.computed(yuan(amount))}（${limit}；已经发了的要扣掉）`;
  return working.line({ id: 'stop-work', label, payer, amount, formula });
}
