import { maskPersonalData } from '../domain/mask.js';
import type { Library } from '../knowledge/library.js';
import type { AskLink } from './indexes.js';
import type { Embedder } from './ports.js';
import { ExactVectorIndex } from './vector-index.js';

/** Thrown by a search that needs a question embedded elsewhere: `prepare` it, then ask again. */
export class VectorWanted extends Error {
  override readonly name = 'VectorWanted';

  constructor(readonly question: string) {
    super('the question has to be embedded first');
  }
}

/** Vectors of a corpus and of questions from an embedding elsewhere, which takes the place of our own. */
export interface RemoteVectors {
  /** Name of the model. */
  readonly name: string;
  readonly vectors: ExactVectorIndex;
  readonly askVectors: ExactVectorIndex;
  /**
   * The question's vector; null where the service could not give one, so that keywords search alone.
   * @throws VectorWanted where it has not been asked for yet
   */
  of(question: string): Float32Array | null;
  /** Asks for the vector of a question. Never throws: where the service fails, `onError` is told and `of` gives null for this once. */
  prepare(question: string): Promise<void>;
}

/** Provisions and ways of asking are sent in groups of this size, so that progress can be shown. */
const GROUP = 256;
/** Longest text that is sent, in characters. */
const TEXT_LIMIT = 1000;
/** Vectors of so many questions are kept. */
const KEPT_QUESTIONS = 500;

/**
 * Embeds a corpus elsewhere. What the embedder keeps on disk is not asked for again.
 * @param onProgress share done, 0 to 1
 * @throws BaimiError `unavailable` where the service cannot be reached or answers with something else
 */
export async function embedCorpus(
  library: Library,
  links: readonly AskLink[],
  embedder: Embedder,
  options: {
    readonly onProgress?: ((share: number) => void) | undefined;
    readonly onError?: ((error: unknown) => void) | undefined;
    /** For questions, where a person waits; the same model with shorter patience. */
    readonly questions?: Embedder | undefined;
  } = {},
): Promise<RemoteVectors> {
  const texts = [
    ...library.provisions.map(({ law, chapter, official, gist }) =>
      [law.title, chapter ?? '', official ?? '', gist ? `${gist.plain}\n${gist.rule}` : ''].join('\n').slice(0, TEXT_LIMIT),
    ),
    ...links.map(({ text }) => text),
  ];
  const vectors: Float32Array[] = [];
  for (let at = 0; at < texts.length; at += GROUP) {
    vectors.push(...(await embedder.embed(texts.slice(at, at + GROUP))));
    options.onProgress?.(vectors.length / texts.length);
  }
  const padded = Math.ceil(embedder.dimension / 16) * 16;
  const pad = (vector: Float32Array): Float32Array => {
    if (vector.length === padded) return vector;
    const longer = new Float32Array(padded);
    longer.set(vector);
    return longer;
  };
  const known = new Map<string, Float32Array | null>();
  return {
    name: embedder.name,
    vectors: ExactVectorIndex.build(vectors.slice(0, library.provisions.length).map(pad), padded),
    askVectors: ExactVectorIndex.build(vectors.slice(library.provisions.length).map(pad), padded),
    of(question) {
      const vector = known.get(question);
      if (vector === undefined) throw new VectorWanted(question);
      // a failure holds for one search only
      if (vector === null) known.delete(question);
      return vector;
    },
    async prepare(question) {
      let vector: Float32Array | null = null;
      try {
        const [embedded] =
          question.trim() === '' ? [] : await (options.questions ?? embedder).embed([maskPersonalData(question).slice(0, TEXT_LIMIT)]);
        vector = embedded ? pad(embedded) : null;
      } catch (error) {
        options.onError?.(error);
      }
      const [oldest] = known.keys();
      if (known.size >= KEPT_QUESTIONS && oldest !== undefined) known.delete(oldest);
      known.set(question, vector);
    },
  };
}
