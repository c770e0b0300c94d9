import { provisionKey } from '../../domain/law.js';
import type { Library } from '../../knowledge/library.js';
import type { Matter } from '../../knowledge/parse-matter.js';
import type { TokenTextBuilder } from './corpus.js';
import type { TrainingPairs } from './trainer.js';

/** Texts shorter than this say too little to be found by. */
const TEXT_MIN = 10;

/** Collects pairs; a pair's group is the provision it leads to, or a number of its own. */
export class PairBuilder {
  readonly #queries: number[] = [];
  readonly #documents: number[] = [];
  readonly #groups: number[] = [];
  readonly #positives: (readonly number[])[] = [];
  readonly #negatives: (readonly { text: number; group: number }[])[] = [];

  /**
   * @param positives groups that are right for the query as well
   * @param negatives texts near the query that are wrong
   */
  add(
    query: number,
    document: number,
    group: number,
    positives: readonly number[] = [group],
    negatives: readonly { text: number; group: number }[] = [],
  ): void {
    this.#queries.push(query);
    this.#documents.push(document);
    this.#groups.push(group);
    this.#positives.push(positives);
    this.#negatives.push(negatives);
  }

  finish(): TrainingPairs {
    return {
      queries: Int32Array.from(this.#queries),
      documents: Int32Array.from(this.#documents),
      groups: Int32Array.from(this.#groups),
      positives: this.#positives,
      negatives: this.#negatives,
    };
  }
}

/** A question as texts that training knows by number; null where it has no such text. */
export interface QuestionTexts {
  readonly asked: number;
  readonly answer: number | null;
  readonly keywords: number | null;
  /** Ids of the right provisions. */
  readonly gold: readonly number[];
  /** Ids of provisions that share many words with the question and are not right. */
  readonly near: readonly number[];
}

export function isLongEnough(text: string | null): text is string {
  return text !== null && text.length >= TEXT_MIN;
}

/** Sentence of a provision → the rest of it. @param pick gives a number below its argument */
export function sentencePairs(library: Library, texts: TokenTextBuilder, pick: (count: number) => number): TrainingPairs {
  const pairs = new PairBuilder();
  for (const provision of library.provisions) {
    const sentences = (provision.official ?? '').split(/(?<=[。；\n])/).filter((sentence) => sentence.trim().length >= TEXT_MIN);
    if (sentences.length === 0) continue;
    const at = pick(sentences.length);
    const sentence = sentences[at] ?? '';
    const rest = sentences.filter((_, index) => index !== at).join('');
    pairs.add(texts.add(sentence), texts.add(`${provision.law.title}\n${provision.chapter ?? ''}\n${rest}`), provision.id);
  }
  return pairs.finish();
}

/** Question → answer, question → provisions, answer → provisions, keywords → provision. */
export function answerPairs(questions: readonly QuestionTexts[], provisionTexts: Int32Array, pairs = new PairBuilder()): PairBuilder {
  let own = provisionTexts.length;
  for (const { asked, answer, keywords, gold } of questions) {
    if (answer !== null) {
      pairs.add(asked, answer, own++);
      for (const id of gold) {
        pairs.add(asked, provisionTexts[id] as number, id, gold);
        pairs.add(answer, provisionTexts[id] as number, id, gold);
      }
    }
    if (keywords !== null && gold[0] !== undefined) pairs.add(keywords, provisionTexts[gold[0]] as number, gold[0], gold);
  }
  return pairs;
}

/** Question → each right provision, with provisions that are near and wrong. */
export function goldPairs(questions: readonly QuestionTexts[], provisionTexts: Int32Array, pairs = new PairBuilder()): PairBuilder {
  for (const { asked, gold, near } of questions) {
    const wrong = near.map((id) => ({ text: provisionTexts[id] as number, group: id }));
    for (const id of gold) pairs.add(asked, provisionTexts[id] as number, id, gold, wrong);
  }
  return pairs;
}

/** Ways of asking of a matter as texts; `held` are left out. */
export interface MatterTexts {
  readonly matter: Matter;
  readonly asks: readonly { readonly text: string; readonly number: number }[];
  /** Title and answer. */
  readonly said: number;
}

/** Way of asking → another way of asking the same matter, its answer, and one of the provisions it cites. */
export function matterPairs(
  library: Library,
  matters: readonly MatterTexts[],
  provisionTexts: Int32Array,
  held: ReadonlySet<string>,
  pairs = new PairBuilder(),
): PairBuilder {
  let group = 2 * provisionTexts.length + 1_000_000;
  for (const { matter, asks, said } of matters) {
    group++;
    const known = asks.filter(({ text }) => !held.has(text));
    const cited = matter.cites.flatMap((cite) => library.byKey.get(provisionKey(cite))?.id ?? []);
    known.forEach(({ number }, index) => {
      pairs.add(number, (known[(index + 1) % known.length] as { number: number }).number, group);
      pairs.add(number, said, group);
      const id = cited[index % Math.min(3, cited.length)];
      if (id !== undefined) pairs.add(number, provisionTexts[id] as number, id, cited);
    });
  }
  return pairs;
}
