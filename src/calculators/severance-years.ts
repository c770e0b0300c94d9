import { addDays, monthsAndDays } from './dates.js';

/**
 * 工作年限 in half months of pay (劳动合同法第四十七条): two for each full year, two more for a rest of six months or more,
 * one more for a shorter rest.
 * @param from first day at work @param last last day at work, which counts
 * @param roundUpFrom the six months of the article
 */
export function halfMonthsOfPay(from: string, last: string, roundUpFrom: number): number {
  const { months, days } = monthsAndDays(from, last);
  const years = Math.floor(months / 12);
  const rest = months - years * 12;
  if (rest === 0 && days === 0) return years * 2;
  return years * 2 + (rest >= roundUpFrom ? 2 : 1);
}

/**
 * The same, and the other way of counting, by which the first day is left out and a period ends on the corresponding day
 * (民法典第二百零一条、第二百零二条). The two differ only where the employment ended on the very day that completes six
 * months, or on the day after a full year. Even one day at work brings half a month.
 */
export function halfMonthsRange(from: string, last: string, roundUpFrom: number): { readonly low: number; readonly high: number } {
  return { low: Math.max(1, halfMonthsOfPay(from, addDays(last, -1), roundUpFrom)), high: halfMonthsOfPay(from, last, roundUpFrom) };
}
