import type { Library, LibraryProvision } from '../knowledge/library.js';
import { DenseIndex } from './dense-index.js';
import type { EmbeddingModel } from './embedding.js';
import { createExactMatcher, type ExactMatcher } from './exact-match.js';
import { DEFAULT_KEYWORD_PARAMETERS, KeywordIndex, type Field, type KeywordParameters } from './keyword-index.js';
import type { Segment } from './segment.js';

/** How the parts of the search are weighed; chosen on labelled questions (see eval/README.md). */
export interface SearchParameters {
  readonly keyword: KeywordParameters;
  readonly fieldWeights: { readonly title: number; readonly chapter: number; readonly text: number; readonly gist: number };
  readonly weights: SearchWeights;
}

/** Weight of each part of a provision's score. */
export interface SearchWeights {
  /** Keywords in the provision's own words. */
  readonly text: number;
  /** Keywords in its nearest lay question. */
  readonly question: number;
  /** Keywords in all its lay questions together. */
  readonly questions: number;
  /** Cosine to its own words. */
  readonly dense: number;
  /** Cosine to its nearest lay question. */
  readonly denseQuestion: number;
}

/** Weights with an embedding, and without one. */
export const HYBRID_WEIGHTS: SearchWeights = { text: 1, question: 0.5, questions: 0.25, dense: 1.5, denseQuestion: 0.5 };
export const KEYWORD_WEIGHTS: SearchWeights = { text: 1, question: 0.7, questions: 0.5, dense: 0, denseQuestion: 0 };
export const DENSE_WEIGHTS: SearchWeights = { text: 0, question: 0, questions: 0, dense: 1, denseQuestion: 0.25 };

export const DEFAULT_SEARCH_PARAMETERS: SearchParameters = {
  keyword: DEFAULT_KEYWORD_PARAMETERS,
  fieldWeights: { title: 1, chapter: 0.5, text: 1, gist: 1 },
  weights: HYBRID_WEIGHTS,
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
  /** Cosine of question and provision; 0 without an embedding. */
  readonly denseScore: number;
  /** Cosine of question and nearest lay question. */
  readonly denseQuestionScore: number;
}

export interface SearchEngine {
  /** The best `limit` provisions, best first. A question without a known word finds nothing. */
  search(question: string, limit: number): SearchHit[];
  readonly exact: ExactMatcher;
  readonly size: number;
}

/** Greatest number of characters of a question that are looked up; what people write beyond that is story. */
const QUESTION_LIMIT = 1000;
const POOL = 300;

/**
 * Builds the search over a library: exact law-and-article match first; then keywords and, where a model is given, the
 * embedding, both over each provision's own words (title, chapter, official text, gist) and over its lay questions.
 * @param onProgress called now and then with the share done, 0 to 1
 */
export function buildSearch(
  library: Library,
  segment: Segment,
  model: EmbeddingModel | null,
  parameters: SearchParameters = { ...DEFAULT_SEARCH_PARAMETERS, weights: model ? HYBRID_WEIGHTS : KEYWORD_WEIGHTS },
  onProgress?: (share: number) => void,
): SearchEngine {
  const { provisions } = library;
  const { keyword, weights } = parameters;
  const questions = provisions.flatMap((provision) => (provision.gist?.questions ?? []).map((text) => ({ text, id: provision.id })));
  const asked = provisions.filter((provision) => (provision.gist?.questions.length ?? 0) > 0);
  const one = (text: string): Field[] => [{ text, weight: 1 }];

  const texts = new KeywordIndex(
    mapIterable(provisions, (provision) => fieldsOf(provision, parameters)),
    segment,
    keyword,
    (done) => onProgress?.(done / provisions.length),
  );
  const eachQuestion = new KeywordIndex(
    mapIterable(questions, ({ text }) => one(text)),
    segment,
    keyword,
  );
  const allQuestions = new KeywordIndex(
    mapIterable(asked, (provision) => one((provision.gist?.questions ?? []).join('\n'))),
    segment,
    keyword,
  );
  const dense = model && weights.dense > 0 ? new DenseIndex(provisions.map(provisionText), segment, model) : null;
  const denseQuestions =
    model && weights.denseQuestion > 0
      ? new DenseIndex(
          questions.map(({ text }) => text),
          segment,
          model,
        )
      : null;
  const exact = createExactMatcher(library.names, new Set(library.byKey.keys()));

  return {
    exact,
    size: provisions.length,
    search(question, limit) {
      const text = question.slice(0, QUESTION_LIMIT);
      const pool = Math.max(POOL, limit);
      const parts = new Map<number, Parts>();
      const put = (id: number | undefined, part: keyof Parts, score: number): void => {
        if (id === undefined) return;
        const known = parts.get(id) ?? { text: 0, question: 0, questions: 0, dense: 0, denseQuestion: 0 };
        known[part] = Math.max(known[part], score);
        parts.set(id, known);
      };
      for (const hit of texts.search(text, pool)) put(hit.doc, 'text', hit.score);
      for (const hit of eachQuestion.search(text, pool)) put(questions[hit.doc]?.id, 'question', hit.score);
      for (const hit of allQuestions.search(text, pool)) put(asked[hit.doc]?.id, 'questions', hit.score);
      for (const hit of dense?.search(text, pool) ?? []) put(hit.doc, 'dense', hit.score);
      for (const hit of denseQuestions?.search(text, pool) ?? []) put(questions[hit.doc]?.id, 'denseQuestion', hit.score);
      const named = exact.provisions(text);
      for (const key of named) put(library.byKey.get(key)?.id, 'text', 0);

      const hits = [...parts].map(([id, part]): SearchHit => {
        const provision = provisions[id] as LibraryProvision;
        const order = named.indexOf(provision.key);
        const score =
          weights.text * part.text +
          weights.question * part.question +
          weights.questions * part.questions +
          weights.dense * part.dense +
          weights.denseQuestion * part.denseQuestion +
          (order === -1 ? 0 : 10 - order / 100);
        return {
          provision,
          score,
          exact: order !== -1,
          textScore: part.text,
          questionScore: part.question,
          denseScore: part.dense,
          denseQuestionScore: part.denseQuestion,
        };
      });
      return hits.sort((a, b) => b.score - a.score || a.provision.id - b.provision.id).slice(0, limit);
    },
  };
}

type Parts = Record<keyof SearchWeights, number>;

/** What a provision is embedded as: its law's title, its chapter, and its words. */
export function provisionText(provision: LibraryProvision): string {
  const own = provision.gist === null ? '' : `${provision.gist.plain}\n${provision.gist.rule}`;
  return [provision.law.title, provision.chapter ?? '', provision.official ?? '', own].join('\n');
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
