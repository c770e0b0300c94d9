import { addDays, addMonths, isDay, weekday } from '../../calculators/dates.js';
import { NUMBER, parseAmount } from './numbers.js';

/** A point in time as far as the words tell it. */
export interface Time {
  /** `2025-03-05`, `2025-03` or `2025`. */
  readonly date: string;
  readonly text: string;
  readonly index: number;
}

const M = '(?<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])';
const D = '(?<day>3[01]|[12]\\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])';
const named = (pattern: string, suffix: string): string => pattern.replace(/\?<(\w+)>/g, `?<$1${suffix}>`);
const MONTH_DAY = (suffix: string): string => `${named(M, suffix)}月(?:份)?(?:${named(D, suffix)}(?:日|号))?`;

const PATTERN = new RegExp(
  [
    `(?<![\\d.])(?<compact>20\\d{2}[01]\\d[0-3]\\d)(?!\\d)`,
    `(?<![\\d.])(?<yearP>(?:19|20)\\d{2})[-./]${named(M, 'P')}(?:[-./]${named(D, 'P')})?(?![\\d.])(?:日|号)?`,
    `(?<yearA>(?:19|20)\\d{2}|[一二][〇零九][〇零一二三四五六七八九]{2})年(?!前|的?工龄|多|半|之前)(?:${MONTH_DAY('A')})?`,
    `(?<![\\d.])(?<yearS>\\d{2})年(?=\\d{1,2}月|[一二三四五六七八九十]{1,2}月|入职|进厂|进的|来的|来到|到公司|受伤|离职|年?底|年?初)(?:${MONTH_DAY('S')})?`,
    `(?<relative>大前年|前年|去年|上年|今年|明年)(?:的?${MONTH_DAY('R')})?`,
    `(?<relativeMonth>上上个?月|上个?月|这个?月|本月)(?:的?${named(D, 'N')}(?:日|号))?`,
    `(?<relativeDay>大前天|前天|昨天|昨晚|昨日|今天|今早|前晚)`,
    `(?<week>上|这|本)(?:个)?(?:周|星期|礼拜)(?<weekday>[一二三四五六日天])`,
    `(?<![\\d第])(?<ago>${NUMBER})(?<agoUnit>天|个月|年)(?:以前|之前|前)`,
    `(?<![\\d年个第.-])${MONTH_DAY('B')}(?![薪\\d后内前余多以])`,
  ].join('|'),
  'g',
);

const RELATIVE_YEARS: Readonly<Record<string, number>> = { 大前年: -3, 前年: -2, 去年: -1, 上年: -1, 今年: 0, 明年: 1 };
const RELATIVE_DAYS: Readonly<Record<string, number>> = { 大前天: -3, 前天: -2, 前晚: -2, 昨天: -1, 昨日: -1, 昨晚: -1, 今天: 0, 今早: 0 };

/**
 * The points in time that a text names, in order. A day and month without a year are the latest that has been, unless the
 * text named another year before: then it is not known which is meant, and they are left out (in "2024年3月到5月" they follow it).
 * @param day today, ISO
 */
export function readTimes(text: string, day: string): Time[] {
  const found: Time[] = [];
  for (const match of text.matchAll(PATTERN)) {
    const groups = match.groups ?? {};
    const before = found.at(-1);
    const date = groups['monthB'] === undefined ? dated(groups, day) : yearless(groups, day, before, text.slice(0, match.index));
    if (date !== null) found.push({ date, text: match[0], index: match.index });
  }
  return found;
}

function dated(groups: Readonly<Record<string, string | undefined>>, day: string): string | null {
  const { compact, yearP, yearA, yearS, relative, relativeMonth, relativeDay, week, ago } = groups;
  const thisYear = Number(day.slice(0, 4));
  if (compact !== undefined) return real(`${compact.slice(0, 4)}-${compact.slice(4, 6)}-${compact.slice(6)}`);
  if (yearP !== undefined) return joined(Number(yearP), groups['monthP'], groups['dayP']);
  if (yearA !== undefined) return joined(fourDigits(yearA), groups['monthA'], groups['dayA']);
  if (yearS !== undefined) return joined(century(Number(yearS), thisYear), groups['monthS'], groups['dayS']);
  if (relative !== undefined) return joined(thisYear + (RELATIVE_YEARS[relative] ?? 0), groups['monthR'], groups['dayR']);
  if (relativeMonth !== undefined) {
    const back = relativeMonth.startsWith('上上') ? -2 : relativeMonth.startsWith('上') ? -1 : 0;
    const month = addMonths(`${day.slice(0, 7)}-01`, back).slice(0, 7);
    return groups['dayN'] === undefined ? month : joined(Number(month.slice(0, 4)), month.slice(5), groups['dayN']);
  }
  if (relativeDay !== undefined) return addDays(day, RELATIVE_DAYS[relativeDay] ?? 0);
  if (week !== undefined) {
    const monday = addDays(day, -((weekday(day) + 6) % 7) - (week === '上' ? 7 : 0));
    return addDays(monday, '一二三四五六日'.indexOf((groups['weekday'] ?? '').replace('天', '日')));
  }
  const count = ago === undefined ? null : parseAmount(ago);
  if (count === null || !Number.isInteger(count) || count > 100) return null;
  if (groups['agoUnit'] === '天') return addDays(day, -count);
  return groups['agoUnit'] === '年' ? String(thisYear - count) : addMonths(day, -count).slice(0, 7);
}

function yearless(
  groups: Readonly<Record<string, string | undefined>>,
  day: string,
  before: Time | undefined,
  head: string,
): string | null {
  const latest = joined(Number(day.slice(0, 4)), groups['monthB'], groups['dayB']);
  if (latest === null) return null;
  const date = latest <= day ? latest : String(Number(latest.slice(0, 4)) - 1) + latest.slice(4);
  if (before === undefined) return date;
  const gap = head.slice(before.index + before.text.length);
  if (/^[-~—–到至]$/.test(gap.trim())) return before.date.slice(0, 4) + date.slice(4);
  return before.date.slice(0, 4) === date.slice(0, 4) ? date : null;
}

function fourDigits(text: string): number {
  return /^\d/.test(text)
    ? Number(text)
    : Number(Array.from(text, (char) => '〇一二三四五六七八九'.indexOf(char.replace('零', '〇'))).join(''));
}

function century(year: number, thisYear: number): number {
  return 2000 + year <= thisYear + 1 ? 2000 + year : 1900 + year;
}

function joined(year: number, month: string | undefined, day: string | undefined): string | null {
  if (month === undefined) return String(year);
  const number = parseAmount(month.replace(/^0/, ''));
  if (number === null) return null;
  const head = `${String(year)}-${String(number).padStart(2, '0')}`;
  if (day === undefined) return head;
  const date = dayNumber(day);
  return date === null ? null : real(`${head}-${String(date).padStart(2, '0')}`);
}

function dayNumber(text: string): number | null {
  return parseAmount(text.replace(/^0/, ''));
}

function real(day: string): string | null {
  return isDay(day) ? day : null;
}

/** A day of a month that is already known: "5号", "十五", "15". Null where the text is no such day. */
export function dayOfMonth(text: string, month: string): string | null {
  const match = new RegExp(`(?<![\\d月年])${D}(?:日|号)?(?![\\d月年个])`).exec(text);
  const number = dayNumber(match?.groups?.['day'] ?? '');
  return number === null ? null : real(`${month}-${String(number).padStart(2, '0')}`);
}
