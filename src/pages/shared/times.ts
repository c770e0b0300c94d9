const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (value: number): string => String(value).padStart(2, '0');

/** “今天 14:05”, “昨天 09:30”, “3月8日 14:05”; with the year where it is another one. */
export function momentText(at: number, now: number): string {
  const then = new Date(at);
  const today = new Date(now);
  const clock = `${two(then.getHours())}:${two(then.getMinutes())}`;
  const midnight = new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime();
  if (at >= midnight) return `今天 ${clock}`;
  if (at >= midnight - DAY) return `昨天 ${clock}`;
  const day = `${String(then.getMonth() + 1)}月${String(then.getDate())}日 ${clock}`;
  return then.getFullYear() === today.getFullYear() ? day : `${String(then.getFullYear())}年${day}`;
}

/** “不到 1 分钟”, “12 分钟”, “3 小时 20 分钟”, “2 天 4 小时”. */
export function durationText(ms: number): string {
  if (ms < MINUTE) return '不到 1 分钟';
  if (ms < HOUR) return `${String(Math.floor(ms / MINUTE))} 分钟`;
  if (ms < DAY) {
    const minutes = Math.floor((ms % HOUR) / MINUTE);
    return `${String(Math.floor(ms / HOUR))} 小时${minutes === 0 ? '' : ` ${String(minutes)} 分钟`}`;
  }
  const hours = Math.floor((ms % DAY) / HOUR);
  return `${String(Math.floor(ms / DAY))} 天${hours === 0 ? '' : ` ${String(hours)} 小时`}`;
}

/** “2010-12-20” as “2010年12月20日”; anything else as it is. */
export function dayText(isoDay: string): string {
  const [year, month, day] = isoDay.split('-').map(Number);
  if (!year || !month || !day) return isoDay;
  return `${String(year)}年${String(month)}月${String(day)}日`;
}
