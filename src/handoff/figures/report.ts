import {
  DIMENSION_NAMES,
  changeText,
  figureText,
  type Dimension,
  type Figure,
  type FigureBreakdown,
  type FiguresView,
} from '../../domain/figures.js';
import { monthName } from './month.js';
import type { ReportDocument } from './ports.js';

type Table = ReportDocument['sections'][number]['tables'][number];

/** Taken apart by these, a figure stands on the desk only: too long for paper, or about a single member of staff. */
const DESK_ONLY: readonly Dimension[] = ['day', 'point', 'staff'];
const WRITTEN = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long', timeStyle: 'short' });

/** The monthly report: what happened, compared with the month before, each figure with what it counts. */
export function reportOf(view: FiguresView): ReportDocument {
  const months: Months = { month: monthName(view.month), before: monthName(view.monthBefore) };
  // what waits at this moment is no figure of a month that is over
  const groups = view.groups.filter(({ id }) => id !== 'now' || !view.complete);
  return {
    title: `百米问法月报（${months.month}）`,
    intro: [
      `统计时间：${WRITTEN.format(view.countedAt)}。和上个月（${months.before}）比较。`,
      ...(view.caveats.length === 0 ? ['数据完整：整月都已经过完，有记录。'] : view.caveats.map((caveat) => `注意：${caveat}`)),
      '时间一律按北京时间。已经应本人要求删除个人信息的，照样计数。',
    ],
    sections: groups.map(({ name, figures }) => ({
      title: name,
      tables: [overview(name, figures, months), ...figures.flatMap((figure) => parts(figure, months))],
      definitions: figures.map((figure) => ({ name: figure.name, text: figure.definition })),
    })),
  };
}

/** The figures without those of single members of staff. */
export function withoutPeople(view: FiguresView): FiguresView {
  const groups = view.groups.map((group) => ({
    ...group,
    figures: group.figures.map((figure) => ({ ...figure, breakdowns: figure.breakdowns.filter(({ by }) => by !== 'staff') })),
  }));
  return { ...view, groups };
}

interface Months {
  readonly month: string;
  readonly before: string;
}

function overview(title: string, figures: readonly Figure[], { month, before }: Months): Table {
  return {
    title,
    header: ['数据', month, before, '变化'],
    rows: figures.map(({ name, unit, value, before: earlier }) => [
      name,
      figureText(value, unit),
      figureText(earlier, unit),
      changeText(value, earlier, unit),
    ]),
  };
}

function parts(figure: Figure, { month, before }: Months): Table[] {
  return figure.breakdowns
    .filter(({ by, rows }) => !DESK_ONLY.includes(by) && rows.length > 0)
    .map((breakdown) => {
      const share = shareIn(figure, breakdown);
      return {
        title: `${figure.name}，按${DIMENSION_NAMES[breakdown.by]}`,
        header: [DIMENSION_NAMES[breakdown.by], month, ...(share ? ['占比'] : []), before, '变化'],
        rows: breakdown.rows.map((row) => [
          row.name,
          figureText(row.value, figure.unit),
          ...(share ? [share(row.value)] : []),
          figureText(row.before, figure.unit),
          changeText(row.value, row.before, figure.unit),
        ]),
      };
    });
}

/** What a part is of the whole; null where parts do not add up to one. */
function shareIn({ unit, value }: Figure, { rows }: FigureBreakdown): ((part: number | null) => string) | null {
  if (unit !== 'count' || value === null || value === 0 || rows.length === 0) return null;
  return (part) => figureText(part === null ? null : part / value, 'share');
}
