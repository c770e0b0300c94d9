import { CONSENT_VERSION } from '../consent/consent-steps.js';
import { erase } from '../my-data/erase.js';
import type { MessagingStore } from '../ports.js';
import type { KeptUntil, RetentionStore } from './ports.js';
import { endOf } from './retention-days.js';

export interface RetentionDeps {
  readonly store: Pick<MessagingStore, 'work'>;
  readonly retention: RetentionStore;
  readonly now: () => number;
  /** After words were erased: files that belong to them, and what the database keeps of them besides. */
  readonly forget: () => Promise<void>;
}

export interface RetentionRun {
  /** Whose time is over. */
  readonly over: readonly string[];
  /** Who had asked for it, and nobody works on it any more. */
  readonly asked: readonly string[];
}

export interface Retention {
  /** What a run would erase now. */
  plan(): Promise<RetentionRun>;
  /** Erases it, a conversation a unit of work. */
  run(): Promise<RetentionRun>;
}

const DAY_MS = 86_400_000;

/** Erases what has been kept long enough. */
export function createRetention({ store, retention, now, forget }: RetentionDeps): Retention {
  const plan = async (): Promise<RetentionRun> => {
    const days = await retention.days();
    const at = now();
    const isOver = ({ lastMessageAt, tickets }: KeptUntil): boolean => (endOf(lastMessageAt, tickets, days) ?? at) < at;
    const shortest = Math.min(days.conversationDays, days.closedDays, days.serviceDays);
    const found = await retention.candidates(at - shortest * DAY_MS);
    return { over: found.filter(isOver).map(({ conversationId }) => conversationId), asked: await retention.wantErasure() };
  };
  return {
    plan,
    async run() {
      const due = await plan();
      const eraseOne = (id: string, scope: 'person' | 'retention'): Promise<void> =>
        store.work(async (stores) => {
          const all = scope === 'person' ? await stores.personal.conversationsOf(id) : [id];
          await erase(stores, all, { scope, subject: id, byStaff: null }, now());
          for (const one of all) await stores.consents.save(one, CONSENT_VERSION, 'refused', now());
        });
      for (const id of due.over) await eraseOne(id, 'retention');
      for (const id of due.asked) await eraseOne(id, 'person');
      if (due.over.length + due.asked.length > 0) await forget();
      return due;
    },
  };
}
