import type { Library, LibraryProvision } from '../knowledge/library.js';
import { createExactMatcher, type ExactMatcher } from './exact-match.js';
import { DEFAULT_KEYWORD_PARAMETERS, KeywordIndex, type Field, type KeywordParameters } from './keyword-index.js';
import type { Segment } from './segment.js';

/** How the parts of the search are weighed; chosen on labelled questions (see eval/README.md). */
export interface SearchParameters {
  readonly keyword: KeywordParameters;
  readonly fieldWeights: { readonly title: number; readonly chapter: number; readonly text: number; readonly gist: number };
  /** Weight of the nearest lay question of a provision beside its text. */
  readonly questionWeight: number;
}

export const DEFAULT_SEARCH_PARAMETERS: SearchParameters = {
  keyword: DEFAULT_KEYWORD_PARAMETERS,
  fieldWeights: { title: 1, chapter: 0.5, text: 1, gist: 1 },
  questionWeight: 0.7,
};

/** A provision found, with the parts of its score. All scores but `score` are from 0 to 1. */
export interface SearchHit {
  readonly provision: LibraryProvision;
  readonly score: number;
  /** The question names this provision. */
  readonly exact: boolean;
  /** Share of the question that the provision's own text covers. */
  readonly textScore: number;
  /** Share of the question that the nearest lay question covers; 0 where there is none. */
  readonly questionScore: number;
}

export interface SearchEngine {
  /** The best `limit` provisions, best first. A question without a known word finds nothing. */
  search(question: string, limit: number): SearchHit[];
  readonly exact: ExactMatcher;
  readonly size: number;
}

/** Greatest number of characters of a question that are looked up; what people write beyond that is story. */
const QUESTION_LIMIT = 1000;
const POOL = 200;

/**
 * Builds the search over a library: exact law-and-article match first, then keywords over title, chapter, official
 * text and gist, joined with the lay questions of each provision.
 * @param onProgress called now and then with the share done, 0 to 1
 */
export function buildSearch(
  library: Library,
  segment: Segment,
  parameters: SearchParameters = DEFAULT_SEARCH_PARAMETERS,
  onProgress?: (share: number) => void,
): SearchEngine {
  const { provisions } = library;
  const texts = new KeywordIndex(
    mapIterable(provisions, (provision) => fieldsOf(provision, parameters)),
    segment,
    parameters.keyword,
    (done) => onProgress?.(done / provisions.length),
  );
  const questions = provisions.flatMap((provision) => (provision.gist?.questions ?? []).map((text) => ({ text, id: provision.id })));
  const lay = new KeywordIndex(
    mapIterable(questions, ({ text }) => [{ text, weight: 1 }]),
    segment,
    parameters.keyword,
  );
  const exact = createExactMatcher(library.names, new Set(library.byKey.keys()));

  return {
    exact,
    size: provisions.length,
    search(question, limit) {
      const text = question.slice(0, QUESTION_LIMIT);
      const pool = Math.max(POOL, limit);
      const textScores = new Map(texts.search(text, pool).map((hit) => [hit.doc, hit.score]));
      const questionScores = new Map<number, number>();
      for (const hit of lay.search(text, POOL)) {
        const id = questions[hit.doc]?.id;
        if (id !== undefined && !questionScores.has(id)) questionScores.set(id, hit.score);
      }
      const named = exact.provisions(text);
      const ids = new Set([...textScores.keys(), ...questionScores.keys()]);
      for (const key of named) {
        const provision = library.byKey.get(key);
        if (provision) ids.add(provision.id);
      }
      const hits = [...ids].map((id): SearchHit => {
        const provision = provisions[id] as LibraryProvision;
        const textScore = textScores.get(id) ?? 0;
        const questionScore = questionScores.get(id) ?? 0;
        const order = named.indexOf(provision.key);
        const score = textScore + parameters.questionWeight * questionScore + (order === -1 ? 0 : 10 - order / 100);
        return { provision, score, exact: order !== -1, textScore, questionScore };
      });
      return hits.sort((a, b) => b.score - a.score || a.provision.id - b.provision.id).slice(0, limit);
    },
  };
}

function fieldsOf(provision: LibraryProvision, { fieldWeights }: SearchParameters): Field[] {
  const fields: Field[] = [{ text: provision.law.title, weight: fieldWeights.title }];
  if (provision.chapter !== null) fields.push({ text: provision.chapter, weight: fieldWeights.chapter });
  if (provision.official !== null) fields.push({ text: provision.official, weight: fieldWeights.text });
  if (provision.gist) fields.push({ text: `${provision.gist.plain}\n${provision.gist.rule}`, weight: fieldWeights.gist });
  return fields;
}

function* mapIterable<T, U>(items: Iterable<T>, map: (item: T) => U): Generator<U> {
  for (const item of items) yield map(item);
}
