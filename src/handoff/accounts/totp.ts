import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** RFC 4648 base32. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_SECONDS = 30;
const DIGITS = 6;
/** 160 bits, as RFC 4226 recommends. */
const SECRET_BYTES = 20;
/** A clock may be a step off, either way. */
const WINDOW = 1;

export function newTotpSecret(): string {
  return toBase32(randomBytes(SECRET_BYTES));
}

export function toBase32(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[parseInt(five.padEnd(5, '0'), 2)]).join('');
}

export function fromBase32(text: string): Buffer {
  const letters = text.toUpperCase().replace(/[\s=]/g, '');
  const bits = Array.from(letters, (letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

/** Time step of RFC 6238 at a time (milliseconds since the epoch). */
export function totpStep(at: number): number {
  return Math.floor(at / 1000 / STEP_SECONDS);
}

/** The code of a step: HMAC-SHA-1 of the counter, cut short as in RFC 4226. */
export function totpCode(secret: string, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (mac[mac.length - 1] ?? 0) & 0x0f;
  const number = (mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits;
  return String(number).padStart(digits, '0');
}

/**
 * @param lastStep step of the last code that was used; no code of it or before it is good
 * @returns the step that the code is of, or null where it is wrong or used
 */
export function matchTotp(secret: string, code: string, at: number, lastStep: number): number | null {
  const given = Buffer.from(code.replace(/\s/g, ''));
  const now = totpStep(at);
  let found: number | null = null;
  for (let step = now - WINDOW; step <= now + WINDOW; step++) {
    const right = Buffer.from(totpCode(secret, step));
    if (given.length === right.length && timingSafeEqual(given, right) && step > lastStep) found ??= step;
  }
  return found;
}

/** What an authenticator app reads from the QR code. */
export function totpUri(secret: string, login: string): string {
  const issuer = encodeURIComponent('百米问法');
  return `otpauth://totp/${issuer}:${encodeURIComponent(login)}?secret=${secret}&issuer=${issuer}`;
}
