import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import MiniSearch, { type Options } from 'minisearch';
import { secondsOf, type BenchDocument, type Contender, type ContenderInput } from './contender.js';

/**
 * MiniSearch: an inverted index in plain objects, BM25+ with its defaults (k 1.2, b 0.7, d 0.5), words combined with OR,
 * no prefix and no fuzzy search (its defaults too), no stored fields. Stores itself as JSON.
 */
export function createMiniSearch({ takeCorpus, words, folder }: ContenderInput): Contender {
  const options: Options<BenchDocument> = {
    idField: 'key',
    fields: ['text'],
    tokenize: words,
    processTerm: (word) => word,
    // a word that stands twice in a question counts once, for everyone
    searchOptions: { tokenize: (question) => [...new Set(words(question))] },
  };
  let index = new MiniSearch<BenchDocument>(options);
  return {
    name: 'minisearch',
    build: () => index.addAll(takeCorpus().documents),
    async saveAndLoad() {
      const file = join(folder, 'minisearch.json');
      writeFileSync(file, JSON.stringify(index));
      return secondsOf(() => (index = MiniSearch.loadJSON(readFileSync(file, 'utf8'), options)));
    },
    search: (question, limit) =>
      index
        .search(question)
        .slice(0, limit)
        .map((hit) => String(hit.id)),
  };
}
