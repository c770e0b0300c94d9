const DAY_MS = 86_400_000;
const CHINA_OFFSET_MS = 8 * 3600_000;
const WEEKDAYS = ['星期天', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'];

/** ISO day in China. */
export function chinaDay(at: number): string {
  return new Date(at + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** "星期一 11月23日". */
export function dayTitle(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return `${WEEKDAYS[date.getUTCDay()] ?? ''} ${String(date.getUTCMonth() + 1)}月${String(date.getUTCDate())}日`;
}

/** "09:30" in China. */
export function chinaTime(at: number): string {
  return new Date(at + CHINA_OFFSET_MS).toISOString().slice(11, 16);
}

/** The instant of a time of a day in China; an end at or before its start is on the next day. */
export function spanOf(day: string, from: string, to: string): { readonly startsAt: number; readonly endsAt: number } {
  const startsAt = Date.parse(`${day}T${from}:00+08:00`);
  const endsAt = Date.parse(`${day}T${to}:00+08:00`);
  return { startsAt, endsAt: endsAt <= startsAt ? endsAt + DAY_MS : endsAt };
}
