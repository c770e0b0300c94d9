import type { Opens } from './to-inbound.js';

/** What an action of the person allows: so many messages, for so long. */
const GRANTS: Readonly<Record<Opens, { readonly messages: number; readonly forMs: number }>> = {
  message: { messages: 5, forMs: 48 * 3_600_000 },
  tap: { messages: 3, forMs: 60_000 },
};
const MOST_PEOPLE = 100_000;

/**
 * The customer-service windows, counted on our side. Of a person of whom nothing is known (the process has been started
 * since) the platform decides.
 */
export interface Windows {
  open(openId: string, opens: Opens): void;
  isOpen(openId: string): boolean;
  spend(openId: string): void;
  /** The platform says that nothing more may be sent, or the person has left. */
  close(openId: string): void;
}

/** @param now milliseconds since the epoch */
export function createWindows(now: () => number): Windows {
  const windows = new Map<string, { readonly left: number; readonly until: number }>();
  const put = (openId: string, window: { left: number; until: number }): void => {
    windows.delete(openId);
    windows.set(openId, window);
    if (windows.size > MOST_PEOPLE) windows.delete(windows.keys().next().value ?? '');
  };
  return {
    open(openId, opens) {
      const before = windows.get(openId);
      const { messages, forMs } = GRANTS[opens];
      const rest = before && before.until > now() ? before : { left: 0, until: 0 };
      // not added up: an action lifts the number and the time to its own
      put(openId, { left: Math.max(rest.left, messages), until: Math.max(rest.until, now() + forMs) });
    },
    isOpen(openId) {
      const window = windows.get(openId);
      return !window || (window.left > 0 && window.until > now());
    },
    spend(openId) {
      const window = windows.get(openId);
      if (window) put(openId, { ...window, left: window.left - 1 });
    },
    close(openId) {
      put(openId, { left: 0, until: 0 });
    },
  };
}
