import chineseDays from 'chinese-days';
import type { WorkingCalendar } from '../../consultation/ports.js';

const arranged = new Map<number, boolean>();

/** Statutory holidays and the weekends worked in their stead, as the State Council has arranged them (chinese-days). */
export const chineseCalendar: WorkingCalendar = {
  isWorkingDay: (day) => chineseDays.isWorkday(day),
  knows: (year) => {
    let known = arranged.get(year);
    // a year without any holiday has not been arranged yet
    if (known === undefined)
      arranged.set(year, (known = chineseDays.getHolidaysInRange(`${String(year)}-01-01`, `${String(year)}-12-31`, false).length > 0));
    return known;
  },
};
