import type { z } from 'zod';
import type { ModelFailure, ModelTokens } from '../../consultation/language-model/ports.js';
import { createThoughtFilter, judgeJson, judgeProse, readCompletion, readPiece, type Judged } from './chat-answer.js';
import { readChatFailure } from './chat-failure.js';
import type { ChatRequest, ChatRequests } from './openai-chat.js';
import { silenceGuard } from './within-time.js';

/** What came of one request. */
export type Attempt<T> = Judged<T> & {
  /** Null where no answer was paid for, as far as can be known. */
  readonly tokens: ModelTokens | null;
  /** The service did not count; one token a character, rather too many than too few. */
  readonly estimated: boolean;
  /** How long to wait before the same request may go well; null: it will not. */
  readonly again: number | null;
};

/** One request for JSON. Never throws. */
export async function askOnce<T>(
  requests: () => Promise<ChatRequests>,
  chat: ChatRequest,
  schema: z.ZodType<T>,
  signal: AbortSignal,
): Promise<Attempt<T>> {
  let answer: unknown;
  try {
    answer = await (await requests()).answer(chat, signal);
  } catch (error) {
    return refused(chat, error);
  }
  const read = readCompletion(answer);
  return read === null ? NO_COMPLETION : paid(judgeJson(read, schema), chat, read.tokens, read.text.length);
}

/**
 * One request for prose.
 * @param silenceMs longest pause between two pieces
 * @throws what `onText` throws, nothing else
 */
export async function streamOnce(
  requests: () => Promise<ChatRequests>,
  chat: ChatRequest,
  onText: (text: string) => void,
  silenceMs: number,
  signal: AbortSignal,
): Promise<Attempt<string>> {
  let [text, finish, tokens, heard]: [string, string | null, ModelTokens | null, number] = ['', null, null, 0];
  const filter = createThoughtFilter();
  const guard = silenceGuard(silenceMs, signal);
  const handOn = (piece: string): void => {
    if (piece === '' || guard.signal.aborted) return;
    text += piece;
    onText(piece);
  };
  const pieces = piecesOf(requests, chat, guard.signal);
  try {
    for (;;) {
      const next = await pieces();
      if (next.kind === 'failed') {
        if (guard.signal.aborted) return lost('timeout', '说到一半没有下文');
        // what was handed on cannot be taken back and begun anew
        return text === '' ? next : { ...next, again: null };
      }
      if (next.value === null) break;
      guard.heard();
      const piece = readPiece(next.value);
      if (piece === null) return NO_COMPLETION;
      heard += piece.text.length;
      handOn(filter.add(piece.text));
      finish = piece.finish ?? finish;
      tokens = piece.tokens ?? tokens;
    }
    // the library ends an aborted stream as if it were complete
    if (guard.signal.aborted) return lost('timeout', '说到一半没有下文');
    handOn(filter.end());
  } finally {
    guard.end();
  }
  if (finish === null) return lost('unavailable', '说到一半断了');
  return paid(judgeProse({ text, finish }), chat, tokens, heard);
}

/** The events of a stream one by one, null after the last; what goes wrong is a value. */
function piecesOf(requests: () => Promise<ChatRequests>, chat: ChatRequest, signal: AbortSignal) {
  let events: AsyncIterator<unknown> | undefined;
  return async (): Promise<{ readonly kind: 'ok'; readonly value: unknown } | (Attempt<never> & { readonly kind: 'failed' })> => {
    try {
      events ??= (await (await requests()).pieces(chat, signal))[Symbol.asyncIterator]();
      const next: IteratorResult<unknown, unknown> = await events.next();
      return { kind: 'ok', value: next.done === true ? null : next.value };
    } catch (error) {
      return refused(chat, error);
    }
  };
}

function paid<T>(judged: Judged<T>, chat: ChatRequest, tokens: ModelTokens | null, length: number): Attempt<T> {
  const estimate = { in: chat.system.length + chat.user.length, out: length };
  return { ...judged, tokens: tokens ?? estimate, estimated: tokens === null, again: null };
}

function refused(chat: ChatRequest, error: unknown): Attempt<never> & { readonly kind: 'failed' } {
  const { why, detail, again } = readChatFailure(error);
  // paid for to the last token, but the library keeps the count to itself
  const tokens = why === 'truncated' ? { in: chat.system.length + chat.user.length, out: chat.maxTokens } : null;
  return { kind: 'failed', why, detail, tokens, estimated: true, again };
}

export function lost(why: ModelFailure, detail: string): Attempt<never> & { readonly kind: 'failed' } {
  return { kind: 'failed', why, detail, tokens: null, estimated: false, again: null };
}

const NO_COMPLETION = lost('malformed', '答复读不懂，不是对话补全的格式');
