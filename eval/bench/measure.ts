import { readLaws } from '../../src/adapters/files/read-laws.js';
import { readModel } from '../../src/adapters/files/model-files.js';
import { BaimiError } from '../../src/domain/errors.js';
import { buildLibrary } from '../../src/knowledge/library.js';
import { openModel } from '../../src/retrieval/model.js';
import { createSegment } from '../../src/retrieval/segment.js';
import { createRandom } from '../../src/retrieval/training/random.js';
import { goldKeys, readRetrievalCases, type RetrievalCase } from '../cases.js';
import { mean, percentile, recallAt, reciprocalRankAt, rounded } from '../measures.js';
import { createWords, secondsOf, type BenchCorpus, type Contender, type ContenderInput, type CreateContender } from './contender.js';

/** What one process is asked to measure. */
export interface BenchJob {
  readonly name: string;
  readonly laws: string;
  readonly cases: string;
  /** Number of questions, drawn with the seed; null: all. */
  readonly limit: number | null;
  readonly seed: number;
  /** Searching stops after so many seconds, but not before 20 questions. */
  readonly seconds: number;
  readonly knowledge: string;
  readonly folder: string;
  readonly trainedOnCases: boolean;
}

/** What one process found out. Times in milliseconds where the name does not say otherwise. */
export interface BenchRow {
  readonly name: string;
  readonly provisions: number;
  /** Questions that recall and speed were measured on: fewer than were given where time ran out. */
  readonly questions: number;
  /** The contender's model was trained on these very questions: its recall says nothing, only its speed does. */
  readonly trainedOnCases: boolean;
  readonly 'R@10': number | null;
  readonly 'MRR@10': number | null;
  readonly 'hit@5': number | null;
  readonly queriesPerSecond: number | null;
  readonly msPerQueryP50: number | null;
  readonly msPerQueryP99: number | null;
  readonly buildSeconds: number | null;
  /** Null where it cannot store itself. */
  readonly loadSeconds: number | null;
  /** Resident memory after building and collecting garbage, less that of the process before it read anything. */
  readonly memoryMiB: number | null;
}

const LIMIT = 10;
const WARM_UP = 20;
const FEWEST = 20;

/** Measures one contender in this process. The process should be fresh and run with --expose-gc. */
export async function measure(job: BenchJob, create: CreateContender, say: (line: string) => void): Promise<BenchRow> {
  const atStart = residentMiB();
  const cases = drawCases(readRetrievalCases(job.cases), job.limit, job.seed);
  const { input, provisions } = prepare(job);
  const contender = create(input);
  say(`建索引，${String(provisions)} 条……`);
  const buildSeconds = await secondsOf(() => contender.build());
  await collectGarbage();
  const memoryMiB = residentMiB() - atStart;
  say(`建好了，${buildSeconds.toFixed(1)} 秒。检索 ${String(cases.length)} 题……`);
  const { results, times } = await ask(contender, cases, job.seconds);
  const loadSeconds = await reload(contender, cases);
  return {
    name: job.name,
    provisions,
    questions: results.length,
    trainedOnCases: job.trainedOnCases,
    'R@10': rounded(mean(results.map(({ ranked, gold }) => recallAt(ranked, gold, 10)))),
    'MRR@10': rounded(mean(results.map(({ ranked, gold }) => reciprocalRankAt(ranked, gold, 10)))),
    'hit@5': rounded(mean(results.map(({ ranked, gold }) => (ranked.slice(0, 5).some((key) => gold.has(key)) ? 1 : 0)))),
    queriesPerSecond: rounded(1000 / mean(times), 1),
    msPerQueryP50: rounded(percentile(times, 0.5), 3),
    msPerQueryP99: rounded(percentile(times, 0.99), 3),
    buildSeconds: rounded(buildSeconds, 2),
    loadSeconds: loadSeconds === null ? null : rounded(loadSeconds, 2),
    memoryMiB: rounded(memoryMiB, 0),
  };
}

/** The questions that have a gold provision, shuffled with the seed: the same ones in the same order for everyone. */
export function drawCases(all: readonly RetrievalCase[], limit: number | null, seed: number): RetrievalCase[] {
  const random = createRandom(seed);
  return all
    .filter((example) => example.gold.length > 0)
    .map((example) => ({ example, place: random() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, limit ?? all.length)
    .map(({ example }) => example);
}

/** The corpus as documents: what the library makes of the official texts, each provision once. */
export function readCorpus(folder: string): BenchCorpus {
  const { laws } = readLaws(folder);
  const documents = buildLibrary([], laws).provisions.map(({ key, law, chapter, official }) => ({
    key,
    text: [law.title, chapter ?? '', official ?? ''].join('\n'),
  }));
  return { laws, documents };
}

function prepare(job: BenchJob): { input: ContenderInput; provisions: number } {
  let corpus: BenchCorpus | null = readCorpus(job.laws);
  const provisions = corpus.documents.length;
  const stored = readModel(job.knowledge);
  const model = stored && openModel(stored);
  const segment = createSegment();
  const input: ContenderInput = {
    takeCorpus() {
      if (corpus === null) throw new Error('the corpus has been taken already');
      const taken = corpus;
      corpus = null;
      return taken;
    },
    segment,
    words: createWords(segment),
    model,
    embedding() {
      if (model) return model.embedding;
      throw new BaimiError('unavailable', '知识库里没有训练好的检索模型。怎么改：先运行 baimi model train');
    },
    folder: job.folder,
  };
  return { input, provisions };
}

interface Asked {
  readonly results: { readonly ranked: readonly string[]; readonly gold: ReadonlySet<string> }[];
  readonly times: number[];
}

async function ask(contender: Contender, cases: readonly RetrievalCase[], seconds: number): Promise<Asked> {
  const asked: Asked = { results: [], times: [] };
  const began = performance.now();
  const late = (): boolean => performance.now() - began > seconds * 1000;
  for (const { question } of cases.slice(0, WARM_UP)) if (!late()) await contender.search(question, LIMIT);
  for (const example of cases) {
    if (asked.times.length >= FEWEST && late()) break;
    const before = performance.now();
    const ranked = await contender.search(example.question, LIMIT);
    asked.times.push(performance.now() - before);
    asked.results.push({ ranked, gold: goldKeys(example) });
  }
  return asked;
}

/** Seconds to take up a stored index; null where a contender cannot. What was loaded has to answer as what was built. */
async function reload(contender: Contender, cases: readonly RetrievalCase[]): Promise<number | null> {
  if (!contender.saveAndLoad) return null;
  const answers = async (): Promise<string> =>
    JSON.stringify(await Promise.all(cases.slice(0, 5).map(async ({ question }) => contender.search(question, LIMIT))));
  const before = await answers();
  const seconds = await contender.saveAndLoad();
  if ((await answers()) !== before) throw new Error('存下再读回来的索引，检索结果和原来的不一样');
  return seconds;
}

const residentMiB = (): number => process.memoryUsage.rss() / 2 ** 20;

/** Several rounds, with time for memory to go back to the system. */
async function collectGarbage(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
