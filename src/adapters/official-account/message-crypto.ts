import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Messages are padded to whole blocks of so many bytes, twice the block of the cipher. */
const BLOCK = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;

/** An opened message and the key that opened it, with which the reply is sealed. */
export interface Opened {
  readonly text: string;
  readonly key: Buffer;
}

export interface MessageCrypto {
  /** Null: no key of ours opens it, it is for another account, or it is damaged. */
  open(encrypted: string): Opened | null;
  /** @param random 16 bytes; left out: drawn */
  seal(text: string, key: Buffer, random?: Buffer): string;
}

/** The 32 bytes of an EncodingAESKey (43 characters, base64 without its last "="). */
export function aesKeyOf(encoded: string): Buffer {
  return Buffer.from(`${encoded}=`, 'base64');
}

/**
 * WeChat's message encryption: AES-256-CBC, the key's first half as initialisation vector, over
 * `random (16) | length of the text (4, big endian) | text | appid`, padded to 32 bytes.
 * @param keys the current EncodingAESKey and, while it is being changed, the one before it
 */
export function createMessageCrypto(appId: string, keys: readonly string[]): MessageCrypto {
  const known = keys.map(aesKeyOf);
  return {
    open(encrypted) {
      for (const key of known) {
        const text = openWith(key, encrypted, appId);
        if (text !== null) return { text, key };
      }
      return null;
    },
    seal(text, key, random = randomBytes(RANDOM_BYTES)) {
      const body = Buffer.from(text);
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32BE(body.length);
      const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
      return Buffer.concat([cipher.update(padded(Buffer.concat([random, length, body, Buffer.from(appId)]))), cipher.final()]).toString(
        'base64',
      );
    },
  };
}

function openWith(key: Buffer, encrypted: string, appId: string): string | null {
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length === 0 || bytes.length % BLOCK !== 0) return null;
  // the cipher knows pads of up to 16 bytes only; these go up to 32
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const full = unpadded(Buffer.concat([decipher.update(bytes), decipher.final()]));
  if (full === null || full.length < RANDOM_BYTES + LENGTH_BYTES) return null;
  const start = RANDOM_BYTES + LENGTH_BYTES;
  const end = start + full.readUInt32BE(RANDOM_BYTES);
  if (end > full.length || full.toString('utf8', end) !== appId) return null;
  return full.toString('utf8', start, end);
}

function padded(bytes: Buffer): Buffer {
  const pad = BLOCK - (bytes.length % BLOCK);
  return Buffer.concat([bytes, Buffer.alloc(pad, pad)]);
}

/** A wrong key yields garbage, of which the pad is the first to tell. */
function unpadded(bytes: Buffer): Buffer | null {
  const pad = bytes.at(-1) ?? 0;
  if (pad < 1 || pad > BLOCK || !bytes.subarray(-pad).every((byte) => byte === pad)) return null;
  return bytes.subarray(0, -pad);
}
