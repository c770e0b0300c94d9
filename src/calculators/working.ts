import { BaimiError } from '../domain/errors.js';
import { provisionKey, type ProvisionRef } from '../domain/law.js';
import { figureText } from '../domain/quantities.js';
import { dayText } from './dates.js';
import { yuan } from './money.js';
import type { CalculationResult, Figures, HumanReason, LawFigure, Line, Note, Sum, TraceStep, UsedSlot } from './types.js';

/** What a line still needs beside what its working has gathered. */
type LineFields = Pick<Line, 'id' | 'label' | 'formula'> & Partial<Pick<Line, 'amount' | 'range' | 'sum' | 'date' | 'payer'>>;

/** Gathers, while a formula is written, every value that stands in it, with its source, and the provisions it rests on. */
export interface Working {
  /** A figure of law, as the formula prints it; its article is cited. */
  law(figure: LawFigure): string;
  input(text: string): string;
  money(fen: number): string;
  day(day: string): string;
  /** A slot's value as printed; a missing or empty slot prints its name and makes the line uncertain. */
  slot(slot: UsedSlot | null, name: string, text?: string): string;
  computed(text: string): string;
  cite(law: string, ...articles: readonly string[]): void;
  /** Rests also on provisions that the pack has no gist of. */
  under(law: string, ...articles: readonly string[]): void;
  line(fields: LineFields): Line;
}

export function startWorking(): Working {
  const trace: TraceStep[] = [];
  const cites = new Map<string, ProvisionRef>();
  const alsoUnder = new Map<string, ProvisionRef>();
  const slots = new Map<string, UsedSlot>();
  const step = (from: TraceStep['from'], text: string, source: string | null = null): string => {
    trace.push({ from, text, source });
    return text;
  };
  const add = (to: Map<string, ProvisionRef>, law: string, articles: readonly string[]): void => {
    for (const article of articles) to.set(provisionKey({ law, article }), { law, article });
  };
  return {
    law: (figure) => {
      add(figure.inPack ? cites : alsoUnder, figure.law, [figure.article]);
      return step('law', figureText(figure), provisionKey(figure));
    },
    input: (text) => step('input', text),
    money: (fen) => step('input', yuan(fen)),
    day: (day) => step('input', dayText(day)),
    slot: (slot, name, text) => {
      const used = slot ?? { id: name, title: name, value: null, source: null, verified: false };
      slots.set(used.id, {
        id: used.id,
        title: used.title,
        value: used.value,
        source: used.source,
        verified: used.value !== null && used.verified,
      });
      return step('slot', used.value === null || text === undefined ? name : text, used.id);
    },
    computed: (text) => step('computed', text),
    cite: (law, ...articles) => add(cites, law, articles),
    under: (law, ...articles) => add(alsoUnder, law, articles),
    line: ({ id, label, formula, amount = null, range = null, sum = 'once', date = null, payer = null }) => ({
      id,
      label,
      amount,
      range,
      sum,
      date,
      formula,
      cites: [...cites.values()],
      alsoUnder: [...alsoUnder.values()],
      payer,
      basis:
        slots.size === 0
          ? { kind: 'law' }
          : { kind: 'slot', verified: [...slots.values()].every((slot) => slot.verified), slots: [...slots.values()] },
      trace: [...trace],
    }),
  };
}

/**
 * The law's figure on a day. Calculators first refuse days that no version at hand covers, so that it stands here.
 * @throws BaimiError `bad-knowledge` where the pack lacks it
 */
export function lawFigure(figures: Figures, table: string, key: string, day: string): LawFigure {
  const found = figures.figure(table, key, day);
  if (found) return found;
  throw new BaimiError('bad-knowledge', `figures: 缺少“${table} ${key}”在 ${day} 的数。怎么改：从发布包里恢复 knowledge/figures`);
}

/** Adds up lines. `apart` lines are left out. */
export function sumOf(lines: readonly Line[], which: 'once' | 'monthly'): Sum {
  const counted = lines.filter((line) => line.sum === which);
  const add = (value: (line: Line) => number): number => counted.reduce((sum, line) => sum + value(line), 0);
  return {
    known: add((line) => line.amount ?? 0),
    low: add((line) => line.amount ?? line.range?.low ?? 0),
    high: add((line) => line.amount ?? line.range?.high ?? 0),
    complete: counted.every((line) => line.amount !== null || line.range !== null),
  };
}

/** Puts a result together; a line that hangs on an empty slot always calls for a human. */
export function resultOf(lines: readonly Line[], notes: readonly Note[], reasons: readonly HumanReason[]): CalculationResult {
  const empty = new Set(
    lines
      .flatMap((line) => (line.basis.kind === 'slot' ? line.basis.slots : []))
      .flatMap((slot) => (slot.value === null ? [slot.title] : [])),
  );
  const missing: HumanReason[] =
    empty.size === 0 ? [] : [{ reason: 'unverified', text: `这些数还没有查到，只能给出算法：${[...empty].join('、')}` }];
  return {
    kind: 'result',
    lines,
    total: { once: sumOf(lines, 'once'), monthly: sumOf(lines, 'monthly') },
    notes,
    needsHuman: [...missing, ...reasons],
  };
}

/** A remark that rests on provisions of the pack. `refs`: law, articles, law, articles… as pairs. */
export function note(text: string, ...refs: readonly (readonly [law: string, ...articles: string[]])[]): Note {
  return { text, cites: refs.flatMap(([law, ...articles]) => articles.map((article) => ({ law, article }))), verified: true, source: null };
}

/** A remark known at second hand only. */
export function unverifiedNote(text: string, source: string): Note {
  return { text: `（待核实）${text}`, cites: [], verified: false, source };
}
