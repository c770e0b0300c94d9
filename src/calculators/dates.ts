/**
 * Exact calendar arithmetic on ISO days (YYYY-MM-DD), without clocks or time zones.
 * Days are counted from 1970-01-01 in UTC, where every day has the same length.
 */
const DAY_MS = 86_400_000;

function toNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

function fromNumber(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** Whether a text is a day of the calendar between 1900 and 2199, written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  return (
    /^(?:19|20|21)\d{2}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && fromNumber(toNumber(text)) === text
  );
}

export function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

/** The last day of a year. */
export function endOfYear(year: number): string {
  return `${String(year)}-12-31`;
}

/** 0 is Sunday. */
export function weekday(day: string): number {
  return (((toNumber(day) + 4) % 7) + 7) % 7;
}

export function addDays(day: string, days: number): string {
  return fromNumber(toNumber(day) + days);
}

/** The corresponding day `months` later; where that month has no such day, its last day (民法典第二百零二条): 01-31 + 1 is 02-28. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = index - targetYear * 12;
  const length = new Date(Date.UTC(targetYear, targetMonth + 1, 0)).getUTCDate();
  return new Date(Date.UTC(targetYear, targetMonth, Math.min(date, length))).toISOString().slice(0, 10);
}

/** Days from `from` to `to`; negative where `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return toNumber(to) - toNumber(from);
}

/** Whole months from `from` to the end of `last`, both days included, and the days beyond them. Nothing where `last` is earlier. */
export function monthsAndDays(from: string, last: string): { readonly months: number; readonly days: number } {
  const end = addDays(last, 1);
  if (end <= from) return { months: 0, days: 0 };
  let months = (yearOf(end) - yearOf(from)) * 12 + Number(end.slice(5, 7)) - Number(from.slice(5, 7));
  while (addMonths(from, months) > end) months--;
  return { months, days: daysBetween(addMonths(from, months), end) };
}

/** 2026-03-09 → 2026年3月9日. */
export function dayText(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return `${String(year)}年${String(month)}月${String(date)}日`;
}
