import { LAW_LEVELS } from '../domain/law.js';
import type { Library, LibraryProvision } from '../knowledge/library.js';
import type { Matter } from '../knowledge/parse-matter.js';
import type { Synonyms } from '../knowledge/parse-synonyms.js';
import { createTreeScorer } from './boosted-trees.js';
import { embed } from './embedding.js';
import { createExactMatcher, type ExactMatcher } from './exact-match.js';
import { expandQuestion } from './expand-question.js';
import {
  askLinks,
  askedProvisions,
  buildIndexes,
  indexIdentity,
  lawsOf,
  openIndexes,
  storedIndexes,
  type AskLink,
  type FieldWeights,
  type SearchIndexes,
} from './indexes.js';
import { DEFAULT_KEYWORD_PARAMETERS, topK, type KeywordHit, type KeywordParameters } from './keyword-index.js';
import { NOISE, placeLearnedLinks } from './learned-links.js';
import type { RetrievalModel } from './model.js';
import type { IndexStore, VectorIndex } from './ports.js';
import { rankCandidates, rankerScore } from './rank-candidates.js';
import { RANKING_FEATURES } from './ranking-features.js';
import type { Segment } from './segment.js';
import type { RemoteVectors } from './remote-vectors.js';
import { listTerms, longTerms } from './terms.js';
import type { ExactVectorIndex } from './vector-index.js';

/** How the parts of the search are built and weighed; chosen on labelled questions (see eval/README.md). */
export interface SearchParameters {
  readonly keyword: KeywordParameters;
  readonly fieldWeights: FieldWeights;
  /** Used where there is no learned ranker. */
  readonly weights: SearchWeights;
}

/** Weight of each part of a provision's score. */
export interface SearchWeights {
  /** Keywords in the provision's own words. */
  readonly text: number;
  /** Keywords in the nearest way of asking that leads to it. */
  readonly ask: number;
  /** Keywords in all its ways of asking together. */
  readonly askPool: number;
  /** Cosine to its own words. */
  readonly dense: number;
  /** Cosine to the nearest way of asking. */
  readonly askDense: number;
}

/** Weights with an embedding, without one, and of the embedding alone. */
export const HYBRID_WEIGHTS: SearchWeights = { text: 1, ask: 0.5, askPool: 0.25, dense: 1.5, askDense: 0.5 };
export const KEYWORD_WEIGHTS: SearchWeights = { text: 1, ask: 0.7, askPool: 0.5, dense: 0, askDense: 0 };
export const DENSE_WEIGHTS: SearchWeights = { text: 0, ask: 0, askPool: 0, dense: 1, askDense: 0.25 };

export const DEFAULT_SEARCH_PARAMETERS: SearchParameters = {
  keyword: DEFAULT_KEYWORD_PARAMETERS,
  fieldWeights: { title: 1, chapter: 0.5, text: 1, gist: 1 },
  weights: HYBRID_WEIGHTS,
};

/** A provision found, with the parts of its score. The parts are from 0 to 1. */
export interface SearchHit {
  readonly provision: LibraryProvision;
  readonly score: number;
  /** The question names this provision. */
  readonly exact: boolean;
  /** Share of the question that the provision's own text covers. */
  readonly textScore: number;
  /** Share of the question that the nearest way of asking covers; 0 where there is none. */
  readonly questionScore: number;
  /** Cosine of question and provision; 0 without an embedding. */
  readonly denseScore: number;
  /** Cosine of question and nearest way of asking. */
  readonly denseQuestionScore: number;
}

/** Provisions that any part of the search has found, with what the ranker looks at. */
export interface Candidates {
  readonly ids: readonly number[];
  /** Candidates × `RANKING_FEATURES`. */
  readonly features: Float32Array;
}

export interface SearchEngine {
  /**
   * The best `limit` provisions, best first. A question without a known word finds nothing.
   * @throws VectorWanted where questions are embedded elsewhere and this one has not been
   */
  search(question: string, limit: number): SearchHit[];
  /** What the ranker is given. */
  candidates(question: string): Candidates;
  readonly exact: ExactMatcher;
  readonly size: number;
}

/** What a search is made of. */
export interface SearchParts {
  readonly library: Library;
  readonly links: readonly AskLink[];
  readonly indexes: SearchIndexes;
  readonly segment: Segment;
  readonly model: Partial<RetrievalModel> | null;
  readonly weights: SearchWeights;
  /** The statute's words for what a question says in everyday words. */
  readonly synonyms: Synonyms;
  /** Takes the place of our own embedding. */
  readonly remote?: RemoteVectors;
  /** Finds the nearest provisions instead of comparing with every one; cosines are still exact. */
  readonly graph?: VectorIndex;
}

/** Greatest number of characters of a question that are looked up; what people write beyond that is story. */
const QUESTION_LIMIT = 1000;
/** How many candidates each part of the search gives. */
const POOL = { text: 150, synonym: 30, dense: 150, learned: 80, learnedPool: 60, ask: 40, askPool: 40, askDense: 60 };
/** Provisions so near in the library's order and of the same law lend their score to a provision as context. */
const NEIGHBOURS = [-2, -1, 1, 2];
/** How many of the best say which law a question is about. */
const LAW_VOTERS = 50;

const NO_SYNONYMS: Synonyms = new Map();

/**
 * Builds the search over a library: exact law-and-article match first; then keywords and, where a model is given, the
 * embedding, both over each provision's own words and over the ways of asking that lead to it; put in order by the
 * learned ranker, or by weights where there is none.
 * @param onProgress called now and then with the share done, 0 to 1
 */
export function buildSearch(
  library: Library,
  segment: Segment,
  model: Partial<RetrievalModel> | null,
  options: {
    readonly parameters?: SearchParameters;
    readonly matters?: readonly Matter[];
    readonly synonyms?: Synonyms;
    readonly remote?: RemoteVectors | undefined;
    /** Makes a graph over the provisions' vectors; `identity` names what they were made from. */
    readonly graph?: ((vectors: ExactVectorIndex, identity: string) => VectorIndex) | undefined;
    /** Where indexes are taken from and kept; without one they are built. */
    readonly store?: IndexStore | undefined;
    readonly onProgress?: ((share: number) => void) | undefined;
  } = {},
): SearchEngine {
  const parameters = options.parameters ?? defaultParameters(model?.embedding !== undefined || options.remote !== undefined);
  const links = askLinks(library, options.matters ?? []);
  // with an embedding elsewhere, ours is not needed
  const embedding = options.remote ? null : (model?.embedding ?? null);
  const build = (): SearchIndexes => buildIndexes(library, links, segment, embedding, parameters, options.onProgress);
  const identity = indexIdentity(library, links, embedding && (model?.identity ?? 'unnamed'), parameters);
  const indexes = options.store ? stored(options.store, identity, parameters, build) : build();
  const vectors = options.remote?.vectors ?? indexes.vectors;
  return createSearch({
    library,
    links,
    indexes,
    segment,
    model,
    weights: parameters.weights,
    synonyms: options.synonyms ?? NO_SYNONYMS,
    ...(options.remote ? { remote: options.remote } : {}),
    ...(options.graph && vectors
      ? { graph: options.graph(vectors, options.remote ? `${identity} ${options.remote.name}` : identity) }
      : {}),
  });
}

function stored(store: IndexStore, identity: string, parameters: SearchParameters, build: () => SearchIndexes): SearchIndexes {
  const found = store.load(identity);
  const known = found && openIndexes(found, parameters.keyword);
  if (known) return known;
  const built = build();
  store.save(identity, storedIndexes(built));
  return built;
}

/** The parameters for a search with or without an embedding. */
export function defaultParameters(embedded: boolean): SearchParameters {
  return { ...DEFAULT_SEARCH_PARAMETERS, weights: embedded ? HYBRID_WEIGHTS : KEYWORD_WEIGHTS };
}

/** The search over indexes that are there already. */
export function createSearch(parts: SearchParts): SearchEngine {
  const { library, links, segment, weights, synonyms, remote, graph } = parts;
  // trees and links were learnt with our own embedding and mean nothing with another
  const model = remote ? null : parts.model;
  const indexes = remote ? { ...parts.indexes, vectors: remote.vectors, askVectors: remote.askVectors } : parts.indexes;
  const { provisions } = library;
  const size = provisions.length;
  const { lawOf } = lawsOf(library);
  const asked = [...askedProvisions(links).keys()];
  const linkTargets = Int32Array.from(links.flatMap(({ targets }) => targets));
  const linkStarts = new Int32Array(links.length + 1);
  links.forEach(({ targets }, link) => (linkStarts[link + 1] = (linkStarts[link] as number) + targets.length));
  const learned = model?.learned ? placeLearnedLinks(model.learned, library, lawOf) : null;
  const ranker = model?.ranker ? createTreeScorer(model.ranker) : null;
  const exact = createExactMatcher(library.names, new Set(library.byKey.keys()));
  const lengths = Float32Array.from(provisions, ({ official, gist }) => Math.log1p((official ?? gist?.rule ?? '').length));
  const levels = Float32Array.from(provisions, ({ law }) => (law.level === null ? LAW_LEVELS.length : LAW_LEVELS.indexOf(law.level)));
  const synonym = new Float32Array(size);
  const ask = new Float32Array(size);
  const askPool = new Float32Array(size);
  const askDense = new Float32Array(size);
  const askSum = new Float32Array(size);
  const learnedDense = new Float32Array(size);
  const learnedSum = new Float32Array(size);
  const learnedPool = new Float32Array(size);
  const lawDense = new Float32Array(indexes.titles.size);
  const lawText = new Float32Array(indexes.titles.size);

  /** Cosine of each provision asked for, and the nearest provisions. */
  const nearest = (vector: Float32Array | null): [(id: number) => number, KeywordHit[]] => {
    const { vectors } = indexes;
    if (!vector || !vectors) return [() => 0, []];
    if (graph) {
      const hits = graph.nearest(vector, POOL.dense);
      vectors.setQuery(vector);
      return [(id) => vectors.cosine(id), hits];
    }
    const cosines = vectors.cosines(vector);
    return [(id) => cosines[id] as number, topK(cosines, POOL.dense)];
  };

  const gather = (question: string): Gathered => {
    const text = question.slice(0, QUESTION_LIMIT);
    const terms = listTerms(text, segment);
    const vector = remote ? remote.of(text) : model?.embedding && indexes.vectors ? embed([terms], model.embedding) : null;
    const found = new Set<number>();
    const take = (hits: readonly KeywordHit[], target: (doc: number) => number): void => {
      for (const { doc } of hits) found.add(target(doc));
    };
    const self = (doc: number): number => doc;

    const expanded = expandQuestion(text, synonyms);
    synonym.fill(0);
    if (expanded.length > 0) {
      // no single characters are asked for, so that the longer terms are the whole score
      synonym.set(indexes.texts.scores(longTerms(listTerms(expanded.join('，'), segment))).words);
      take(topK(synonym, POOL.synonym), self);
    }
    const scores = indexes.texts.scores(terms);
    const whole = indexes.texts.total(scores);
    const textHits = topK(whole, POOL.text);
    take(textHits, self);
    const titles = indexes.titles.total(indexes.titles.scores(terms));
    const [dense, denseHits] = nearest(vector);
    take(denseHits, self);

    for (const id of asked) ask[id] = askPool[id] = askDense[id] = askSum[id] = 0;
    const askHits = indexes.asks.search(terms, 4 * POOL.ask);
    for (const { doc, score } of askHits) raise(ask, links[doc]?.targets ?? [], score);
    for (const { doc } of askHits.slice(0, POOL.ask)) for (const id of links[doc]?.targets ?? []) found.add(id);
    const poolHits = indexes.askPools.search(terms, 4 * POOL.askPool);
    for (const { doc, score } of poolHits) askPool[asked[doc] as number] = score;
    take(poolHits.slice(0, POOL.askPool), (doc) => asked[doc] as number);
    if (vector && indexes.askVectors) {
      const cosines = indexes.askVectors.cosines(vector);
      for (let link = 0; link < cosines.length; link++) {
        const cosine = cosines[link] as number;
        if (cosine <= 0) continue;
        const cubed = cosine > NOISE ? cosine ** 3 : 0;
        const end = linkStarts[link + 1] as number;
        for (let at = linkStarts[link] as number; at < end; at++) {
          const id = linkTargets[at] as number;
          if (cosine > (askDense[id] as number)) askDense[id] = cosine;
          if (cubed > 0) askSum[id] = (askSum[id] as number) + cubed;
        }
      }
      take(topAmong(askDense, asked, POOL.askDense), self);
    }

    if (learned && vector) {
      for (const id of learned.known) learnedDense[id] = learnedSum[id] = learnedPool[id] = 0;
      learned.score(vector, learnedDense, learnedSum);
      take(topAmong(learnedDense, learned.known, POOL.learned), self);
      const hits = learned.pools.search(terms, 4 * POOL.learnedPool);
      for (const { doc, score } of hits) {
        const id = learned.ids[doc] as number;
        if (id !== -1) learnedPool[id] = score;
      }
      take(hits.slice(0, POOL.learnedPool), (doc) => learned.ids[doc] as number);
      found.delete(-1);
    }
    const named = exact.provisions(text).flatMap((key) => library.byKey.get(key)?.id ?? []);
    for (const id of named) found.add(id);
    return { text, ids: [...found], named, textHits, denseHits, whole, characters: scores.characters, titles, dense };
  };

  const describe = (gathered: Gathered): Float32Array => {
    const { text, ids, named, textHits, denseHits, whole, characters, titles, dense } = gathered;
    const width = RANKING_FEATURES.length;
    const features = new Float32Array(ids.length * width);
    const textRank = new Map(textHits.map(({ doc }, rank) => [doc, rank]));
    const denseRank = new Map(denseHits.map(({ doc }, rank) => [doc, rank]));
    lawDense.fill(0);
    lawText.fill(0);
    for (const { doc, score } of denseHits.slice(0, LAW_VOTERS)) add(lawDense, lawOf[doc] as number, score ** 2);
    for (const { doc, score } of textHits.slice(0, LAW_VOTERS)) add(lawText, lawOf[doc] as number, score ** 2);
    const topText = textHits[0]?.score ?? 0;
    const topDense = denseHits[0]?.score ?? 0;
    const topAsk = greatest(askDense, asked);
    const topLearned = learned ? greatest(learnedDense, learned.known) : 0;
    ids.forEach((id, row) => {
      const law = lawOf[id] as number;
      let neighbourText = 0;
      let neighbourDense = 0;
      for (const step of NEIGHBOURS) {
        if (lawOf[id + step] !== law) continue;
        neighbourText = Math.max(neighbourText, whole[id + step] as number);
        neighbourDense = Math.max(neighbourDense, dense(id + step));
      }
      // in the order of RANKING_FEATURES; no array in between, which would cost more than the arithmetic
      let at = row * width;
      features[at++] = whole[id] as number;
      features[at++] = characters[id] as number;
      features[at++] = synonym[id] as number;
      features[at++] = titles[law] as number;
      features[at++] = ask[id] as number;
      features[at++] = askPool[id] as number;
      features[at++] = askDense[id] as number;
      features[at++] = askSum[id] as number;
      features[at++] = learnedPool[id] as number;
      features[at++] = learnedDense[id] as number;
      features[at++] = learnedSum[id] as number;
      features[at++] = dense(id);
      features[at++] = learned ? (learned.uses[id] as number) : 0;
      features[at++] = learned ? (learned.lawUses[law] as number) : 0;
      features[at++] = lawText[law] as number;
      features[at++] = lawDense[law] as number;
      features[at++] = neighbourText;
      features[at++] = neighbourDense;
      features[at++] = topText === 0 ? 0 : (whole[id] as number) / topText;
      features[at++] = topDense === 0 ? 0 : dense(id) / topDense;
      features[at++] = textRank.get(id) ?? POOL.text;
      features[at++] = denseRank.get(id) ?? POOL.dense;
      features[at++] = topText;
      features[at++] = topDense;
      features[at++] = topAsk;
      features[at++] = topLearned;
      features[at++] = lengths[id] as number;
      features[at++] = levels[id] as number;
      features[at++] = named.includes(id) ? 1 : 0;
      features[at++] = text.length;
    });
    return features;
  };

  return {
    exact,
    size,
    candidates(question) {
      const gathered = gather(question);
      return { ids: gathered.ids, features: describe(gathered) };
    },
    search(question, limit) {
      const gathered = gather(question);
      const { ids, named, whole, dense } = gathered;
      const sums = ranker ? rankCandidates(ranker, describe(gathered), ids.length, limit) : null;
      const scored = ids.map((id, row) => {
        const order = named.indexOf(id);
        const own = sums
          ? rankerScore(sums[row] as number)
          : weights.text * (whole[id] as number) +
            weights.ask * (ask[id] as number) +
            weights.askPool * (askPool[id] as number) +
            weights.dense * Math.max(0, dense(id)) +
            weights.askDense * (askDense[id] as number);
        return { id, score: own + (order === -1 ? 0 : 10 - order / 100), exact: order !== -1 };
      });
      return scored
        .sort((a, b) => b.score - a.score || a.id - b.id)
        .slice(0, limit)
        .map(({ id, score, exact: isNamed }): SearchHit => ({
          provision: provisions[id] as LibraryProvision,
          score,
          exact: isNamed,
          textScore: whole[id] as number,
          questionScore: ask[id] as number,
          denseScore: Math.max(0, dense(id)),
          denseQuestionScore: askDense[id] as number,
        }));
    },
  };
}

/** Scores of one question, by provision. The arrays are overwritten by the next question. */
interface Gathered {
  readonly text: string;
  readonly ids: readonly number[];
  readonly named: readonly number[];
  readonly textHits: readonly KeywordHit[];
  readonly denseHits: readonly KeywordHit[];
  readonly whole: Float32Array;
  readonly characters: Float32Array;
  /** By law. */
  readonly titles: Float32Array;
  /** Cosine of the question and a provision. */
  readonly dense: (id: number) => number;
}

function raise(scores: Float32Array, ids: readonly number[], score: number): void {
  for (const id of ids) if (score > (scores[id] as number)) scores[id] = score;
}

function add(sums: Float32Array, at: number, value: number): void {
  sums[at] = (sums[at] as number) + value;
}

function greatest(scores: Float32Array, ids: ArrayLike<number>): number {
  let most = 0;
  for (let at = 0; at < ids.length; at++) most = Math.max(most, scores[ids[at] as number] as number);
  return most;
}

/** The greatest scores of some provisions, where all others have none. */
function topAmong(scores: Float32Array, ids: ArrayLike<number>, limit: number): KeywordHit[] {
  const among = new Float32Array(ids.length);
  for (let at = 0; at < ids.length; at++) among[at] = scores[ids[at] as number] as number;
  return topK(among, limit).map(({ doc, score }) => ({ doc: ids[doc] as number, score }));
}
