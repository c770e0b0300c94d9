import type { Library } from '../../knowledge/library.js';
import { embed, type EmbeddingModel } from '../embedding.js';
import { KeywordIndex } from '../keyword-index.js';
import type { LearnedLinks } from '../learned-links.js';
import { longTerms, type TermList } from '../terms.js';
import { ExactVectorIndex } from '../vector-index.js';

/** Ties questions to the provisions that experts matched with them, as vectors and weighted terms. */
export function learnLinks(
  questions: readonly { readonly terms: TermList; readonly gold: readonly number[] }[],
  library: Library,
  embedding: EmbeddingModel,
): LearnedLinks {
  const members = new Map<number, TermList[]>();
  for (const { terms, gold } of questions) {
    for (const id of gold) {
      const known = members.get(id);
      if (known) known.push(longTerms(terms));
      else members.set(id, [longTerms(terms)]);
    }
  }
  const ids = [...members.keys()].sort((a, b) => a - b);
  const places = new Map(ids.map((id, place) => [id, place]));
  const starts = new Uint32Array(questions.length + 1);
  const targets: number[] = [];
  questions.forEach(({ gold }, question) => {
    for (const id of gold) targets.push(places.get(id) as number);
    starts[question + 1] = targets.length;
  });
  return {
    keys: ids.map((id) => (library.provisions[id] as { key: string }).key),
    uses: Uint16Array.from(ids, (id) => (members.get(id) ?? []).length),
    starts,
    targets: Uint32Array.from(targets),
    vectors: ExactVectorIndex.build(
      questions.map(({ terms }) => embed([terms], embedding)),
      embedding.dimension,
    ),
    pools: KeywordIndex.build(ids.map((id) => (members.get(id) ?? []).map((terms) => ({ terms, weight: 1 })))),
  };
}
