import { dayText } from '../calculators/dates.js';
import { yuan } from '../calculators/money.js';
import { provisionKey } from '../domain/law.js';
import { equivalentKeys, extractQuantities } from '../domain/quantities.js';
import type { CalculationOutcome, OutcomeLine } from './calculation-result.js';

/** A result in plain sentences. */
export interface CalculationText {
  /** The total, or the main line. */
  readonly headline: string;
  readonly lines: readonly string[];
  readonly notes: readonly string[];
}

/** As long as a chat message may be, in characters; remarks of less weight are left out. */
const MOST_CHARACTERS = 600;

/** What a result says, nothing twice: the total first, then how each item comes about, then what limits it. */
export function calculationText(result: CalculationOutcome): CalculationText {
  const headline = headlineOf(result);
  const lines = result.lines.map((line) => lineText(line, headline, result.lines.length > 1));
  const notes: string[] = [];
  let length = headline.length + lines.join('').length;
  for (const note of remarks(result)) {
    if (notes.includes(note)) continue;
    if (length + note.length > MOST_CHARACTERS) continue;
    notes.push(note);
    length += note.length;
  }
  return { headline, lines, notes };
}

function headlineOf(result: CalculationOutcome): string {
  const ends = result.lines.filter(({ date }) => date !== null);
  if (ends.length > 0) return deadlineHeadline(ends, result.day);
  const { once, monthly } = result.total;
  const parts = [sumText(once, ''), sumText(monthly, '每月')].filter((part) => part !== null);
  const incomplete = [once, monthly].some(({ complete }) => !complete);
  if (parts.length === 0) {
    const early = result.lines.find(({ sum, amount }) => sum === 'apart' && amount !== null);
    if (incomplete) return `${result.title}：现在还算不出数额，先告诉你怎么算。`;
    if (early && early.amount !== null) return `${early.label}：按现在的情况是${yuan(early.amount)}。`;
    return result.lines.some(({ amount }) => amount === 0)
      ? `${result.title}：按你说的情况，算出来是0元。`
      : `${result.title}：没有一个固定的数，看下面。`;
  }
  return `${result.title}：${incomplete ? '能算出来的部分，' : ''}一共${parts.join('，另外')}${incomplete ? '，还有的项目现在算不出来' : ''}。`;
}

function sumText({ low, high }: { readonly low: number; readonly high: number }, per: string): string | null {
  if (high === 0) return null;
  return `${per}${low === high ? yuan(low) : `${yuan(low)}至${yuan(high)}`}`;
}

/** One's own last day; the employer's is said below. */
function deadlineHeadline(ends: readonly OutcomeLine[], day: string): string {
  const own = ends.filter(({ label }) => !label.startsWith('单位'));
  return `${own.map(({ label, date }) => `${label}，最后一天是${dayText(date ?? day)}${(date ?? day) < day ? '，按这个算法已经过了' : ''}`).join('；')}。`;
}

function lineText(line: OutcomeLine, headline: string, several: boolean): string {
  const { label, amount, formula, payer, slots, date } = line;
  // the headline has said what a single item comes to
  const end = amount === null ? null : `＝${yuan(amount)}`;
  const said = afterHeadline(formula, headline, several ? null : end, date);
  const unverified = slots.filter(({ verified, value }) => !verified && value !== null).map(({ title }) => title);
  const paid = payer === null ? '' : `（${payer.endsWith('付') ? payer : `${payer}付`}）`;
  const check = unverified.length === 0 || date !== null ? '' : `〔待核实：${[...new Set(unverified)].join('、')}〕`;
  return `${label}${paid}：${said}${check}`;
}

/** A formula without the end that the headline has said already. */
function afterHeadline(formula: string, headline: string, amount: string | null, date: string | null): string {
  const end = date === null ? amount : `，最后一天是${dayText(date)}`;
  if (end === null || !formula.endsWith(end)) return formula;
  const said = date === null ? end.slice(1) : dayText(date);
  return headline.includes(said) ? formula.slice(0, -end.length) : formula;
}

/** Most important first: what a human has to see to, what was taken roughly, what was assumed, then the other remarks. */
function remarks(result: CalculationOutcome): string[] {
  const rough = result.given.filter((one) => one.rough).map(({ label, said }) => `${label}${said}`);
  const wage = result.given.find(({ label, fromStory }) => fromStory && /月工资/.test(label));
  return [
    ...result.needsHuman.map(({ text }) => `要请律师看：${text}。`),
    ...(rough.length > 0 ? [`你说的是大概数，这里按${rough.join('、')}算；有准数了再算一次。`] : []),
    ...(wage ? [`${wage.label}用的是你前面说的${wage.said}；要按应发的算，不一样的告诉我。`] : []),
    ...result.notes.map(({ text }) => text),
  ].map((text) => text.replace(/。+$/, '。'));
}

/** A figure that the text states, and where it comes from; `from: null` would be a figure from thin air. */
export interface StatedFigure {
  readonly key: string;
  readonly text: string;
  readonly from: 'input' | 'law' | 'slot' | 'computed' | null;
  /** Provision keys or ids of slots. */
  readonly sources: readonly string[];
}

/** Every figure of `calculationText`, with its origin: what the person said, an article, a yearly number, or the reckoning. */
export function quantitiesOf(result: CalculationOutcome): readonly StatedFigure[] {
  const { headline, lines, notes } = calculationText(result);
  const origins = originsOf(result);
  return extractQuantities([headline, ...lines, ...notes].join('\n')).map(({ key, text }) => {
    const origin = equivalentKeys(key).flatMap((one) => origins.get(one) ?? [])[0];
    return { key, text, from: origin?.from ?? null, sources: origin?.sources ?? [] };
  });
}

type Origin = Pick<StatedFigure, 'from' | 'sources'>;

function originsOf(result: CalculationOutcome): Map<string, Origin> {
  const origins = new Map<string, Origin>();
  const add = (text: string, origin: Origin): void => {
    for (const { key } of extractQuantities(text)) for (const one of equivalentKeys(key)) if (!origins.has(one)) origins.set(one, origin);
  };
  for (const { said } of result.given) add(said, { from: 'input', sources: [] });
  for (const line of result.calculation.lines) {
    for (const { from, text, source } of line.trace) add(text, { from, sources: source === null ? [] : [source] });
    if (line.date !== null) add(dayText(line.date), { from: 'computed', sources: [] });
    add(line.formula, { from: 'law', sources: line.cites.map(provisionKey) });
    if (line.basis.kind === 'slot') for (const slot of line.basis.slots) add(slot.title, { from: 'slot', sources: [slot.id] });
  }
  for (const { low, high, known } of [result.total.once, result.total.monthly])
    for (const fen of [low, high, known]) add(yuan(fen), { from: 'computed', sources: [] });
  // a remark states what its articles say; the reasons for a human, what the articles of the lines say
  for (const { text, cites } of result.notes) add(text, { from: 'law', sources: cites.map(provisionKey) });
  for (const { text } of result.needsHuman) add(text, { from: 'law', sources: result.citations.map(provisionKey) });
  return origins;
}
