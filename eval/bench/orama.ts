import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, insert, load, save, search, type AnyOrama, type RawData } from '@orama/orama';
import { secondsOf, type Contender, type ContenderInput } from './contender.js';

/**
 * Orama: radix trees and BM25 with its defaults (k 1.2, b 0.75, d 0.5); threshold 1 (its default): one word is enough. Its
 * own tokenizer drops repeated words, so this one does too. Orama takes every word as a prefix, and its `exact` looks for
 * Latin word borders and finds no Chinese, so each word ends in a mark that makes it whole (R@10 on 200 questions 0.36, as
 * prefixes 0.25). Sorting by fields is switched off, as nobody asks for it. Stores itself as JSON (`save`, `load`).
 */
export function createOrama({ takeCorpus, words, folder }: ContenderInput): Contender {
  const empty = (): AnyOrama =>
    create({
      schema: { text: 'string' },
      sort: { enabled: false },
      components: {
        tokenizer: {
          language: 'chinese',
          normalizationCache: new Map(),
          tokenize: (text) => [...new Set(words(text))].map((word) => `${word}$`),
        },
      },
    });
  let index = empty();
  return {
    name: 'orama',
    async build() {
      for (const { key, text } of takeCorpus().documents) await insert(index, { id: key, text });
    },
    async saveAndLoad() {
      const file = join(folder, 'orama.json');
      writeFileSync(file, JSON.stringify(save(index)));
      return secondsOf(() => {
        index = empty();
        load(index, JSON.parse(readFileSync(file, 'utf8')) as RawData);
      });
    },
    async search(question, limit) {
      const { hits } = await search(index, { term: question, limit });
      return hits.map((hit) => hit.id);
    },
  };
}
