import { createHash, randomInt } from 'node:crypto';
import type { Actor } from '../../handoff/ports.js';
import type { StaffLinkStore } from './ports.js';

/** Letters and digits that are not mistaken for one another when read from a screen; about 40 bits a code. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const CODE_LENGTH = 8;
export const LINK_CODE_MINUTES = 15;
/** Wrong codes within those minutes: of one user, of all. */
const MOST_WRONG_OF_ONE = 5;
const MOST_WRONG_OF_ALL = 50;

/** Makes the code by which a lawyer's account is linked to a Telegram user: once, within 15 minutes. It is shown, never stored. */
export async function makeLinkCode(store: StaffLinkStore, staffId: string, now: number): Promise<string> {
  const code = Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  await store.addLinkCode(hashOf(code), staffId, now + LINK_CODE_MINUTES * 60_000);
  return code;
}

/** What became of a code that somebody sent. */
export type Linked =
  { readonly kind: 'linked'; readonly staff: Actor } | { readonly kind: 'wrong-code' } | { readonly kind: 'too-many-tries' };

export interface StaffLinker {
  link(code: string, userId: number): Promise<Linked>;
  /** A code that others have seen is of no use any more. */
  burn(code: string): Promise<void>;
}

export function createStaffLinker(store: StaffLinkStore, now: () => number): StaffLinker {
  let wrong: { readonly userId: number; readonly at: number }[] = [];
  return {
    async link(code, userId) {
      wrong = wrong.filter(({ at }) => at > now() - LINK_CODE_MINUTES * 60_000);
      const ofThisUser = wrong.filter((one) => one.userId === userId).length;
      if (ofThisUser >= MOST_WRONG_OF_ONE || wrong.length >= MOST_WRONG_OF_ALL) return { kind: 'too-many-tries' };
      // counted before the store is asked, so that many at once are not more than many in a row
      const attempt = { userId, at: now() };
      wrong.push(attempt);
      const staff = await store.redeemLinkCode(hashOf(code), userId, now());
      if (!staff) return { kind: 'wrong-code' };
      wrong = wrong.filter((one) => one !== attempt);
      return { kind: 'linked', staff };
    },
    burn: (code) => store.cancelLinkCode(hashOf(code)),
  };
}

function hashOf(code: string): string {
  const plain = code.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return createHash('sha256').update(plain).digest('hex');
}
