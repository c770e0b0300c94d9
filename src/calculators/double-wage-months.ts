import { addDays, addMonths, daysBetween, weekday } from './dates.js';
import { multiply, scaled } from './money.js';

/** Fen. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** One month of the employment, counted from the day of the month on which it began. */
export interface MonthSlice {
  /** First and last day that are claimed. */
  readonly first: string;
  readonly last: string;
  /** Days of the whole month. */
  readonly days: number;
}

/** Days of a slice that are claimed. */
export function daysOf(slice: MonthSlice): number {
  return daysBetween(slice.first, slice.last) + 1;
}

/** Cuts a period into the months of the employment: 01-31 begins 02-28, 03-31, …; the last may be cut short. */
export function monthSlices(start: string, from: string, last: string): MonthSlice[] {
  const slices: MonthSlice[] = [];
  for (let month = 0; ; month++) {
    const first = addMonths(start, month);
    if (first > last) return slices;
    if (first < from) continue;
    const next = addMonths(start, month + 1);
    const end = addDays(next, -1);
    slices.push({ first, last: end < last ? end : last, days: daysBetween(first, next) });
  }
}

/** What is left of the slices from a day on. */
export function slicesFrom(slices: readonly MonthSlice[], day: string): MonthSlice[] {
  return slices.filter((slice) => slice.last >= day).map((slice) => (slice.first < day ? { ...slice, first: day } : slice));
}

/**
 * What a slice is worth: a full month is the wage. Of part of a month the law does not say how it is divided, so both
 * common ways bound it: by calendar days, and by weekdays of 21.75 paid days.
 */
export function sliceRange(slice: MonthSlice, wage: number, paidDays: number): Range {
  const days = daysOf(slice);
  if (days === slice.days) return { low: wage, high: wage };
  let weekdays = 0;
  for (let day = slice.first; day <= slice.last; day = addDays(day, 1)) if (weekday(day) % 6 !== 0) weekdays++;
  const byCalendar = multiply(wage, days, slice.days);
  const byPaidDays = Math.min(wage, multiply(wage, weekdays * 100, scaled(paidDays, 2)));
  return { low: Math.min(byCalendar, byPaidDays), high: Math.max(byCalendar, byPaidDays) };
}

export function sumRanges(ranges: readonly Range[]): Range {
  return ranges.reduce((sum, range) => ({ low: sum.low + range.low, high: sum.high + range.high }), { low: 0, high: 0 });
}
