import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

/** Letters and digits that are not mistaken for one another when read aloud or from a screen. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const LENGTH = 8;

/** A code of 8 characters (about 39 bits) with a letter and a digit in it, so that no word and no number looks like one. */
export function newCode(): string {
  for (;;) {
    const code = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    if (isMixed(code)) return code;
  }
}

/** As it is shown: XXXX-XXXX. */
export function shownCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** What a person typed as a code: small letters, full width, with or without the dash. Null where it cannot be one. */
export function readCode(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[‐‑–—]/g, '-')
    .trim();
  const [, first, last] = /^([A-Z0-9]{4})[- ]?([A-Z0-9]{4})$/.exec(plain) ?? [];
  if (first === undefined || last === undefined) return null;
  const code = first + last;
  return isMixed(code) ? code : null;
}

function isMixed(code: string): boolean {
  return /[A-Z]/.test(code) && /\d/.test(code);
}

/** Codes are stored and looked up by this only. */
export function hashCode(purpose: 'link' | 'pickup' | 'export', code: string): string {
  return createHash('sha256').update(`baimi ${purpose} ${code}`).digest('hex');
}

/** Takes the same time wherever two texts differ. */
export function sameSecret(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
