import { provisionKey } from '../../domain/law.js';
import type { Library, LibraryProvision } from '../../knowledge/library.js';
import type { Matter } from '../../knowledge/parse-matter.js';
import type { ExactMatcher } from '../exact-match.js';
import { provisionText } from '../search.js';
import type { TokenTextBuilder } from './corpus.js';
import type { TrainingPairs } from './trainer.js';

/** A question of the training data; `gold` are keys of provisions, `answer` a reply in prose. */
export interface TrainingQuestion {
  readonly question: string;
  readonly answer: string | null;
  readonly keywords: string | null;
  readonly gold: readonly string[];
}

/** Collects pairs; a pair's group is the provision it leads to, or a number of its own. */
class PairBuilder {
  readonly queries: number[] = [];
  readonly documents: number[] = [];
  readonly groups: number[] = [];
  readonly negatives: { text: number; group: number }[][] = [];

  add(query: number, document: number, group: number, negatives: { text: number; group: number }[] = []): void {
    this.queries.push(query);
    this.documents.push(document);
    this.groups.push(group);
    this.negatives.push(negatives);
  }

  finish(): TrainingPairs {
    return {
      queries: Int32Array.from(this.queries),
      documents: Int32Array.from(this.documents),
      groups: Int32Array.from(this.groups),
      negatives: this.negatives,
    };
  }
}

/** Sentences shorter than this say too little to be found by. */
const SENTENCE_MIN = 10;

/** Sentence of a provision → the rest of it. */
export function sentencePairs(library: Library, texts: TokenTextBuilder, pick: (count: number) => number): TrainingPairs {
  const pairs = new PairBuilder();
  for (const provision of library.provisions) {
    const sentences = (provision.official ?? '').split(/(?<=[。；\n])/).filter((sentence) => sentence.trim().length >= SENTENCE_MIN);
    if (sentences.length === 0) continue;
    const at = pick(sentences.length);
    const sentence = sentences[at] ?? '';
    const rest = sentences.filter((_, index) => index !== at).join('');
    pairs.add(texts.add(sentence), texts.add(`${provision.law.title}\n${provision.chapter ?? ''}\n${rest}`), provision.id);
  }
  return pairs.finish();
}

/** Numbers of the provisions' texts, by provision id. */
export function addProvisionTexts(library: Library, texts: TokenTextBuilder): Int32Array {
  return Int32Array.from(library.provisions, (provision) => texts.add(provisionText(provision)));
}

/**
 * Question → answer, question → provisions that the answer quotes, answer → those provisions, lay question of the pack →
 * its provision, gist → official text.
 */
export function mixedPairs(
  library: Library,
  provisionTexts: Int32Array,
  questions: readonly TrainingQuestion[],
  exact: ExactMatcher,
  texts: TokenTextBuilder,
): TrainingPairs {
  const pairs = new PairBuilder();
  let own = library.provisions.length;
  const text = (provision: LibraryProvision): number => provisionTexts[provision.id] as number;
  for (const { question, answer, keywords, gold } of questions) {
    const asked = texts.add(question);
    if (answer !== null && answer.length >= SENTENCE_MIN) {
      const answered = texts.add(answer);
      pairs.add(asked, answered, own++);
      const quoted = gold.length > 0 ? gold : exact.provisions(answer).slice(0, 3);
      for (const key of quoted) {
        const provision = library.byKey.get(key);
        if (!provision) continue;
        pairs.add(asked, text(provision), provision.id);
        pairs.add(answered, text(provision), provision.id);
      }
    }
    if (keywords !== null && gold[0] !== undefined) {
      const provision = library.byKey.get(gold[0]);
      if (provision) pairs.add(texts.add(keywords), text(provision), provision.id);
    }
  }
  for (const provision of library.provisions) {
    const { gist, official } = provision;
    if (gist === null) continue;
    for (const question of gist.questions) pairs.add(texts.add(question), text(provision), provision.id);
    if (official !== null)
      pairs.add(texts.add(`${gist.plain}\n${gist.rule}`), texts.add(`${provision.law.title}\n${official}`), provision.id);
  }
  return pairs.finish();
}

/** Question → gold provision, with provisions that a search ranks high and that are not gold. */
export function goldPairs(
  library: Library,
  provisionTexts: Int32Array,
  questions: readonly { readonly question: string; readonly gold: readonly string[] }[],
  near: (question: string) => readonly LibraryProvision[],
  texts: TokenTextBuilder,
): TrainingPairs {
  const pairs = new PairBuilder();
  for (const { question, gold } of questions) {
    const known = gold.map((key) => library.byKey.get(key)).filter((provision) => provision !== undefined);
    if (known.length === 0) continue;
    const asked = texts.add(question);
    const wrong = near(question)
      .filter((provision) => !gold.includes(provisionKey({ law: provision.law.title, article: provision.article })))
      .map((provision) => ({ text: provisionTexts[provision.id] as number, group: provision.id }));
    for (const provision of known) pairs.add(asked, provisionTexts[provision.id] as number, provision.id, wrong);
  }
  return pairs.finish();
}

/** Way of asking → another way of asking the same matter; way of asking → each provision that the matter cites. */
export function matterPairs(
  library: Library,
  provisionTexts: Int32Array,
  matters: readonly Matter[],
  texts: TokenTextBuilder,
): TrainingPairs {
  const pairs = new PairBuilder();
  let group = 2 * library.provisions.length + 1_000_000;
  for (const matter of matters) {
    group++;
    const asks = matter.asks.map((ask) => texts.add(ask));
    const said = texts.add([matter.title, ...matter.answer.map((statement) => statement.text)].join('\n'));
    asks.forEach((ask, index) => {
      pairs.add(ask, asks[(index + 1) % asks.length] as number, group);
      pairs.add(ask, said, group);
      const cite = matter.cites[index % Math.min(3, matter.cites.length)];
      const provision = cite && library.byKey.get(provisionKey(cite));
      if (provision) pairs.add(ask, provisionTexts[provision.id] as number, provision.id);
    });
  }
  return pairs.finish();
}
