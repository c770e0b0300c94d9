import type { ChannelProfile } from '../channel.js';

/** An address is never cut, unless it alone is longer than a message may be. */
const PIECE = /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+|\r?\n|[\s\S]/gu;
const CLOSES = /^[”’」』）)】》]$/u;

/** How good a place to cut is behind a piece: 3 a line, 2 a sentence, 1 a clause, 0 none. */
function breakAfter(piece: string, next: string | undefined): number {
  if (/\n$/.test(piece)) return 3;
  if (/^[。！？!?；;…]$/u.test(piece)) return next !== undefined && CLOSES.test(next) ? 0 : 2;
  if (piece === '.' && (next === undefined || /\s/.test(next))) return 2;
  return /^[，、,：: ]$/u.test(piece) ? 1 : 0;
}

/**
 * A text in parts that a channel takes: cut behind a sentence where there is one, else behind a clause, never inside a
 * character or an address. White space at the cuts is dropped, nothing else is.
 */
export function splitText(text: string, limit: ChannelProfile['textLimit']): string[] {
  const { most, per } = limit;
  const size = (piece: string): number => (per === 'bytes' ? Buffer.byteLength(piece, 'utf8') : piece.length);
  const pieces = piecesOf(text, most, size);
  const parts: string[] = [];
  let from = 0;
  while (from < pieces.length) {
    const end = endOfPart(pieces, from, most, size);
    const part = pieces.slice(from, end).join('').trim();
    if (part !== '') parts.push(part);
    from = end;
  }
  return parts;
}

function piecesOf(text: string, most: number, size: (piece: string) => number): string[] {
  // half of a pair is no character: some interfaces refuse a whole message for it
  const whole = text.replace(/\p{Surrogate}/gu, '\uFFFD').trim();
  return (whole.match(PIECE) ?? []).flatMap((piece) => (size(piece) > most ? Array.from(piece) : [piece]));
}

/** Index behind the last piece of a part; at least one piece. */
function endOfPart(pieces: readonly string[], from: number, most: number, size: (piece: string) => number): number {
  const best = [0, 0, 0, 0];
  let used = 0;
  let at = from;
  let quality = 0;
  for (; at < pieces.length; at++) {
    const piece = pieces[at] ?? '';
    used += size(piece);
    if (used > most && at > from) break;
    const closes = at > from && CLOSES.test(piece) && breakAfter(pieces[at - 1] ?? '', undefined) === 2;
    quality = closes ? 2 : breakAfter(piece, pieces[at + 1]);
    best[quality] = at + 1;
  }
  if (at === pieces.length) return at;
  const [, clause = 0, sentence = 0, line = 0] = best;
  const whole = Math.max(sentence, line);
  return whole > from ? whole : clause > from ? clause : at;
}
