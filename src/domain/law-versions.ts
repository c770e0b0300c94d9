import type { Law } from './law.js';

/** One version of a law: ISO days, null where not known. */
export type LawVersion = Pick<Law, 'title' | 'published' | 'inForceFrom'>;

/** Two sources that give the same day in force may differ in the day published by this many days (vote, decree). */
const SAME_ACT_WITHIN_DAYS = 90;
const MS_PER_DAY = 86_400_000;

/** Whether two entries of one title are the same version of it. */
export function isSameVersion(a: LawVersion, b: LawVersion): boolean {
  if (a.published !== null && b.published !== null) {
    if (a.published === b.published) return true;
    return a.inForceFrom !== null && a.inForceFrom === b.inForceFrom && daysBetween(a.published, b.published) <= SAME_ACT_WITHIN_DAYS;
  }
  return a.inForceFrom === b.inForceFrom && (a.inForceFrom !== null || a.published === b.published);
}

function daysBetween(a: string, b: string): number {
  return Math.abs(Date.parse(a) - Date.parse(b)) / MS_PER_DAY;
}

/** Day from which a version counts; without any, it is older than every other. */
function countsFrom(version: LawVersion): string {
  return version.inForceFrom ?? version.published ?? '';
}

/** The versions of one title on a day. */
export interface VersionsOnDay<T> {
  /** The newest whose day has come; null where none has. */
  readonly current: T | null;
  /** Not yet in force, the next one first. */
  readonly waiting: readonly T[];
  /** Newest first. */
  readonly older: readonly T[];
}

/** Sorts the versions of one title by what they are on `day` (ISO). */
export function versionsOn<T extends LawVersion>(versions: readonly T[], day: string): VersionsOnDay<T> {
  const ordered = [...versions].sort((a, b) => order(countsFrom(a), countsFrom(b)) || order(a.published ?? '', b.published ?? ''));
  const waiting = ordered.filter((version) => countsFrom(version) > day);
  const [current = null, ...older] = ordered.filter((version) => countsFrom(version) <= day).reverse();
  return { current, waiting, older };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
