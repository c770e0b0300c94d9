import { HANDOFF_REASON_NAMES, TICKET_KIND_NAMES, TOPIC_NAMES } from '../../domain/answer.js';
import { NONE_KEY, type Dimension } from '../../domain/figures.js';
import { CHANNEL_NAMES } from '../../domain/message.js';
import { REFERRAL_NAMES, TICKET_OUTCOME_NAMES, TICKET_STATE_NAMES } from '../../domain/ticket.js';
import { SATISFACTION_SCORES } from '../satisfaction/ports.js';
import { isoDay, minuteOfDay, startOfDay } from '../working-time.js';
import type { Places } from './places.js';
import type { ConversationFacts, TicketFacts, TurnCount } from './ports.js';

const DAY_MS = 86_400_000;
const WEEKDAYS = ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期天'];
const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Key of a conversation along a dimension; null: it cannot be told. */
export function conversationKey(one: ConversationFacts, by: Dimension, places: Places): string | null {
  switch (by) {
    case 'channel':
      return one.channel;
    case 'topic':
      return one.topic;
    case 'township':
      return places.townshipOf(one.pointPath);
    case 'day':
      return isoDay(one.at);
    case 'weekday':
      return String(weekday(one.at));
    case 'hour':
      return twoDigits(Math.floor(minuteOfDay(one.at) / 60));
    default:
      throw new Error(`conversations are not told apart by ${by}`);
  }
}

export function turnKey(one: Pick<TurnCount, 'reason'>, by: Dimension): string | null {
  if (by === 'reason') return one.reason;
  throw new Error(`turns are not told apart by ${by}`);
}

export function ticketKey(one: TicketFacts, by: Dimension, places: Places): string | null {
  switch (by) {
    case 'channel':
    case 'topic':
    case 'kind':
    case 'reason':
    case 'state':
    case 'outcome':
    case 'referral':
    case 'score':
      return one[by];
    case 'township':
      return places.townshipOf(one.pointPath);
    case 'point':
      return places.pointOf(one.pointPath);
    case 'staff':
      return one.holder;
    default:
      throw new Error(`tickets are not told apart by ${by}`);
  }
}

/** Monday is 1. The first day of the epoch was a Thursday. */
function weekday(at: number): number {
  return ((Math.ceil(startOfDay(at) / DAY_MS) + 3) % 7) + 1;
}

const hours = Array.from({ length: 24 }, (_, hour) => twoDigits(hour));

/** Keys in words, in the order in which they are shown; a dimension left out is ordered by size. */
const NAMES: Partial<Readonly<Record<Dimension, Readonly<Record<string, string>>>>> = {
  channel: CHANNEL_NAMES,
  topic: TOPIC_NAMES,
  kind: TICKET_KIND_NAMES,
  reason: HANDOFF_REASON_NAMES,
  state: TICKET_STATE_NAMES,
  outcome: TICKET_OUTCOME_NAMES,
  referral: REFERRAL_NAMES,
  score: Object.fromEntries(SATISFACTION_SCORES.map((score) => [score, score])),
};

const NOT_KNOWN: Partial<Readonly<Record<Dimension, string>>> = {
  topic: '没有听出事项',
  township: '没有定位到镇街',
  point: '没有定位到服务点',
};

/** Keys that are shown even where they count nothing, in order. */
export function fixedKeys(by: Dimension): readonly string[] {
  if (by === 'hour') return hours;
  if (by === 'weekday') return WEEKDAYS.map((_, index) => String(index + 1));
  return [];
}

export function keyName(by: Dimension, key: string, places: Places, staff: ReadonlyMap<string, string>): string {
  if (key === NONE_KEY) return NOT_KNOWN[by] ?? '没有写明';
  switch (by) {
    case 'township':
    case 'point':
      return places.nameOf(key);
    case 'staff':
      return staff.get(key) ?? '已离开的同事';
    case 'hour':
      return `${key} 点`;
    case 'weekday':
      return WEEKDAYS[Number(key) - 1] ?? key;
    case 'day':
      return `${String(Number(key.slice(5, 7)))} 月 ${String(Number(key.slice(8)))} 日`;
    default:
      return NAMES[by]?.[key] ?? key;
  }
}

/** Times in their order; what has a fixed list of names in its order; the rest the largest first, what is not known last. */
export function inOrder<T extends { readonly key: string; readonly value: number | null }>(by: Dimension, rows: readonly T[]): T[] {
  const names = Object.keys(NAMES[by] ?? {});
  const place = ({ key }: T): number => (key === NONE_KEY ? Infinity : names.indexOf(key));
  const isTime = by === 'day' || by === 'hour' || by === 'weekday';
  return [...rows].sort((a, b) => {
    if (isTime) return a.key < b.key ? -1 : 1;
    if (names.length > 0) return place(a) - place(b);
    if ((a.key === NONE_KEY) !== (b.key === NONE_KEY)) return a.key === NONE_KEY ? 1 : -1;
    return (b.value ?? 0) - (a.value ?? 0) || (a.key < b.key ? -1 : 1);
  });
}
