/** Minutes of a day, from 0 to 1440, the end not included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Opening hours by day of the week: index 1 is Monday, 7 is Sunday; index 0 is unused. */
export type WeekHours = readonly (readonly Span[])[];

/** Where no service point above says otherwise. */
export const DEFAULT_HOURS = '1-5 09:00-12:00 13:00-17:00';

const DAYS = /^([1-7])(?:-([1-7]))?$/;
const SPAN = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/;

/**
 * Reads "1-5 09:00-12:00 13:30-17:00; 6 09:00-12:00": days of the week (1 is Monday) and hours, parts divided by `;`.
 * Full-width marks do as well.
 * @returns what is wrong, in words, where it cannot be read
 */
export function parseHours(text: string): WeekHours | { readonly problem: string } {
  const week: Span[][] = Array.from({ length: 8 }, () => []);
  const parts = text
    .normalize('NFKC')
    .replace(/[—–~至]/g, '-')
    .split(/[;。]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) return { problem: '没有写开放时间' };
  for (const part of parts) {
    const [days = '', ...spans] = part.split(/[\s,、]+/);
    const found = DAYS.exec(days);
    if (!found) return { problem: `“${part}”开头要写星期几（1 是星期一，7 是星期天），例如 1-5` };
    const first = Number(found[1]);
    const last = Number(found[2] ?? found[1]);
    if (last < first) return { problem: `“${days}”星期写反了` };
    if (spans.length === 0) return { problem: `“${part}”没有写几点到几点` };
    for (const span of spans) {
      const read = readSpan(span);
      if (read === null) return { problem: `“${span}”不是几点到几点，例如 09:00-12:00` };
      for (let day = first; day <= last; day++) {
        const same = week[day] ?? [];
        if (same.some((other) => read.from < other.to && other.from < read.to)) return { problem: `“${part}”的时间互相重叠` };
        same.push(read);
        same.sort((a, b) => a.from - b.from);
      }
    }
  }
  return week;
}

function readSpan(text: string): Span | null {
  const found = SPAN.exec(text);
  if (!found) return null;
  const [fromHour, fromMinute, toHour, toMinute] = found.slice(1).map(Number) as [number, number, number, number];
  if (fromMinute > 59 || toMinute > 59) return null;
  const from = fromHour * 60 + fromMinute;
  const to = toHour * 60 + toMinute;
  return from < to && to <= 1440 ? { from, to } : null;
}

/** Hours that were checked when they were stored; those of the default where they are empty or cannot be read. */
export function weekHours(text: string): WeekHours {
  const read = parseHours(text === '' ? DEFAULT_HOURS : text);
  return 'problem' in read ? (parseHours(DEFAULT_HOURS) as WeekHours) : read;
}

const DAY_NAMES = ['', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期天'];

/** "1-5 09:00-12:00" as people read it: "星期一到星期五 09:00-12:00". */
export function hoursText(text: string): string {
  const week = weekHours(text);
  const lines: { first: number; last: number; hours: string }[] = [];
  for (let day = 1; day <= 7; day++) {
    const hours = (week[day] ?? []).map(({ from, to }) => `${clock(from)}-${clock(to)}`).join('、');
    const before = lines.at(-1);
    if (hours === '') continue;
    if (before?.last === day - 1 && before.hours === hours) before.last = day;
    else lines.push({ first: day, last: day, hours });
  }
  const named = ({ first, last }: { readonly first: number; readonly last: number }): string =>
    first === last ? (DAY_NAMES[first] ?? '') : `${DAY_NAMES[first] ?? ''}到${DAY_NAMES[last] ?? ''}`;
  return lines.map((line) => `${named(line)} ${line.hours}`).join('；');
}

/** 545 → "9:05". */
export function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60))}:${String(minutes % 60).padStart(2, '0')}`;
}
