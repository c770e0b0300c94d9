import { createHash } from 'node:crypto';

/** The official text with invisible characters, white space and the choice of full or half width marks taken away, so that only a change of words changes it. */
export function normaliseOfficialText(text: string): string {
  return text.normalize('NFKC').replace(/[\s\p{Cf}]+/gu, '');
}

/** SHA-256 (hex) of the normalised official text of one provision. */
export function checksumOf(officialText: string): string {
  return createHash('sha256').update(normaliseOfficialText(officialText), 'utf8').digest('hex');
}
