import { createHash, timingSafeEqual } from 'node:crypto';

/** WeChat's signature: SHA-1, in hex, of the parts sorted and joined. */
export function signatureOf(...parts: readonly string[]): string {
  // the platform sorts by bytes; so does the default order, as all parts are ASCII
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');
}

/** Whether a signature is that of the parts, in a time that says nothing about how much of it is right. */
export function isSignedBy(signature: string, ...parts: readonly string[]): boolean {
  const expected = Buffer.from(signatureOf(...parts));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * Whether a push is of our time: a plain body is not covered by its signature, so that an old one could come back with
 * other words in it.
 * @param timestamp seconds since the epoch, as it stands in the address
 */
export function isOfOurTime(timestamp: string, now: number, withinMs: number): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(Number(timestamp) * 1000 - now) <= withinMs;
}
