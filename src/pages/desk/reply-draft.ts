import { storedText } from '../shared/stored-text.js';
import type { StoredText } from '../shared/stored-text.js';

const PREFIX = 'baimi-reply-';

/** An unsent reply, kept in this tab only. */
export function replyDraft(number: string): StoredText {
  return storedText(() => window.sessionStorage, `${PREFIX}${number}`);
}

/** At signing out: the next person at this computer finds nothing. */
export function forgetReplyDrafts(): void {
  try {
    for (const key of Object.keys(window.sessionStorage)) {
      if (key.startsWith(PREFIX)) window.sessionStorage.removeItem(key);
    }
  } catch {
    // Storage is forbidden: nothing was kept either.
  }
}
