import type { Opened, MessageCrypto } from './message-crypto.js';
import { isOfOurTime, isSignedBy, signatureOf } from './signature.js';
import { cdata, readFields, type Fields } from './xml.js';

/** How the account is set: bodies as they are, both forms in one body, or encrypted only. */
export type Mode = 'plain' | 'compatible' | 'secure';

export interface PushRules {
  readonly token: string;
  readonly mode: Mode;
  /** Null in plain mode. */
  readonly crypto: MessageCrypto | null;
  /** How far a push's time may be from ours. */
  readonly clockWithinMs: number;
}

export type ReadPush =
  /** Not from the platform, or of another time: it gets no answer. */
  | { readonly kind: 'refused'; readonly reason: 'signature' | 'time' | 'not-encrypted' }
  /** From the platform, and not to be read: it is acknowledged, for the person would see a fault otherwise. */
  | { readonly kind: 'unreadable'; readonly reason: 'key' | 'form' }
  | {
      readonly kind: 'push';
      readonly fields: Fields;
      /** The reply in the form that the push asks for. @param at seconds since the epoch */
      readonly wrap: (xml: string, at: number) => string;
    };

/** Whether the address check of the platform is genuine. */
export function isGenuine(query: URLSearchParams, { token, clockWithinMs }: PushRules, now: number): boolean {
  const { signature, timestamp, nonce } = signed(query);
  return isSignedBy(signature, token, timestamp, nonce) && isOfOurTime(timestamp, now, clockWithinMs);
}

/**
 * Verifies and opens a push.
 * @param now milliseconds since the epoch
 */
export function readPush(query: URLSearchParams, body: string, rules: PushRules, now: number): ReadPush {
  const { signature, timestamp, nonce } = signed(query);
  const encrypted = query.get('encrypt_type') === 'aes';
  if (rules.mode === 'secure' && !encrypted) return { kind: 'refused', reason: 'not-encrypted' };
  const { crypto } = rules;
  if (encrypted && crypto !== null && rules.mode !== 'plain') {
    const encryptedText = readFields(body)?.['Encrypt'] ?? '';
    if (!isSignedBy(query.get('msg_signature') ?? '', rules.token, timestamp, nonce, encryptedText)) {
      return { kind: 'refused', reason: 'signature' };
    }
    if (!isOfOurTime(timestamp, now, rules.clockWithinMs)) return { kind: 'refused', reason: 'time' };
    return opened(crypto, encryptedText, rules.token, nonce);
  }
  if (!isSignedBy(signature, rules.token, timestamp, nonce)) return { kind: 'refused', reason: 'signature' };
  if (!isOfOurTime(timestamp, now, rules.clockWithinMs)) return { kind: 'refused', reason: 'time' };
  const fields = readFields(body);
  return fields === null ? { kind: 'unreadable', reason: 'form' } : { kind: 'push', fields, wrap: (xml) => xml };
}

function signed(query: URLSearchParams): { signature: string; timestamp: string; nonce: string } {
  return { signature: query.get('signature') ?? '', timestamp: query.get('timestamp') ?? '', nonce: query.get('nonce') ?? '' };
}

/** What stands in clear beside the encrypted text is never read: only the encrypted text is signed. */
function opened(crypto: MessageCrypto, encrypted: string, token: string, nonce: string): ReadPush {
  const message = crypto.open(encrypted);
  if (message === null) return { kind: 'unreadable', reason: 'key' };
  const fields = readFields(message.text);
  if (fields === null) return { kind: 'unreadable', reason: 'form' };
  return { kind: 'push', fields, wrap: (xml, at) => sealedReply(crypto, message, xml, { token, nonce, at }) };
}

/** The envelope of an encrypted reply. */
export function sealedReply(
  crypto: MessageCrypto,
  { key }: Pick<Opened, 'key'>,
  xml: string,
  { token, nonce, at }: { readonly token: string; readonly nonce: string; readonly at: number },
): string {
  const encrypted = crypto.seal(xml, key);
  const time = String(at);
  const signature = signatureOf(token, time, nonce, encrypted);
  return `<xml><Encrypt>${cdata(encrypted)}</Encrypt><MsgSignature>${cdata(signature)}</MsgSignature><TimeStamp>${time}</TimeStamp><Nonce>${cdata(nonce)}</Nonce></xml>`;
}
