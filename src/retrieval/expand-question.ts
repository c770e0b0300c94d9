import type { Synonyms } from '../knowledge/parse-synonyms.js';

interface TrieNode {
  readonly next: Map<string, TrieNode>;
  /** The terms of the form that ends here. */
  terms: readonly string[] | undefined;
}

const tries = new WeakMap<Synonyms, TrieNode>();

/** The trie of the forms; built once for each set of synonyms. */
function trieOf(synonyms: Synonyms): TrieNode {
  const known = tries.get(synonyms);
  if (known !== undefined) return known;
  const root: TrieNode = { next: new Map(), terms: undefined };
  for (const [form, terms] of synonyms) {
    let node = root;
    for (const character of form.toLowerCase()) {
      let child = node.next.get(character);
      if (child === undefined) node.next.set(character, (child = { next: new Map(), terms: undefined }));
      node = child;
    }
    node.terms = terms;
  }
  tries.set(synonyms, root);
  return root;
}

/**
 * The law's words for what a question says in people's words, in the order of the question, each once. A form that
 * lies within a longer one found there does not count (“没签合同赔” hides “没签合同”); forms that only overlap both count.
 * Width of characters and upper or lower case do not matter.
 */
export function expandQuestion(question: string, synonyms: Synonyms): string[] {
  const root = trieOf(synonyms);
  const characters = Array.from(question.normalize('NFKC').toLowerCase());
  const found = new Set<string>();
  /** Where the match that reaches furthest so far ends: a later one that ends no further lies within it. */
  let reached = 0;
  for (let start = 0; start < characters.length; start++) {
    let longest: readonly string[] | undefined;
    let end = start;
    let node = root.next.get(characters[start] ?? '');
    for (let at = start + 1; node !== undefined; at++) {
      if (node.terms !== undefined) [longest, end] = [node.terms, at];
      node = node.next.get(characters[at] ?? '');
    }
    if (longest === undefined || end <= reached) continue;
    reached = end;
    for (const term of longest) found.add(term);
  }
  return [...found];
}
