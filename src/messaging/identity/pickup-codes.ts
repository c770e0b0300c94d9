import type { PickupCodeView } from '../../domain/views.js';
import { hashCode, newCode, shownCode } from './codes.js';
import type { PickupStore, TryStore } from './ports.js';

const DAY_MS = 86_400_000;
const PICKUP_CODE_MS = 30 * DAY_MS;
/** Codes that one conversation may ask for in a day. */
const MOST_ISSUED = 10;

export interface CodeStores {
  readonly pickups: PickupStore;
  readonly tries: TryStore;
}

/** A new pickup code of a conversation, beside the last two that it had. Null where it has asked too often. */
export async function issuePickupCode(stores: CodeStores, conversationId: string, at: number): Promise<PickupCodeView | null> {
  const scope = `pickup-issue:${conversationId}`;
  if ((await stores.tries.count(scope, at - DAY_MS)) >= MOST_ISSUED) return null;
  await stores.tries.add(scope, at);
  const code = newCode();
  const expiresAt = at + PICKUP_CODE_MS;
  await stores.pickups.keep(hashCode('pickup', code), conversationId, expiresAt, at);
  return { code: shownCode(code), expiresAt };
}
