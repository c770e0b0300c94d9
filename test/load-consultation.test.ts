import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot, readConfig } from '../src/config.js';
import { loadConsultation } from '../src/load-consultation.js';
import { VectorWanted } from '../src/retrieval/remote-vectors.js';
import { DIMENSION, KEY, MODEL, startFakeEmbeddings, type FakeEmbeddingsServer } from './support/fake-embeddings-server.js';

const QUESTIONS = ['上班摔断了腿老板不管', '没签合同能不能要双倍工资', '医药费谁出', '认定工伤要多久', '被辞退了有没有补偿'];

let folder: string;
let knowledge: string;
const said: string[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'baimi-load-'));
  knowledge = join(folder, 'knowledge');
  cpSync(join(packageRoot(), 'knowledge'), knowledge, { recursive: true });
  // a small pack, so that a second start is compared with a first in a moment
  for (const topic of ['civil', 'expropriation', 'services']) rmSync(join(knowledge, 'laws', topic), { recursive: true });
  rmSync(join(knowledge, 'matters'), { recursive: true });
  mkdirSync(join(knowledge, 'matters'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  said.length = 0;
});

const load = (variables: Readonly<Record<string, string>> = {}, data = 'data') =>
  loadConsultation(
    readConfig({ BAIMI_DATA: join(folder, data), BAIMI_KNOWLEDGE: knowledge, ...variables }),
    null,
    (line) => said.push(line),
    () => undefined,
  );

describe('loading the consultation', () => {
  it('keeps the index in the data folder, and finds the same with it at the next start', async () => {
    const first = await load();
    const second = await load();
    expect(readdirSync(join(folder, 'data', 'index'))).toEqual(['search.index']);
    for (const question of QUESTIONS) {
      const keys = (of: typeof first): string[] => of.search.search(question, 20).map((hit) => hit.provision.key);
      expect(keys(second)).toEqual(keys(first));
    }
  });

  it('searches over a graph where the configuration says so, and finds what comparing with every provision finds', async () => {
    const exact = await load();
    const graph = await load({ BAIMI_VECTOR_INDEX: 'hnsw' });
    expect(readdirSync(join(folder, 'data', 'index')).sort()).toEqual(['search.index', 'vectors.hnsw', 'vectors.hnsw.json']);
    for (const question of QUESTIONS) {
      const [a, b] = [exact, graph].map((of) => of.search.search(question, 10).map((hit) => hit.provision.key));
      expect(b?.filter((key) => a?.includes(key)).length).toBeGreaterThanOrEqual(9);
      expect(b?.[0]).toBe(a?.[0]);
    }
  });

  it('builds a damaged graph anew, and says so', async () => {
    await load({ BAIMI_VECTOR_INDEX: 'hnsw' });
    writeFileSync(join(folder, 'data', 'index', 'vectors.hnsw'), 'no graph');
    said.length = 0;
    const { search } = await load({ BAIMI_VECTOR_INDEX: 'hnsw' });
    expect(said.join()).toContain('正在重新建');
    expect(search.search(QUESTIONS[0] ?? '', 5)).toHaveLength(5);
    said.length = 0;
    await load({ BAIMI_VECTOR_INDEX: 'hnsw' });
    expect(said).toEqual([]);
  });
});

describe('an embedding elsewhere', () => {
  let server: FakeEmbeddingsServer;
  beforeAll(async () => {
    server = await startFakeEmbeddings();
  });
  const variables = (): Record<string, string> => ({
    BAIMI_EMBEDDING_URL: server.baseUrl,
    BAIMI_EMBEDDING_KEY: KEY,
    BAIMI_EMBEDDING_MODEL: MODEL,
    BAIMI_EMBEDDING_DIMENSION: String(DIMENSION),
  });

  it('takes the place of our own, is asked once for the corpus, and for a question when it comes', async () => {
    const { search, remote } = await load(variables(), 'remote');
    const corpus = server.asked.flat().length;
    expect(corpus).toBeGreaterThan(500);
    expect(() => search.search('工资没发', 5)).toThrow(VectorWanted);
    await remote?.prepare('工资没发，我的电话13800138000');
    await remote?.prepare('工资没发');
    expect(search.search('工资没发', 5)).toHaveLength(5);
    expect(server.asked.flat().slice(corpus).join()).not.toContain('13800138000');
    await load(variables(), 'remote');
    expect(server.asked.flat().length).toBe(corpus + 2);
  }, 60_000);

  it('that cannot be reached is named, with the remedy, before the product starts without it', async () => {
    await expect(load({ ...variables(), BAIMI_EMBEDDING_KEY: 'sk-wrong' }, 'other')).rejects.toThrow('怎么改');
  });
});
