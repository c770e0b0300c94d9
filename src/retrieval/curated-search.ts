import type { CuratedAnswer } from '../domain/curated-answer.js';
import { embed, type EmbeddingModel } from './embedding.js';
import { overlapOf, wordingOf, type Wording } from './same-wording.js';
import type { Segment } from './segment.js';
import { listTerms } from './terms.js';

/** A curated answer to a question asked in nearly these words. */
export interface CuratedHit {
  readonly curated: CuratedAnswer;
  /** 0 to 1; 1 where nothing but greetings and particles differ. */
  readonly score: number;
}

export interface CuratedSearch {
  /** The curated answer whose question this is; null where none is asked in nearly the same words. */
  nearest(question: string): CuratedHit | null;
}

/**
 * Least likeness of words and of meaning. Far above what search needs, because a hit outranks everything that is looked up:
 * a question that is merely similar (八级 for 十级, 签了 for 没签, 公司 for 工头) must not be answered with another's answer.
 */
const LEAST_OVERLAP = 0.8;
const LEAST_COSINE = 0.85;

interface Ask {
  readonly curated: CuratedAnswer;
  readonly wording: Wording;
  readonly vector: Float32Array | null;
}

/**
 * Builds the search over approved curated answers. Two wordings match when they differ in greetings, particles, equal ways of
 * asking and the order of words only; every character that carries meaning stands in both, the same things are denied, the
 * same people do things to each other, and the embedding finds the two alike.
 */
export function buildCuratedSearch(curated: readonly CuratedAnswer[], segment: Segment, embedding: EmbeddingModel | null): CuratedSearch {
  const vectorOf = ({ text }: Wording): Float32Array | null => embedding && embed([listTerms(text, segment)], embedding);
  const byCharacters = new Map<string, Ask[]>();
  for (const answer of curated.filter(({ status }) => status === 'approved')) {
    for (const text of answer.asks) {
      const wording = wordingOf(text);
      const asks = byCharacters.get(wording.characters) ?? [];
      byCharacters.set(wording.characters, [...asks, { curated: answer, wording, vector: vectorOf(wording) }]);
    }
  }
  return {
    nearest(question) {
      const asked = wordingOf(question);
      if (asked.text.length < 2) return null;
      const vector = vectorOf(asked);
      let best: CuratedHit | null = null;
      for (const ask of byCharacters.get(asked.characters) ?? []) {
        const score = likeness(asked, vector, ask);
        if (score !== null && (best === null || isBetter(ask.curated, score, best))) best = { curated: ask.curated, score };
      }
      return best;
    },
  };
}

/** Null: the two are not the same question. */
function likeness(asked: Wording, vector: Float32Array | null, { wording, vector: known }: Ask): number | null {
  if (asked.text === wording.text) return 1;
  if (asked.ordered || asked.roles !== wording.roles || asked.denied !== wording.denied) return null;
  const overlap = overlapOf(asked.text, wording.text);
  if (overlap < LEAST_OVERLAP) return null;
  if (!vector || !known) return overlap;
  const cosine = vector.reduce((sum, value, at) => sum + value * (known[at] as number), 0);
  return cosine < LEAST_COSINE ? null : (overlap + cosine) / 2;
}

/** Of equals the one approved last: it is what the lawyers think now. */
function isBetter(curated: CuratedAnswer, score: number, best: CuratedHit): boolean {
  return score > best.score || (score === best.score && (curated.approvedAt ?? 0) > (best.curated.approvedAt ?? 0));
}
