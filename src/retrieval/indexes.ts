import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Library, LibraryProvision } from '../knowledge/library.js';
import type { Matter } from '../knowledge/parse-matter.js';
import { provisionKey } from '../domain/law.js';
import { embed, type EmbeddingModel } from './embedding.js';
import { KeywordIndex, KeywordIndexBuilder, type Field, type KeywordParameters } from './keyword-index.js';
import type { StoredIndexes } from './ports.js';
import { keywordIndexFrom, sectionsOf, vectorIndexFrom } from './sections.js';
import type { Segment } from './segment.js';
import { listTerms, type TermList } from './terms.js';
import { ExactVectorIndex } from './vector-index.js';

/** A way of asking and the provisions that it leads to. */
export interface AskLink {
  readonly text: string;
  /** Ids of provisions. */
  readonly targets: readonly number[];
}

/** Everything that is built once over a corpus: what is stored and loaded (see adapters/files/index-files.ts). */
export interface SearchIndexes {
  /** By provision: title, chapter, official text, gist. */
  readonly texts: KeywordIndex;
  /** By law, in the order of `lawsOf(library).titles`. */
  readonly titles: KeywordIndex;
  /** By ask link, and by provision that asks lead to (`askedProvisions`). */
  readonly asks: KeywordIndex;
  readonly askPools: KeywordIndex;
  /** By provision, and by ask link; null without an embedding. */
  readonly vectors: ExactVectorIndex | null;
  readonly askVectors: ExactVectorIndex | null;
}

/** The pack's lay questions → their provision; the matters' ways of asking → the provisions that the matter cites. */
export function askLinks(library: Library, matters: readonly Matter[]): AskLink[] {
  const links: AskLink[] = library.provisions.flatMap(({ id, questions }) => questions.map((text) => ({ text, targets: [id] })));
  for (const matter of matters) {
    const targets = matter.cites.flatMap((cite) => library.byKey.get(provisionKey(cite))?.id ?? []);
    if (targets.length > 0) for (const text of matter.asks) links.push({ text, targets });
  }
  return links;
}

/** Ids of the provisions that links lead to, ascending, with the links of each. */
export function askedProvisions(links: readonly AskLink[]): Map<number, number[]> {
  const asked = new Map<number, number[]>();
  links.forEach(({ targets }, link) => {
    for (const target of targets) {
      const known = asked.get(target);
      if (known) known.push(link);
      else asked.set(target, [link]);
    }
  });
  return new Map([...asked].sort((a, b) => a[0] - b[0]));
}

/** Titles of the laws in order of appearance, and each provision's law as a place among them. */
export function lawsOf(library: Library): { readonly titles: readonly string[]; readonly lawOf: Int32Array } {
  const places = new Map<string, number>();
  const lawOf = Int32Array.from(library.provisions, ({ law }) => {
    let place = places.get(law.title);
    if (place === undefined) {
      place = places.size;
      places.set(law.title, place);
    }
    return place;
  });
  return { titles: [...places.keys()], lawOf };
}

/** Weights of a provision's parts in the keyword index, chosen on labelled questions (see eval/README.md). */
export interface FieldWeights {
  readonly title: number;
  readonly chapter: number;
  readonly text: number;
  readonly gist: number;
}

/** The terms of a provision's parts: what both indexes are built from. Titles and chapters are segmented once each. */
export function provisionTermLister(segment: Segment, weights: FieldWeights): (provision: LibraryProvision) => Field[] {
  const known = new Map<string, TermList>();
  const repeated = (text: string): TermList => {
    let terms = known.get(text);
    if (!terms) known.set(text, (terms = listTerms(text, segment)));
    return terms;
  };
  return (provision) => {
    const fields: Field[] = [{ terms: repeated(provision.law.title), weight: weights.title }];
    if (provision.chapter !== null) fields.push({ terms: repeated(provision.chapter), weight: weights.chapter });
    if (provision.official !== null) fields.push({ terms: listTerms(provision.official, segment), weight: weights.text });
    if (provision.gist) fields.push({ terms: listTerms(`${provision.gist.plain}\n${provision.gist.rule}`, segment), weight: weights.gist });
    return fields;
  };
}

/**
 * Builds all indexes over a library in one pass: each text is segmented once.
 * @param onProgress called now and then with the share done, 0 to 1
 */
export function buildIndexes(
  library: Library,
  links: readonly AskLink[],
  segment: Segment,
  embedding: EmbeddingModel | null,
  parameters: { readonly keyword: KeywordParameters; readonly fieldWeights: FieldWeights },
  onProgress?: (share: number) => void,
): SearchIndexes {
  const texts = new KeywordIndexBuilder();
  const listProvision = provisionTermLister(segment, parameters.fieldWeights);
  const embedAll = function* (lists: Iterable<readonly TermList[]>): Generator<Float32Array> {
    for (const parts of lists) if (embedding) yield embed(parts, embedding);
  };
  const provisionLists = function* (): Generator<TermList[]> {
    for (const provision of library.provisions) {
      const fields = listProvision(provision);
      texts.add(fields);
      if (provision.id % 1000 === 0) onProgress?.(provision.id / library.provisions.length);
      yield fields.map(({ terms }) => terms);
    }
  };
  let vectors: ExactVectorIndex | null = null;
  if (embedding) vectors = ExactVectorIndex.build(embedAll(provisionLists()), embedding.dimension);
  else exhaust(provisionLists());
  return {
    texts: texts.finish(parameters.keyword),
    titles: KeywordIndex.build(
      lawsOf(library).titles.map((title) => [{ terms: listTerms(title, segment), weight: 1 }]),
      parameters.keyword,
    ),
    ...buildAskIndexes(links, segment, embedding, parameters.keyword),
    vectors,
  };
}

function exhaust(items: Iterator<unknown>): void {
  while (items.next().done !== true);
}

/** The indexes over ways of asking alone. */
export function buildAskIndexes(
  links: readonly AskLink[],
  segment: Segment,
  embedding: EmbeddingModel | null,
  keyword: KeywordParameters,
): Pick<SearchIndexes, 'asks' | 'askPools' | 'askVectors'> {
  const lists = links.map(({ text }) => listTerms(text, segment));
  const single = (terms: TermList): Field => ({ terms, weight: 1 });
  return {
    asks: KeywordIndex.build(
      lists.map((terms) => [single(terms)]),
      keyword,
    ),
    askPools: KeywordIndex.build(
      [...askedProvisions(links).values()].map((members) => members.map((link) => single(lists[link] as TermList))),
      keyword,
    ),
    askVectors: embedding
      ? ExactVectorIndex.build(
          lists.map((terms) => embed([terms], embedding)),
          embedding.dimension,
        )
      : null,
  };
}

/** Format and meaning of the stored indexes; raised when the same corpus would give other indexes, by another segmenter too. */
const INDEX_VERSION = 2;

/** SHA-256 of everything that the indexes of a corpus depend on: another text, model or parameter is another identity. */
export function indexIdentity(
  library: Library,
  links: readonly AskLink[],
  modelIdentity: string | null,
  parameters: { readonly keyword: KeywordParameters; readonly fieldWeights: FieldWeights },
): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([INDEX_VERSION, modelIdentity, parameters.keyword, parameters.fieldWeights, library.provisions.length]));
  for (const { key, chapter, official, gist } of library.provisions) {
    // lengths keep one text from running into the next
    const own = [key, chapter ?? '', official ?? '', gist?.plain ?? '', gist?.rule ?? ''];
    hash.update(`${own.map((text) => text.length).join()}\n${own.join('')}`);
  }
  for (const { text, targets } of links) hash.update(`${String(text.length)}\n${text}${targets.join()};`);
  return hash.digest('hex');
}

const KEYWORD_PARTS = ['texts', 'titles', 'asks', 'askPools'] as const;
const size = z.number().int().nonnegative();
const metaSchema = z.strictObject({
  dimension: z.number().int().positive().nullable(),
  sizes: z.strictObject({ texts: size, titles: size, asks: size, askPools: size }),
});

/** Indexes as arrays and a description, to be stored. */
export function storedIndexes(indexes: SearchIndexes): StoredIndexes {
  const { texts, titles, asks, askPools, vectors, askVectors } = indexes;
  const meta: z.infer<typeof metaSchema> = {
    dimension: vectors?.dimension ?? null,
    sizes: { texts: texts.size, titles: titles.size, asks: asks.size, askPools: askPools.size },
  };
  const keyword = KEYWORD_PARTS.map((name) => sectionsOf(name, indexes[name].parts));
  const dense = vectors && askVectors ? [sectionsOf('vectors', vectors.parts), sectionsOf('askVectors', askVectors.parts)] : [];
  return { meta, sections: Object.assign({}, ...keyword, ...dense) as StoredIndexes['sections'] };
}

/** Indexes over what was stored; null where something is missing or does not fit. */
export function openIndexes({ meta, sections }: StoredIndexes, keyword: KeywordParameters): SearchIndexes | null {
  const parsed = metaSchema.safeParse(meta);
  if (!parsed.success) return null;
  const { dimension, sizes } = parsed.data;
  try {
    const index = (name: (typeof KEYWORD_PARTS)[number]): KeywordIndex => keywordIndexFrom(sections, name, sizes[name], keyword);
    return {
      texts: index('texts'),
      titles: index('titles'),
      asks: index('asks'),
      askPools: index('askPools'),
      vectors: dimension === null ? null : vectorIndexFrom(sections, 'vectors', dimension),
      askVectors: dimension === null ? null : vectorIndexFrom(sections, 'askVectors', dimension),
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
