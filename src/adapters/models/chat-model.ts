import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { LanguageModel, ModelFailure, ModelReply, ModelTokens, StreamRequest } from '../../consultation/language-model/ports.js';
import { BaimiError } from '../../domain/errors.js';
import { maskPersonalData } from '../../domain/mask.js';
import { boundedFetch } from './bounded-fetch.js';
import { askOnce, lost, streamOnce, type Attempt } from './chat-attempt.js';
import { createCircuitBreaker, type CircuitPass, type CircuitState } from './circuit-breaker.js';
import type { ChatRequest, ChatRequests, JsonMode } from './openai-chat.js';
import { withinTime } from './within-time.js';

export interface ChatModelOptions {
  /** Where a server speaks OpenAI's protocol, up to and without `/chat/completions`: https://…/v1 */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
  /** Which way of asking for JSON the server knows. */
  readonly json: JsonMode;
  /** For one request to its last byte; for a stream, the longest silence. */
  readonly timeoutMs: number;
  /** Yuan per million tokens; null: not known. */
  readonly priceIn?: number | null;
  readonly priceOut?: number | null;
  /** How often a request is repeated that failed for a reason that passes, where the budget lasts. */
  readonly retries?: number;
  /** Least pause before a repetition. */
  readonly pauseMs?: number;
  /** Failures in a row after which nothing is asked for `openMs`. */
  readonly failures?: number;
  readonly openMs?: number;
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds, for the circuit breaker. */
  readonly now?: () => number;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** Told what was used and what went wrong; neither texts nor the key. `prompt` is `id@version`. */
  readonly log?: (event: ModelEvent) => void;
}

export type ModelEvent =
  /** An answer, useful or not. `yuan`: null where the price is not known. `estimated`: the service did not count. */
  | ({ readonly kind: 'used'; readonly tokens: ModelTokens; readonly yuan: number | null; readonly estimated: boolean } & Asked)
  | ({ readonly kind: 'retry'; readonly detail: string; readonly pauseMs: number } & Asked)
  | ({ readonly kind: 'failed'; readonly why: ModelFailure; readonly detail: string; readonly ms: number } & Asked)
  | { readonly kind: 'circuit'; readonly state: CircuitState };

interface Asked {
  readonly prompt: string;
}

export interface ChatModel extends LanguageModel {
  circuit(): CircuitState;
}

/** Less than this is no time in which anything answers. */
const LEAST_MS = 50;

/**
 * A language model behind a service that speaks OpenAI's protocol. Personal data is masked before anything is sent.
 * @throws BaimiError `bad-config` where an option cannot be right
 */
export function createChatModel(options: ChatModelOptions): ChatModel {
  const { model, json, timeoutMs, failures = 3, openMs = 60_000, now = () => performance.now(), log = () => undefined } = options;
  checkOptions(options);
  const requests = lazyRequests(options);
  const breaker = createCircuitBreaker({
    failures,
    openMs,
    now,
    onChange: (state) => {
      log({ kind: 'circuit', state });
    },
  });

  async function reply<T>(
    request: StreamRequest,
    limitMs: number,
    schema: z.ZodType<T> | null,
    once: (chat: ChatRequest, signal: AbortSignal) => Promise<Attempt<T>>,
  ): Promise<ModelReply<T>> {
    const started = performance.now();
    const prompt = `${request.prompt.id}@${String(request.prompt.version)}`;
    const chat = chatRequest(request, schema === null ? null : { mode: json, schema: jsonSchemaOf(schema) });
    const failed = (why: ModelFailure, detail: string): ModelReply<T> => {
      log({ kind: 'failed', prompt, why, detail, ms: performance.now() - started });
      return { kind: 'failed', why, detail };
    };
    if (request.signal?.aborted) return failed('over-budget', NO_ONE_WAITS);
    if (!(request.budgetMs >= LEAST_MS)) return failed('over-budget', '剩下的时间不够问一次');
    const pass = breaker.enter();
    if (!pass) return failed('circuit-open', '刚才连着失败，先不问它');
    try {
      const outcome = await repeated(request, limitMs, prompt, options, (signal) => once(chat, signal));
      settle(pass, outcome);
      if (outcome.kind === 'failed') return failed(outcome.why, outcome.detail);
      return { kind: 'ok', value: outcome.value, tokens: outcome.tokens ?? { in: 0, out: 0 }, ms: performance.now() - started };
    } finally {
      // where the caller's own `onText` threw; otherwise it has been settled
      pass.abandoned();
    }
  }

  return {
    name: model,
    circuit: () => breaker.state(),
    complete: (request) => reply(request, timeoutMs, request.schema, (chat, signal) => askOnce(requests, chat, request.schema, signal)),
    stream: (request, onText) =>
      reply(request, request.budgetMs, null, (chat, signal) => streamOnce(requests, chat, onText, timeoutMs, signal)),
  };
}

const NO_ONE_WAITS = '没有人再等了';

/** One request, and again after a failure that passes, as often and as long as there is time. */
async function repeated<T>(
  { budgetMs, signal: caller }: StreamRequest,
  limitMs: number,
  prompt: string,
  options: ChatModelOptions,
  once: (signal: AbortSignal) => Promise<Attempt<T>>,
): Promise<Attempt<T>> {
  const { priceIn, priceOut, retries = 1, pauseMs: leastPauseMs = 200, log = () => undefined } = options;
  const { wait = (ms: number, signal: AbortSignal) => pause(ms, undefined, { signal }) } = options;
  const started = performance.now();
  const left = (): number => budgetMs - (performance.now() - started);
  for (let attempt = 0; ; attempt++) {
    const outcome = await withinTime<Attempt<T>>(Math.min(limitMs, left()), caller, once, (over) =>
      over === 'time' ? lost('timeout', '没有按时答复') : lost('over-budget', NO_ONE_WAITS),
    );
    const { tokens, estimated, again } = outcome;
    if (tokens) log({ kind: 'used', prompt, tokens, estimated, yuan: yuanOf(tokens, priceIn, priceOut) });
    if (outcome.kind === 'ok' || again === null || attempt >= retries) return outcome;
    const pauseMs = Math.max(again, leastPauseMs);
    if (pauseMs + LEAST_MS > left()) return outcome;
    log({ kind: 'retry', prompt, detail: outcome.detail, pauseMs });
    const paused = (signal: AbortSignal): Promise<Attempt<never> | null> => wait(pauseMs, signal).then(() => null);
    const gone = await withinTime<Attempt<never> | null>(left(), caller, paused, (over) =>
      over === 'time' ? lost(outcome.why, outcome.detail) : lost('over-budget', NO_ONE_WAITS),
    );
    if (gone) return gone;
  }
}

function settle(pass: CircuitPass, outcome: Attempt<unknown>): void {
  if (outcome.kind === 'ok') pass.succeeded();
  else if (outcome.why === 'over-budget') pass.abandoned();
  else pass.failed();
}

function yuanOf(tokens: ModelTokens, priceIn: number | null = null, priceOut: number | null = null): number | null {
  return priceIn === null || priceOut === null ? null : (tokens.in * priceIn + tokens.out * priceOut) / 1_000_000;
}

function chatRequest({ prompt, input, maxTokens }: StreamRequest, json: ChatRequest['json']): ChatRequest {
  const masked = Object.fromEntries(Object.entries(input).map(([name, text]) => [name, maskPersonalData(text)]));
  return { system: prompt.instructions, user: prompt.material(masked), maxTokens, json };
}

const REFUSED_BY_STRICT_SERVERS = ['default', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems'] as const;

/** Without what strict servers refuse; the reply is held against the schema itself in any case. */
function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const whole = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the library hands over its own object, to be changed in place
      for (const name of REFUSED_BY_STRICT_SERVERS) delete jsonSchema[name];
    },
  });
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== '$schema'));
}

/** The library is loaded with the first request; it takes longer to load than everything else here. */
function lazyRequests({ baseUrl, apiKey, model, timeoutMs, fetch = globalThis.fetch }: ChatModelOptions): () => Promise<ChatRequests> {
  let made: Promise<ChatRequests> | undefined;
  const streamFetch: typeof fetch = (address, init) => fetch(address, { ...init, redirect: 'manual' });
  return () =>
    (made ??= import('./openai-chat.js').then(({ createChatRequests }) =>
      createChatRequests({ baseUrl, apiKey, model, fetch: boundedFetch(fetch, timeoutMs), streamFetch }),
    ));
}

function checkOptions(options: ChatModelOptions): void {
  const { baseUrl, apiKey, timeoutMs, failures = 1, retries = 0 } = options;
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new BaimiError('bad-config', '语言模型的地址不对。怎么改：写完整的 http 或 https 网址，一般以 /v1 结尾，里面不带用户名和密码');
  }
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new BaimiError(
      'bad-config',
      '语言模型的密钥里有空格、换行或者不是英文的字符，或者是空的。怎么改：重新复制一遍；服务不要密钥的，随便写一个',
    );
  }
  for (const [name, value, least] of [
    ['timeoutMs', timeoutMs, 1],
    ['failures', failures, 1],
    ['retries', retries, 0],
  ] as const) {
    if (!Number.isInteger(value) || value < least) throw new RangeError(`${name} has to be a whole number from ${String(least)}`);
  }
}
