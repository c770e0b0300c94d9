import type { Library } from '../../knowledge/library.js';
import type { Matter } from '../../knowledge/parse-matter.js';
import type { Synonyms } from '../../knowledge/parse-synonyms.js';
import { embed, quantise, type EmbeddingModel } from '../embedding.js';
import { createExactMatcher } from '../exact-match.js';
import { askLinks, buildAskIndexes, lawsOf, provisionTermLister, type AskLink } from '../indexes.js';
import { KeywordIndex, KeywordIndexBuilder } from '../keyword-index.js';
import type { LearnedLinks } from '../learned-links.js';
import { DEFAULT_SEARCH_PARAMETERS, HYBRID_WEIGHTS, createSearch, type SearchEngine } from '../search.js';
import type { Segment } from '../segment.js';
import { listTerms, type TermList } from '../terms.js';
import { ExactVectorIndex } from '../vector-index.js';
import { TokenTextBuilder, buildVocabulary, type Vocabulary } from './corpus.js';
import { answerPairs, goldPairs, isLongEnough, matterPairs, sentencePairs, type MatterTexts, type QuestionTexts } from './pairs.js';
import { learnLinks } from './learn-links.js';
import { createRandom } from './random.js';
import { RECIPE } from './recipe.js';
import { Trainer, type Checkpoint, type Phase, type TrainingPairs } from './trainer.js';

/** A question of the training data. `gold` are keys of provisions, `answer` a reply in prose. */
export interface TrainingQuestion {
  /** Who chose the provisions: an expert matched them, a lawyer quoted them in the answer, or nobody vouches for them. */
  readonly by: 'expert' | 'lawyer' | 'nobody';
  readonly id: string;
  readonly question: string;
  readonly answer: string | null;
  readonly keywords: string | null;
  readonly gold: readonly string[];
}

export interface TrainingInput {
  readonly library: Library;
  readonly matters: readonly Matter[];
  readonly synonyms: Synonyms;
  readonly segment: Segment;
  readonly questions: readonly TrainingQuestion[];
  readonly dimension: number;
  readonly rows: number;
  readonly seed: number;
  readonly workers: number;
  readonly onProgress: (phase: string, share: number, loss: number) => void;
}

/** What one course of training gives. */
export interface TrainedModel {
  readonly embedding: EmbeddingModel;
  readonly learned: LearnedLinks;
}

/** A labelled question for the ranker, or to measure with. */
export interface LabelledQuestion {
  readonly question: string;
  /** Ids of the right provisions. */
  readonly gold: readonly number[];
  readonly kind: 'expert' | 'lawyer' | 'pack' | 'ask';
}

/**
 * Trains on a corpus: once in general, then any number of times on top of that with some folds of the expert questions
 * held out. Nothing of a held-out question is trained on, neither its words nor its answer; the vocabulary and the
 * general part know no expert question at all.
 */
export class RetrievalTraining {
  readonly vocabulary: Vocabulary;
  readonly #input: TrainingInput;
  readonly #trainer: Trainer;
  readonly #general: readonly Phase[];
  readonly #provisionTexts: Int32Array;
  readonly #provisionTerms: readonly (readonly TermList[])[];
  readonly #texts: KeywordIndex;
  readonly #titles: KeywordIndex;
  readonly #experts: readonly (QuestionTexts & { readonly source: TrainingQuestion; readonly terms: TermList })[];
  readonly #packQuestions: readonly (QuestionTexts & { readonly text: string })[];
  readonly #matters: readonly MatterTexts[];
  readonly #links: readonly AskLink[];
  readonly #expertIds: ReadonlySet<string>;
  #checkpoint: Checkpoint | null = null;

  constructor(input: TrainingInput) {
    this.#input = input;
    const { library, matters, segment, dimension, rows, seed, workers } = input;
    const expert = input.questions.filter(({ by }) => by !== 'nobody');
    const weak = input.questions.filter(({ by }) => by === 'nobody');
    this.vocabulary = buildVocabulary(generalTexts(input), segment, RECIPE.minDocuments, rows);
    const texts = new TokenTextBuilder(segment, this.vocabulary);
    const listProvision = provisionTermLister(segment, DEFAULT_SEARCH_PARAMETERS.fieldWeights);
    const builder = new KeywordIndexBuilder();
    this.#provisionTerms = library.provisions.map((provision) => {
      const fields = listProvision(provision);
      builder.add(fields);
      return fields.map(({ terms }) => terms);
    });
    this.#texts = builder.finish(DEFAULT_SEARCH_PARAMETERS.keyword);
    this.#titles = KeywordIndex.build(lawsOf(library).titles.map((title) => [{ terms: listTerms(title, segment), weight: 1 }]));
    this.#provisionTexts = Int32Array.from(this.#provisionTerms, (parts) => texts.addTerms(parts));
    const random = createRandom(seed + 2);
    const sentences = sentencePairs(library, texts, (count) => Math.floor(random() * count));
    const quoted = createExactMatcher(library.names, new Set(library.byKey.keys()));
    const idsOf = (keys: readonly string[]): number[] => keys.flatMap((key) => library.byKey.get(key)?.id ?? []);
    const question = (source: TrainingQuestion, gold: readonly number[], terms: TermList, near: readonly number[]): QuestionTexts => ({
      asked: texts.addTerms([terms]),
      answer: isLongEnough(source.answer) ? texts.add(source.answer) : null,
      keywords: source.keywords === null ? null : texts.add(source.keywords),
      gold,
      near,
    });
    const nearTo = (terms: TermList, gold: readonly number[]): number[] =>
      this.#texts
        .search(terms, RECIPE.expert.near)
        .map(({ doc }) => doc)
        .filter((doc) => !gold.includes(doc));
    const answers = weak.map((source) => {
      const keys = source.gold.length > 0 ? source.gold : quoted.provisions(source.answer ?? '').slice(0, 3);
      return question(source, idsOf(keys), listTerms(source.question, segment), []);
    });
    this.#experts = expert.flatMap((source) => {
      const gold = idsOf(source.gold);
      const terms = listTerms(source.question, segment);
      return gold.length === 0 ? [] : [{ ...question(source, gold, terms, nearTo(terms, gold)), source, terms }];
    });
    this.#expertIds = new Set(expert.map(({ id }) => id));
    this.#packQuestions = library.provisions.flatMap(({ id, questions }) =>
      questions.map((text) => {
        const terms = listTerms(text, segment);
        return { asked: texts.addTerms([terms]), answer: null, keywords: null, gold: [id], near: nearTo(terms, [id]), text };
      }),
    );
    this.#matters = matters.map((matter) => ({
      matter,
      asks: matter.asks.map((text) => ({ text, number: texts.add(text) })),
      said: texts.add([matter.title, ...matter.answer.map((statement) => statement.text)].join('\n')),
    }));
    this.#links = askLinks(library, matters);
    const { batch, rate, general, expert: fine } = RECIPE;
    const phase = (name: string, pairs: TrainingPairs, epochs: number): Phase => ({
      name,
      pairs,
      epochs,
      batch,
      hard: 0,
      rate,
      temperature: general.temperature,
    });
    this.#general = [
      phase('句子', sentences, general.sentenceEpochs),
      phase('问答', answerPairs(answers, this.#provisionTexts).finish(), general.answerEpochs),
    ];
    this.#trainer = new Trainer(texts.finish(), {
      dimension,
      rows: this.vocabulary.tokens.length,
      seed,
      workers,
      maxBatch: batch,
      maxDocuments: Math.max(batch, fine.batch * (1 + fine.hardNegatives)),
    });
  }

  /** Trains what needs no expert question; the same for every course that follows. */
  async general(): Promise<void> {
    await this.#trainer.ready();
    for (const phase of this.#general) await this.#run(phase);
    this.#checkpoint = this.#trainer.checkpoint();
  }

  /** Whether a name is the id of an expert question. */
  isExpert(name: string): boolean {
    return this.#expertIds.has(name);
  }

  /** Fold of a question or way of asking: by its own name, so that it never depends on the others. */
  static foldOf(name: string, folds: number): number {
    return hashText(name) % folds;
  }

  /**
   * Trains on everything but what `held` says.
   * @param held whether an expert question, by id, or a lay question of the pack, by its text, is left out
   */
  async course(held: (name: string) => boolean): Promise<TrainedModel> {
    if (!this.#checkpoint) await this.general();
    if (this.#checkpoint) this.#trainer.restore(this.#checkpoint);
    const { library, dimension } = this.#input;
    const { expert: fine, rate, batch } = RECIPE;
    const experts = this.#experts.filter(({ source }) => !held(source.id));
    const pack = this.#packQuestions.filter(({ text }) => !held(text));
    const heldAsks = new Set(this.#links.map(({ text }) => text).filter(held));
    const answers = answerPairs(experts, this.#provisionTexts).finish();
    const builder = goldPairs(Array.from({ length: fine.expertRepeats }, () => experts).flat(), this.#provisionTexts);
    goldPairs(pack, this.#provisionTexts, builder);
    matterPairs(library, this.#matters, this.#provisionTexts, heldAsks, builder);
    const common = { rate, temperature: fine.temperature };
    if (experts.length > 0)
      await this.#run({ name: '专家的答复', pairs: answers, epochs: fine.answerEpochs, batch, hard: 0, fresh: true, ...common });
    await this.#run({
      name: '专家对上的条文',
      pairs: builder.finish(),
      epochs: fine.epochs,
      batch: fine.batch,
      hard: fine.hardNegatives,
      fresh: experts.length === 0,
      ...common,
    });
    const { vectors, scales } = quantise(this.#trainer.vectors, this.vocabulary.weights, dimension);
    const embedding: EmbeddingModel = { dimension, rows: this.vocabulary.rows, vectors, scales };
    return {
      embedding,
      learned: learnLinks(
        experts.map(({ terms, gold }) => ({ terms, gold })),
        library,
        embedding,
      ),
    };
  }

  /** The search that a trained model gives, without ranker; ways of asking that are held out do not lead anywhere. */
  search({ embedding, learned }: TrainedModel, held: (name: string) => boolean): SearchEngine {
    const { library, segment } = this.#input;
    const links = this.#links.filter(({ text }) => !held(text));
    const vectors = ExactVectorIndex.build(
      (function* (terms) {
        for (const parts of terms) yield embed(parts, embedding);
      })(this.#provisionTerms),
      embedding.dimension,
    );
    const asks = buildAskIndexes(links, segment, embedding, DEFAULT_SEARCH_PARAMETERS.keyword);
    return createSearch({
      library,
      links,
      indexes: { texts: this.#texts, titles: this.#titles, vectors, ...asks },
      segment,
      model: { embedding, learned },
      weights: HYBRID_WEIGHTS,
      synonyms: this.#input.synonyms,
    });
  }

  /** Questions to teach the ranker with, or to measure on: those of the expert questions and ways of asking that `wanted` says. */
  labelled(wanted: (name: string) => boolean): LabelledQuestion[] {
    return [
      ...this.#experts
        .filter(({ source }) => wanted(source.id))
        .map(({ source, gold }): LabelledQuestion => ({
          question: source.question,
          gold,
          kind: source.by === 'lawyer' ? 'lawyer' : 'expert',
        })),
      ...this.#packQuestions
        .filter(({ text }) => wanted(text))
        .map(({ text, gold }): LabelledQuestion => ({ question: text, gold, kind: 'pack' })),
      ...this.#links
        .filter(({ text, targets }) => targets.length > 1 && wanted(text))
        .map(({ text, targets }): LabelledQuestion => ({ question: text, gold: targets.slice(0, 4), kind: 'ask' })),
    ];
  }

  /** Pairs of each part of the general training. */
  get pairs(): Record<string, number> {
    return {
      ...Object.fromEntries(this.#general.map(({ name, pairs }) => [name, pairs.queries.length])),
      专家的问题: this.#experts.length,
      知识库的问法: this.#links.length,
    };
  }

  async stop(): Promise<void> {
    await this.#trainer.stop();
  }

  async #run(phase: Phase): Promise<void> {
    await this.#trainer.run(phase, (share, loss) => {
      this.#input.onProgress(phase.name, share, loss);
    });
  }
}

/** FNV-1a over UTF-16 code units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}

function* generalTexts({ library, matters, questions }: TrainingInput): Generator<string> {
  for (const provision of library.provisions) {
    const { gist, questions: asked } = provision;
    yield [provision.law.title, provision.chapter ?? '', provision.official ?? '', gist ? `${gist.plain}\n${gist.rule}` : ''].join('\n');
    yield* asked;
  }
  for (const { question, answer, by } of questions) {
    if (by !== 'nobody') continue;
    yield question;
    if (answer !== null) yield answer;
  }
  for (const matter of matters) yield* matter.asks;
}
