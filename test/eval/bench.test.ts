import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { CONTENDERS } from '../../eval/bench/contenders.js';
import { drawCases, type BenchRow } from '../../eval/bench/measure.js';
import { markdownTable, trainedOn, type FailedRow } from '../../eval/bench/run-bench.js';
import { writeModel } from '../../src/adapters/files/model-files.js';
import { packageRoot } from '../../src/config.js';
import { normalise, quantise, vocabularyRows } from '../../src/retrieval/embedding.js';
import { KeywordIndex } from '../../src/retrieval/keyword-index.js';
import { modelSections } from '../../src/retrieval/model.js';
import { createRandom } from '../../src/retrieval/training/random.js';
import { ExactVectorIndex } from '../../src/retrieval/vector-index.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const laws = join(folder, 'laws');
const cases = join(folder, 'cases.jsonl');
const knowledge = join(folder, 'knowledge');

/** Twelve provisions of two laws, each about one thing. */
const BEES = ['蜜蜂应当登记', '养蜂人应当穿戴面罩', '蜂箱应当编号', '蜂蜜应当检验后出售', '蜂王不得私自买卖', '蜂蜡可以自由买卖'];
const BOATS = ['渡船应当年检', '船工应当持证上岗', '渡口应当设置栏杆', '船票由县政府定价', '大雾天气应当停航', '溺水事故应当立即报告'];
const articles = (title: string, texts: readonly string[]): string =>
  `# ${title}\n\n${texts.map((text, at) => `第${'一二三四五六'[at] ?? ''}条 ${text}。`).join('\n\n')}\n`;
const QUESTIONS = [
  ['蜂箱要不要编号', '养蜂条例', '第三条'],
  ['蜂蜜不检验能出售吗', '养蜂条例', '第四条'],
  ['船票是谁定价', '渡运条例', '第四条'],
  ['起了大雾要停航吗', '渡运条例', '第五条'],
] as const;

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function bench(environment: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', join(packageRoot(), 'eval', 'bench', 'main.ts'), ...args],
      { cwd: packageRoot(), env: { ...process.env, BAIMI_KNOWLEDGE: knowledge, ...environment } },
      (error, out, err) => {
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, out, err });
      },
    );
  });
}

const rowsOf = (run: Run): (BenchRow | FailedRow)[] =>
  (JSON.parse(run.out.trim().split('\n').at(-1) ?? '') as { rows: (BenchRow | FailedRow)[] }).rows;

/** A model in which every character has a direction of its own, so that texts with the same characters are near. */
function writeTinyModel(): void {
  const dimension = 64;
  const vocabulary = [...new Set([...BEES, ...BOATS].join(''))];
  const random = createRandom(5);
  const rows = Float32Array.from({ length: vocabulary.length * dimension }, () => random() - 0.5);
  for (let row = 0; row < vocabulary.length; row++) normalise(rows.subarray(row * dimension, (row + 1) * dimension));
  const embedding = {
    dimension,
    rows: vocabularyRows(vocabulary),
    ...quantise(rows, new Float32Array(vocabulary.length).fill(1), dimension),
  };
  const learned = {
    keys: [],
    uses: new Uint16Array(0),
    starts: new Uint32Array(1),
    targets: new Uint32Array(0),
    vectors: ExactVectorIndex.build([], dimension),
    pools: KeywordIndex.build([]),
  };
  writeModel(
    knowledge,
    { dimension, vocabulary, ...modelSections({ embedding, learned, ranker: null }) },
    { seed: 5, trainedAt: '2026-01-01', data: {}, pairs: {}, measured: {} },
  );
}

beforeAll(() => {
  mkdirSync(laws);
  writeFileSync(join(laws, 'bees.md'), articles('养蜂条例', BEES));
  writeFileSync(join(laws, 'boats.md'), articles('渡运条例', BOATS));
  writeFileSync(
    cases,
    QUESTIONS.map(([question, law, article], id) => `${JSON.stringify({ id: String(id), question, gold: [[law, article]] })}\n`).join(''),
  );
  writeTinyModel();
});

describe('npm run bench', () => {
  it('lets every contender find the obvious provision, each in its own process, and says what it cost', async () => {
    const run = await bench({}, '--laws', laws, '--cases', cases, '--json');
    expect(run.err).toContain('12 条，4 题');
    expect(run.code).toBe(0);
    const rows = rowsOf(run);
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(CONTENDERS));
    for (const row of rows) {
      expect(row).toMatchObject({ provisions: 12, questions: 4, 'R@10': 1, 'hit@5': 1 });
      if ('failed' in row) continue;
      expect(row['MRR@10'], row.name).toBe(1);
      for (const figure of ['queriesPerSecond', 'msPerQueryP50', 'msPerQueryP99', 'memoryMiB'] as const) {
        expect(row[figure], `${row.name} ${figure}`).toBeGreaterThan(0);
      }
      expect(row.buildSeconds, row.name).toBeGreaterThanOrEqual(0);
      if (row.name === 'langchain-memory') expect(row.loadSeconds).toBeNull();
      else expect(row.loadSeconds, row.name).toBeGreaterThanOrEqual(0);
      expect(run.out).toContain(`| ${row.name} | 1 | 1 | 1 |`);
    }
  }, 120_000);

  it('goes on after one that fails, and says why in its row', async () => {
    const environment = { BAIMI_KNOWLEDGE: join(folder, 'no-model') };
    const run = await bench(
      environment,
      '--laws',
      laws,
      '--cases',
      cases,
      '--only',
      'langchain-memory,minisearch',
      '--limit',
      '2',
      '--json',
    );
    expect(run.code).toBe(0);
    expect(rowsOf(run)).toMatchObject([
      { name: 'minisearch', questions: 2, 'R@10': 1 },
      { name: 'langchain-memory', failed: expect.stringContaining('baimi model train') as string },
    ]);
    expect(run.out).toContain('没有跑成');
  }, 60_000);

  it('says what is wrong with its arguments, and how to mend it', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const nothing = join(folder, 'nothing.jsonl');
    writeFileSync(nothing, '{"id":"1","question":"在吗","gold":[]}\n');
    const wrong: readonly (readonly [string, ...string[]])[] = [
      ['找不到目录', '--laws', join(folder, 'none'), '--cases', cases],
      ['没有读到条文', '--laws', empty, '--cases', cases],
      ['读不到', '--laws', laws, '--cases', join(folder, 'none.jsonl')],
      ['没有标了依据的题', '--laws', laws, '--cases', nothing],
      ['没有 lucene', '--laws', laws, '--cases', cases, '--only', 'lucene'],
      ['整数', '--laws', laws, '--cases', cases, '--limit', 'many'],
      ['--laws', '--cases', cases],
    ];
    for (const [message, ...args] of wrong) {
      const run = await bench({}, ...args);
      expect(run.code, message).toBe(1);
      expect(run.err).toContain(message);
      expect(run.err).not.toMatch(/^\s+at /m);
      expect(run.out).toBe('');
    }
  }, 60_000);
});

describe('the questions of a bench', () => {
  const all = [...Array(50).keys()].map((id) => ({
    id: String(id),
    question: '',
    gold: id % 2 === 0 ? [['法', '第一条'] as [string, string]] : [],
  }));
  const ids = (limit: number | null, seed: number): string[] => drawCases(all, limit, seed).map(({ id }) => id);

  it('are those with a gold provision, the same for the same seed', () => {
    expect(ids(null, 1)).toHaveLength(25);
    expect(ids(10, 1)).toEqual(ids(null, 1).slice(0, 10));
    expect(ids(10, 2)).not.toEqual(ids(10, 1));
    expect(ids(25, 1).every((id) => Number(id) % 2 === 0)).toBe(true);
  });

  it('are known to have been trained on by their checksum', () => {
    const trained = join(folder, 'trained');
    mkdirSync(join(trained, 'model'), { recursive: true });
    const known = join(folder, 'known.jsonl');
    writeFileSync(known, 'x\n');
    const data = { 'known.jsonl': '73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac' };
    writeFileSync(join(trained, 'model', 'retrieval.json'), JSON.stringify({ data }));
    expect(trainedOn(trained, known)).toBe(true);
    expect(trainedOn(trained, cases)).toBe(false);
    expect(trainedOn(knowledge, known)).toBe(false);
    expect(trainedOn(folder, known)).toBe(false);
  });
});

describe('the table', () => {
  it('puts recall in brackets where the questions were trained on, and only there', () => {
    const row = (name: string, trainedOnCases: boolean): BenchRow => ({
      name,
      provisions: 12,
      questions: 4,
      trainedOnCases,
      'R@10': 0.5,
      'MRR@10': 0.25,
      'hit@5': null,
      queriesPerSecond: 9,
      msPerQueryP50: 1,
      msPerQueryP99: 2,
      buildSeconds: 3,
      loadSeconds: null,
      memoryMiB: 4,
    });
    const [, , known, unknown] = markdownTable([row('a', true), row('b', false)]).split('\n');
    expect(known).toBe('| a | （0.5） | （0.25） | — | 9 | 1 | 2 | 3 | — | 4 | 4 |');
    expect(unknown).toBe('| b | 0.5 | 0.25 | — | 9 | 1 | 2 | 3 | — | 4 | 4 |');
  });

  it('keeps a reason on one line and in its cell', () => {
    const lines = markdownTable([{ name: 'x', failed: 'a|b\nc' }]).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain('a\\|b c');
    expect(new Set(lines.map((line) => line.replaceAll('\\|', '').split('|').length)).size).toBe(1);
  });
});
