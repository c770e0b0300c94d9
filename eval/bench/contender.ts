import type { OfficialLaw } from '../../src/knowledge/library.js';
import type { EmbeddingModel } from '../../src/retrieval/embedding.js';
import type { RetrievalModel } from '../../src/retrieval/model.js';
import type { Segment } from '../../src/retrieval/segment.js';

/** A provision as every contender is given it. */
export interface BenchDocument {
  /** `provisionKey` of law and article. */
  readonly key: string;
  /**
   * Title, chapter and text, a line each: one field, which none of the libraries does worse with than with three of equal
   * weight (Orama: R@10 0.36 instead of 0.27, MiniSearch 0.40 instead of 0.38, FTS5 the same on 200 questions).
   */
  readonly text: string;
}

/** The same corpus twice: as the library takes it, and flat. */
export interface BenchCorpus {
  readonly laws: readonly OfficialLaw[];
  readonly documents: readonly BenchDocument[];
}

/** A search that is measured. Runs in a process of its own. */
export interface Contender {
  readonly name: string;
  build(): void | Promise<void>;
  /** Stores the index and takes it up in place of the built one: seconds that taking it up took. Absent: cannot. */
  saveAndLoad?(): number | Promise<number>;
  /** Keys of the best provisions, best first. */
  search(question: string, limit: number): readonly string[] | Promise<readonly string[]>;
}

/** What a contender is made from. */
export interface ContenderInput {
  /**
   * Hands the corpus over, once, and keeps nothing: texts that a contender does not hold are not in its memory.
   * To be called in `build`.
   */
  readonly takeCorpus: () => BenchCorpus;
  readonly segment: Segment;
  /** The jieba words of a text in order, as `segment` gives them: the tokenizer of every contender that needs one. */
  readonly words: (text: string) => string[];
  /** The trained model of the knowledge folder; null where there is none. */
  readonly model: RetrievalModel | null;
  /** @throws BaimiError `unavailable` where the knowledge folder holds no model */
  embedding(): EmbeddingModel;
  /** An empty folder for what the contender stores. */
  readonly folder: string;
}

export type CreateContender = (input: ContenderInput) => Contender;

/** The jieba words of a text, in order, with repetitions. Single characters are no words here, for anyone. */
export function createWords(segment: Segment): (text: string) => string[] {
  return (text) => {
    const words: string[] = [];
    // `segment` marks words with "="
    segment(text, (term, kind) => {
      if (kind === 'word') words.push(term.slice(1));
    });
    return words;
  };
}

/** Seconds that something took. */
export async function secondsOf(run: () => unknown): Promise<number> {
  const before = performance.now();
  await run();
  return (performance.now() - before) / 1000;
}
