import type { Library } from '../src/knowledge/library.js';
import type { PackLaw } from '../src/knowledge/parse-pack-law.js';
import { goldKeys, type RetrievalCase } from './cases.js';

/** Laws of many subjects, of which a few provisions belong to our topics: a question is not on our topics because it cites one. */
const GENERAL = new Set(['刑法', '公司法', '国家赔偿法', '行政诉讼法', '妇女权益保障法', '建筑法', '人口与计划生育法', '城乡规划法']);

export interface Coverage {
  readonly questions: number;
  readonly gold: number;
  readonly covered: number;
  readonly share: number;
  readonly missing: readonly string[];
}

/** How many of the gold provisions the pack restates. */
export function coverageOf(cases: readonly RetrievalCase[], library: Library): Coverage {
  const keys = cases.flatMap((example) => [...goldKeys(example)]);
  const missing = keys.filter((key) => !library.byKey.get(key)?.gist);
  return {
    questions: cases.length,
    gold: keys.length,
    covered: keys.length - missing.length,
    share: keys.length === 0 ? 1 : (keys.length - missing.length) / keys.length,
    missing: [...new Set(missing)].sort(),
  };
}

/** Questions on expropriation, work injuries and wages: those most of whose gold stands in a law of these topics. */
export function onOurTopics<C extends RetrievalCase>(cases: readonly C[], pack: readonly PackLaw[]): C[] {
  const ours = new Set(
    pack
      .filter(({ law, topic }) => ['expropriation', 'injury', 'wages'].includes(topic) && !GENERAL.has(law.title))
      .map(({ law }) => law.title),
  );
  return cases.filter((example) => {
    const keys = [...goldKeys(example)];
    const inOurs = keys.filter((key) => ours.has(key.slice(0, key.indexOf('#')))).length;
    return inOurs * 2 > keys.length;
  });
}
