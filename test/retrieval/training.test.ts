import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readModel, writeModel } from '../../src/adapters/files/model-files.js';
import { buildLibrary, type OfficialLaw } from '../../src/knowledge/library.js';
import { embed } from '../../src/retrieval/embedding.js';
import { modelSections, openModel } from '../../src/retrieval/model.js';
import { createSegment } from '../../src/retrieval/segment.js';
import { listTerms } from '../../src/retrieval/terms.js';
import { crossValidate, meanOfFolds, trainRanker } from '../../src/retrieval/training/cross-validate.js';
import { RetrievalTraining, type TrainedModel, type TrainingQuestion } from '../../src/retrieval/training/train-retrieval.js';
import { ExactVectorIndex } from '../../src/retrieval/vector-index.js';

const segment = createSegment();

/** Sixty short articles on six things, so that there is something to learn in a second. */
const THINGS = [
  ['蜜蜂', '养蜂人', '蜂箱', '蜂蜜'],
  ['渡船', '船工', '渡口', '船票'],
  ['水井', '挖井人', '井水', '水桶'],
  ['风筝', '放风筝的人', '线轴', '风筝节'],
  ['磨坊', '磨坊主', '石磨', '面粉'],
  ['邮亭', '邮递员', '信箱', '邮票'],
] as const;
const law = (title: string, things: readonly string[]): OfficialLaw => ({
  law: {
    title,
    aliases: [],
    issuer: null,
    number: null,
    level: '法律',
    published: null,
    inForceFrom: null,
    status: 'in-force',
    region: '全国',
  },
  text: {
    title,
    provisions: ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'].map((number, index) => ({
      article: `第${number}条`,
      chapter: null,
      text: `${things[index % 4] ?? ''}应当由${things[1] ?? ''}登记并且妥善保管。${things[(index + 1) % 4] ?? ''}损坏的，${things[1] ?? ''}承担${number}份责任。`,
    })),
  },
});
const library = buildLibrary(
  [],
  THINGS.map((things) => law(`${things[0]}法`, things)),
);
const questions = THINGS.flatMap((things) =>
  library.provisions
    .filter((provision) => provision.law.title === `${things[0]}法`)
    .map((provision): TrainingQuestion => ({
      id: provision.key,
      by: 'expert',
      question: `我家${things[0]}的${things[2]}坏了，${provision.article}咋办`,
      answer: `${things[0]}和${things[3]}由${things[1]}负责`,
      keywords: null,
      gold: [provision.key],
    })),
);

const prepare = (workers: number, seed = 1): RetrievalTraining =>
  new RetrievalTraining({
    library,
    questions,
    matters: [],
    synonyms: new Map(),
    segment,
    dimension: 32,
    rows: 2000,
    seed,
    workers,
    onProgress: () => undefined,
  });
const train = async (workers: number, seed = 1, held: (name: string) => boolean = () => false): Promise<TrainedModel> => {
  const training = prepare(workers, seed);
  const model = await training.course(held);
  await training.stop();
  return model;
};

describe('training the retrieval model', () => {
  it('gives the same model for the same seed, however many workers share the work', async () => {
    const [one, two, other] = [await train(1), await train(2), await train(1, 2)];
    expect(two.embedding.vectors).toEqual(one.embedding.vectors);
    expect(two.embedding.scales).toEqual(one.embedding.scales);
    expect(other.embedding.vectors).not.toEqual(one.embedding.vectors);
  });

  it('gives the same model in a second course as in the first', async () => {
    const training = prepare(1);
    const [first, , third] = [
      await training.course(() => false),
      await training.course((id) => id < '水'),
      await training.course(() => false),
    ];
    await training.stop();
    expect(third.embedding.vectors).toEqual(first.embedding.vectors);
  });

  it('brings questions near to what they are about and keeps others away', async () => {
    const { embedding } = await train(2);
    const index = ExactVectorIndex.build(
      library.provisions.map((provision) => embed([listTerms(`${provision.law.title}\n${provision.official ?? ''}`, segment)], embedding)),
      embedding.dimension,
    );
    for (const things of THINGS) {
      const hits = index.nearest(embed([listTerms(`${things[2]}坏了`, segment)], embedding), 5);
      expect(hits.map((hit) => library.provisions[hit.doc]?.law.title)).toEqual(Array.from({ length: 5 }, () => `${things[0]}法`));
    }
  });

  it('embeds to length one, and to nothing where no token is known', async () => {
    const { embedding } = await train(1);
    const length = (text: string): number => Math.hypot(...embed([listTerms(text, segment)], embedding));
    expect(length('蜜蜂')).toBeCloseTo(1, 5);
    for (const text of ['', '😀', 'zzz', '。，！']) expect(length(text)).toBe(0);
  });

  it('learns nothing from a question that is held out, neither its words nor its answer', async () => {
    const secret = '只在这一问里的话头';
    const extra: TrainingQuestion = {
      id: 'held',
      by: 'expert',
      question: `${secret}怎么办`,
      answer: `${secret}由船工负责的渡船登记`,
      keywords: secret,
      gold: [library.provisions[0]?.key ?? ''],
    };
    const course = async (held: (name: string) => boolean, more: readonly TrainingQuestion[]): Promise<TrainedModel> => {
      const training = new RetrievalTraining({
        library,
        questions: [...questions, ...more],
        matters: [],
        synonyms: new Map(),
        segment,
        dimension: 32,
        rows: 2000,
        seed: 1,
        workers: 1,
        onProgress: () => undefined,
      });
      const model = await training.course(held);
      await training.stop();
      return model;
    };
    const without = await course(() => false, []);
    const held = await course((name) => name === 'held', [extra]);
    const known = await course(() => false, [extra]);
    expect(held.embedding).toEqual(without.embedding);
    expect(held.learned.pools.parts).toEqual(without.learned.pools.parts);
    expect(known.embedding.vectors).not.toEqual(without.embedding.vectors);
    expect(known.learned.starts.length).toBe(without.learned.starts.length + 1);
  });
});

describe('cross-validation', () => {
  it('measures every question once, by models that have not seen it', async () => {
    const training = prepare(1);
    const reports = await crossValidate(training, 3, () => undefined);
    await training.stop();
    expect(reports.map(({ fold }) => fold)).toEqual([0, 1, 2]);
    for (const system of ['keyword', 'dense', 'ranker'] as const) {
      const mean = meanOfFolds(reports, system);
      expect(mean.questions).toBe(questions.length);
      expect(mean['R@100']).toBe(1);
    }
    // sixty articles, and each question names the thing of ten of them
    expect(meanOfFolds(reports, 'keyword')['R@10']).toBeGreaterThan(0.5);
  });
});

describe('the model’s files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baimi-model-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const about = { seed: 1, trainedAt: '2026-11-23', data: {}, pairs: {}, measured: {} };

  it('are read back as they were written', async () => {
    const training = prepare(1);
    const { ranker } = await trainRanker(training, 3, () => undefined);
    const { embedding, learned } = await training.course(() => false);
    await training.stop();
    const parts = modelSections({ embedding, learned, ranker });
    writeModel(folder, { dimension: embedding.dimension, vocabulary: training.vocabulary.tokens, ...parts }, about);
    const stored = readModel(folder);
    const read = stored && openModel(stored);
    expect(read?.embedding).toEqual(embedding);
    expect(read?.learned?.keys).toEqual(learned.keys);
    expect(read?.learned?.targets).toEqual(learned.targets);
    expect(read?.learned?.pools.parts).toEqual(learned.pools.parts);
    expect(Array.from(read?.learned?.vectors.parts.vectors ?? [])).toEqual(Array.from(learned.vectors.parts.vectors));
    expect(read?.ranker?.roots).toEqual(ranker.roots);
  });

  it('are refused with a remedy when they are damaged, truncated, mixed or missing', () => {
    const file = (name: string): string => join(folder, 'model', name);
    const [bytes, words] = [readFileSync(file('retrieval.bin')), readFileSync(file('retrieval.vocabulary.txt'))];
    const damaged = Buffer.from(bytes);
    damaged[100] = (damaged[100] ?? 0) ^ 1;
    for (const [name, content] of [
      ['retrieval.bin', damaged],
      ['retrieval.bin', bytes.subarray(0, bytes.length - 1)],
      ['retrieval.vocabulary.txt', Buffer.concat([words, Buffer.from('\n多一行')])],
    ] as const) {
      writeFileSync(file(name), content);
      expect(() => readModel(folder), name).toThrow(/检索模型读不出来.*怎么改/);
      writeFileSync(file('retrieval.bin'), bytes);
      writeFileSync(file('retrieval.vocabulary.txt'), words);
    }
    rmSync(file('retrieval.bin'));
    expect(() => readModel(folder)).toThrow('怎么改');
  });

  it('are not needed: without a manifest there is no model', () => {
    expect(readModel(join(folder, 'nowhere'))).toBeNull();
  });
});
