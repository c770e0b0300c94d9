/** What the desk's page and the server say to each other about the bureau's figures. */
import type { TicketSummary } from './views.js';

export const FIGURE_UNITS = ['count', 'share', 'minutes', 'yuan'] as const;
/** `share` is from 0 to 1; `minutes` and `yuan` may have a broken part. */
export type FigureUnit = (typeof FIGURE_UNITS)[number];

/** By what a figure is taken apart. */
export const DIMENSION_NAMES = {
  channel: '渠道',
  topic: '事项',
  township: '镇（街道）',
  day: '日期',
  weekday: '星期',
  hour: '时段',
  kind: '种类',
  reason: '转律师的原因',
  state: '现在的状态',
  outcome: '结果',
  referral: '转介去向',
  score: '评价',
  point: '服务点',
  staff: '人员',
} as const;
export type Dimension = keyof typeof DIMENSION_NAMES;

/** Key of what cannot be told apart: no place known, no topic heard. */
export const NONE_KEY = 'none';

export interface FigureRow {
  readonly key: string;
  readonly name: string;
  /** Null: nothing to reckon it from. */
  readonly value: number | null;
  /** Of the month before; null: nothing to reckon it from, or not kept. */
  readonly before: number | null;
}

export interface FigureBreakdown {
  readonly by: Dimension;
  readonly rows: readonly FigureRow[];
}

export interface Figure {
  readonly id: string;
  readonly name: string;
  /** What is counted, from which rows. */
  readonly definition: string;
  readonly unit: FigureUnit;
  readonly value: number | null;
  readonly before: number | null;
  readonly breakdowns: readonly FigureBreakdown[];
}

export interface FigureGroup {
  readonly id: string;
  readonly name: string;
  readonly figures: readonly Figure[];
}

/** GET /api/desk/figures?month=2026-10 */
export interface FiguresView {
  readonly month: string;
  readonly monthBefore: string;
  /** False: the month is still running, or nothing was recorded at its beginning. */
  readonly complete: boolean;
  /** What limits the figures, in words. */
  readonly caveats: readonly string[];
  /** When they were counted; milliseconds since the epoch. */
  readonly countedAt: number;
  readonly groups: readonly FigureGroup[];
}

/** GET /api/desk/figures/tickets?month=&figure=&by=&key=&after= : newest first. */
export interface FigureTicketsView {
  readonly title: string;
  readonly definition: string;
  readonly total: number;
  readonly items: readonly TicketSummary[];
  /** Cursor of the next page; null: this is the last. */
  readonly next: string | null;
}

const NUMBER = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 0 });
const YUAN = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 });

/** A figure as people read it: "1,234", "82.5%", "3 小时 5 分", "12,000 元"; "—": nothing to reckon it from. */
export function figureText(value: number | null, unit: FigureUnit): string {
  if (value === null) return '—';
  switch (unit) {
    case 'count':
      return NUMBER.format(value);
    case 'share':
      return `${(value * 100).toFixed(1)}%`;
    case 'yuan':
      return `${YUAN.format(value)} 元`;
    case 'minutes':
      return minutesText(value);
  }
}

function minutesText(value: number): string {
  const minutes = Math.round(value);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  if (days > 0) return `${String(days)} 天 ${String(hours)} 小时`;
  return hours > 0 ? `${String(hours)} 小时 ${String(minutes % 60)} 分` : `${String(minutes)} 分`;
}

/** How it stands to the month before: "+12", "−3.0 个百分点"; empty where there is nothing to compare. */
export function changeText(value: number | null, before: number | null, unit: FigureUnit): string {
  if (value === null || before === null) return '';
  const change = value - before;
  const size = Math.abs(change);
  const text = unit === 'share' ? `${(size * 100).toFixed(1)} 个百分点` : figureText(size, unit);
  if (/^0(?:\.0)?(?:\D|$)/.test(text)) return '持平';
  return `${change > 0 ? '+' : '−'}${text}`;
}
