import { sendMessage } from '../chat/chat-requests.js';
import { newId } from '../shared/new-id.js';
import { postJson } from '../shared/request.js';

/** Code of the service point where the screen stands, from the address; null where it names none. */
export function servicePoint(): string | null {
  const point = new URLSearchParams(window.location.search).get('point') ?? '';
  return /^[\w-]{1,40}$/.test(point) ? point : null;
}

/** A session of its own for whoever begins: nobody reads what the last person wrote, also where wiping failed. */
export async function beginSession(point: string | null): Promise<void> {
  clearStorage();
  await postJson('/api/chat/leave', {});
  await sendMessage(newId(), { type: 'join', servicePoint: point });
}

/** Puts a new session in the place of the last person's and loads the page anew, in the same place of the history. */
export async function wipe(): Promise<void> {
  clearStorage();
  // without a network the page is still cleared; the next start begins with a new session
  await postJson('/api/chat/leave', {}).catch(() => undefined);
  window.location.replace(window.location.href);
}

function clearStorage(): void {
  try {
    window.localStorage.clear();
    window.sessionStorage.clear();
  } catch {
    // storage is forbidden, so nothing was kept
  }
}
