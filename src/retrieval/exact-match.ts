import { CHINESE_NUMERAL_CHARS, normaliseArticleNumber } from '../domain/chinese-numerals.js';
import { provisionKey, type ProvisionRef } from '../domain/law.js';

const NUMERAL = `(?:[${CHINESE_NUMERAL_CHARS}]+|[0-9０-９]{1,4})`;
const BRANCH = `(?:之(?:[${CHINESE_NUMERAL_CHARS}]+|[0-9]{1,2}))?`;
/** "第十四条", "14条", "第三十八、四十六条", "第三条和第五条之一". */
const ARTICLE_LIST = `第?${NUMERAL}(?:[、,，和与及]第?${NUMERAL})*条${BRANCH}`;
const ARTICLES_AFTER_TITLE = new RegExp(`^[》〉」）)，,、的中里]*((?:[、,，和与及]?${ARTICLE_LIST})+)`);
const ONE_NUMERAL = new RegExp(`${NUMERAL}(?:条${BRANCH})?`, 'g');

/** Finds provisions that a question names outright. */
export interface ExactMatcher {
  /** Keys of the named provisions that exist ("工伤保险条例第十四条", "民法典第1179条", "《劳动法》44条"), in order. */
  provisions(question: string): string[];
  /** Titles of laws named in the question, longest first where names overlap. */
  laws(question: string): string[];
  /** Named article numbers of known laws that do not exist ("工伤保险条例第九千条"). */
  missing(question: string): ProvisionRef[];
}

/**
 * @param titles every name a law goes by (title and aliases) → its title
 * @param exists keys of all provisions
 */
export function createExactMatcher(titles: ReadonlyMap<string, string>, exists: ReadonlySet<string>): ExactMatcher {
  // names sorted by length, bucketed by their first two characters, so that a question is scanned once
  const buckets = new Map<string, string[]>();
  for (const name of [...titles.keys()].filter((candidate) => candidate.length >= 2)) {
    const head = name.slice(0, 2);
    buckets.set(head, [...(buckets.get(head) ?? []), name]);
  }
  for (const names of buckets.values()) names.sort((a, b) => b.length - a.length);

  const mentions = (question: string): { title: string; after: string }[] => {
    const text = question.replace(/\s+/g, '').replace(/\(/g, '（').replace(/\)/g, '）').slice(0, 4000);
    const out: { title: string; after: string }[] = [];
    for (let at = 0; at < text.length; at++) {
      const name = buckets.get(text.slice(at, at + 2))?.find((candidate) => text.startsWith(candidate, at));
      if (name === undefined) continue;
      out.push({ title: titles.get(name) ?? name, after: text.slice(at + name.length, at + name.length + 60) });
      at += name.length - 1;
    }
    return out;
  };

  const named = (question: string): ProvisionRef[] =>
    mentions(question).flatMap(({ title, after }) =>
      [...(ARTICLES_AFTER_TITLE.exec(after)?.[1] ?? '').matchAll(ONE_NUMERAL)].flatMap(([text]) => {
        const article = normaliseArticleNumber(text.includes('条') ? text : `${text}条`);
        return article === null ? [] : [{ law: title, article }];
      }),
    );

  return {
    provisions: (question) => [...new Set(named(question).map(provisionKey))].filter((key) => exists.has(key)),
    laws: (question) => [...new Set(mentions(question).map(({ title }) => title))],
    missing: (question) => named(question).filter((ref) => !exists.has(provisionKey(ref))),
  };
}
