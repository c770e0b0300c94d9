import { setTimeout as pause } from 'node:timers/promises';
import { BaimiError } from '../../domain/errors.js';
import { maskPersonalData } from '../../domain/mask.js';
import type { Embedder } from '../../retrieval/ports.js';
import { boundedFetch } from './bounded-fetch.js';
import { readVectors } from './embedding-answer.js';
import { EmbeddingCache, type CacheEvent } from './embedding-cache.js';
import { readFailure, unavailable } from './request-failure.js';

export interface RemoteEmbedderOptions {
  /** Where a server speaks OpenAI's protocol, up to and without `/embeddings`: https://…/v1 */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
  /** Length of the model's vectors; an answer of another length is refused. */
  readonly dimension: number;
  /** Vectors that were asked for once are kept here. Made where it is not there. */
  readonly cacheFolder: string;
  /** Texts in a request; 10 is the most that the strictest of the usual services takes. */
  readonly batchSize?: number;
  /** Requests under way at once. */
  readonly concurrency?: number;
  /** For one request, to the last byte of its answer. */
  readonly timeoutMs?: number;
  /** How often a request is repeated that failed for a reason that passes. */
  readonly retries?: number;
  /** Before the first repetition; doubles from one to the next. */
  readonly firstPauseMs?: number;
  /** The longest pause; a service that asks for a longer one is given up. */
  readonly maxPauseMs?: number;
  readonly fetch?: typeof globalThis.fetch;
  readonly wait?: (ms: number) => Promise<unknown>;
  /** From 0 to 1; spreads the repetitions of several processes. */
  readonly random?: () => number;
  /** Told of what went wrong and was got over; neither texts nor the key. */
  readonly log?: (event: EmbedderEvent) => void;
}

export type EmbedderEvent = CacheEvent | { readonly kind: 'retry'; readonly why: string; readonly pauseMs: number };

const CACHE_READS_AT_ONCE = 16;

/**
 * An embedding by a service that speaks OpenAI's protocol. Personal data is masked before a text is looked up or sent.
 * A text of blanks has the vector of zeros, which finds nothing.
 * @throws BaimiError `bad-config` where an option cannot be right
 */
export function createRemoteEmbedder(options: RemoteEmbedderOptions): Embedder {
  const { model, dimension, cacheFolder, retries = 5, firstPauseMs = 500, maxPauseMs = 60_000 } = options;
  const { batchSize = 10, concurrency = 4, wait = pause, random = Math.random, log = () => undefined } = options;
  const { host } = checkedUrl(options);
  const cache = new EmbeddingCache(cacheFolder, model, dimension, log);
  const request = lazyRequest(options, concurrency);
  /** Texts that are being embedded, by key, and the work that they are part of. */
  const underWay = new Map<string, Promise<ReadonlyMap<string, Float32Array>>>();

  async function ask(texts: readonly string[]): Promise<Float32Array[]> {
    for (let attempt = 0; ; attempt++) {
      try {
        return readVectors(await request(texts), texts.length, dimension);
      } catch (error) {
        const failure = readFailure(error);
        const asked = failure.retryAfterMs ?? 0;
        if (!failure.retry || attempt >= retries || asked > maxPauseMs) throw unavailable(host, failure, attempt + 1);
        const pauseMs = Math.min(maxPauseMs, Math.max(asked, firstPauseMs * 2 ** attempt * (1 + random() / 4)));
        log({ kind: 'retry', why: failure.why, pauseMs });
        await wait(pauseMs);
      }
    }
  }

  /** Vectors by key, from the cache where it has them. */
  async function find(texts: ReadonlyMap<string, string>): Promise<Map<string, Float32Array>> {
    const found = new Map<string, Float32Array>();
    await inParallel([...texts.keys()], CACHE_READS_AT_ONCE, async (key) => {
      const vector = await cache.read(key);
      if (vector !== null) found.set(key, vector);
    });
    const missing = [...texts].filter(([key]) => !found.has(key));
    await inParallel(chunks(missing, batchSize), concurrency, async (batch) => {
      const vectors = await ask(batch.map(([, text]) => text));
      const pairs = batch.map(([key], at) => [key, vectors[at] as Float32Array] as const);
      for (const [key, vector] of pairs) found.set(key, vector);
      await Promise.all(pairs.map(([key, vector]) => cache.write(key, vector)));
    });
    return found;
  }

  return {
    name: model,
    dimension,
    async embed(texts) {
      const keys = texts.map((text) => {
        const masked = maskPersonalData(text);
        return masked.trim() === '' ? null : { key: cache.keyOf(masked), masked };
      });
      const fresh = new Map<string, string>();
      for (const known of keys) if (known && !underWay.has(known.key)) fresh.set(known.key, known.masked);
      const work = find(fresh).finally(() => {
        for (const key of fresh.keys()) underWay.delete(key);
      });
      for (const key of fresh.keys()) underWay.set(key, work);
      const [, ...vectors] = await Promise.all([
        work,
        ...keys.map(async (known) => (known === null ? null : ((await underWay.get(known.key))?.get(known.key) ?? null))),
      ]);
      // copies: what one caller does to a vector is nothing to another
      return vectors.map((vector) => vector?.slice() ?? new Float32Array(dimension));
    },
  };
}

/** The library is loaded with the first request; it takes longer to load than everything else here. */
function lazyRequest(options: RemoteEmbedderOptions, concurrency: number): (texts: readonly string[]) => Promise<unknown> {
  const { baseUrl, apiKey, model, timeoutMs = 10_000, fetch = globalThis.fetch } = options;
  let request: Promise<(texts: readonly string[]) => Promise<unknown>> | undefined;
  return async (texts) => {
    request ??= import('./openai-embeddings.js').then(({ createEmbeddingRequest }) =>
      createEmbeddingRequest({ baseUrl, apiKey, model, concurrency, fetch: boundedFetch(fetch, timeoutMs) }),
    );
    return (await request)(texts);
  };
}

function checkedUrl({ baseUrl, apiKey, dimension, batchSize = 1, concurrency = 1 }: RemoteEmbedderOptions): URL {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new BaimiError('bad-config', '向量服务的地址不对。怎么改：写完整的 http 或 https 网址，一般以 /v1 结尾，里面不带用户名和密码');
  }
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new BaimiError(
      'bad-config',
      '向量服务的密钥里有空格、换行或者不是英文的字符，或者是空的。怎么改：重新复制一遍；服务不要密钥的，随便写一个',
    );
  }
  for (const [name, value] of Object.entries({ dimension, batchSize, concurrency })) {
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} has to be a whole number from 1`);
  }
  return url;
}

/** Runs `job` over all items, `width` at a time. After a failure no further one is begun. */
async function inParallel<Item>(items: readonly Item[], width: number, job: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const item of queue) {
      if (failed) return;
      try {
        await job(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
