import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import { afterAll } from 'vitest';
import { createRandom } from '../../src/retrieval/training/random.js';

/** The body of a good answer, for a test to spoil. */
export interface EmbeddingList {
  object: 'list';
  id: string;
  model: string;
  data: { object: 'embedding'; index: number; embedding: unknown }[];
  usage: { prompt_tokens: number; total_tokens: number };
}

/** What happens to one request instead of a good answer. */
export type Incident =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly error?: object }
  | { readonly spoil: (answer: EmbeddingList) => unknown }
  | { readonly text: string; readonly type: string }
  /** Nothing comes; or headers and half a body, and then nothing. */
  | { readonly silent: 'at-once' | 'in-the-body' }
  | { readonly hangUp: 'at-once' | 'in-the-body' };

export interface FakeEmbeddingsServer {
  /** …/v1 */
  readonly baseUrl: string;
  /** Inputs of the requests that were well-formed, whatever came of them. */
  readonly asked: string[][];
  /** Headers of all requests. */
  readonly headers: IncomingMessage['headers'][];
  /** The next requests meet these, one each. */
  next(...incidents: Incident[]): void;
  /** All requests from now on meet this; null: none. */
  always(incident: Incident | null): void;
}

export const KEY = 'sk-test-1234567890abcdef';
export const MODEL = 'text-embedding-test';
export const DIMENSION = 16;
/** Most characters of an input; the real one counts tokens. */
export const LONGEST_INPUT = 8192;

/** What the server's model makes of a text; not of length one. */
export function modelVector(text: string): number[] {
  const random = createRandom(crc32(text));
  return Array.from({ length: DIMENSION }, () => 6 * (random() - 0.5));
}

/** Requests that the server refuses, as the original does: status and code. */
export const EMBEDDING_REFUSALS = {
  'another path': [404, 'unknown_url'],
  'wrong key': [401, 'invalid_api_key'],
  'another type of content': [400, 'content_type'],
  'unknown argument': [400, 'unknown'],
  'unknown model': [404, 'model_not_found'],
  'unknown encoding': [400, 'format'],
  'no texts, or too many': [400, 'array'],
  'an empty text': [400, 'empty'],
  'too long a text': [400, 'length'],
} as const;
export type EmbeddingRefusal = keyof typeof EMBEDDING_REFUSALS;

class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(name: EmbeddingRefusal, message: string) {
    super(message);
    [this.status, this.code] = EMBEDDING_REFUSALS[name];
  }
}

/**
 * Keeps the protocol of OpenAI's `POST /v1/embeddings` on loopback and refuses what the original refuses. Its errors repeat
 * the key and the text, as real ones do. Closed after the file's tests.
 */
export async function startFakeEmbeddings(): Promise<FakeEmbeddingsServer> {
  const asked: string[][] = [];
  const headers: IncomingMessage['headers'][] = [];
  const planned: Incident[] = [];
  let standing: Incident | null = null;
  let answers = 0;

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    headers.push(request.headers);
    response.setHeader('x-request-id', `req_${String(++answers)}`);
    try {
      let raw = '';
      for await (const chunk of request.setEncoding('utf8')) raw += chunk as string;
      const { input, encoding } = validate(request, raw);
      asked.push(input);
      const answer: EmbeddingList = {
        object: 'list',
        id: `emb-${String(answers)}`,
        model: MODEL,
        data: input.map((text, index) => ({ object: 'embedding', index, embedding: encode(modelVector(text), encoding) })),
        usage: { prompt_tokens: input.join('').length, total_tokens: input.join('').length },
      };
      meet(planned.shift() ?? standing, answer, response, input);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, code, message } = error;
      send(response, status, { error: { message, type: 'invalid_request_error', param: null, code } });
    }
  };
  const server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    baseUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`,
    asked,
    headers,
    next: (...incidents) => void planned.push(...incidents),
    always: (incident) => (standing = incident),
  };
}

function validate(request: IncomingMessage, raw: string): { input: string[]; encoding: unknown } {
  if (request.method !== 'POST' || request.url !== '/v1/embeddings') throw new Refusal('another path', 'Unknown request URL');
  const key = request.headers.authorization;
  if (key !== `Bearer ${KEY}`) throw new Refusal('wrong key', `Incorrect API key provided: ${String(key)}.`);
  if (request.headers['content-type'] !== 'application/json') throw new Refusal('another type of content', 'Unsupported content type');
  const body = JSON.parse(raw) as Record<string, unknown>;
  for (const name of Object.keys(body)) {
    if (!['model', 'input', 'encoding_format', 'user'].includes(name))
      throw new Refusal('unknown argument', `Unrecognized argument: ${name}`);
  }
  const { model, input, encoding_format: encoding } = body;
  if (model !== MODEL) throw new Refusal('unknown model', `The model ${String(model)} does not exist`);
  if (encoding !== undefined && encoding !== 'float' && encoding !== 'base64')
    throw new Refusal('unknown encoding', 'Invalid encoding_format');
  const texts: unknown[] = Array.isArray(input) ? input : [input];
  if (texts.length === 0 || texts.length > 2048) throw new Refusal('no texts, or too many', `'$.input' is invalid: ${raw}`);
  for (const text of texts) {
    if (typeof text !== 'string' || text === '') throw new Refusal('an empty text', `'$.input' is invalid: ${raw}`);
    if (text.length > LONGEST_INPUT) {
      throw new Refusal('too long a text', `This model's maximum context length is ${String(LONGEST_INPUT)} tokens: ${text}`);
    }
  }
  return { input: texts as string[], encoding };
}

/** Floats only where they are asked for by name. */
function encode(vector: readonly number[], encoding: unknown): unknown {
  return encoding === 'float' ? vector : Buffer.from(Float32Array.from(vector).buffer).toString('base64');
}

function meet(incident: Incident | null, answer: EmbeddingList, response: ServerResponse, input: readonly string[]): void {
  if (incident === null) send(response, 200, answer);
  else if ('status' in incident) {
    for (const [name, value] of Object.entries(incident.headers ?? {})) response.setHeader(name, value);
    send(response, incident.status, { error: { message: `refused ${KEY} ${input.join()}`, ...incident.error } });
  } else if ('spoil' in incident) send(response, 200, incident.spoil(answer));
  else if ('text' in incident) response.writeHead(200, { 'content-type': incident.type }).end(incident.text);
  else {
    const mode = 'silent' in incident ? incident.silent : incident.hangUp;
    if (mode === 'in-the-body') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' });
      response.write('{"object":"list","data":[');
    }
    if ('hangUp' in incident) setTimeout(() => response.destroy(), mode === 'in-the-body' ? 20 : 0);
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
