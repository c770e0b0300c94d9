import { setTimeout as pause } from 'node:timers/promises';
import type { BotApi, Called } from './bot-api.js';
import { ALLOWED_UPDATES } from './poll-updates.js';

const COMMANDS = [
  { command: 'start', description: '开始咨询' },
  { command: 'lawyer', description: '找律师' },
  { command: 'help', description: '能问些什么' },
];

/** What the platform offers a person who types "/". */
export function showCommands(api: BotApi): Promise<Called<true>> {
  return api.call('setMyCommands', { commands: COMMANDS, scope: { type: 'all_private_chats' } });
}

/** Tries until it succeeds, as slowly as the platform asks; null: stopped before. */
export async function untilDone<T>(
  signal: AbortSignal,
  onTrouble: (reason: string) => void,
  call: () => Promise<Called<T>>,
): Promise<T | null> {
  for (;;) {
    if (signal.aborted) return null;
    const called = await call();
    if (called.ok) return called.result;
    const { failure } = called;
    onTrouble(failure.kind === 'wait' ? failure.reason : failure.kind === 'refused' ? failure.description : '群已升级');
    await pause(failure.kind === 'wait' ? failure.afterMs : 30_000, undefined, { signal }).catch(() => undefined);
  }
}

/** Says where updates go. One at a time, so that messages are stored in the order in which they were written. */
export function chooseWay(api: BotApi, webhook: { readonly url: string; readonly secret: string } | null): Promise<Called<true>> {
  if (!webhook) return api.call('deleteWebhook', {});
  return api.call('setWebhook', {
    url: webhook.url,
    secret_token: webhook.secret,
    max_connections: 1,
    allowed_updates: ALLOWED_UPDATES,
  });
}
