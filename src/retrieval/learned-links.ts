import type { Library } from '../knowledge/library.js';
import type { KeywordIndex } from './keyword-index.js';
import type { ExactVectorIndex } from './vector-index.js';

/**
 * What training questions have taught about provisions: the questions' vectors and weighted terms, tied to the provisions
 * that experts matched with them. Terms are numbers and vectors are bytes; the questions themselves are not kept.
 */
export interface LearnedLinks {
  /** Keys of the provisions that training questions lead to. */
  readonly keys: readonly string[];
  /** By key: how many training questions lead there. */
  readonly uses: Uint16Array;
  /** Question q leads to keys targets[starts[q]] … targets[starts[q + 1] - 1]. */
  readonly starts: Uint32Array;
  readonly targets: Uint32Array;
  /** By question. */
  readonly vectors: ExactVectorIndex;
  /** By key: the terms of all its questions. */
  readonly pools: KeywordIndex;
}

/** Cosines below this are noise when they are summed. */
export const NOISE = 0.3;

/** Learned links by the ids of a library; a key that the library does not hold has id -1. */
export function placeLearnedLinks(links: LearnedLinks, library: Library, lawOf: Int32Array) {
  const ids = Int32Array.from(links.keys, (key) => library.byKey.get(key)?.id ?? -1);
  const uses = new Float32Array(library.provisions.length);
  const lawUses = new Float32Array(lawOf.reduce((most, law) => Math.max(most, law), -1) + 1);
  ids.forEach((id, place) => {
    if (id === -1) return;
    uses[id] = links.uses[place] as number;
    const law = lawOf[id] as number;
    lawUses[law] = (lawUses[law] as number) + (links.uses[place] as number);
  });
  return {
    ids,
    /** Ids that this library holds. */
    known: ids.filter((id) => id !== -1),
    pools: links.pools,
    uses: uses.map(Math.log1p),
    lawUses: lawUses.map(Math.log1p),
    score(vector: Float32Array, nearest: Float32Array, sum: Float32Array): void {
      const cosines = links.vectors.cosines(vector);
      for (let question = 0; question < cosines.length; question++) {
        const cosine = cosines[question] as number;
        if (cosine <= 0) continue;
        const end = links.starts[question + 1] as number;
        for (let at = links.starts[question] as number; at < end; at++) {
          const id = ids[links.targets[at] as number] as number;
          if (id === -1) continue;
          if (cosine > (nearest[id] as number)) nearest[id] = cosine;
          if (cosine > NOISE) sum[id] = (sum[id] as number) + cosine ** 3;
        }
      }
    },
  };
}
