import { LineCounter, isNode, parseDocument } from 'yaml';
import { z } from 'zod';
import { normaliseArticleNumber } from '../domain/chinese-numerals.js';
import { BaimiError } from '../domain/errors.js';
import { REGIONS, type Region } from '../domain/law.js';
import { digestOfSlot, slotKey, type Verification } from './verification.js';

const day = z.string().refine(isCalendarDay, '日子要写成 2025-01-31 这样，并且真有这一天');
const id = z.string().regex(/^[a-z][a-z0-9-]*$/, '只用小写字母、数字和短横线');
const article = z.string().refine((text) => text === '全文' || normaliseArticleNumber(text) === text, '写成“第十四条”，用汉字数字；没有条号的文件写“全文”');

const schema = z.strictObject({
  tables: z.array(
    z.strictObject({
      id,
      title: z.string().min(2),
      law: z.string().min(2),
      article,
      from: day.nullable(),
      to: day.nullable(),
      inPack: z.boolean().default(true),
      note: z.string().min(2).nullable().default(null),
      rows: z
        .array(
          z.strictObject({
            key: id,
            value: z.number().positive('要大于 0'),
            unit: z.string().min(1),
            article: article.optional(),
          }),
        )
        .min(1),
    }),
  ),
  slots: z.array(
    z.strictObject({
      id,
      title: z.string().min(2),
      series: id,
      region: z.enum(REGIONS),
      unit: z.string().min(1),
      period: z.strictObject({ from: day.nullable(), to: day.nullable() }),
      value: z.number().positive('要大于 0；没有查到的写 null').nullable(),
      source: z.string().min(4, '写清发文机关、文号或者网址').nullable(),
      sourceDate: day.nullable(),
      verified: z.boolean(),
      verifiedBy: z.string().min(2).nullable(),
      base: z.enum(['own-wage', 'pooling-average-wage']).nullable().default(null),
      note: z.string().min(2).nullable().default(null),
    }),
  ),
});
type FiguresFile = z.infer<typeof schema>;

/** A figure that an article of law states. */
export interface LawFigure {
  readonly table: string;
  readonly key: string;
  readonly value: number;
  /** As the article counts it: 个月, 年, 日, 天, 小时, %, 倍. */
  readonly unit: string;
  readonly law: string;
  readonly article: string;
  /** ISO days between which the law states it so; null: the text gives no beginning, or it still holds. */
  readonly from: string | null;
  readonly to: string | null;
  /** False: the pack has no gist of this text, so it is named and not cited. */
  readonly inPack: boolean;
  readonly note: string | null;
}

/** A yearly or regional number. `value: null` means that no one has found it yet: it is never guessed. */
export type Slot = Readonly<FiguresFile['slots'][number]>;

/** Every figure of the pack (`knowledge/figures/*.yaml`). */
export interface FigureBook {
  readonly figures: readonly LawFigure[];
  readonly slots: readonly Slot[];
  /** The law's figure as it stands on `day`; null where no version at hand covers that day. */
  figure(table: string, key: string, day: string): LawFigure | null;
  /** The slot of a series that covers `day` in a region; null where there is none. A slot whose beginning is unknown covers no day. */
  slot(series: string, region: Region, day: string): Slot | null;
}

/**
 * Reads the files of `knowledge/figures` into one book.
 * @throws BaimiError `bad-knowledge` naming file, line, what is wrong and what to do
 */
export function parseFigures(files: readonly { readonly file: string; readonly text: string }[]): FigureBook {
  const figures: LawFigure[] = [];
  const slots: Slot[] = [];
  const places = new Map<string, string>();
  for (const { file, text } of files) {
    const { data, fail } = openFigures(file, text);
    const claim = (key: string, name: string, path: readonly PropertyKey[]): void => {
      const earlier = places.get(key);
      if (earlier !== undefined) fail(path, `“${name}”已经写在 ${earlier} 里`, '换一个名字，或者合并');
      places.set(key, file);
    };
    for (const [index, table] of data.tables.entries()) {
      if (table.from !== null && table.to !== null && table.to < table.from) fail(['tables', index, 'to'], 'to 早于 from', '先写开始的日子');
      for (const [at, row] of table.rows.entries()) {
        const name = `${table.id} ${row.key}`;
        const here = ['tables', index, 'rows', at];
        const other = figures.find((figure) => figure.table === table.id && figure.key === row.key && overlap(figure, table));
        if (other) fail(here, `“${name}”在同一段日子里写了两遍`, '同一张表的不同版本，from 和 to 不要重叠');
        figures.push({
          table: table.id,
          key: row.key,
          value: row.value,
          unit: row.unit,
          law: table.law,
          article: row.article ?? table.article,
          from: table.from,
          to: table.to,
          inPack: table.inPack,
          note: table.note,
        });
      }
    }
    for (const [index, slot] of data.slots.entries()) {
      const here = ['slots', index];
      claim(`slot ${slot.id}`, slot.id, [...here, 'id']);
      checkSlot(slot, here, fail);
      const other = slots.find(
        (earlier) =>
          earlier.series === slot.series &&
          earlier.region === slot.region &&
          earlier.period.from !== null &&
          slot.period.from !== null &&
          overlap(earlier.period, slot.period),
      );
      if (other) fail([...here, 'period'], `“${slot.id}”和“${other.id}”管的日子重叠`, '旧的一格写上 to，再写新的');
      slots.push(slot);
    }
  }
  return figureBook(figures, slots);
}

/** A book of figures and slots, to look things up in by day. */
export function figureBook(figures: readonly LawFigure[], slots: readonly Slot[]): FigureBook {
  const covers = (period: { readonly from: string | null; readonly to: string | null }, on: string): boolean =>
    (period.from === null || period.from <= on) && (period.to === null || on <= period.to);
  return {
    figures,
    slots,
    figure: (table, key, on) => figures.find((figure) => figure.table === table && figure.key === key && covers(figure, on)) ?? null,
    slot: (series, region, on) =>
      slots.find((slot) => slot.series === series && slot.region === region && slot.period.from !== null && covers(slot.period, on)) ?? null,
  };
}

/** A figure that someone entered for a slot of the pack. */
export interface EnteredFigure {
  readonly slot: string;
  /** In the slot's unit. */
  readonly value: number;
  readonly source: string;
  /** ISO day of the source. */
  readonly sourceDate: string;
  readonly by: string;
}

/**
 * The book with what has been entered since, and with what lawyers have verified.
 * @param entered oldest first; the last of a slot counts
 */
export function withEntered(
  book: FigureBook,
  entered: readonly EnteredFigure[],
  verifications: readonly Verification[],
): FigureBook {
  const newest = new Map(entered.map((entry) => [entry.slot, entry]));
  const slots = book.slots.map((slot): Slot => {
    const entry = newest.get(slot.id);
    const filled = entry
      ? { ...slot, value: entry.value, source: entry.source, sourceDate: entry.sourceDate, verified: false, verifiedBy: null }
      : slot;
    const verification = verifications.find(({ key, digest }) => key === slotKey(slot.id) && digest === digestOfSlot(filled));
    return verification ? { ...filled, verified: true, verifiedBy: verification.by } : filled;
  });
  return figureBook(book.figures, slots);
}

type Fail = (path: readonly PropertyKey[], wrong: string, remedy: string) => never;

function openFigures(file: string, text: string): { readonly data: FiguresFile; readonly fail: Fail } {
  const lineCounter = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter });
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lineCounter.linePos(node.range[0]).line;
    }
    return 1;
  };
  const fail: Fail = (path, wrong, remedy) => {
    throw new BaimiError('bad-knowledge', `${file}:${String(lineOf(path))}: ${wrong}。怎么改：${remedy}`);
  };
  const broken = document.errors[0];
  if (broken) {
    const line = broken.linePos?.[0].line ?? 1;
    throw new BaimiError('bad-knowledge', `${file}:${String(line)}: 不是正确的 YAML。怎么改：检查缩进、括号和引号`, { cause: broken });
  }
  const result = schema.safeParse(document.toJS());
  if (result.success) return { data: result.data, fail };
  const issue = result.error.issues[0];
  const path = issue?.path ?? [];
  return fail(path, `“${path.join('.')}”不对：${issue?.message ?? ''}`, '照文件里别的条目的样子写');
}

function checkSlot(slot: Slot, here: readonly PropertyKey[], fail: Fail): void {
  const { from, to } = slot.period;
  if (from !== null && to !== null && to < from) fail([...here, 'period'], `“${slot.id}”的 to 早于 from`, '先写开始的日子');
  if (from === null && to !== null) fail([...here, 'period'], `“${slot.id}”只写了 to`, '查到开始的日子再写；查不到就都写 null');
  if (slot.value !== null && slot.source === null) {
    fail([...here, 'source'], `“${slot.id}”有数没有来源`, '写上发文机关、文号或者网址；没有来源就把 value 写成 null');
  }
  if (!slot.verified) {
    if (slot.verifiedBy !== null) fail([...here, 'verifiedBy'], `“${slot.id}”没有核实却写了核实人`, '核实了就把 verified 写成 true');
    return;
  }
  if (slot.value === null) fail([...here, 'verified'], `“${slot.id}”是空的，不能算核实过`, '先填 value 和 source，或者把 verified 写成 false');
  if (slot.sourceDate === null || slot.verifiedBy === null) {
    fail([...here, 'verified'], `“${slot.id}”标了核实，没写来源日期或者核实人`, '补上 sourceDate 和 verifiedBy');
  }
}

function overlap(
  one: { readonly from: string | null; readonly to: string | null },
  other: { readonly from: string | null; readonly to: string | null },
): boolean {
  return (one.to === null || other.from === null || other.from <= one.to) && (other.to === null || one.from === null || one.from <= other.to);
}

function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
