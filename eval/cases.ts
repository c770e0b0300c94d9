import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { BaimiError } from '../src/domain/errors.js';
import { normaliseTitle, provisionKey } from '../src/domain/law.js';
import { normaliseArticleNumber } from '../src/domain/chinese-numerals.js';

const gold = z.array(z.tuple([z.string(), z.string()]));

const retrievalCase = z.object({ id: z.string(), question: z.string(), gold });
export type RetrievalCase = z.infer<typeof retrievalCase>;

const consultCase = retrievalCase.extend({
  topic: z.string().optional(),
  behaviour: z.enum(['answer', 'clarify', 'handoff']),
  must_say: z.array(z.string()).default([]),
});
export type ConsultCase = z.infer<typeof consultCase>;

export const readRetrievalCases = (file: string): RetrievalCase[] => readCases(file, retrievalCase);
export const readConsultCases = (file: string): ConsultCase[] => readCases(file, consultCase);

/** Keys of a case's gold provisions, in the spelling of the library. */
export function goldKeys(example: RetrievalCase): Set<string> {
  return new Set(
    example.gold.map(([law, article]) => provisionKey({ law: normaliseTitle(law), article: normaliseArticleNumber(article) ?? article })),
  );
}

function readCases<T>(file: string, schema: z.ZodType<T>): T[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new BaimiError('bad-request', `读不到 ${file}。怎么改：用 --cases 写题目文件的路径（一行一个 JSON）`, { cause });
  }
  return text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => {
      try {
        return schema.parse(JSON.parse(line));
      } catch (cause) {
        throw new BaimiError(
          'bad-request',
          `${file}:${String(number)}: 不是一道题。怎么改：写成 {"id","question","gold":[["法律","第几条"]]}`,
          { cause },
        );
      }
    });
}
