import { createIndexStore } from '../../src/adapters/files/index-files.js';
import { buildLibrary, type Library } from '../../src/knowledge/library.js';
import type { RetrievalModel } from '../../src/retrieval/model.js';
import { buildSearch, type SearchEngine } from '../../src/retrieval/search.js';
import { secondsOf, type Contender, type ContenderInput } from './contender.js';

/**
 * Our search over the same official texts, without gists, matters or synonyms, which the others do not have either. It
 * keeps the texts, as the product does. Building includes storing the indexes.
 * @param model null: keywords alone
 */
export function createOurs(name: string, model: RetrievalModel | null, input: ContenderInput): Contender {
  const store = createIndexStore(input.folder, () => undefined);
  let library: Library | null = null;
  let engine: SearchEngine | null = null;
  const open = (of: Library): void => {
    engine = buildSearch(of, input.segment, model, { store });
  };
  return {
    name,
    build() {
      library = buildLibrary([], input.takeCorpus().laws);
      open(library);
    },
    saveAndLoad: () =>
      secondsOf(() => {
        if (library) open(library);
      }),
    search: (question, limit) => (engine?.search(question, limit) ?? []).map((hit) => hit.provision.key),
  };
}
