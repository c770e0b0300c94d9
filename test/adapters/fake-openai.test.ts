import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createChatModel } from '../../src/adapters/models/chat-model.js';
import { parsePrompt } from '../../src/knowledge/parse-prompt.js';
import {
  CHAT_KEY,
  CHAT_MODEL,
  CHAT_REFUSALS,
  LIES,
  WAYS,
  startFakeChat,
  type ChatRefusal,
  type Role,
} from '../support/fake-chat-server.js';
import {
  EMBEDDING_REFUSALS,
  KEY,
  LONGEST_INPUT,
  MODEL,
  startFakeEmbeddings,
  type EmbeddingRefusal,
} from '../support/fake-embeddings-server.js';

const chat = await startFakeChat();
const embeddings = await startFakeEmbeddings();

interface Asked {
  readonly body: object | string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function refusalOf(address: string, key: string, { body, path = '', headers = {} }: Asked): Promise<unknown> {
  const response = await fetch(address + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const { error } = (await response.json()) as { error?: { code: string | null } };
  return [response.status, error?.code];
}

describe('the fake of a chat service refuses what the original refuses', () => {
  const good = { model: CHAT_MODEL, messages: [{ role: 'user', content: '答复用 JSON' }] };
  const strict = (schema: object): object => ({ response_format: { type: 'json_schema', json_schema: { strict: true, schema } } });
  const ASKED: Readonly<Record<ChatRefusal, readonly Asked[]>> = {
    'another path': [{ body: good, path: '/more' }],
    'wrong key': [{ body: good, headers: { authorization: 'Bearer sk-wrong' } }],
    'no JSON': [{ body: '{"model":' }],
    'unknown argument': [{ body: { ...good, tempo: 1 } }],
    'unknown model': [{ body: { ...good, model: 'gpt-0' } }],
    'no messages': [{ body: { ...good, messages: [] } }],
    'a message that is none': [{ body: { ...good, messages: [{ role: 'poet', content: '诗' }] } }],
    'no room for an answer': [{ body: { ...good, max_tokens: 0 } }],
    'options of a stream without one': [{ body: { ...good, stream_options: {} } }],
    'JSON without the word': [{ body: { ...good, messages: [{ role: 'user', content: '好' }], response_format: { type: 'json_object' } } }],
    'no schema': [{ body: { ...good, response_format: { type: 'json_schema', json_schema: {} } } }],
    'a schema that is not strict': [
      { body: { ...good, ...strict({ type: 'array' }) } },
      { body: { ...good, ...strict({ type: 'object', minProperties: 1 }) } },
      { body: { ...good, ...strict({ type: 'object', properties: {} }) } },
      { body: { ...good, ...strict({ type: 'object', properties: { a: {} }, additionalProperties: false, required: [] }) } },
    ],
    'a tool chosen from none': [{ body: { ...good, tool_choice: 'auto' } }],
    'parameters of a tool that are no object': [
      { body: { ...good, tools: [{ type: 'function', function: { name: 'reply', parameters: { type: 'array' } } }] } },
    ],
  };

  it.each(Object.entries(ASKED))('%s', async (name, asked) => {
    const address = `${chat.baseUrl}/chat/completions`;
    for (const one of asked) expect(await refusalOf(address, CHAT_KEY, one)).toEqual(CHAT_REFUSALS[name as ChatRefusal]);
    // and is no wall: what is right is answered
    expect(await refusalOf(address, CHAT_KEY, { body: good })).toEqual([200, undefined]);
  });
});

describe('the fake of an embedding service refuses what the original refuses', () => {
  const good = { model: MODEL, input: ['工伤'] };
  const ASKED: Readonly<Record<EmbeddingRefusal, readonly Asked[]>> = {
    'another path': [{ body: good, path: '/more' }],
    'wrong key': [{ body: good, headers: { authorization: 'Bearer sk-wrong' } }],
    'another type of content': [{ body: good, headers: { 'content-type': 'text/plain' } }],
    'unknown argument': [{ body: { ...good, tempo: 1 } }],
    'unknown model': [{ body: { ...good, model: 'gpt-0' } }],
    'unknown encoding': [{ body: { ...good, encoding_format: 'hex' } }],
    'no texts, or too many': [{ body: { ...good, input: [] } }, { body: { ...good, input: Array.from({ length: 2049 }, () => '一') } }],
    'an empty text': [{ body: { ...good, input: [''] } }, { body: { ...good, input: [1] } }],
    'too long a text': [{ body: { ...good, input: ['长'.repeat(LONGEST_INPUT + 1)] } }],
  };

  it.each(Object.entries(ASKED))('%s', async (name, asked) => {
    const address = `${embeddings.baseUrl}/embeddings`;
    for (const one of asked) expect(await refusalOf(address, KEY, one)).toEqual(EMBEDDING_REFUSALS[name as EmbeddingRefusal]);
    expect(await refusalOf(address, KEY, { body: good })).toEqual([200, undefined]);
  });
});

describe('whatever the fake’s model does', () => {
  const prompt = parsePrompt(
    'prompts/sample.md',
    '---\nid: sample\nversion: 1\npurpose: 试一试改写\ninputs: [question]\nmaxTokens: 200\n---\n\n## 要求\n\n只输出 JSON。\n\n## 材料\n\n{{question}}\n',
  );
  const schema = z.object({ question: z.string() });
  /** Every way in which it fails or lies. */
  const ROLES: readonly Role[] = [
    ...WAYS.slow.map((how) => ({ role: 'slow', how }) as const),
    ...WAYS.down.map((how) => ({ role: 'down', how }) as const),
    ...WAYS.broken.map((how) => ({ role: 'broken', how }) as const),
    ...LIES.map((lie) => ({ role: 'lying', lie }) as const),
    ...[400, 401, 403, 404, 429, 500, 502, 503].map((status) => ({ role: 'refuses', status }) as const),
    { role: 'truncated' },
    { role: 'breaks-off', afterLines: 1, text: '{"question":"怎么要工资"}' },
    { role: 'empty' },
    { role: 'english' },
    { role: 'chatty' },
    { role: 'good' },
  ];

  it.each(ROLES.map((role) => [JSON.stringify(role), role] as const))('%s, our side gets a value and never an error', async (_, role) => {
    const model = createChatModel({
      ...{ baseUrl: chat.baseUrl, apiKey: CHAT_KEY, model: CHAT_MODEL, json: 'json_object', timeoutMs: 150, retries: 0 },
      log: () => undefined,
    });
    const asked = { prompt, input: { question: '老板拖欠工资' }, maxTokens: 200, budgetMs: 400 };
    chat.always(role);
    const whole = await model.complete({ ...asked, schema });
    const streamed = await model.stream(asked, () => undefined);
    chat.always(null);
    for (const reply of [whole, streamed]) expect(['ok', 'failed']).toContain(reply.kind);
    expect(JSON.stringify([whole, streamed])).not.toContain(CHAT_KEY);
    if (!['good', 'chatty', 'lying', 'breaks-off'].includes(role.role)) expect(whole.kind).toBe('failed');
    // where nothing comes, there is nothing to be ok
    if (role.role === 'slow' || role.role === 'down' || role.role === 'refuses') expect(streamed.kind).toBe('failed');
  });
});
