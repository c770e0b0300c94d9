import { OpenAIEmbeddings } from '@langchain/openai';

export interface EndpointOptions {
  /** Up to and without `/embeddings`. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
  /** Has to keep its own time limit. */
  readonly fetch: typeof globalThis.fetch;
  /** Most requests under way at once; the others wait. */
  readonly concurrency: number;
}

/** `embedDocuments` trusts the order of the answer; the answer itself tells which vector belongs to which text. */
class AnsweringEmbeddings extends OpenAIEmbeddings {
  answer(input: string[]): Promise<unknown> {
    return this.embeddingWithRetry({ model: this.model, input, encoding_format: 'float' });
  }
}

/** One request, once: the body of `POST {baseUrl}/embeddings`. Takes nothing from the environment and logs nothing. */
export function createEmbeddingRequest(options: EndpointOptions): (texts: readonly string[]) => Promise<unknown> {
  const { baseUrl, apiKey, model, fetch, concurrency } = options;
  const embeddings = new AnsweringEmbeddings({
    model,
    apiKey,
    encodingFormat: 'float',
    maxRetries: 0,
    maxConcurrency: concurrency,
    configuration: { baseURL: baseUrl, organization: null, project: null, logLevel: 'off', fetch },
  });
  return (texts) => embeddings.answer([...texts]);
}
