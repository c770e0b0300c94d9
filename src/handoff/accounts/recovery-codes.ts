import { createHash, randomInt } from 'node:crypto';

export const RECOVERY_CODES = 8;
/** Without letters and digits that are mistaken for one another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Codes of 12 characters (about 59 bits) in three groups; each stands in for the second factor once. */
export function newRecoveryCodes(): string[] {
  const group = (): string => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: RECOVERY_CODES }, () => `${group()}-${group()}-${group()}`);
}

/** Only hashes are stored; a code has too many possibilities for a slow hash to be needed. */
export function hashRecoveryCode(code: string): string {
  return createHash('sha256')
    .update(code.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .digest('hex');
}
