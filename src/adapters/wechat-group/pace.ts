/** Why nothing may be sent now. */
export interface Refusal {
  readonly afterMs: number;
  readonly reason: string;
}

export interface PaceOptions {
  /** Messages in a minute, in all rooms together. */
  readonly perMinute: number;
  readonly perDay: number;
  /** Pause between two messages to one room, in milliseconds; taken at random from this range. */
  readonly pauseMs: readonly [least: number, most: number];
  readonly now: () => number;
  readonly random: () => number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
/** China keeps one time. */
const CHINA_AHEAD_MS = 8 * 3_600_000;

/**
 * How fast a person would write. An account that writes faster is blocked by WeChat.
 * @returns `take`: milliseconds to wait before sending to a room, the turn being taken; or a refusal, nothing being taken
 */
export function createPace({ perMinute, perDay, pauseMs, now, random }: PaceOptions): {
  take(room: string): number | Refusal;
  sentToday(): number;
} {
  /** When the messages of the last minute leave, also those that wait; ascending. */
  let leaving: number[] = [];
  const free = new Map<string, number>();
  let day = -1;
  let today = 0;

  const turnOfDay = (at: number): void => {
    const current = Math.floor((at + CHINA_AHEAD_MS) / DAY);
    if (current === day) return;
    day = current;
    today = 0;
  };

  return {
    take(room) {
      const at = now();
      turnOfDay(at);
      if (today >= perDay) {
        return { afterMs: (day + 1) * DAY - CHINA_AHEAD_MS - at, reason: '今天发出的条数到了上限，明天再发' };
      }
      leaving = leaving.filter((time) => time > at - MINUTE);
      if (leaving.length >= perMinute) {
        return { afterMs: (leaving[leaving.length - perMinute] ?? at) + MINUTE - at, reason: '这一分钟发得太多，稍后再发' };
      }
      for (const [known, time] of free) if (time < at) free.delete(known);
      const [least, most] = pauseMs;
      const leaves = Math.max(at, free.get(room) ?? 0) + least + Math.round(random() * (most - least));
      free.set(room, leaves);
      leaving = [...leaving, leaves].sort((a, b) => a - b);
      today += 1;
      return leaves - at;
    },
    sentToday() {
      turnOfDay(now());
      return today;
    },
  };
}
