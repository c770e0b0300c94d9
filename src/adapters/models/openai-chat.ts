import { ChatOpenAI, type OpenAIClient } from '@langchain/openai';
import type { EndpointOptions } from './openai-embeddings.js';

/** How a reply in JSON is asked for; `none`: in the words of the prompt alone. */
export type JsonMode = 'json_schema' | 'json_object' | 'tools' | 'none';

export interface ChatRequest {
  readonly system: string;
  readonly user: string;
  readonly maxTokens: number;
  /** JSON Schema of the reply and how to ask for it; null: prose. */
  readonly json: { readonly mode: JsonMode; readonly schema: Readonly<Record<string, unknown>> } | null;
}

export interface ChatRequests {
  /** One request, once: the body of the answer. */
  answer(request: ChatRequest, signal: AbortSignal): Promise<unknown>;
  /** The same in pieces, each the body of an event. */
  pieces(request: ChatRequest, signal: AbortSignal): Promise<AsyncIterable<unknown>>;
}

const REPLY = 'reply';

type Body = Omit<OpenAIClient.Chat.ChatCompletionCreateParamsNonStreaming, 'stream'>;

/**
 * `invoke` and `stream` would hand every text to whatever LANGSMITH_… and LANGCHAIN_… in the environment turn on; the
 * request itself takes nothing from there.
 */
class AnsweringChat extends ChatOpenAI {
  request(body: Body, signal: AbortSignal): Promise<unknown> {
    return this.completions.completionWithRetry({ ...body, stream: false }, { signal });
  }

  requestStream(body: Body, signal: AbortSignal): Promise<AsyncIterable<unknown>> {
    return this.completions.completionWithRetry({ ...body, stream: true, stream_options: { include_usage: true } }, { signal });
  }
}

/** Requests to `POST {baseUrl}/chat/completions`. Takes nothing from the environment and logs nothing. */
export function createChatRequests(
  options: Omit<EndpointOptions, 'concurrency'> & { readonly streamFetch: typeof globalThis.fetch },
): ChatRequests {
  const { baseUrl, apiKey, model, fetch, streamFetch } = options;
  const chat = (ownFetch: typeof globalThis.fetch): AnsweringChat =>
    new AnsweringChat({
      model,
      apiKey,
      maxRetries: 0,
      useResponsesApi: false,
      configuration: { baseURL: baseUrl, organization: null, project: null, adminAPIKey: null, logLevel: 'off', fetch: ownFetch },
    });
  const [whole, streaming] = [chat(fetch), chat(streamFetch)];
  return {
    answer: (request, signal) => whole.request(bodyOf(model, request), signal),
    pieces: (request, signal) => streaming.requestStream(bodyOf(model, request), signal),
  };
}

function bodyOf(model: string, { system, user, maxTokens, json }: ChatRequest): Body {
  return {
    model,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: user },
    ],
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the newer name is unknown to most compatible servers
    max_tokens: maxTokens,
    temperature: 0,
    ...(json === null ? {} : formatOf(json.mode, json.schema)),
  };
}

function formatOf(mode: JsonMode, schema: Readonly<Record<string, unknown>>): Partial<Body> {
  switch (mode) {
    case 'json_schema':
      return { response_format: { type: 'json_schema', json_schema: { name: REPLY, strict: true, schema: { ...schema } } } };
    case 'json_object':
      return { response_format: { type: 'json_object' } };
    case 'tools':
      return {
        tools: [{ type: 'function', function: { name: REPLY, description: '交出答复', parameters: { ...schema } } }],
        tool_choice: { type: 'function', function: { name: REPLY } },
      };
    case 'none':
      return {};
  }
}
