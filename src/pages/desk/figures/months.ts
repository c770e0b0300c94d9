/** Months that can be looked back on. */
const MONTHS_BACK = 24;
const CHINA_MS = 8 * 3_600_000;

/** "2026-11" of an instant, in China. */
export function monthAt(at: number): string {
  return new Date(at + CHINA_MS).toISOString().slice(0, 7);
}

/** The month that so many months lie between. */
export function monthsFrom(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

/** From the running month backwards. */
export function monthsBack(now: number): string[] {
  return Array.from({ length: MONTHS_BACK }, (_, index) => monthsFrom(monthAt(now), -index));
}

export function monthName(month: string): string {
  const [year = '', number = ''] = month.split('-');
  return `${year} 年 ${String(Number(number))} 月`;
}

/** Every ISO day of a month. */
export function daysOf(month: string): string[] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const days = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from({ length: days }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`);
}
