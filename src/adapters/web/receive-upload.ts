import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import type { Request } from 'express';
import { BaimiError } from '../../domain/errors.js';

/** What a form adds around a file. */
const AROUND_BYTES = 16 * 1024;

/**
 * Hands the one file of a form (`multipart/form-data`, field `file`) on as it comes in; nothing of it is held in memory.
 * @throws BaimiError `bad-request` where there is none, or what `keep` throws
 */
export function receiveUpload<T>(request: Request, mostBytes: number, keep: (name: string, content: Readable) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const refuse = (error: unknown): void => {
      // the rest is let through unread, so that the sender reads the answer
      request.unpipe();
      request.resume();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    if (Number(request.get('content-length') ?? 0) > mostBytes + AROUND_BYTES) {
      refuse(
        new BaimiError('bad-request', `文件太大了，一个最大 ${String(Math.floor(mostBytes / 2 ** 20))} MB。可以拍得小一点，或者分开传。`),
      );
      return;
    }
    let parser: Busboy;
    try {
      parser = new Busboy({
        headers: request.headers as BusboyHeaders,
        limits: { files: 1, fields: 4, parts: 6, fileSize: mostBytes + 1, headerPairs: 20 },
      });
    } catch (cause) {
      refuse(new BaimiError('bad-request', '没有收到文件。请重新选一个文件再传。', { cause }));
      return;
    }
    let kept: Promise<T> | null = null;
    let content: Readable | null = null;
    parser.on('file', (field, stream, name) => {
      if (field !== 'file' || kept) {
        stream.resume();
        return;
      }
      content = stream;
      kept = keep(name, stream);
      kept.then(resolve, refuse);
    });
    parser.on('finish', () => {
      if (!kept) refuse(new BaimiError('bad-request', '没有收到文件。请重新选一个文件再传。'));
    });
    const broken = (cause?: unknown): void => {
      const error = new BaimiError('bad-request', '文件没有传完。请检查网络，重新传一次。', { cause });
      content?.destroy(error);
      refuse(error);
    };
    parser.on('error', broken);
    request.on('aborted', broken);
    request.pipe(parser);
  });
}
