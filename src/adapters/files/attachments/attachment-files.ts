import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BaimiError } from '../../../domain/errors.js';
import type { AttachmentFiles } from '../../../handoff/ticket-tools/ports.js';
import { LOOKED_AT_BYTES, ZIP, namesInZip, officeType, typeByContent } from './type-by-content.js';

const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/**
 * Files below a folder of the data, `<folder>/<2 hex>/<id>`, which only this user may read and nothing serves. A file that is
 * still coming in stands beside as `.part`, and is removed where it is refused.
 * @param folder made at first use
 */
export function createAttachmentFiles(folder: string): AttachmentFiles {
  const pathOf = (id: string): string => {
    if (!ID.test(id)) throw new BaimiError('not-found', '没有这个文件。');
    return join(folder, id.slice(0, 2), id);
  };
  return {
    async keep(id, content, mostBytes) {
      const path = pathOf(id);
      const part = `${path}.part`;
      await mkdir(join(folder, id.slice(0, 2)), { recursive: true, mode: 0o700 });
      const file = await open(part, 'wx', 0o600);
      try {
        const hash = createHash('sha256');
        const first: Uint8Array[] = [];
        let looked = 0;
        let size = 0;
        for await (const chunk of content) {
          size += chunk.length;
          if (size > mostBytes)
            throw new BaimiError('bad-request', `文件太大了，一个最大 ${megabytes(mostBytes)} MB。可以拍得小一点，或者分开传。`);
          if (looked < LOOKED_AT_BYTES) {
            first.push(chunk.subarray(0, LOOKED_AT_BYTES));
            looked += chunk.length;
            // a program is not even written to the end
            if (looked >= LOOKED_AT_BYTES) accepted(Buffer.concat(first));
          }
          hash.update(chunk);
          await file.writeFile(chunk);
        }
        if (size === 0) throw new BaimiError('bad-request', '这个文件是空的。请重新选一个。');
        const found = accepted(Buffer.concat(first));
        await file.sync();
        await file.close();
        const type = found === ZIP ? officeType(namesInZip(await readFile(part))) : found;
        if (type === null) throw refused();
        await rename(part, path);
        return { type, size, sha256: hash.digest('hex') };
      } catch (error) {
        await file.close().catch(() => undefined);
        await rm(part, { force: true });
        throw error;
      }
    },
    async open(id) {
      try {
        return (await open(pathOf(id), 'r')).createReadStream();
      } catch (cause) {
        if (cause instanceof BaimiError) throw cause;
        throw new BaimiError('not-found', '这个文件已经不在了。', { cause });
      }
    },
    remove: (id) => rm(pathOf(id), { force: true }),
  };
}

function accepted(first: Buffer): string {
  const found = typeByContent(first);
  if (found === null) throw refused();
  return found;
}

function refused(): BaimiError {
  return new BaimiError(
    'bad-request',
    '只能传照片（jpg、png、webp、gif）、PDF、Word、Excel、PPT（不带宏）和录音（amr、mp3）。老的 .doc、.xls 请另存为 PDF。',
  );
}

function megabytes(bytes: number): string {
  return String(Math.floor(bytes / 2 ** 20));
}
