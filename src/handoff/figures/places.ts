import type { DutyCalendar } from '../organisation/ports.js';
import { workingTime, type WorkingTime } from '../working-time.js';
import type { PointFacts, WorkingMinutes } from './ports.js';

/** The organisation as it stands now; a ticket keeps the path that it had. */
export interface Places {
  /** Code of the point that a path ends in; null where none is known. */
  readonly pointOf: (path: string) => string | null;
  readonly townshipOf: (path: string) => string | null;
  /** Name of a point or township; its code where it is gone. */
  readonly nameOf: (code: string) => string;
  readonly workingMinutes: WorkingMinutes;
}

export function places(points: readonly PointFacts[], calendar: DutyCalendar): Places {
  const byCode = new Map(points.map((point) => [point.code, point]));
  const timeByHours = remembered((hours: string): WorkingTime => workingTime(hours, calendar));
  /** On the hours of the point itself, or of the nearest one above that has any. */
  const timeOf = remembered((path: string): WorkingTime => {
    const code = codes(path).findLast((one) => (byCode.get(one)?.hours ?? '') !== '');
    return timeByHours(code === undefined ? '' : (byCode.get(code)?.hours ?? ''));
  });
  const minutes = remembered((path: string) => {
    const time = timeOf(path);
    return remembered((from: number) => remembered((to: number) => time.minutesBetween(from, to)));
  });
  const pointOf = remembered((path: string): string | null => codes(path).at(-1) ?? null);
  return {
    pointOf,
    townshipOf: remembered((path: string) => byCode.get(pointOf(path) ?? '')?.township ?? null),
    nameOf: (code) => byCode.get(code)?.name ?? code,
    workingMinutes: (path, from, to) => minutes(path)(from)(to),
  };
}

/** Thousands of tickets share a path, and each is looked at for several figures. */
function remembered<K, V>(work: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = work(key);
    known.set(key, made);
    return made;
  };
}

function codes(path: string): string[] {
  return path.split('/').filter((code) => code !== '');
}
