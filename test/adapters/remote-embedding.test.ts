import { readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRemoteEmbedder, type EmbedderEvent, type RemoteEmbedderOptions } from '../../src/adapters/models/remote-embedding.js';
import type { BaimiError } from '../../src/domain/errors.js';
import type { Embedder } from '../../src/retrieval/ports.js';
import {
  DIMENSION,
  KEY,
  LONGEST_INPUT,
  MODEL,
  modelVector,
  startFakeEmbeddings,
  type EmbeddingList,
} from '../support/fake-embeddings-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const server = await startFakeEmbeddings();
const folder = temporaryFolder();
let folders = 0;
let pauses: number[] = [];
let events: EmbedderEvent[] = [];

beforeEach(() => {
  server.asked.length = 0;
  server.headers.length = 0;
  server.always(null);
  pauses = [];
  events = [];
});

const newFolder = (): string => join(folder, String(folders++));

/** Pauses are written down, not made. */
function embedder(options: Partial<RemoteEmbedderOptions> = {}): Embedder {
  return createRemoteEmbedder({
    baseUrl: server.baseUrl,
    apiKey: KEY,
    model: MODEL,
    dimension: DIMENSION,
    cacheFolder: newFolder(),
    random: () => 0,
    wait: (ms) => Promise.resolve(pauses.push(ms)),
    log: (event) => events.push(event),
    ...options,
  });
}

function expected(text: string): number[] {
  const vector = modelVector(text);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function expectVectors(vectors: readonly Float32Array[], texts: readonly string[]): void {
  expect(vectors).toHaveLength(texts.length);
  texts.forEach((text, at) => expected(text).forEach((value, place) => expect(vectors[at]?.[place], text).toBeCloseTo(value, 6)));
}

async function failureOf(work: Promise<unknown>): Promise<BaimiError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'BaimiError', code: 'unavailable', message: expect.stringContaining('怎么改：') as string });
  return error as BaimiError;
}

const cacheFiles = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((file) => join(path, file))
    .filter((file) => statSync(file).isFile());

const TEXTS = ['下班路上出车祸算不算工伤', '老板拖欠工资三个月', '征地补偿标准', '怎么申请法律援助', '公证要带什么'];

describe('a remote embedding', () => {
  it('gives one vector of length one for each text, in order', async () => {
    const vectors = await embedder().embed(TEXTS);
    expectVectors(vectors, TEXTS);
    for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 6);
    expect(server.asked).toEqual([TEXTS]);
  });

  it('names the model, and asks nothing for nothing', async () => {
    const made = embedder();
    expect([made.name, made.dimension]).toEqual([MODEL, DIMENSION]);
    expect(await made.embed([])).toEqual([]);
    expect(server.asked).toEqual([]);
  });

  it('keeps the order of the texts where the service answers in another', async () => {
    server.next({ spoil: (answer) => ({ ...answer, data: answer.data.toReversed() }) });
    expectVectors(await embedder().embed(TEXTS), TEXTS);
  });

  it('asks in batches, some at once, and puts them together in order', async () => {
    const many = Array.from({ length: 95 }, (_, at) => `第${String(at)}个问题`);
    let [underWay, most] = [0, 0];
    const slowly: typeof fetch = async (address, init) => {
      most = Math.max(most, ++underWay);
      await pause(5);
      return fetch(address, init).finally(() => underWay--);
    };
    expectVectors(await embedder({ batchSize: 10, concurrency: 3, fetch: slowly }).embed(many), many);
    expect(most).toBe(3);
    expect(server.asked.map((batch) => batch.length).sort((a, b) => b - a)).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 5]);
    expect(server.asked.flat().sort()).toEqual(many.sort());
  });

  it('gives a text of blanks the vector that finds nothing, without asking', async () => {
    const vectors = await embedder().embed(['', TEXTS[0] ?? '', ' \n\u3000']);
    expectVectors(vectors.slice(1, 2), TEXTS.slice(0, 1));
    for (const blank of [vectors[0], vectors[2]]) expect(blank).toEqual(new Float32Array(DIMENSION));
    expect(server.asked).toEqual([[TEXTS[0]]]);
  });

  it('asks once for equal texts of one call and of calls at the same time', async () => {
    const made = embedder();
    const [first, second, third] = await Promise.all([made.embed(['甲', '乙', '甲']), made.embed(['乙', '丙']), made.embed(['甲'])]);
    expectVectors(first, ['甲', '乙', '甲']);
    expectVectors(second, ['乙', '丙']);
    expectVectors(third, ['甲']);
    expect(server.asked.flat().sort()).toEqual(['丙', '乙', '甲'].sort());
    first[0]?.fill(0);
    expectVectors([...first.slice(2), ...third], ['甲', '甲']);
  });

  it('tells all who waited for a text that it failed, and asks again afterwards', async () => {
    server.next({ status: 403 });
    const made = embedder();
    const results = await Promise.allSettled([made.embed(['甲']), made.embed(['甲'])]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(server.asked).toHaveLength(1);
    expectVectors(await made.embed(['甲']), ['甲']);
  });

  it('goes to the configured address only: a redirect is a failure', async () => {
    const other = await startFakeEmbeddings();
    server.next({ status: 307, headers: { location: `${other.baseUrl}/embeddings` } });
    expect((await failureOf(embedder().embed(TEXTS))).message).toContain('HTTP 307');
    expect(other.headers).toEqual([]);
  });

  it.each([
    ['a URL', { baseUrl: 'localhost:8000/v1' }],
    ['a URL over http', { baseUrl: 'file:///etc/passwd' }],
    ['a URL without a password', { baseUrl: 'http://user:geheim@127.0.0.1/v1' }],
    ['a key in one line', { apiKey: `${KEY}\n` }],
    ['a key', { apiKey: '' }],
  ])('wants %s', (_, options) => {
    expect(() => embedder(options)).toThrow(expect.objectContaining({ code: 'bad-config' }) as Error);
    expect(() => embedder(options)).not.toThrow(/geheim|sk-test/);
  });
});

describe('the environment', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is not looked at for address, key, organisation or a log', async () => {
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:9/v1');
    vi.stubEnv('OPENAI_API_KEY', 'sk-another');
    vi.stubEnv('OPENAI_ORGANIZATION', 'org-1');
    vi.stubEnv('OPENAI_ORG_ID', 'org-2');
    vi.stubEnv('OPENAI_PROJECT_ID', 'project-1');
    vi.stubEnv('OPENAI_LOG', 'debug');
    const written = vi.spyOn(console, 'debug').mockImplementation(() => undefined);
    expectVectors(await embedder().embed(TEXTS), TEXTS);
    expect(written).not.toHaveBeenCalled();
    expect(JSON.stringify(server.headers)).not.toMatch(/org-|project-1|sk-another/);
  });
});

describe('a service that stumbles', () => {
  it.each([
    ['is busy', { status: 429 }],
    ['breaks', { status: 500 }],
    ['is being replaced', { status: 503 }],
    ['hangs up', { hangUp: 'at-once' }],
    ['hangs up in the middle of its answer', { hangUp: 'in-the-body' }],
  ] as const)('is asked again after growing pauses where it %s', async (_, incident) => {
    server.next(incident, incident, incident);
    expectVectors(await embedder().embed(TEXTS), TEXTS);
    expect(server.asked).toEqual([TEXTS, TEXTS, TEXTS, TEXTS]);
    expect(pauses).toEqual([500, 1000, 2000]);
    expect(events.map(({ kind }) => kind)).toEqual(['retry', 'retry', 'retry']);
  });

  it('is left alone as long as it asks for', async () => {
    const inAMinute = new Date(Date.now() + 40_000).toUTCString();
    server.next({ status: 429, headers: { 'retry-after': '7' } }, { status: 503, headers: { 'retry-after': inAMinute } });
    expectVectors(await embedder().embed(TEXTS), TEXTS);
    expect(pauses[0]).toBe(7000);
    expect(pauses[1]).toBeGreaterThan(37_000);
    expect(pauses[1]).toBeLessThanOrEqual(40_000);
  });

  it('really is: the pause is made', async () => {
    server.next({ status: 429 });
    const before = performance.now();
    const real = createRemoteEmbedder({
      ...{ baseUrl: server.baseUrl, apiKey: KEY, model: MODEL, dimension: DIMENSION, cacheFolder: newFolder() },
      firstPauseMs: 60,
    });
    expectVectors(await real.embed(TEXTS), TEXTS);
    expect(performance.now() - before).toBeGreaterThanOrEqual(58);
  });

  it('is given up where it asks for longer than anyone waits', async () => {
    server.next({ status: 429, headers: { 'retry-after': '3600' } });
    expect((await failureOf(embedder().embed(TEXTS))).message).toContain('HTTP 429');
    expect([server.asked.length, pauses]).toEqual([1, []]);
  });

  it('is given up after the last try, and the pauses stop growing at their limit', async () => {
    server.always({ status: 500 });
    const { message } = await failureOf(embedder({ retries: 4, maxPauseMs: 1500 }).embed(TEXTS));
    expect(message).toMatch(/HTTP 500.*试了 5 次/);
    expect(server.asked).toHaveLength(5);
    expect(pauses).toEqual([500, 1000, 1500, 1500]);
  });

  it.each(['at-once', 'in-the-body'] as const)('is given up in time where it falls silent %s', async (silent) => {
    server.always({ silent });
    const before = performance.now();
    const { message } = await failureOf(embedder({ timeoutMs: 80, retries: 1 }).embed(TEXTS));
    expect(message).toMatch(/没有按时答复.*试了 2 次/);
    expect(performance.now() - before).toBeLessThan(15_000);
    expect(server.asked).toHaveLength(2);
  });

  it('is asked again where nothing listens, and then named', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as { port: number };
    closed.close();
    await once(closed, 'close');
    const { message } = await failureOf(embedder({ baseUrl: `http://127.0.0.1:${String(port)}/v1`, retries: 2 }).embed(TEXTS));
    expect(message).toMatch(new RegExp(`127\\.0\\.0\\.1:${String(port)} 连不上（ECONNREFUSED），试了 3 次`));
    expect(pauses).toEqual([500, 1000]);
  });
});

describe('a request that is refused', () => {
  const longest = '长'.repeat(LONGEST_INPUT + 1);

  it.each([
    ['a wrong key', /HTTP 401.*核对密钥/, { apiKey: 'sk-wrong-4711' }, TEXTS],
    ['an unknown model', /HTTP 404.*模型名/, { model: 'gpt-0' }, TEXTS],
    ['a wrong path', /HTTP 404.*地址/, { baseUrl: server.baseUrl.replace('/v1', '/v2') }, TEXTS],
    ['a text that is too long', /HTTP 400/, {}, ['短', longest]],
    ['too many texts at once', /HTTP 400.*一次最多几条/, { batchSize: 3000 }, Array.from({ length: 2049 }, (_, at) => String(at))],
  ] as const)('for %s is not repeated', async (_, message, options, texts) => {
    const error = await failureOf(embedder(options).embed(texts));
    expect(error.message).toMatch(message);
    expect(server.headers).toHaveLength(1);
    expect(pauses).toEqual([]);
  });

  it.each([400, 401, 403, 404])('with %i is not repeated', async (status) => {
    server.always({ status });
    expect((await failureOf(embedder().embed(TEXTS))).message).toContain(`HTTP ${String(status)}`);
    expect(server.asked).toHaveLength(1);
  });

  it('for want of money is not repeated', async () => {
    server.always({ status: 429, error: { code: 'insufficient_quota' } });
    expect((await failureOf(embedder().embed(TEXTS))).message).toMatch(/额度用完了.*充值/);
    expect(server.asked).toHaveLength(1);
  });

  it('tells neither the key nor the text, in no corner of the error', async () => {
    const secret = '隔壁老王打了我'.repeat(1500);
    for (const [options, text] of [
      [{ apiKey: 'sk-wrong-4711' }, '隔壁老王打了我'],
      [{}, secret],
    ] as const) {
      const error = await failureOf(embedder(options).embed([text]));
      expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/sk-|老王/);
    }
    server.always({ status: 500 });
    const error = await failureOf(embedder().embed(['隔壁老王打了我']));
    expect(inspect([error, events], { depth: 20, showHidden: true })).not.toMatch(/sk-|老王/);
  });
});

describe('a wrong answer', () => {
  const embedding = (change: (vector: number[]) => unknown) => ({
    spoil: (answer: EmbeddingList) => ({
      ...answer,
      data: answer.data.map((entry, at) => (at === 3 ? { ...entry, embedding: change(entry.embedding as number[]) } : entry)),
    }),
  });
  const indexed = (change: (index: number) => unknown) => ({
    spoil: (answer: EmbeddingList) => ({ ...answer, data: answer.data.map((entry) => ({ ...entry, index: change(entry.index) })) }),
  });

  it.each([
    ['a longer vector', /17 维，配置的是 16 维/, embedding((vector) => [...vector, 1])],
    ['a shorter vector', /15 维，配置的是 16 维/, embedding((vector) => vector.slice(1))],
    ['no vector', /没有向量/, embedding(() => null)],
    ['zeros', /全是零/, embedding((vector) => vector.map(() => 0))],
    ['a vector with null for NaN', /不是数/, embedding((vector) => [...vector.slice(1), NaN])],
    ['a vector of strings', /不是数/, embedding((vector) => vector.map(String))],
    ['numbers beyond all bounds', /不是数/, embedding((vector) => vector.map((value) => value * 1e300))],
    [
      'base64 although floats were asked for',
      /base64/,
      embedding((vector) => Buffer.from(Float32Array.from(vector).buffer).toString('base64')),
    ],
    [
      'fewer vectors than texts',
      /发去 5 条，只对上 4 个/,
      { spoil: (answer: EmbeddingList) => ({ ...answer, data: answer.data.slice(1) }) },
    ],
    [
      'more vectors than texts',
      /发去 5 条/,
      { spoil: (answer: EmbeddingList) => ({ ...answer, data: [...answer.data, ...answer.data.slice(4)] }) },
    ],
    ['the same index twice', /序号不对/, indexed((index) => Math.min(index, 3))],
    ['an index out of range', /序号不对/, indexed((index) => index + 1)],
    ['no index', /序号不对/, indexed(() => undefined)],
    ['an error dressed as success', /没有向量/, { spoil: () => ({ error: { message: KEY } }) }],
    ['null', /没有向量/, { spoil: () => null }],
    ['a web page', /没有向量/, { text: '<html>登录</html>', type: 'text/html' }],
    ['half a JSON', /读不懂/, { text: '{"data":[', type: 'application/json' }],
  ])('is refused and not kept: %s', async (_, message, incident) => {
    const cacheFolder = newFolder();
    server.next(incident);
    expect((await failureOf(embedder({ cacheFolder }).embed(TEXTS))).message).toMatch(message);
    expect(server.asked).toHaveLength(1);
    expectVectors(await embedder({ cacheFolder }).embed(TEXTS), TEXTS);
    expect(server.asked).toEqual([TEXTS, TEXTS]);
  });
});

describe('the cache', () => {
  it('spares the request, after a restart too', async () => {
    const cacheFolder = newFolder();
    await embedder({ cacheFolder }).embed(TEXTS.slice(0, 3));
    expectVectors(await embedder({ cacheFolder }).embed(TEXTS), TEXTS);
    expectVectors(await embedder({ cacheFolder }).embed(TEXTS.toReversed()), TEXTS.toReversed());
    expect(server.asked).toEqual([TEXTS.slice(0, 3), TEXTS.slice(3)]);
  });

  it('keeps what came before a failure', async () => {
    const cacheFolder = newFolder();
    const some = (count: number): string[] => TEXTS.slice(0, count);
    server.next({ spoil: (answer) => answer }, { status: 403 });
    await failureOf(embedder({ cacheFolder, batchSize: 2, concurrency: 1 }).embed(some(4)));
    expectVectors(await embedder({ cacheFolder }).embed(some(4)), some(4));
    expect(server.asked).toEqual([some(2), TEXTS.slice(2, 4), TEXTS.slice(2, 4)]);
  });

  it('does not mix up models or dimensions', async () => {
    const cacheFolder = newFolder();
    await embedder({ cacheFolder }).embed(TEXTS);
    await failureOf(embedder({ cacheFolder, model: 'another' }).embed(TEXTS));
    await failureOf(embedder({ cacheFolder, dimension: 8 }).embed(TEXTS));
    expect(server.headers).toHaveLength(3);
  });

  it('holds numbers only, for the owner only, and nothing half-written', async () => {
    const cacheFolder = newFolder();
    await embedder({ cacheFolder }).embed(TEXTS);
    const files = cacheFiles(cacheFolder);
    expect(files).toHaveLength(TEXTS.length);
    for (const file of files) {
      expect(file).toMatch(/\/[0-9a-f]{2}\/[0-9a-f]{62}$/);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const bytes = readFileSync(file);
      expect(bytes).toHaveLength(4 * DIMENSION + 4);
      for (const text of TEXTS) expect(bytes.includes(text.slice(0, 2))).toBe(false);
    }
  });

  it.each([
    ['a flipped bit', (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 5 ? byte ^ 16 : byte)))],
    ['a flipped checksum', (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte)))],
    ['something longer', (bytes: Buffer) => Buffer.concat([bytes, Buffer.of(0)])],
    ['zeros', (bytes: Buffer) => Buffer.alloc(bytes.length)],
  ])('throws a damaged vector away and asks again: %s', async (_, damage) => {
    const cacheFolder = newFolder();
    await embedder({ cacheFolder }).embed(TEXTS);
    const [file = ''] = cacheFiles(cacheFolder);
    const whole = readFileSync(file);
    writeFileSync(file, damage(whole));
    expectVectors(await embedder({ cacheFolder }).embed(TEXTS), TEXTS);
    expect(server.asked[1]).toHaveLength(1);
    expect(events.map(({ kind }) => kind)).toEqual(['cache-damaged']);
    expect(readFileSync(file)).toEqual(whole);
  });

  it('takes a truncated vector, and one under another’s name, for damaged', async () => {
    const cacheFolder = newFolder();
    await embedder({ cacheFolder }).embed(TEXTS);
    const [first = '', second = '', third = ''] = cacheFiles(cacheFolder);
    truncateSync(first, 20);
    writeFileSync(second, readFileSync(third));
    expectVectors(await embedder({ cacheFolder }).embed(TEXTS), TEXTS);
    expect(server.asked[1]).toHaveLength(2);
  });

  it('may be missing or not writable: then everything is asked for', async () => {
    const cacheFolder = newFolder();
    writeFileSync(cacheFolder, 'a file where a folder should be');
    for (let time = 0; time < 2; time++) expectVectors(await embedder({ cacheFolder }).embed(TEXTS), TEXTS);
    expect(server.asked).toEqual([TEXTS, TEXTS]);
    expect(events).toContainEqual({ kind: 'cache-unusable', code: 'ENOTDIR' });
    rmSync(cacheFolder);
  });
});

describe('personal data', () => {
  const said = (phone: string, id: string): string => `我叫王小明，电话${phone}，身份证${id}，老板欠我 12000 元`;

  it('does not leave: telephone, identity number and name are masked, amounts are not', async () => {
    await embedder().embed([said('13812345678', '51010419900307123X')]);
    const [sent = ''] = server.asked.flat();
    expect(sent).not.toMatch(/王小明|138|510104/);
    expect(sent).toBe('我叫〔姓名〕，电话〔电话〕，身份证〔身份证号〕，老板欠我 12000 元');
  });

  it('does not tell two questions apart in the cache', async () => {
    const cacheFolder = newFolder();
    await embedder({ cacheFolder }).embed([said('13812345678', '51010419900307123X')]);
    await embedder({ cacheFolder }).embed([said('13987654321', '510104198001011234'), said('13700000000', '510104197512120011')]);
    expect(server.asked).toHaveLength(1);
    expect(cacheFiles(cacheFolder)).toHaveLength(1);
  });
});
