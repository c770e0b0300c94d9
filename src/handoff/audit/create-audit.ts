import type { Audit, AuditStore } from './ports.js';

/** Within this time, reading the same again is the same reading. */
const ONE_READING_MS = 10 * 60_000;

/** @param now milliseconds since the epoch */
export function createAudit(store: AuditStore, now: () => number): Audit {
  return {
    record: (entry) => store.append(entry, now()),
    async recordReading(entry) {
      if (!(await store.hasSince(entry, now() - ONE_READING_MS))) await store.append(entry, now());
    },
    list: (filter, limit) => store.list(filter, limit),
  };
}
