import { once } from 'node:events';
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createChatModel, type ChatModel, type ChatModelOptions, type ModelEvent } from '../../src/adapters/models/chat-model.js';
import type { ModelReply } from '../../src/consultation/language-model/ports.js';
import { parsePrompt } from '../../src/knowledge/parse-prompt.js';
import { CHAT_KEY, CHAT_MODEL, startFakeChat, type Role } from '../support/fake-chat-server.js';

const server = await startFakeChat();
let events: ModelEvent[] = [];
let waits: number[] = [];
let clock = 0;

beforeEach(() => {
  server.asked.length = 0;
  server.received.length = 0;
  server.always(null);
  events = [];
  waits = [];
  clock = 0;
});

const prompt = parsePrompt(
  'prompts/sample.md',
  `---
id: sample
version: 2
purpose: 试一试改写
inputs: [question]
maxTokens: 200
---

## 要求

改写问题，只输出 JSON。

## 材料

{{question}}
`,
);
const schema = z.object({ question: z.string().max(500), facts: z.array(z.string()).default([]) });
const QUESTION = '老板拖欠工资三个月';

/** Pauses are written down, not made. */
function chat(options: Partial<ChatModelOptions> = {}): ChatModel {
  return createChatModel({
    ...{ baseUrl: server.baseUrl, apiKey: CHAT_KEY, model: CHAT_MODEL, json: 'json_object', timeoutMs: 5000 },
    now: () => clock,
    wait: (ms) => Promise.resolve(waits.push(ms)),
    log: (event) => events.push(event),
    ...options,
  });
}

interface Asking {
  readonly question?: string;
  readonly budgetMs?: number;
  readonly signal?: AbortSignal;
}

const ask = (model: ChatModel, { question = QUESTION, ...rest }: Asking = {}) =>
  model.complete({ prompt, input: { question }, schema, maxTokens: 200, budgetMs: 10_000, ...rest });

async function stream(model: ChatModel, asking: Asking = {}, onText?: (text: string) => void) {
  const pieces: string[] = [];
  const reply = await model.stream(
    { prompt, input: { question: asking.question ?? QUESTION }, maxTokens: 200, budgetMs: 10_000, ...asking },
    onText ?? ((text) => pieces.push(text)),
  );
  return { reply, pieces };
}

function why(reply: ModelReply<unknown>): string {
  return reply.kind === 'ok' ? 'ok' : reply.why;
}

/** A port on which nothing listens. */
async function closedPort(): Promise<string> {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as { port: number };
  closed.close();
  await once(closed, 'close');
  return `http://127.0.0.1:${String(port)}/v1`;
}

describe('a good model', () => {
  it.each(['json_object', 'json_schema', 'tools', 'none'] as const)('gives a checked value, asked by %s', async (json) => {
    const reply = await ask(chat({ json }));
    expect(reply).toMatchObject({ kind: 'ok', value: { question: '用人单位拖欠工资三个月，怎么办？', facts: ['老板拖欠工资三个月'] } });
    expect(server.asked).toHaveLength(1);
  });

  it('is given the instructions apart from the material, and nothing else', async () => {
    await ask(chat());
    expect(server.asked[0]).toEqual({
      model: CHAT_MODEL,
      messages: [
        { role: 'system', content: '改写问题，只输出 JSON。' },
        { role: 'user', content: `<question>\n${QUESTION}\n</question>` },
      ],
      max_tokens: 200,
      temperature: 0,
      response_format: { type: 'json_object' },
      stream: false,
    });
  });

  it('is counted and paid for', async () => {
    const reply = await ask(chat({ priceIn: 2, priceOut: 8 }));
    const tokens = reply.kind === 'ok' ? reply.tokens : { in: 0, out: 0 };
    expect(tokens.in).toBeGreaterThan(20);
    expect(events).toEqual([
      { kind: 'used', prompt: 'sample@2', tokens, yuan: (tokens.in * 2 + tokens.out * 8) / 1_000_000, estimated: false },
    ]);
  });

  it('that does not count is taken for one token a character', async () => {
    server.next({ role: 'good', text: '{"question":"怎么要工资"}', uncounted: true });
    const reply = await ask(chat());
    const sent = server.asked[0]?.messages.map(({ content }) => content).join('').length;
    expect(reply).toMatchObject({ kind: 'ok', value: { facts: [] }, tokens: { in: sent, out: 20 } });
    expect(events).toMatchObject([{ kind: 'used', estimated: true, yuan: null }]);
  });

  it('may think aloud and fence its JSON', async () => {
    server.next({ role: 'chatty' });
    expect(await ask(chat({ json: 'none' }))).toMatchObject({ kind: 'ok', value: { facts: ['老板拖欠工资三个月'] } });
  });

  it('may answer with names of a list, which are no language', async () => {
    server.next({ role: 'good', text: '{"topic":"expropriation","sure":true}' });
    const listed = z.object({ topic: z.enum(['expropriation', 'none']), sure: z.boolean() });
    const request = { prompt, input: { question: QUESTION }, schema: listed, maxTokens: 20, budgetMs: 9000 };
    expect(await chat().complete(request)).toMatchObject({ kind: 'ok', value: { topic: 'expropriation', sure: true } });
  });

  it('never sees personal data', async () => {
    const question = '我叫王小明，电话13812345678，身份证51010419900307123X，老板欠我 12000 元';
    await ask(chat(), { question });
    await stream(chat(), { question });
    expect(server.received.join()).not.toMatch(/王小明|13812345678|510104/);
    expect(server.received.join()).toContain('老板欠我 12000 元');
  });
});

describe('a model that fails is a value', () => {
  const cases: readonly (readonly [name: string, role: Role, why: string, requests: number])[] = [
    ['breaks off its JSON', { role: 'broken', how: 'cut-json' }, 'malformed', 1],
    ['answers in another shape', { role: 'broken', how: 'wrong-shape' }, 'malformed', 1],
    ['answers in prose', { role: 'broken', how: 'prose' }, 'malformed', 1],
    ['answers twice', { role: 'broken', how: 'two-objects' }, 'malformed', 1],
    ['is the page of a proxy', { role: 'broken', how: 'page' }, 'malformed', 1],
    ['sends an error dressed as success', { role: 'broken', how: 'error-body' }, 'malformed', 1],
    ['does not come to an end', { role: 'truncated' }, 'truncated', 1],
    ['says nothing', { role: 'empty' }, 'empty', 1],
    ['answers in English', { role: 'english' }, 'wrong-language', 1],
    ['answers in English prose', { role: 'good', text: 'Sorry, I cannot help you with that.' }, 'wrong-language', 1],
    ['is busy and does not say for how long', { role: 'refuses', status: 429 }, 'rate-limited', 1],
    ['is busy for longer than anyone waits', { role: 'refuses', status: 429, retryAfter: '30' }, 'rate-limited', 1],
    ['has no money left', { role: 'refuses', status: 429, code: 'insufficient_quota' }, 'rate-limited', 1],
    ['forbids', { role: 'refuses', status: 403 }, 'refused-key', 1],
    ['refuses the request', { role: 'refuses', status: 400 }, 'unavailable', 1],
    ['breaks', { role: 'refuses', status: 500 }, 'unavailable', 2],
    ['is being replaced', { role: 'refuses', status: 503 }, 'unavailable', 2],
    ['hangs up', { role: 'down', how: 'at-once' }, 'unavailable', 2],
    ['hangs up in the middle', { role: 'down', how: 'in-the-answer' }, 'unavailable', 2],
  ];

  it.each(cases)('where it %s', async (_, role, expected, requests) => {
    server.always(role);
    const reply = await ask(chat());
    expect(why(reply)).toBe(expected);
    expect(server.asked).toHaveLength(requests);
    expect(events.at(-1)).toMatchObject({ kind: 'failed', why: expected, prompt: 'sample@2' });
    expect(inspect([reply, events], { depth: 9 })).not.toMatch(/sk-test|拖欠|仲裁|Sorry/);
  });

  it('where the key is wrong, the model unknown, the path another, or nothing listens', async () => {
    expect(why(await ask(chat({ apiKey: 'sk-wrong-4711' })))).toBe('refused-key');
    expect(why(await ask(chat({ model: 'gpt-0' })))).toBe('unavailable');
    expect(why(await ask(chat({ baseUrl: server.baseUrl.replace('/v1', '/v2') })))).toBe('unavailable');
    expect(server.asked).toEqual([]);
    const reply = await ask(chat({ baseUrl: await closedPort() }));
    expect(reply).toMatchObject({ why: 'unavailable', detail: '连不上（ECONNREFUSED）' });
    expect(inspect(events, { depth: 9 })).not.toContain('4711');
  });

  it('where it is truncated, asked by a schema, and pays for what it took', async () => {
    server.next({ role: 'truncated' });
    expect(why(await ask(chat({ json: 'json_schema', priceIn: 1, priceOut: 1 })))).toBe('truncated');
    expect(events[0]).toMatchObject({ kind: 'used', estimated: true, tokens: { out: 200 } });
  });

  it('where it is sent elsewhere: a redirect is not followed', async () => {
    const other = await startFakeChat();
    const redirecting: typeof fetch = async (address, init) => {
      expect(init?.redirect).toBe('manual');
      return fetch(address, init).then(
        () => new Response(null, { status: 307, headers: { location: `${other.baseUrl}/chat/completions` } }),
      );
    };
    expect(why(await ask(chat({ fetch: redirecting, retries: 0 })))).toBe('unavailable');
    expect((await stream(chat({ fetch: redirecting, retries: 0 }))).reply.kind).toBe('failed');
    expect(other.received).toEqual([]);
  });

  it('throws only where it is asked wrongly', async () => {
    const request = { prompt, input: { message: '甲' }, schema, maxTokens: 20, budgetMs: 9000 };
    await expect(chat().complete(request)).rejects.toThrow('has no input message');
  });
});

describe('a failure that passes', () => {
  it.each([
    ['breaks once', { role: 'refuses', status: 502 }, 200],
    ['hangs up once', { role: 'down', how: 'in-the-answer' }, 200],
    ['asks for a little patience', { role: 'refuses', status: 429, retryAfter: '2' }, 2000],
    ['is down for a moment and says so', { role: 'refuses', status: 503, retryAfter: '1' }, 1000],
  ] as const)('is got over where the service %s', async (_, role, pauseMs) => {
    server.next(role);
    expect(why(await ask(chat()))).toBe('ok');
    expect(waits).toEqual([pauseMs]);
    expect(events.map(({ kind }) => kind)).toEqual(['retry', 'used']);
  });

  it('is not waited for beyond the budget', async () => {
    server.next({ role: 'refuses', status: 429, retryAfter: '2' });
    expect(why(await ask(chat(), { budgetMs: 1500 }))).toBe('rate-limited');
    expect([waits, server.asked.length]).toEqual([[], 1]);
  });

  it('really is waited for', async () => {
    server.next({ role: 'refuses', status: 429, retryAfter: '0.1' });
    const before = performance.now();
    const { baseUrl } = server;
    const real = createChatModel({ baseUrl, apiKey: CHAT_KEY, model: CHAT_MODEL, json: 'json_object', timeoutMs: 5000, pauseMs: 10 });
    expect(why(await ask(real))).toBe('ok');
    expect(performance.now() - before).toBeGreaterThanOrEqual(98);
  });
});

describe('time', () => {
  /** For a machine that is busy with other things. */
  const SLACK = 10_000;

  it.each(['no-headers', 'stalls', 'trickles'] as const)('of one request is kept where the answer %s', async (how) => {
    await ask(chat()); // loads the library
    server.always({ role: 'slow', how });
    const before = performance.now();
    expect(why(await ask(chat({ timeoutMs: 150 })))).toBe('timeout');
    const ms = performance.now() - before;
    expect(ms).toBeGreaterThanOrEqual(145);
    expect(ms).toBeLessThan(150 + SLACK);
    await expect.poll(() => server.open()).toBe(0);
  });

  it.each(['no-headers', 'stalls', 'trickles'] as const)('of the whole budget is kept where a stream %s', async (how) => {
    server.always({ role: 'slow', how });
    const before = performance.now();
    const { reply } = await stream(chat({ timeoutMs: 120 }), { budgetMs: 300 });
    expect(why(reply)).toBe('timeout');
    // what trickles is heard, so only the budget ends it
    expect(performance.now() - before).toBeGreaterThanOrEqual(how === 'trickles' ? 295 : 115);
    expect(performance.now() - before).toBeLessThan(300 + SLACK);
    await expect.poll(() => server.open()).toBe(0);
  });

  it('is kept with all repetitions', async () => {
    server.next({ role: 'refuses', status: 500 });
    server.always({ role: 'slow', how: 'no-headers' });
    const before = performance.now();
    expect(why(await ask(chat({ retries: 5, pauseMs: 20 }), { budgetMs: 250 }))).toBe('timeout');
    expect(performance.now() - before).toBeLessThan(250 + SLACK);
  });

  it('is kept though a pause never ends', async () => {
    server.always({ role: 'refuses', status: 500 });
    const before = performance.now();
    const reply = await ask(chat({ wait: () => new Promise(() => undefined) }), { budgetMs: 500 });
    expect(why(reply)).toBe('unavailable');
    expect(performance.now() - before).toBeLessThan(500 + SLACK);
  });

  it('that is not there is not begun', async () => {
    for (const budgetMs of [0, -5, 20, NaN]) expect(why(await ask(chat(), { budgetMs }))).toBe('over-budget');
    expect(server.received).toEqual([]);
  });

  it('ends when no one waits any longer', async () => {
    server.always({ role: 'slow', how: 'stalls' });
    const asker = new AbortController();
    const reply = ask(chat(), { signal: asker.signal });
    await expect.poll(() => server.asked.length).toBe(1);
    asker.abort();
    expect(why(await reply)).toBe('over-budget');
    await expect.poll(() => server.open()).toBe(0);
    expect(why(await ask(chat(), { signal: asker.signal }))).toBe('over-budget');
    expect(server.asked).toHaveLength(1);
  });
});

describe('a stream', () => {
  it('is handed on as it arrives, and given whole', async () => {
    const { reply, pieces } = await stream(chat());
    expect(pieces.length).toBeGreaterThan(3);
    expect(reply).toMatchObject({ kind: 'ok', value: pieces.join('') });
    expect(pieces.join('')).toContain('怎么办');
    expect(events).toMatchObject([{ kind: 'used', estimated: false }]);
    expect(server.asked[0]).not.toHaveProperty('response_format');
  });

  it('does not hand on what is thought aloud', async () => {
    server.next({ role: 'good', text: '\n<think>用户其实想问别的</think>可以申请仲裁。' });
    const { reply, pieces } = await stream(chat());
    expect(pieces.join('')).toBe('可以申请仲裁。');
    expect(reply).toMatchObject({ kind: 'ok', value: '可以申请仲裁。' });
    server.next({ role: 'good', text: '<think>没有想完' });
    expect((await stream(chat())).reply).toMatchObject({ why: 'empty' });
    server.next({ role: 'good', text: '<th' });
    expect((await stream(chat())).pieces).toEqual(['<th']);
  });

  it.each([
    ['breaks off', { role: 'down', how: 'in-the-answer' }, 'unavailable', 1],
    ['never begins', { role: 'down', how: 'at-once' }, 'unavailable', 2],
    ['is refused', { role: 'refuses', status: 401 }, 'refused-key', 1],
    ['is cut short', { role: 'truncated' }, 'truncated', 1],
    ['is empty', { role: 'empty' }, 'empty', 1],
    ['is English', { role: 'good', text: 'You may go to arbitration.' }, 'wrong-language', 1],
    ['is a page', { role: 'broken', how: 'page' }, 'unavailable', 1],
  ] as const)('that %s is a failure', async (_, role, expected, requests) => {
    server.always(role);
    const { reply } = await stream(chat());
    expect(why(reply)).toBe(expected);
    expect(server.asked).toHaveLength(requests);
  });

  it('where nothing listens is a failure', async () => {
    const { reply } = await stream(chat({ baseUrl: await closedPort() }));
    expect(reply).toMatchObject({ why: 'unavailable', detail: '断了（ECONNREFUSED）' });
  });

  it('passes on what its listener throws, and counts it against no one', async () => {
    const model = chat({ failures: 1 });
    await expect(
      stream(model, {}, () => {
        throw new Error('the listener broke');
      }),
    ).rejects.toThrow('the listener broke');
    expect(model.circuit()).toBe('closed');
  });
});

describe('the circuit breaker', () => {
  const broken: Role = { role: 'refuses', status: 400 };
  const fail = async (model: ChatModel, times: number): Promise<void> => {
    for (let time = 0; time < times; time++) {
      server.next(broken);
      await ask(model);
    }
  };

  it('opens after three failures in a row, and then nothing is asked', async () => {
    const model = chat();
    await fail(model, 2);
    expect(model.circuit()).toBe('closed');
    await fail(model, 1);
    expect(model.circuit()).toBe('open');
    expect(why(await ask(model))).toBe('circuit-open');
    expect(why((await stream(model)).reply)).toBe('circuit-open');
    expect(server.asked).toHaveLength(3);
    expect(events).toContainEqual({ kind: 'circuit', state: 'open' });
  });

  it('does not count failures with an answer between them', async () => {
    const model = chat();
    await fail(model, 2);
    await ask(model);
    await fail(model, 2);
    expect(model.circuit()).toBe('closed');
  });

  it('tries once after a minute, and closes where that goes well', async () => {
    const model = chat();
    await fail(model, 3);
    clock = 59_999;
    expect(why(await ask(model))).toBe('circuit-open');
    clock = 60_000;
    server.next({ role: 'slow', how: 'stalls' });
    const asker = new AbortController();
    const trial = ask(model, { signal: asker.signal });
    await expect.poll(() => server.asked.length).toBe(4);
    expect(model.circuit()).toBe('half-open');
    expect(why(await ask(model))).toBe('circuit-open');
    // given up by the asker: it says nothing, so the next may try
    asker.abort();
    await trial;
    expect(model.circuit()).toBe('open');
    expect(why(await ask(model))).toBe('ok');
    expect(model.circuit()).toBe('closed');
    const states = events.flatMap((event) => (event.kind === 'circuit' ? [event.state] : []));
    expect(states).toEqual(['open', 'half-open', 'open', 'half-open', 'closed']);
  });

  it('stays open for another minute where the trial fails', async () => {
    const model = chat();
    await fail(model, 3);
    clock = 60_000;
    await fail(model, 1);
    expect(model.circuit()).toBe('open');
    clock = 119_999;
    expect(why(await ask(model))).toBe('circuit-open');
    clock = 120_000;
    expect(why(await ask(model))).toBe('ok');
  });

  it('opens where the answers cannot be used, too', async () => {
    server.always({ role: 'broken', how: 'cut-json' });
    const model = chat({ failures: 2 });
    await ask(model);
    await ask(model);
    expect(model.circuit()).toBe('open');
  });

  it('does not count an asker who had no time', async () => {
    const model = chat({ failures: 1 });
    await ask(model, { budgetMs: 0 });
    expect(model.circuit()).toBe('closed');
  });

  it('is not closed by what began before it opened', async () => {
    const model = chat({ failures: 1 });
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slowFetch: typeof fetch = async (address, init) => {
      const answer = await fetch(address, init);
      await held;
      return answer;
    };
    const slow = chat({
      failures: 1,
      fetch: (address, init) => (server.asked.length === 0 ? slowFetch(address, init) : fetch(address, init)),
    });
    const early = ask(slow);
    await expect.poll(() => server.asked.length).toBe(1);
    await fail(slow, 1);
    release();
    expect(why(await early)).toBe('ok');
    expect([slow.circuit(), model.circuit()]).toEqual(['open', 'closed']);
  });
});

describe('the environment', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('is not looked at for address, key, a log, or someone to tell', async () => {
    const other = await startFakeChat();
    for (const [name, value] of Object.entries({
      OPENAI_BASE_URL: other.baseUrl,
      OPENAI_API_KEY: 'sk-another',
      OPENAI_ADMIN_KEY: 'sk-admin',
      OPENAI_ORG_ID: 'org-2',
      OPENAI_PROJECT_ID: 'project-1',
      OPENAI_LOG: 'debug',
      LANGSMITH_GATEWAY: other.baseUrl,
      LANGSMITH_TRACING: 'true',
      LANGCHAIN_TRACING_V2: 'true',
      LANGSMITH_API_KEY: 'sk-smith',
      LANGSMITH_ENDPOINT: other.baseUrl,
      LANGCHAIN_VERBOSE: 'true',
    })) {
      vi.stubEnv(name, value);
    }
    const written = (['debug', 'log', 'info', 'warn', 'error'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => undefined),
    );
    expect(why(await ask(chat()))).toBe('ok');
    expect(why((await stream(chat())).reply)).toBe('ok');
    for (const spy of written) expect(spy).not.toHaveBeenCalled();
    expect(other.received).toEqual([]);
    expect(server.received.join()).not.toMatch(/org-2|project-1|sk-another|sk-admin|sk-smith/);
  });
});

describe('its options', () => {
  it.each([
    ['a URL', { baseUrl: 'localhost:8000/v1' }],
    ['a URL over http', { baseUrl: 'file:///etc/passwd' }],
    ['a URL without a password', { baseUrl: 'http://user:geheim@127.0.0.1/v1' }],
    ['a key in one line', { apiKey: `${CHAT_KEY}\n` }],
    ['a key', { apiKey: '' }],
  ])('want %s', (_, options) => {
    expect(() => chat(options)).toThrow(expect.objectContaining({ code: 'bad-config' }) as Error);
    expect(() => chat(options)).not.toThrow(/geheim|sk-test/);
  });

  it('want sensible numbers', () => {
    expect(() => chat({ timeoutMs: 0 })).toThrow('timeoutMs');
    expect(() => chat({ failures: 0 })).toThrow('failures');
  });
});
