import type { PickupCodeView, PickupView } from '../../domain/views.js';

/** What came of a code that somebody typed. */
export type PickupResult<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** No such code, or no longer. */
  | { readonly kind: 'unknown' }
  /** The person gave a telephone number: its last four digits are asked for. `left`: tries before it locks. */
  | { readonly kind: 'digits-wanted'; readonly wrong: boolean; readonly left: number }
  | { readonly kind: 'locked'; readonly until: number }
  /** Too many wrong codes from everywhere. */
  | { readonly kind: 'too-many' };

/** Reading a conversation's replies, and going on with it, on another device. */
export interface Pickup {
  /** Null where it was asked for too often. */
  issue(conversationId: string): Promise<PickupCodeView | null>;
  revoke(conversationId: string): Promise<boolean>;
  open(code: string, digits: string | null): Promise<PickupResult<PickupView>>;
  /** Id of the conversation that a code opens. */
  conversation(code: string, digits: string | null): Promise<PickupResult<string>>;
  /** From now on `sessionKey` of the web page stands for the conversation; `unknown` also where it is none of the web page. */
  resume(code: string, digits: string | null, sessionKey: string): Promise<PickupResult<null>>;
}
