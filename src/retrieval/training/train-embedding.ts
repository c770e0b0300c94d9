import type { Library } from '../../knowledge/library.js';
import type { Matter } from '../../knowledge/parse-matter.js';
import { quantise, type EmbeddingModel } from '../embedding.js';
import { buildSearch, provisionText } from '../search.js';
import type { Segment } from '../segment.js';
import { TokenTextBuilder, buildVocabulary } from './corpus.js';
import { addProvisionTexts, goldPairs, matterPairs, mixedPairs, sentencePairs, type TrainingQuestion } from './pairs.js';
import { createRandom } from './random.js';
import { Trainer, type Phase } from './trainer.js';

export interface TrainingInput {
  readonly library: Library;
  readonly questions: readonly TrainingQuestion[];
  readonly matters: readonly Matter[];
  readonly segment: Segment;
  readonly dimension: number;
  readonly rows: number;
  readonly seed: number;
  readonly workers: number;
  readonly onProgress: (phase: string, share: number, loss: number) => void;
}

/** Least number of texts that a token of the vocabulary stands in. */
const MIN_DOCUMENTS = 4;
const TEMPERATURE = 0.05;
const RATE = 0.05;
const BATCH = 384;
const GOLD_BATCH = 128;
const HARD_NEGATIVES = 4;
/** Hard negatives are drawn from the first so many of the keyword search. */
const NEAR = 60;

/**
 * Trains the embedding in three phases: sentence → the rest of its article; a mix of question → answer, question and
 * answer → quoted law, lay question → provision, gist → official text, question → matter; then question → gold provision with hard negatives
 * from the keyword index. Contrastive loss over the batch, temperature 0.05, Adagrad with one accumulator a row.
 */
export async function trainEmbedding(input: TrainingInput): Promise<{ model: EmbeddingModel; pairs: Record<string, number> }> {
  const { library, questions, matters, segment, dimension, seed, workers, onProgress } = input;
  const keyword = buildSearch(library, segment, null);
  const vocabulary = buildVocabulary(trainingTexts(library, questions, matters), segment, MIN_DOCUMENTS, input.rows);
  const texts = new TokenTextBuilder(segment, vocabulary);
  const provisionTexts = addProvisionTexts(library, texts);
  const random = createRandom(seed + 2);
  const sentences = sentencePairs(library, texts, (count) => Math.floor(random() * count));
  const mixed = mixedPairs(library, provisionTexts, questions, keyword.exact, texts);
  const packQuestions = library.provisions.flatMap((provision) =>
    (provision.gist?.questions ?? []).map((question) => ({ question, gold: [provision.key] })),
  );
  const near = (question: string) => keyword.search(question, NEAR).map((hit) => hit.provision);
  const gold = goldPairs(
    library,
    provisionTexts,
    [...questions.filter((question) => question.gold.length > 0), ...packQuestions],
    near,
    texts,
  );
  const asks = matterPairs(library, provisionTexts, matters, texts);
  const trainer = new Trainer(texts.finish(), {
    dimension,
    rows: vocabulary.rows.size,
    temperature: TEMPERATURE,
    seed,
    workers,
    maxBatch: BATCH,
    maxDocuments: Math.max(BATCH, GOLD_BATCH * (1 + HARD_NEGATIVES)),
  });
  await trainer.ready();
  const phases: Phase[] = [
    { name: '句子', pairs: sentences, epochs: 4, batch: BATCH, hard: 0, rate: RATE },
    { name: '问答', pairs: mixed, epochs: 5, batch: BATCH, hard: 0, rate: RATE },
    ...(asks.queries.length > 0 ? [{ name: '事项', pairs: asks, epochs: 8, batch: BATCH, hard: 0, rate: RATE }] : []),
    { name: '条文', pairs: gold, epochs: 12, batch: GOLD_BATCH, hard: HARD_NEGATIVES, rate: RATE },
  ];
  for (const phase of phases) {
    await trainer.run(phase, (share, loss) => {
      onProgress(phase.name, share, loss);
    });
  }
  const { vectors, scales } = quantise(trainer.vectors, vocabulary.weights, dimension);
  await trainer.stop();
  return {
    model: { dimension, vocabulary: vocabulary.rows, vectors, scales },
    pairs: Object.fromEntries(phases.map((phase) => [phase.name, phase.pairs.queries.length])),
  };
}

function* trainingTexts(library: Library, questions: readonly TrainingQuestion[], matters: readonly Matter[]): Generator<string> {
  for (const provision of library.provisions) {
    yield provisionText(provision);
    yield* provision.gist?.questions ?? [];
  }
  for (const { question, answer } of questions) {
    yield question;
    if (answer !== null) yield answer;
  }
  for (const matter of matters) yield* matter.asks;
}
