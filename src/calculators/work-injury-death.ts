import type { Setting } from './define-calculator.js';
import { beyond, refuse } from './define-calculator.js';
import { endOfYear, yearOf } from './dates.js';
import { multiply, slotFen, yuan } from './money.js';
import { injuryNotes, payerOf, recognitionNote } from './work-injury-payer.js';
import type { Calculation, Line } from './types.js';
import { averageOf, ownWage, poolingAverage, readPlace, reckoned } from './wage-limits.js';
import { lawFigure, note, resultOf, startWorking } from './working.js';

const LAW = '工伤保险条例';

/** Benefits of a death at work (工伤保险条例第三十九条). */
export function deathBenefits(setting: Setting, injuryDate: string, deathDate: string): Calculation {
  const { given } = setting;
  if ((given.number('alone') ?? 0) > (given.number('others') ?? 0)) return refuse('孤寡老人和孤儿比其他亲属的人数还多', '核对人数。');
  const timing = given.choice('deathTiming');
  if (timing === 'other') return beyond('这种情况下的去世，工伤保险条例第三十九条没有直接写到');
  const lines = [funeral(setting, deathDate)];
  if (timing === 'accident') lines.push(compensation(setting, deathDate));
  const pension = pensionLine(setting, injuryDate);
  if (pension) lines.push(pension);
  const shared = injuryNotes(setting);
  const place = readPlace(given);
  return resultOf(
    lines,
    [
      ...(place.assumed === null ? [] : [note(place.assumed)]),
      recognitionNote,
      ...shared.notes,
      note('哪些亲属算供养亲属、算到什么时候，以国务院社会保险行政部门的规定为准。', [LAW, '第三十九条']),
      ...(timing === 'grade-1-4'
        ? [note('一级至四级的，停工留薪期满以后去世，有丧葬补助金和抚恤金，没有写一次性工亡补助金。', [LAW, '第三十九条'])]
        : []),
    ],
    [
      ...shared.human,
      ...(place.human ? [place.human] : []),
      ...(pension
        ? [{ reason: 'case-strategy' as const, text: '供养亲属要看有没有劳动能力、是不是靠他生活；抚恤金加起来按哪个工资封顶，也要核对' }]
        : []),
    ],
  );
}

function funeral({ given, figures }: Setting, deathDate: string): Line {
  const working = startWorking();
  const months = lawFigure(figures, 'work-death', 'funeral', deathDate);
  const slot = poolingAverage(figures, readPlace(given), deathDate);
  const fen = slotFen(slot);
  const amount = fen === null ? null : multiply(fen, months.value);
  const formula = `${working.law(months)} × ${averageOf(working, slot, deathDate)}${amount === null ? '' : `＝${working.computed(yuan(amount))}`}`;
  const payer = payerOf(working, given.choice('insured'), 'fund');
  working.cite('社会保险法', '第三十八条');
  return working.line({ id: 'funeral', label: '丧葬补助金', amount, formula, payer });
}

function compensation({ given, figures }: Setting, deathDate: string): Line {
  const working = startWorking();
  const times = lawFigure(figures, 'work-death', 'income', deathDate);
  const year = yearOf(deathDate) - 1;
  const slot = figures.slot('urban-income-year', '全国', endOfYear(year));
  const fen = slotFen(slot);
  const amount = fen === null ? null : multiply(fen, times.value);
  const name = `${working.computed(`${String(year)}年`)}全国城镇居民人均可支配收入`;
  const income = working.slot(slot, slot?.title ?? name, fen === null ? undefined : yuan(fen));
  const formula = `${name}${fen === null ? '' : income} × ${working.law(times)}${amount === null ? '（这个数还没有查到）' : `＝${working.computed(yuan(amount))}`}`;
  const payer = payerOf(working, given.choice('insured'), 'fund');
  working.cite('社会保险法', '第三十八条');
  return working.line({ id: 'death-compensation', label: '一次性工亡补助金', amount, formula, payer });
}

function pensionLine({ given, figures }: Setting, day: string): Line | null {
  const spouse = given.yes('spouse');
  const others = given.number('others');
  const alone = given.number('alone') ?? 0;
  if (spouse === false && others === 0) return null;
  const working = startWorking();
  const figure = (key: string) => lawFigure(figures, 'work-death', key, day);
  const payer = payerOf(working, given.choice('insured'), 'fund');
  working.cite('社会保险法', '第三十八条');
  const fields = { id: 'dependants-pension', label: '供养亲属抚恤金（每月）', sum: 'monthly', payer } as const;
  if (spouse === null || others === null) {
    const shares = `配偶${working.law(figure('spouse'))}，其他亲属每人${working.law(figure('other'))}，孤寡老人或者孤儿每人再加${working.law(figure('alone'))}`;
    return working.line({ ...fields, formula: `每月：他的本人工资，${shares}，加起来不超过他生前的工资；有哪些供养亲属，还要弄清楚` });
  }
  const parts: string[] = [];
  let share = 0;
  if (spouse) {
    share += figure('spouse').value;
    parts.push(`配偶${working.law(figure('spouse'))}`);
  }
  if (others > 0) {
    share += figure('other').value * others;
    parts.push(`其他亲属${working.input(String(others))}人，每人${working.law(figure('other'))}`);
  }
  if (alone > 0) {
    share += figure('alone').value * alone;
    parts.push(`其中孤寡老人或者孤儿${working.input(String(alone))}人，每人再加${working.law(figure('alone'))}`);
  }
  const wage = ownWage(working, figures, readPlace(given), given.money('ownWage'), day);
  const paid = Math.min(share, 100);
  const amount = wage.fen === null ? null : multiply(wage.fen, paid, 100);
  const capped =
    share > 100
      ? `，合计${working.computed(`${String(share)}%`)}，加起来不超过他生前的工资`
      : `，合计${working.computed(`${String(share)}%`)}`;
  const formula = `每月：${wage.text}；${parts.join('，')}${capped}${reckoned(working, wage, amount)}`;
  return working.line({ ...fields, amount: wage.certain ? amount : null, formula });
}
