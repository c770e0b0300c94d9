import type { z } from 'zod';
import { BaimiError } from '../domain/errors.js';
import { parseWith } from './triage-rules.js';

/** A file of the pack taken apart: its header, read against a schema, and its lines. */
export interface PackFile<T> {
  readonly meta: T;
  readonly lines: readonly string[];
  /** Index of the first line after the header. */
  readonly body: number;
  /** Throws BaimiError `bad-knowledge` naming file, line (from 1), what is wrong and what to do. */
  readonly fail: (line: number, wrong: string, remedy: string) => never;
}

/** @throws BaimiError `bad-knowledge` where there is no header, or it does not fit */
export function openPackFile<T>(file: string, text: string, header: z.ZodType<T>): PackFile<T> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const fail = (line: number, wrong: string, remedy: string): never => {
    throw new BaimiError('bad-knowledge', `${file}:${String(line)}: ${wrong}。怎么改：${remedy}`);
  };
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end === -1) fail(1, '没有文件头', '开头写 ---，栏目，再写 ---');
  return { meta: parseWith(file, lines.slice(1, end).join('\n'), header), lines, body: end + 1, fail };
}
