import { BaimiError } from '../../domain/errors.js';
import { dayStart, isoDay } from '../working-time.js';

/** A month in China's time. */
export interface Month {
  /** "2026-10" */
  readonly id: string;
  /** Its first instant, and that of the month after; milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

const MONTH = /^(20\d{2})-(0[1-9]|1[0-2])$/;

/** @throws BaimiError `bad-request` for a month that is malformed or has not begun */
export function monthOf(id: string, now: number): Month {
  const current = isoDay(now).slice(0, 7);
  if (!MONTH.test(id)) {
    throw new BaimiError('bad-request', `月份写得不对。怎么改：写四位年份和两位月份，例如 ${current}`);
  }
  if (id > current) throw new BaimiError('bad-request', `${id} 还没有到，没有数据。怎么改：写 ${current} 或者更早的月份`);
  return month(id);
}

/** The month before. */
export function before({ id }: Month): Month {
  const [year = 0, number = 0] = id.split('-').map(Number);
  return month(number === 1 ? named(year - 1, 12) : named(year, number - 1));
}

function month(id: string): Month {
  const [year = 0, number = 0] = id.split('-').map(Number);
  const next = number === 12 ? named(year + 1, 1) : named(year, number + 1);
  return { id, from: dayStart(`${id}-01`), to: dayStart(`${next}-01`) };
}

function named(year: number, number: number): string {
  return `${String(year)}-${String(number).padStart(2, '0')}`;
}

/** "2026 年 10 月" */
export function monthName(id: string): string {
  const [year = '', number = ''] = id.split('-');
  return `${year} 年 ${String(Number(number))} 月`;
}
