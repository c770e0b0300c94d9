import type { FactId, Reading } from './fact.js';
import { stated } from './stated.js';
import { readTimes, type Time } from './times.js';

/** A message, ready to be read for facts. */
export interface Told {
  /** What it states; the rest blanked out, at the same length. */
  readonly text: string;
  /** The whole message. */
  readonly raw: string;
  readonly times: readonly Time[];
  /** ISO day. */
  readonly day: string;
}

/** One character of the same clause. */
export const IN_CLAUSE = '[^,，、;；。!！?？\\n□]';

export function toldBy(message: string, day: string): Told {
  const raw = message.normalize('NFKC');
  const text = stated(raw);
  return { text, raw, times: readTimes(text, day), day };
}

/** The clause that an index lies in. */
export function clauseAt(text: string, index: number): string {
  const before = /[^,，、;；。!！?？\n]*$/.exec(text.slice(0, index))?.[0] ?? '';
  const after = /^[^,，、;；。!！?？\n]*/.exec(text.slice(index))?.[0] ?? '';
  return before + after;
}

/**
 * The value of the one pattern that matches. Where several match with different values nothing is sure, and nothing is read.
 * @param but words of the clause that turn the pattern into something else
 */
export function readChoice(
  { text }: Told,
  id: FactId,
  patterns: readonly (readonly [pattern: RegExp, value: string | boolean, but?: RegExp])[],
): Reading[] {
  const found: { value: string | boolean; words: string }[] = [];
  for (const [pattern, value, but] of patterns) {
    const match = [...text.matchAll(new RegExp(pattern.source, 'g'))].find((one) => but?.test(clauseAt(text, one.index)) !== true);
    if (match) found.push({ value, words: match[0] });
  }
  const [first] = found;
  return first && found.every(({ value }) => value === first.value) ? [{ id, ...first }] : [];
}

/** How far before an event its day may stand, in characters. */
const REACH = 26;

/**
 * The day of an event: the last one named before its word in the same sentence, with no word of another event between, or
 * the one that follows it at once ("受伤时间是…"). Nothing where the words name several, or a day to come.
 */
export function readEventDate({ text, times, day }: Told, id: FactId, event: RegExp, others: RegExp): Reading[] {
  const found: Time[] = [];
  for (const match of text.matchAll(new RegExp(event.source, 'g'))) {
    const end = match.index + match[0].length;
    const following = times.find(
      (time) => time.index >= end && /^(?:的)?(?:时间|日期|日子|那天)?(?:是|为|在|于|:|是在)?$/.test(text.slice(end, time.index)),
    );
    const before = times
      .filter((time) => time.index + time.text.length <= match.index && !/(?:到|至|截止)$/.test(text.slice(0, time.index)))
      .at(-1);
    const gap = before === undefined ? null : text.slice(before.index + before.text.length, match.index);
    if (before && gap !== null && gap.length <= REACH && !/[。!！?？;；\n]/.test(gap) && !others.test(gap)) found.push(before);
    else if (following) found.push(following);
  }
  const best = found.reduce<Time | null>(
    (longest, time) => (longest === null || time.date.length > longest.date.length ? time : longest),
    null,
  );
  if (best === null || best.date > day || !found.every(({ date }) => best.date.startsWith(date))) return [];
  return [{ id, value: best.date, words: best.text, exact: best.date.length === 10 }];
}
