import { weekHours, type Span, type WeekHours } from './opening-hours.js';
import type { DutyCalendar } from './organisation/ports.js';

/** China has one time zone and no summer time. */
const CHINA_OFFSET_MS = 8 * 3600_000;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Longer than any row of holidays; a point that never opens is not waited for. */
const MOST_DAYS = 400;

/** Reckons on the opening hours of one service point. Instants are milliseconds since the epoch. */
export interface WorkingTime {
  isOpen(at: number): boolean;
  /** Whole and broken minutes of working time from one instant to a later one; 0 where it is not later. */
  minutesBetween(from: number, to: number): number;
  /** The instant after so many working minutes; null where the point does not open any more. */
  after(from: number, minutes: number): number | null;
  /** The same instant where it is open, else when it opens next; null: never. */
  nextOpening(at: number): number | null;
  /** When it opens first on a later day; null: never. */
  nextDay(at: number): number | null;
  /** When what is open now closes; null where it is closed. */
  closesAt(at: number): number | null;
}

/** @param hours as a service point has them; empty: the usual ones */
export function workingTime(hours: string, calendar: DutyCalendar): WorkingTime {
  const week = weekHours(hours);
  const opening = (from: number): number | null => {
    for (const { start, end } of spans(from, MOST_DAYS, week, calendar)) if (end > from) return Math.max(start, from);
    return null;
  };
  const within = (at: number): { readonly start: number; readonly end: number } | null => {
    for (const span of spans(at, 1, week, calendar)) if (span.start <= at && at < span.end) return span;
    return null;
  };
  return {
    isOpen: (at) => within(at) !== null,
    closesAt: (at) => within(at)?.end ?? null,
    nextOpening: opening,
    nextDay: (at) => opening(startOfDay(at) + DAY_MS),
    minutesBetween(from, to) {
      let sum = 0;
      const days = Math.floor((startOfDay(Math.max(from, to)) - startOfDay(from)) / DAY_MS) + 1;
      for (const { start, end } of spans(from, days, week, calendar)) {
        if (start >= to) break;
        sum += Math.max(0, Math.min(end, to) - Math.max(start, from));
      }
      return sum / MINUTE_MS;
    },
    after(from, minutes) {
      let left = minutes * MINUTE_MS;
      let empty = 0;
      for (let day = startOfDay(from); empty < MOST_DAYS; day += DAY_MS, empty++) {
        for (const { start, end } of spans(day, 1, week, calendar)) {
          const begin = Math.max(start, from);
          if (begin >= end) continue;
          empty = 0;
          if (end - begin >= left) return begin + left;
          left -= end - begin;
        }
      }
      return null;
    },
  };
}

/** Open spans of so many days from the day of an instant on, in order. */
function* spans(
  from: number,
  days: number,
  week: WeekHours,
  calendar: DutyCalendar,
): Generator<{ readonly start: number; readonly end: number }> {
  let day = startOfDay(from);
  for (let count = 0; count < days; count++, day += DAY_MS) {
    for (const span of hoursOf(day, week, calendar)) yield { start: day + span.from * MINUTE_MS, end: day + span.to * MINUTE_MS };
  }
}

/** Holidays are closed; a weekend that is worked has the hours of a weekday; else the hours of its day of the week. */
function hoursOf(day: number, week: WeekHours, calendar: DutyCalendar): readonly Span[] {
  const iso = isoDay(day);
  const weekday = ((Math.floor((day + CHINA_OFFSET_MS) / DAY_MS) + 3) % 7) + 1;
  if (calendar.isWorkingDay(iso)) {
    if (weekday <= 5) return week[weekday] ?? [];
    return week.slice(1, 6).find((hours) => hours.length > 0) ?? week[weekday] ?? [];
  }
  return weekday <= 5 || calendar.isHoliday(iso) ? [] : (week[weekday] ?? []);
}

/** Midnight in China before an instant. */
export function startOfDay(at: number): number {
  return Math.floor((at + CHINA_OFFSET_MS) / DAY_MS) * DAY_MS - CHINA_OFFSET_MS;
}

/** ISO day in China. */
export function isoDay(at: number): string {
  return new Date(at + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

/** Midnight in China at the begin of an ISO day. */
export function dayStart(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) - CHINA_OFFSET_MS;
}

/** Minutes of the day in China. */
export function minuteOfDay(at: number): number {
  return Math.floor((at - startOfDay(at)) / MINUTE_MS);
}
