import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll } from 'vitest';

/** The ways in which a role can be played. */
export const WAYS = {
  slow: ['no-headers', 'stalls', 'trickles'],
  down: ['at-once', 'in-the-answer'],
  broken: ['cut-json', 'wrong-shape', 'prose', 'page', 'error-body', 'two-objects'],
} as const;

/** What the server's model does with one request. */
export type Role =
  /** Answers from what it was given; `text`: with this instead. */
  | { readonly role: 'good'; readonly text?: string; readonly uncounted?: boolean }
  /** No headers; headers and half an answer, and then nothing; or one byte after the other, without end. */
  | { readonly role: 'slow'; readonly how: (typeof WAYS)['slow'][number] }
  /** Hangs up before, or in the middle of, its answer. */
  | { readonly role: 'down'; readonly how: (typeof WAYS)['down'][number] }
  | { readonly role: 'refuses'; readonly status: number; readonly retryAfter?: string; readonly code?: string }
  /** An answer that is none: JSON that breaks off, of another shape, the page of a proxy, an error dressed as success. */
  | { readonly role: 'broken'; readonly how: (typeof WAYS)['broken'][number] }
  | { readonly role: 'truncated' }
  /** A stream that hangs up after so many lines. */
  | { readonly role: 'breaks-off'; readonly afterLines: number; readonly text?: string }
  | { readonly role: 'empty' }
  | { readonly role: 'english' }
  /** Thinks aloud and fences its JSON. */
  | { readonly role: 'chatty' }
  | { readonly role: 'lying'; readonly lie: Lie };

export const LIES = [
  'invented-article',
  'repealed-law',
  'bare-repealed-law',
  'wrong-figure',
  'unknown-number',
  'no-number',
  'claimed-action',
  'promise',
  'contact',
  'echo',
  'off-topic',
] as const;
export type Lie = (typeof LIES)[number];

export interface ChatBody {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly max_tokens?: number;
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
  readonly response_format?: { readonly type: string; readonly json_schema?: { readonly schema?: JsonSchema; readonly strict?: boolean } };
  readonly tools?: readonly { readonly function: { readonly name: string; readonly parameters: JsonSchema } }[];
  readonly tool_choice?: unknown;
}

interface JsonSchema {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
}

export interface FakeChatServer {
  /** …/v1 */
  readonly baseUrl: string;
  /** Bodies of the requests that were well-formed, whatever came of them. */
  readonly asked: ChatBody[];
  /** Everything that arrived, headers and bodies, to look for what should not have left. */
  readonly received: string[];
  /** Requests that are being answered. */
  readonly open: () => number;
  /** The next requests meet these, one each. */
  next(...roles: Role[]): void;
  /** All requests from now on meet this; null: the good model. */
  always(role: Role | null): void;
}

export const CHAT_KEY = 'sk-test-0987654321fedcba';
export const CHAT_MODEL = 'chat-test';

/** Requests that the server refuses, as the original does: status and code. */
export const CHAT_REFUSALS = {
  'another path': [404, 'unknown_url'],
  'wrong key': [401, 'invalid_api_key'],
  'no JSON': [400, null],
  'unknown argument': [400, null],
  'unknown model': [404, 'model_not_found'],
  'no messages': [400, null],
  'a message that is none': [400, null],
  'no room for an answer': [400, 'integer_below_min_value'],
  'options of a stream without one': [400, null],
  'JSON without the word': [400, null],
  'no schema': [400, 'missing_required_parameter'],
  'a schema that is not strict': [400, 'invalid_json_schema'],
  'a tool chosen from none': [400, null],
  'parameters of a tool that are no object': [400, 'invalid_function_parameters'],
} as const;
export type ChatRefusal = keyof typeof CHAT_REFUSALS;

class Refusal extends Error {
  readonly status: number;
  readonly code: string | null;

  constructor(name: ChatRefusal, message: string) {
    super(message);
    [this.status, this.code] = CHAT_REFUSALS[name];
  }
}

/**
 * Keeps the protocol of OpenAI's `POST /v1/chat/completions` on loopback, streams too, and refuses what the original refuses.
 * Its errors repeat the key and the text, as real ones do. Closed after the file's tests.
 */
export async function startFakeChat(): Promise<FakeChatServer> {
  const asked: ChatBody[] = [];
  const received: string[] = [];
  const planned: Role[] = [];
  let standing: Role | null = null;
  let [answers, open] = [0, 0];

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    open++;
    response.on('close', () => open--);
    response.setHeader('x-request-id', `req_${String(++answers)}`);
    try {
      let raw = '';
      for await (const chunk of request.setEncoding('utf8')) raw += chunk as string;
      received.push(`${JSON.stringify(request.headers)}\n${raw}`);
      const body = validate(request, raw);
      asked.push(body);
      await play(planned.shift() ?? standing ?? { role: 'good' }, body, response, `chatcmpl-${String(answers)}`);
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
    received,
    open: () => open,
    next: (...roles) => void planned.push(...roles),
    always: (role) => (standing = role),
  };
}

const ARGUMENTS =
  'model messages max_tokens max_completion_tokens temperature top_p stream stream_options response_format tools tool_choice user n stop seed'.split(
    ' ',
  );

function validate(request: IncomingMessage, raw: string): ChatBody {
  if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
    throw new Refusal('another path', `Unknown request URL: ${String(request.method)} ${String(request.url)}`);
  }
  const key = request.headers.authorization;
  if (key !== `Bearer ${CHAT_KEY}`) throw new Refusal('wrong key', `Incorrect API key provided: ${String(key)}.`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(raw);
  } catch {
    throw new Refusal('no JSON', `We could not parse the JSON body of your request: ${raw}`);
  }
  const body = parsed as ChatBody & Readonly<Record<string, unknown>>;
  for (const name of Object.keys(body)) {
    if (!ARGUMENTS.includes(name)) throw new Refusal('unknown argument', `Unrecognized request argument supplied: ${name}`);
  }
  if (body.model !== CHAT_MODEL) throw new Refusal('unknown model', `The model \`${body.model}\` does not exist`);
  const { messages, max_tokens: maxTokens, stream, stream_options: streamOptions } = body as Readonly<Record<string, unknown>>;
  if (!Array.isArray(messages) || messages.length === 0) throw new Refusal('no messages', "Invalid 'messages': empty array.");
  for (const message of messages as readonly Readonly<Record<string, unknown>>[]) {
    if (!['system', 'user', 'assistant'].includes(String(message['role'])) || typeof message['content'] !== 'string') {
      throw new Refusal('a message that is none', `Invalid value in 'messages': ${JSON.stringify(message)}`);
    }
  }
  if (maxTokens !== undefined && !(Number.isInteger(maxTokens) && (maxTokens as number) > 0)) {
    throw new Refusal('no room for an answer', "Invalid 'max_tokens'");
  }
  if (streamOptions !== undefined && stream !== true)
    throw new Refusal('options of a stream without one', "'stream_options' is only allowed when 'stream' is enabled");
  validateFormat(body);
  return body;
}

function validateFormat({ response_format: format, messages, tools, tool_choice: choice }: ChatBody): void {
  if (format?.type === 'json_object' && !messages.some(({ content }) => /json/i.test(content))) {
    throw new Refusal(
      'JSON without the word',
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    );
  }
  if (format?.type === 'json_schema') {
    const { schema, strict } = format.json_schema ?? {};
    if (schema === undefined) throw new Refusal('no schema', "Missing 'response_format.json_schema.schema'");
    if (strict === true) checkStrict(schema, '()');
  }
  if (choice !== undefined && tools === undefined)
    throw new Refusal('a tool chosen from none', "'tool_choice' is only allowed when 'tools' are specified.");
  for (const tool of tools ?? []) {
    if (tool.function.parameters.type !== 'object')
      throw new Refusal('parameters of a tool that are no object', 'schema must be an object');
  }
}

const SUPPORTED = ['type', 'properties', 'items', 'required', 'additionalProperties', 'enum', 'description', 'anyOf', 'const'];

/** What strict structured output asks of a schema. */
function checkStrict(schema: JsonSchema, at: string): void {
  const refuse = (why: string): never => {
    throw new Refusal('a schema that is not strict', `Invalid schema for response_format 'reply': In context=${at}, ${why}`);
  };
  for (const name of Object.keys(schema)) if (!SUPPORTED.includes(name)) refuse(`'${name}' is not permitted.`);
  if (at === '()' && schema.type !== 'object') refuse('schema must be a JSON Schema of \'type: "object"\'');
  if (schema.properties) {
    if (schema.additionalProperties !== false) refuse("'additionalProperties' is required to be supplied and to be false.");
    for (const [name, property] of Object.entries(schema.properties)) {
      if (schema.required?.includes(name) !== true) refuse(`'required' is required to include every key. Missing '${name}'.`);
      checkStrict(property, `${at}.${name}`);
    }
  }
  if (schema.items) checkStrict(schema.items, `${at}[]`);
}

async function play(role: Role, body: ChatBody, response: ServerResponse, id: string): Promise<void> {
  switch (role.role) {
    case 'refuses':
      if (role.retryAfter !== undefined) response.setHeader('retry-after', role.retryAfter);
      send(response, role.status, {
        error: { message: `refused ${CHAT_KEY} ${JSON.stringify(body.messages)}`, type: 'error', param: null, code: role.code ?? null },
      });
      return;
    case 'down':
      if (role.how === 'in-the-answer') await begin(body, response, id);
      response.destroy();
      return;
    case 'slow':
      if (role.how === 'no-headers') return;
      await begin(body, response, id);
      if (role.how === 'trickles') await trickle(body, response, id);
      return;
    case 'broken':
      if (role.how === 'page') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>请先登录</html>');
      else if (role.how === 'error-body') send(response, 200, { error: { message: CHAT_KEY } });
      else await answer(body, response, id, spoilt(role.how, goodAnswer(body)), 'stop', true);
      return;
    case 'truncated':
      return answer(body, response, id, goodAnswer(body).slice(0, 12), 'length', true);
    case 'empty':
      return answer(body, response, id, '', 'stop', true);
    case 'english':
      return answer(body, response, id, inEnglish(goodAnswer(body)), 'stop', true);
    case 'chatty':
      return answer(body, response, id, `<think>先看{看}</think>\n好的：\n\`\`\`json\n${goodAnswer(body)}\n\`\`\``, 'stop', true);
    case 'lying':
      return answer(body, response, id, written(lyingDraft(body, role.lie), body), 'stop', true);
    case 'breaks-off':
      await begin(body, response, id, (role.text ?? goodAnswer(body)).split('\n').slice(0, role.afterLines).join('\n') + '\n');
      response.destroy();
      return;
    case 'good':
      return answer(body, response, id, role.text ?? goodAnswer(body), 'stop', role.uncounted !== true);
  }
}

async function answer(body: ChatBody, response: ServerResponse, id: string, text: string, finish: string, counted: boolean): Promise<void> {
  const usage = {
    prompt_tokens: body.messages.map(({ content }) => content).join('').length,
    completion_tokens: text.length,
    total_tokens: 0,
  };
  usage.total_tokens = usage.prompt_tokens + usage.completion_tokens;
  if (body.stream !== true) {
    const called = body.tools?.[0]?.function.name;
    const message =
      called === undefined
        ? { role: 'assistant', content: text, refusal: null }
        : {
            role: 'assistant',
            content: null,
            refusal: null,
            tool_calls: [{ id: `call_${id}`, type: 'function', function: { name: called, arguments: text } }],
          };
    const choices = [{ index: 0, message, logprobs: null, finish_reason: finish }];
    send(response, 200, {
      id,
      object: 'chat.completion',
      created: 1_760_000_000,
      model: CHAT_MODEL,
      choices,
      ...(counted ? { usage } : {}),
    });
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  event(response, id, [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]);
  for (const content of text.match(/[\s\S]{1,3}/gu) ?? []) {
    event(response, id, [{ index: 0, delta: { content }, finish_reason: null }]);
    await pause(0);
  }
  event(response, id, [{ index: 0, delta: {}, finish_reason: finish }]);
  if (counted && body.stream_options?.include_usage === true) event(response, id, [], usage);
  response.end('data: [DONE]\n\n');
}

/** Headers and the beginning of an answer. */
async function begin(body: ChatBody, response: ServerResponse, id: string, content = '先说'): Promise<void> {
  if (body.stream === true) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    event(response, id, [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }]);
  } else {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"id":"chatcmpl-0","object":"chat.completion","choices":[');
  }
  await pause(20);
}

async function trickle(body: ChatBody, response: ServerResponse, id: string): Promise<void> {
  while (!response.destroyed) {
    if (body.stream === true) event(response, id, [{ index: 0, delta: { content: '慢' }, finish_reason: null }]);
    else response.write(' ');
    await pause(10);
  }
}

function event(response: ServerResponse, id: string, choices: readonly object[], usage?: object): void {
  const chunk = { id, object: 'chat.completion.chunk', created: 1_760_000_000, model: CHAT_MODEL, choices, ...(usage ? { usage } : {}) };
  response.write(`data: ${JSON.stringify(chunk)}\n\n`);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** What the material holds between `<name>` and `</name>`. */
function input(body: ChatBody, name: string): string | null {
  const user = body.messages.find(({ role }) => role === 'user')?.content ?? '';
  return new RegExp(`<${name}>\n([\\s\\S]*?)\n</${name}>`).exec(user)?.[1] ?? null;
}

export interface DraftBody {
  readonly enough: boolean;
  readonly headline: string;
  readonly points: readonly { readonly text: string; readonly provisions: readonly number[] }[];
  readonly steps: readonly string[];
}

/** Keeps to what it was given: the excerpts' own first clauses; a question as it stands; a plain reading of a message. */
function goodAnswer(body: ChatBody): string {
  if (input(body, 'excerpts') !== null) return written(goodDraft(body), body);
  const message = input(body, 'message');
  if (message !== null) {
    const topic = /工伤|受伤/.test(message)
      ? 'injury'
      : /工资|加班|辞退/.test(message)
        ? 'wages'
        : /征收|拆迁/.test(message)
          ? 'expropriation'
          : 'none';
    const heard = { wantsHuman: /找律师|真人/.test(message), danger: /打死|跳楼/.test(message), outOfScope: topic === 'none' };
    return JSON.stringify({ topic, service: 'none', ...heard });
  }
  const question = input(body, 'question');
  if (question === null) return '拖欠工资的，可以向劳动监察部门投诉。也可以申请劳动仲裁！';
  return JSON.stringify({ question: `${question.replaceAll('老板', '用人单位')}，怎么办？`, facts: [question.split(/[，。]/)[0] ?? ''] });
}

/** A draft as it was asked for: a sentence a line where it is streamed, else in one piece. */
function written(draft: DraftBody, body: ChatBody): string {
  if (body.stream !== true) return JSON.stringify(draft);
  return draft.enough ? draftLines(draft) : '{"enough": false}';
}

/** A draft line by line, the headline resting on what the first point rests on. */
export function draftLines({ headline, points, steps }: Omit<DraftBody, 'enough'>): string {
  return [
    { part: 'headline', text: headline, from: points[0]?.provisions ?? [] },
    ...points.map(({ text, provisions }) => ({ part: 'point', text, from: provisions })),
    ...steps.map((text) => ({ part: 'step', text, from: [] })),
  ]
    .map((line) => JSON.stringify(line))
    .join('\n');
}

function goodDraft(body: ChatBody): DraftBody {
  const excerpts = (input(body, 'excerpts') ?? '').split('\n').filter((line) => /^\[\d+\]/.test(line));
  if (excerpts.length === 0) return { enough: false, headline: '', points: [], steps: [] };
  const said = excerpts.map((line) => line.replace(/^[^：]*：/, '').split(/[。；]/)[0] ?? '');
  return {
    enough: true,
    headline: `${said[0] ?? ''}。`,
    points: said.map((text, at) => ({ text: `${text}。`, provisions: [at + 1] })),
    steps: ['把手上的材料留好。'],
  };
}

function lyingDraft(body: ChatBody, lie: Lie): DraftBody {
  const draft = goodDraft(body);
  const point = (text: string): DraftBody => ({
    ...draft,
    points: [...draft.points, { text: `${draft.headline}${text}`, provisions: [1] }],
  });
  switch (lie) {
    case 'invented-article':
      return point('这是《工伤保险条例》第九十九条写明的。');
    case 'repealed-law':
      return point('《企业职工工伤保险试行办法》就是这样说的。');
    case 'bare-repealed-law':
      return point('按照企业职工工伤保险试行办法，可以这样办。');
    case 'wrong-figure':
      return point('可以拿到九十九个月的工资。');
    case 'unknown-number':
      return { ...draft, points: [...draft.points, { text: draft.headline, provisions: [99] }] };
    case 'no-number':
      return { ...draft, points: [...draft.points, { text: draft.headline, provisions: [] }] };
    case 'claimed-action':
      return { ...draft, steps: ['不用着急，律师已经联系你了。'] };
    case 'promise':
      return point('你放心，这个一定能赔。');
    case 'contact':
      return { ...draft, steps: ['加微信 falv_12345 交材料费。'] };
    case 'echo':
      return { ...draft, headline: (body.messages[0]?.content ?? '').slice(0, 60) };
    case 'off-topic':
      return { ...draft, points: [...draft.points, { text: '离婚以后女儿归妈妈抚养，爸爸按月付抚养费。', provisions: [1] }] };
  }
}

function spoilt(how: 'cut-json' | 'wrong-shape' | 'prose' | 'two-objects', good: string): string {
  if (how === 'cut-json') return good.slice(0, -3);
  if (how === 'wrong-shape') return '{"答复":["不是","要的样子"]}';
  return how === 'prose' ? '好的，我来回答你的问题：可以去申请劳动仲裁。' : `${good}\n${good}`;
}

/** Every Chinese sentence of an answer in English. */
function inEnglish(good: string): string {
  return good.replace(/"(?=[^"]*\p{Script=Han})[^"]*"/gu, '"You may apply for arbitration within the time limit"');
}
