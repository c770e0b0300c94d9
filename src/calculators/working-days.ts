import { addDays, addMonths, weekday, yearOf } from './dates.js';

/** The calendar of working days: statutory holidays and the weekends that are worked in their stead. */
export interface WorkingCalendar {
  isWorkingDay(day: string): boolean;
  /** Whether the holiday arrangement of that year has been published and is in the calendar. */
  knows(year: number): boolean;
}

/** Holidays on fixed dates (全国年节及纪念日放假办法第二条): New Year, Labour Day, National Day. */
const FIXED_HOLIDAYS: ReadonlySet<string> = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']);

/**
 * Monday to Friday, without the holidays on fixed dates. It knows no lunar holiday and no weekend that is worked, so
 * it knows no year: a last day is then never moved, and the note says that it may be later.
 */
export const simpleCalendar: WorkingCalendar = {
  isWorkingDay: (day) => weekday(day) >= 1 && weekday(day) <= 5 && !FIXED_HOLIDAYS.has(day.slice(5)),
  knows: () => false,
};

export interface PeriodEnd {
  /** The last day by count, never later than the true one. */
  readonly counted: string;
  /** The last day after moving past a holiday; equal to `counted` where the calendar of that year is not known. */
  readonly last: string;
  /** The calendar knows the year, so that `last` is exact. */
  readonly exact: boolean;
  /** By the calendar, known or simple, `counted` is no working day. */
  readonly onHoliday: boolean;
}

/**
 * The end of a period of law that begins with an event on `start`: that day is not counted; months and years end on the
 * corresponding day, or the month's last; an end on a holiday moves to the next working day (民法典第二百零一条至第二百零三条,
 * 民事诉讼法第八十五条).
 * @param unit 日 or 天, 个月, 年, as the article counts
 * @throws RangeError for another unit
 */
export function endOfPeriod(start: string, length: number, unit: string, calendar: WorkingCalendar): PeriodEnd {
  const counted = count(start, length, unit);
  const onHoliday = !calendar.isWorkingDay(counted);
  let last = counted;
  while (onHoliday && !calendar.isWorkingDay(last)) last = addDays(last, 1);
  const exact = calendar.knows(yearOf(counted)) && calendar.knows(yearOf(last));
  return { counted, last: exact ? last : counted, exact, onHoliday };
}

function count(start: string, length: number, unit: string): string {
  if (unit === '日' || unit === '天') return addDays(start, length);
  if (unit === '个月') return addMonths(start, length);
  if (unit === '年') return addMonths(start, length * 12);
  throw new RangeError(`endOfPeriod counts 日, 天, 个月 or 年, not ${unit}`);
}
