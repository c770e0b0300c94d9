import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readEmbedding, writeEmbedding } from '../../src/adapters/files/embedding-files.js';
import { buildLibrary, type OfficialLaw } from '../../src/knowledge/library.js';
import { DenseIndex } from '../../src/retrieval/dense-index.js';
import { embed } from '../../src/retrieval/embedding.js';
import { createSegment } from '../../src/retrieval/segment.js';
import { trainEmbedding } from '../../src/retrieval/training/train-embedding.js';

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
    .map((provision) => ({
      question: `我家${things[0]}的${things[2]}坏了咋办`,
      answer: `${things[0]}和${things[3]}由${things[1]}负责`,
      keywords: null,
      gold: [provision.key],
    })),
);

const train = (workers: number, seed = 1) =>
  trainEmbedding({ library, questions, matters: [], segment, dimension: 32, rows: 2000, seed, workers, onProgress: () => undefined });

describe('training the retrieval model', () => {
  it('gives the same model for the same seed, however many workers share the work', async () => {
    const [one, two, other] = [await train(1), await train(2), await train(1, 2)];
    expect(two.model.vectors).toEqual(one.model.vectors);
    expect(two.model.scales).toEqual(one.model.scales);
    expect(other.model.vectors).not.toEqual(one.model.vectors);
  });

  it('brings questions near to what they are about and keeps others away', async () => {
    const { model } = await train(2);
    const index = new DenseIndex(
      library.provisions.map((provision) => `${provision.law.title}\n${provision.official ?? ''}`),
      segment,
      model,
    );
    for (const things of THINGS) {
      const found = index.search(`${things[2]}坏了`, 5).map((hit) => library.provisions[hit.doc]?.law.title);
      expect(found).toEqual(Array.from({ length: 5 }, () => `${things[0]}法`));
    }
  });

  it('embeds to length one, and to nothing where no token is known', async () => {
    const { model } = await train(1);
    const length = (text: string): number => Math.hypot(...embed(text, segment, model));
    expect(length('蜜蜂')).toBeCloseTo(1, 5);
    for (const text of ['', '😀', 'zzz', '。，！']) expect(length(text)).toBe(0);
  });
});

describe('the model’s files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'baimi-model-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const about = { seed: 1, trainedAt: '2026-11-23', data: {}, pairs: {} };

  it('are read back as they were written', async () => {
    const { model } = await train(1);
    writeEmbedding(folder, model, about);
    expect(readEmbedding(folder)).toEqual(model);
  });

  it('are refused with a remedy when they are damaged, truncated, mixed or missing', () => {
    const file = (name: string): string => join(folder, 'model', name);
    const [bytes, words] = [readFileSync(file('embedding.bin')), readFileSync(file('embedding.vocabulary.txt'))];
    const damaged = Buffer.from(bytes);
    damaged[100] = (damaged[100] ?? 0) ^ 1;
    for (const [name, content] of [
      ['embedding.bin', damaged],
      ['embedding.bin', bytes.subarray(0, bytes.length - 1)],
      ['embedding.vocabulary.txt', Buffer.concat([words, Buffer.from('\n多一行')])],
    ] as const) {
      writeFileSync(file(name), content);
      expect(() => readEmbedding(folder), name).toThrow(/检索模型读不出来.*怎么改/);
      writeFileSync(file('embedding.bin'), bytes);
      writeFileSync(file('embedding.vocabulary.txt'), words);
    }
    rmSync(file('embedding.bin'));
    expect(() => readEmbedding(folder)).toThrow('怎么改');
  });

  it('are not needed: without a manifest there is no model', () => {
    expect(readEmbedding(join(folder, 'nowhere'))).toBeNull();
  });
});
