import { TERM_KINDS, type Segment } from './segment.js';

/** What a text consists of: each distinct term once. Terms are known by number, so that indexes hold no strings. */
export interface TermList {
  /** `termNumber` of each term. */
  readonly numbers: Float64Array;
  /** Places in `TERM_KINDS`. */
  readonly kinds: Uint8Array;
  /** How often each stands in the text. */
  readonly counts: Uint16Array;
  /** Single characters in the text: its length for ranking. */
  readonly characters: number;
}

/** Counts the terms of a text, in the order in which they first appear. */
export function listTerms(text: string, segment: Segment): TermList {
  const places = new Map<string, number>();
  const kinds: number[] = [];
  const counts: number[] = [];
  let characters = 0;
  segment(text, (term, kind) => {
    const place = places.get(term);
    if (kind === 'char') characters++;
    if (place !== undefined) {
      counts[place] = (counts[place] as number) + 1;
      return;
    }
    places.set(term, kinds.length);
    kinds.push(TERM_KINDS.indexOf(kind));
    counts.push(1);
  });
  const numbers = new Float64Array(kinds.length);
  let at = 0;
  for (const term of places.keys()) numbers[at++] = termNumber(term);
  return { numbers, kinds: Uint8Array.from(kinds), counts: Uint16Array.from(counts, (count) => Math.min(count, 65535)), characters };
}

/**
 * A number of 53 bits for a term, the same on every machine (cyrb53 over UTF-16 code units). Two of a million terms share
 * one with a chance of 1 in 18,000; then they count as one term.
 */
export function termNumber(term: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < term.length; at++) {
    const unit = term.charCodeAt(at);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}

const CHARACTER = TERM_KINDS.indexOf('char');

/** Pairs and words alone, where single characters say little and cost much. */
export function longTerms({ numbers, kinds, counts, characters }: TermList): TermList {
  const long = Array.from(kinds.keys()).filter((at) => kinds[at] !== CHARACTER);
  return {
    numbers: Float64Array.from(long, (at) => numbers[at] as number),
    kinds: Uint8Array.from(long, (at) => kinds[at] as number),
    counts: Uint16Array.from(long, (at) => counts[at] as number),
    characters,
  };
}
