import { parse } from 'yaml';
import { z } from 'zod';
import { BaimiError } from '../domain/errors.js';
import { unknownVariables } from '../domain/reply-variables.js';

const schema = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z][a-z-]*$/),
    title: z.string().min(2).max(40),
    text: z.string().min(4).max(2000),
    topic: z.string().nullable().default(null),
  }),
);

export type PackReply = z.infer<typeof schema>[number];

/**
 * Reads the replies that a bureau begins with (`knowledge/canned-replies.yaml`).
 * @throws BaimiError `bad-knowledge` with file, what is wrong and what to do
 */
export function parseCannedReplies(file: string, text: string): PackReply[] {
  const fail = (what: string): never => {
    throw new BaimiError('bad-knowledge', `${file}：${what}。怎么改：照着旁边的条目写 id、title、text`);
  };
  let data: unknown;
  try {
    data = parse(text);
  } catch (cause) {
    throw new BaimiError('bad-knowledge', `${file} 不是 YAML。怎么改：检查缩进和引号`, { cause });
  }
  const read = schema.safeParse(data);
  if (!read.success) return fail(`第 ${String(Number(read.error.issues[0]?.path[0] ?? 0) + 1)} 条写得不对`);
  const ids = new Set<string>();
  for (const { id, text: words } of read.data) {
    if (ids.has(id)) fail(`id “${id}” 写了两遍`);
    ids.add(id);
    const unknown = unknownVariables(words);
    if (unknown.length > 0) fail(`“${id}”里有不认识的变量 ${unknown.join('、')}`);
  }
  return read.data;
}
