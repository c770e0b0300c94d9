import { Telegram, TelegramError } from 'telegraf';
import type { Opts, Telegram as Methods } from 'telegraf/types';

/** Why a call did not do what it was to do. `reason` and `description` are the platform's words and hold nothing of a person's. */
export type ApiFailure =
  /** Too many messages, or the other side is not there: again after so many milliseconds. */
  | { readonly kind: 'wait'; readonly afterMs: number; readonly reason: string }
  /** The group became a supergroup. */
  | { readonly kind: 'moved'; readonly to: number }
  | { readonly kind: 'refused'; readonly code: number; readonly description: string };

export type Called<T> = { readonly ok: true; readonly result: T } | { readonly ok: false; readonly failure: ApiFailure };

export interface CallOptions {
  /** Milliseconds to wait for the answer. */
  readonly withinMs?: number;
  readonly signal?: AbortSignal;
}

/** The Bot API as values: a call never throws, and never sends to a chat that has asked for a pause. */
export interface BotApi {
  call<M extends keyof Methods>(method: M, payload: Opts<M>, options?: CallOptions): Promise<Called<ReturnType<Methods[M]>>>;
}

export interface BotApiOptions {
  readonly token: string;
  /** `https://api.telegram.org`, or a server of one's own that speaks the same protocol. */
  readonly apiRoot: string;
  readonly now: () => number;
  /** Ends every call that is under way. */
  readonly signal?: AbortSignal;
}

const ANSWER_WITHIN_MS = 15_000;
const DOWN_PAUSE_MS = 5000;
/** The token is wrong or withdrawn: somebody has to mend it. */
const UNAUTHORISED_PAUSE_MS = 60_000;

/** Calls through telegraf's client. Its errors carry the text that was to be sent, so they end here. */
export function createBotApi({ token, apiRoot, now, signal: ending }: BotApiOptions): BotApi {
  const telegram = new Telegram(token, { apiRoot, webhookReply: false });
  const quietUntil = new Map<number | string, number>();

  return {
    async call(method, payload, { withinMs = ANSWER_WITHIN_MS, signal } = {}) {
      const chat = chatOf(payload);
      const quietFor = chat === null ? 0 : (quietUntil.get(chat) ?? 0) - now();
      if (quietFor > 0) return failed({ kind: 'wait', afterMs: quietFor, reason: '发得太快，按 Telegram 的要求停一会儿' });
      try {
        const whole = AbortSignal.any([AbortSignal.timeout(withinMs), ...[signal, ending].filter((one) => one !== undefined)]);
        // telegraf's type is that of a shim; it hands the signal on to fetch, which takes the real one
        const options = { signal: whole } as unknown as NonNullable<Parameters<Telegram['callApi']>[2]>;
        return { ok: true, result: await telegram.callApi(method, payload, options) };
      } catch (error) {
        const failure = failureOf(error);
        if (failure.kind === 'wait' && error instanceof TelegramError && error.code === 429 && chat !== null) {
          quietUntil.set(chat, now() + failure.afterMs);
        }
        return failed(failure);
      }
    },
  };
}

const failed = (failure: ApiFailure): { readonly ok: false; readonly failure: ApiFailure } => ({ ok: false, failure });

function chatOf(payload: object): number | string | null {
  const chat = 'chat_id' in payload ? payload.chat_id : null;
  return typeof chat === 'number' || typeof chat === 'string' ? chat : null;
}

function failureOf(error: unknown): ApiFailure {
  // a connection that broke, a page of some proxy that is no JSON
  if (!(error instanceof TelegramError)) return { kind: 'wait', afterMs: DOWN_PAUSE_MS, reason: '连不上 Telegram' };
  const { code, description, parameters } = error;
  if (parameters?.migrate_to_chat_id !== undefined) return { kind: 'moved', to: parameters.migrate_to_chat_id };
  if (code === 429) {
    const seconds = parameters?.retry_after ?? DOWN_PAUSE_MS / 1000;
    return { kind: 'wait', afterMs: Math.max(1, seconds) * 1000, reason: '发得太快，按 Telegram 的要求停一会儿' };
  }
  if (code >= 500) return { kind: 'wait', afterMs: DOWN_PAUSE_MS, reason: 'Telegram 暂时出错' };
  if (code === 401 || code === 404) {
    return { kind: 'wait', afterMs: UNAUTHORISED_PAUSE_MS, reason: 'Telegram 不认这个令牌，请检查 BAIMI_TELEGRAM_TOKEN' };
  }
  return { kind: 'refused', code, description };
}
