import chineseDays from 'chinese-days';
import type { DutyCalendar } from '../../handoff/organisation/ports.js';

const known = new Map<string, { readonly working: boolean; readonly holiday: boolean }>();
/** Some twenty years; figures ask for the same days again and again. */
const MOST_KEPT = 8000;

/** Working days, statutory holidays and 调休 for opening hours (chinese-days). */
export const dutyCalendar: DutyCalendar = {
  isWorkingDay: (day) => lookUp(day).working,
  isHoliday: (day) => lookUp(day).holiday,
};

function lookUp(day: string): { readonly working: boolean; readonly holiday: boolean } {
  let found = known.get(day);
  if (found) return found;
  if (known.size >= MOST_KEPT) known.clear();
  found = { working: chineseDays.isWorkday(day), holiday: chineseDays.getHolidaysInRange(day, day, false).length > 0 };
  known.set(day, found);
  return found;
}
