import { clock } from '../opening-hours.js';
import { minuteOfDay, startOfDay, type WorkingTime } from '../working-time.js';

const DAY_MS = 86_400_000;
const WEEKDAYS = ['星期四', '星期五', '星期六', '星期天', '星期一', '星期二', '星期三'];

export interface Waiting {
  /** Of the service point where the ticket waits. */
  readonly time: WorkingTime;
  /** Somebody has a shift now, whatever the opening hours say. */
  readonly onDuty: boolean;
  readonly at: number;
  readonly dueAt: number | null;
  readonly danger: boolean;
}

/** When somebody will look at a ticket, and what to do until then, in plain words. */
export function waitingText({ time, onDuty, at, dueAt, danger }: Waiting): string {
  if (time.isOpen(at) || onDuty) return dueAt === null ? '' : `一般${within(at, dueAt)}有人领取。`;
  const next = time.nextOpening(at);
  if (next === null) return '';
  const earliest = `现在不是上班时间。最早${moment(next, at)} 有人看到。`;
  return danger
    ? `${earliest}遇到危险不要等：打110；有人受伤打120。`
    : `${earliest}等的时候：材料、票据、聊天记录都留好；没看明白的字先不要签；文书上的日期记下来。`;
}

/** Whether a service point is open now; empty where it never opens. */
export function openingText(time: WorkingTime, at: number): string {
  const closes = time.closesAt(at);
  if (closes !== null) return `现在开着，到${moment(closes, at)}`;
  const next = time.nextOpening(at);
  return next === null ? '' : `现在没有开门，${moment(next, at)} 开门`;
}

/** "4 小时内"; where the waiting goes over a closing time, the moment itself. */
function within(at: number, dueAt: number): string {
  const minutes = Math.ceil((dueAt - at) / 60_000);
  if (minutes < 60) return ` ${String(minutes)} 分钟内`;
  return minutes <= 240 ? ` ${String(Math.ceil(minutes / 60))} 小时内` : `${moment(dueAt, at)} 以前`;
}

/** "明天上午 9:00", as seen from an instant; a week ahead or more with its date. */
export function moment(instant: number, from: number): string {
  const minutes = minuteOfDay(instant);
  const half = minutes < 12 * 60 ? '上午' : minutes < 13 * 60 ? '中午' : minutes < 18 * 60 ? '下午' : '晚上';
  return `${dayName(instant, from)}${half} ${clock(minutes >= 13 * 60 ? minutes - 12 * 60 : minutes)}`;
}

function dayName(instant: number, from: number): string {
  const days = Math.round((startOfDay(instant) - startOfDay(from)) / DAY_MS);
  if (days < 3) return ['今天', '明天', '后天'][days] ?? '';
  const date = new Date(instant + 8 * 3600_000);
  const weekday = WEEKDAYS[Math.floor(date.getTime() / DAY_MS) % 7] ?? '';
  const written = `${String(date.getUTCMonth() + 1)}月${String(date.getUTCDate())}日`;
  return `${written}（${weekday}）`;
}
