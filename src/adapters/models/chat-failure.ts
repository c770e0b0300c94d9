import type { ModelFailure } from '../../consultation/language-model/ports.js';
import { readFailure } from './request-failure.js';

/** Why a chat request failed, without anything that was sent or written back. */
export interface ChatFailure {
  readonly why: ModelFailure;
  readonly detail: string;
  /** How long to wait before the same request may go well, 0 where the service does not say; null: it will not, or not soon. */
  readonly again: number | null;
}

/** What an error of @langchain/openai, or one of ours, means. */
export function readChatFailure(error: unknown): ChatFailure {
  // the library's own reading of a finish reason; these errors have no name but their class's
  const kind = error instanceof Error ? error.constructor.name : '';
  if (kind === 'LengthFinishReasonError') return { why: 'truncated', detail: '答复太长，被截断', again: null };
  if (kind === 'ContentFilterFinishReasonError') return { why: 'empty', detail: '服务商的过滤器拦下了答复', again: null };
  const { why: detail, retry, retryAfterMs } = readFailure(error);
  const status = statusOf(error);
  if (detail.includes('没有按时答复')) return { why: 'timeout', detail, again: null };
  if (status === 401 || status === 403) return { why: 'refused-key', detail, again: null };
  // a service that is busy and does not say for how long is not pressed
  if (status === 429) return { why: 'rate-limited', detail, again: retryAfterMs };
  if (status === null && error instanceof SyntaxError) return { why: 'malformed', detail, again: null };
  // a stream is read as it comes, so that its connection's errors reach us bare
  const code = codeIn(error);
  if (status === null && code !== null && !retry) return { why: 'unavailable', detail: `断了（${code}）`, again: 0 };
  return { why: 'unavailable', detail, again: retry ? (retryAfterMs ?? 0) : null };
}

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('status' in error)) return null;
  return typeof error.status === 'number' ? error.status : null;
}

/** `ECONNREFUSED` and the like, which may hide among the causes. */
function codeIn(error: unknown): string | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string' && /^[A-Z_]+$/.test(at.code)) return at.code;
  }
  return null;
}
