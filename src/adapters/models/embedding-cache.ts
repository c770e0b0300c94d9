import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { endianness } from 'node:os';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';

export type CacheEvent =
  { readonly kind: 'cache-damaged'; readonly key: string } | { readonly kind: 'cache-unusable'; readonly code: string };

const CRC_BYTES = 4;

/**
 * Vectors on disk, each in a file named by the SHA-256 of model, dimension and text; the text stands nowhere.
 * A file holds the numbers (float32) and a CRC-32 of name and numbers. That the disk fails costs a request, nothing else.
 */
export class EmbeddingCache {
  #written = 0;

  constructor(
    private readonly folder: string,
    private readonly model: string,
    private readonly dimension: number,
    private readonly log: (event: CacheEvent) => void,
  ) {}

  keyOf(text: string): string {
    return createHash('sha256')
      .update(JSON.stringify([this.model, this.dimension, text]))
      .digest('hex');
  }

  /** Null where there is none; a damaged one is thrown away. */
  async read(key: string): Promise<Float32Array | null> {
    const file = this.#fileOf(key);
    let bytes: Buffer;
    try {
      bytes = await readFile(file);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') this.log({ kind: 'cache-unusable', code: codeOf(error) });
      return null;
    }
    const end = this.dimension * Float32Array.BYTES_PER_ELEMENT;
    if (bytes.length === end + CRC_BYTES && bytes.readUInt32LE(end) === checksum(key, bytes.subarray(0, end))) {
      // a copy that starts at a multiple of four, as floats need
      return new Float32Array(new Uint8Array(bytes.subarray(0, end)).buffer);
    }
    this.log({ kind: 'cache-damaged', key });
    await rm(file, { force: true }).catch(() => undefined);
    return null;
  }

  async write(key: string, vector: Float32Array): Promise<void> {
    const file = this.#fileOf(key);
    const fresh = `${file}.${String(process.pid)}-${String(this.#written++)}.new`;
    const bytes = Buffer.alloc(vector.byteLength + CRC_BYTES);
    bytes.set(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
    bytes.writeUInt32LE(checksum(key, bytes.subarray(0, vector.byteLength)), vector.byteLength);
    try {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(fresh, bytes, { mode: 0o600 });
      await rename(fresh, file);
    } catch (error) {
      this.log({ kind: 'cache-unusable', code: codeOf(error) });
      await rm(fresh, { force: true }).catch(() => undefined);
    }
  }

  #fileOf(key: string): string {
    return join(this.folder, key.slice(0, 2), key.slice(2));
  }
}

function checksum(key: string, numbers: Uint8Array): number {
  return crc32(numbers, crc32(`${key} ${endianness()}`));
}

/** `ENOENT` and the like. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error ? String(error.code) : error.name;
}
