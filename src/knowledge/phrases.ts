import { BaimiError } from '../domain/errors.js';

/** A list of words and /patterns/ as the pack writes them, ready to look for in a question. */
export interface Phrases {
  /** The phrases that stand in the text, as they are written in the pack. */
  found(text: string): string[];
  any(text: string): boolean;
}

/**
 * @param where file and field, used in messages
 * @throws BaimiError `bad-knowledge` for a broken pattern
 */
export function compilePhrases(where: string, phrases: readonly string[]): Phrases {
  const tests = phrases.map((phrase) => {
    const pattern = /^\/(.+)\/$/.exec(phrase)?.[1];
    if (pattern === undefined) {
      const word = phrase.toLowerCase();
      return { phrase, test: (text: string) => text.includes(word) };
    }
    try {
      const regexp = new RegExp(pattern, 'iu');
      return { phrase, test: (text: string) => regexp.test(text) };
    } catch (cause) {
      throw new BaimiError('bad-knowledge', `${where}: 正则 ${phrase} 写错了。怎么改：检查括号是否成对，或者改成普通的词`, { cause });
    }
  });
  return {
    found: (text) => tests.filter(({ test }) => test(text.toLowerCase())).map(({ phrase }) => phrase),
    any: (text) => tests.some(({ test }) => test(text.toLowerCase())),
  };
}
