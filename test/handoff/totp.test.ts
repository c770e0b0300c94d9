import { describe, expect, it } from 'vitest';
import { fromBase32, matchTotp, newTotpSecret, toBase32, totpCode, totpStep, totpUri } from '../../src/handoff/accounts/totp.js';

/** The secret of RFC 6238, appendix B: "12345678901234567890". */
const SECRET = toBase32(Buffer.from('12345678901234567890'));

describe('codes of the second factor', () => {
  it('are those of RFC 6238', () => {
    for (const [seconds, code] of [
      [59, '94287082'],
      [1111111109, '07081804'],
      [1111111111, '14050471'],
      [1234567890, '89005924'],
      [2000000000, '69279037'],
      [20000000000, '65353130'],
    ] as const) {
      expect(totpCode(SECRET, totpStep(seconds * 1000), 8)).toBe(code);
    }
  });

  it('are good one step early and late, no more, and never twice', () => {
    const at = 1_800_000_000_000;
    const now = totpStep(at);
    for (const [step, good] of [
      [now - 2, false],
      [now - 1, true],
      [now, true],
      [now + 1, true],
      [now + 2, false],
    ] as const) {
      expect(matchTotp(SECRET, totpCode(SECRET, step), at, 0)).toBe(good ? step : null);
    }
    expect(matchTotp(SECRET, totpCode(SECRET, now), at, now)).toBeNull();
    expect(matchTotp(SECRET, totpCode(SECRET, now - 1), at, now)).toBeNull();
    expect(matchTotp(SECRET, totpCode(SECRET, now + 1), at, now)).toBe(now + 1);
    for (const junk of ['', '12345', 'abcdef', '1234567']) expect(matchTotp(SECRET, junk, at, 0)).toBeNull();
  });

  it('come from 160 random bits that an app reads from the code’s address', () => {
    const secret = newTotpSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(toBase32(fromBase32(secret))).toBe(secret);
    expect(newTotpSecret()).not.toBe(secret);
    const uri = new URL(totpUri(secret, 'li.hong'));
    expect([uri.protocol, uri.host, uri.searchParams.get('secret'), uri.searchParams.get('issuer')]).toEqual([
      'otpauth:',
      'totp',
      secret,
      '百米问法',
    ]);
  });
});
