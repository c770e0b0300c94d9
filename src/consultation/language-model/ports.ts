import type { z } from 'zod';
import type { Prompt } from '../../knowledge/parse-prompt.js';

/** What a language model is asked for: a reply to a prompt, in whole and checked against a schema. */
export interface ModelRequest<T> {
  readonly prompt: Prompt;
  /** Text for each of the prompt's inputs. */
  readonly input: Readonly<Record<string, string>>;
  /** An object at its root; its strings are text for people or names of a list. */
  readonly schema: z.ZodType<T>;
  /** Longest reply, in tokens. */
  readonly maxTokens: number;
  /** Aborted where no one waits any longer. */
  readonly signal?: AbortSignal | undefined;
  /** For everything: waiting, repeating, reading to the last byte. Milliseconds. */
  readonly budgetMs: number;
}

/** The same for prose, which is handed on as it arrives. */
export type StreamRequest = Omit<ModelRequest<string>, 'schema'>;

/** Why there is no reply. */
export type ModelFailure =
  | 'timeout' // asked, and not answered in time
  | 'unavailable' // nothing listens, or it broke
  | 'rate-limited'
  | 'refused-key'
  | 'malformed' // not JSON, or of another shape
  | 'truncated' // longer than `maxTokens`
  | 'empty'
  | 'wrong-language' // hardly any Chinese in it
  | 'circuit-open' // failed too often just now: not asked
  | 'over-budget'; // no time left to ask, or no one waits any longer

export interface ModelTokens {
  readonly in: number;
  readonly out: number;
}

export type ModelReply<T> =
  | { readonly kind: 'ok'; readonly value: T; readonly tokens: ModelTokens; readonly ms: number }
  /** `detail` is one Chinese clause for the log; nothing of what was asked or answered. */
  | { readonly kind: 'failed'; readonly why: ModelFailure; readonly detail: string };

/**
 * A language model, of which nothing is taken on trust. A failure is a value, never thrown.
 * @throws RangeError where `input` is not what the prompt takes
 */
export interface LanguageModel {
  readonly name: string;
  complete<T>(request: ModelRequest<T>): Promise<ModelReply<T>>;
  /**
   * @param onText told each piece as it arrives; what it was told counts only if the reply is `ok`
   * @returns the whole text
   */
  stream(request: StreamRequest, onText: (text: string) => void): Promise<ModelReply<string>>;
}
