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

/** How many questions of each file stand for other matters. */
const OUT_OF_SCOPE_EACH = 200;
/** A question with one of these words may well be on our topics, whatever file it stands in. */
const OUR_WORDS =
  /工伤|工资|劳动|上班|老板|公司|单位|辞职|辞退|加班|社保|拆迁|征收|征地|强拆|宅基地|土地|职业病|农民工|工地|打工|仲裁|受伤|合同工|离职|员工|欠薪|安置|补偿/;

/**
 * Questions of other matters, taken evenly from files of real questions: none that is a labelled case, none with a word of
 * our topics. The label follows from that choice, not from a reader.
 */
export function readOutOfScope(files: readonly string[], labelled: readonly ConsultCase[]): ConsultCase[] {
  const known = new Set(labelled.flatMap(({ id, question }) => [id, question]));
  return files.flatMap((file) => {
    const all = readCases(file, z.object({ id: z.string(), question: z.string() })).filter(
      ({ id, question }) => !known.has(id) && !known.has(question) && !OUR_WORDS.test(question) && question.length >= 8,
    );
    const step = Math.max(1, Math.floor(all.length / OUT_OF_SCOPE_EACH));
    return all
      .filter((_, at) => at % step === 0)
      .slice(0, OUT_OF_SCOPE_EACH)
      .map(({ id, question }): ConsultCase => ({ id, question, gold: [], behaviour: 'handoff', must_say: [] }));
  });
}
