import { setTimeout as pause } from 'node:timers/promises';
import type { Update } from 'telegraf/types';
import type { BotApi } from './bot-api.js';

/** What the bot wants to hear of. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query'] as const;

const POLL_SECONDS = 30;
/** For the answer to a long poll to arrive after its time. */
const GRACE_MS = 10_000;
const SHORTEST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

export interface PollingOptions {
  readonly api: BotApi;
  /** Stores an update; one that it throws on is handed in again, since asking for the next tells the platform to forget it. */
  readonly handle: (update: Update) => Promise<void>;
  /** How it goes; null: well. */
  readonly onState: (trouble: string | null) => void;
  readonly onError: (error: unknown, context: Readonly<Record<string, unknown>>) => void;
  readonly signal: AbortSignal;
}

/** Fetches updates until it is told to stop. An update is confirmed only after it, and all before it, are stored. */
export async function pollUpdates({ api, handle, onState, onError, signal }: PollingOptions): Promise<void> {
  let offset = 0;
  let broken = 0;
  const rest = (ms: number): Promise<unknown> => pause(ms, undefined, { signal }).catch(() => undefined);

  while (!signal.aborted) {
    const payload = { offset, timeout: POLL_SECONDS, allowed_updates: ALLOWED_UPDATES };
    const called = await api.call('getUpdates', payload, { withinMs: POLL_SECONDS * 1000 + GRACE_MS, signal });
    if (!called.ok) {
      if (aborted(signal)) return;
      const { failure } = called;
      onState(failure.kind === 'wait' ? failure.reason : `收不到消息：${failure.kind === 'refused' ? failure.description : '群已升级'}`);
      await rest(failure.kind === 'wait' ? failure.afterMs : LONGEST_PAUSE_MS);
      continue;
    }
    if (broken === 0) onState(null);
    for (const update of called.result) {
      try {
        await handle(update);
        offset = update.update_id + 1;
        if (broken > 0) onState(null);
        broken = 0;
      } catch (error) {
        broken += 1;
        onError(error, { update: update.update_id });
        onState('收到的消息存不下来，正在重试');
        await rest(Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** (broken - 1)));
        break;
      }
    }
  }
}

/** Read anew: it changes while something is awaited. */
const aborted = (signal: AbortSignal): boolean => signal.aborted;
