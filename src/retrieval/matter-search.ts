import type { Matter } from '../knowledge/parse-matter.js';
import { embed, type EmbeddingModel } from './embedding.js';
import { DEFAULT_KEYWORD_PARAMETERS, KeywordIndex, type KeywordHit, type KeywordParameters } from './keyword-index.js';
import type { Segment } from './segment.js';
import { listTerms } from './terms.js';
import { ExactVectorIndex } from './vector-index.js';

/** A matter found, with the parts of its score, each from 0 to 1. */
export interface MatterHit {
  readonly matter: Matter;
  readonly score: number;
  /** Share of the question that the nearest way of asking covers. */
  readonly askScore: number;
  /** Share of the question that all the matter's words cover. */
  readonly textScore: number;
  /** Cosine of the question and the nearest way of asking; 0 without an embedding. */
  readonly denseScore: number;
}

export interface MatterSearch {
  /** The best `limit` matters, best first. */
  search(question: string, limit: number): MatterHit[];
}

/** Weights of the parts with an embedding, and without one; each set sums to one. */
const HYBRID = { ask: 0.25, text: 0.25, dense: 0.5 };
const KEYWORD = { ask: 0.5, text: 0.5, dense: 0 };
const POOL = 60;
const QUESTION_LIMIT = 600;

/** Builds the search over matters: by the ways they are asked one by one, and by all their words together. */
export function buildMatterSearch(
  matters: readonly Matter[],
  segment: Segment,
  model: EmbeddingModel | null,
  parameters: KeywordParameters = DEFAULT_KEYWORD_PARAMETERS,
): MatterSearch {
  const weights = model ? HYBRID : KEYWORD;
  const asks = matters.flatMap((matter, index) => [matter.title, ...matter.asks].map((text) => ({ text, index })));
  const terms = asks.map(({ text }) => listTerms(text, segment));
  const askIndex = KeywordIndex.build(
    terms.map((list) => [{ terms: list, weight: 1 }]),
    parameters,
  );
  const textIndex = KeywordIndex.build(
    matters.map((matter) => [
      { terms: listTerms([matter.title, ...matter.asks].join('\n'), segment), weight: 1 },
      { terms: listTerms(matter.answer.map((statement) => statement.text).join('\n'), segment), weight: 0.5 },
    ]),
    parameters,
  );
  const vectors = model
    ? ExactVectorIndex.build(
        terms.map((list) => embed([list], model)),
        model.dimension,
      )
    : null;
  const hitsOf = (question: string): MatterHit[] => {
    const asked = listTerms(question.slice(0, QUESTION_LIMIT), segment);
    const nearest = (hits: readonly KeywordHit[]): Map<number, number> => {
      const scores = new Map<number, number>();
      for (const hit of hits) {
        const index = asks[hit.doc]?.index;
        if (index !== undefined && !scores.has(index)) scores.set(index, hit.score);
      }
      return scores;
    };
    const askScores = nearest(askIndex.search(asked, POOL));
    const denseScores = nearest(model && vectors ? vectors.nearest(embed([asked], model), POOL) : []);
    const textScores = new Map(textIndex.search(asked, POOL).map((hit) => [hit.doc, hit.score]));
    return [...new Set([...askScores.keys(), ...textScores.keys(), ...denseScores.keys()])]
      .map((index): MatterHit => {
        const askScore = askScores.get(index) ?? 0;
        const textScore = textScores.get(index) ?? 0;
        const denseScore = denseScores.get(index) ?? 0;
        const score = weights.ask * askScore + weights.text * textScore + weights.dense * denseScore;
        return { matter: matters[index] as Matter, askScore, textScore, denseScore, score };
      })
      .sort((a, b) => b.score - a.score || (a.matter.file < b.matter.file ? -1 : 1));
  };
  /** Of the last question: one answer looks at the same one more than once. */
  let last: { readonly question: string; readonly hits: readonly MatterHit[] } | null = null;
  return {
    search(question, limit) {
      if (last?.question !== question) last = { question, hits: hitsOf(question) };
      return last.hits.slice(0, limit);
    },
  };
}
