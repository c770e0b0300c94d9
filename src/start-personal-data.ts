import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { erasedFiles, forgetJournal } from './adapters/database/personal-data-store.js';
import { createRetentionStore } from './adapters/database/retention-store.js';
import type { openDatabase } from './adapters/database/open-database.js';
import { myExport } from './messaging/my-data/my-export.js';
import type { Unmasking } from './messaging/my-data/ports.js';
import type { MessagingStore } from './messaging/ports.js';
import type { RetentionStore } from './messaging/retention/ports.js';
import { createRetention, type Retention } from './messaging/retention/retention.js';

export interface PersonalData {
  readonly retention: Retention;
  readonly retentionStore: RetentionStore;
  readonly unmasking: Unmasking;
  /** Everything that is kept of a person, as a text. */
  exportOf(conversationId: string): Promise<string>;
  /** Removes the files of what was erased, and takes it out of the database's journal. */
  forget(): Promise<void>;
  /** Looks for what is to be erased from now on, once an hour; @returns a function that ends it, and waits for the run under way */
  start(): () => Promise<void>;
}

export interface PersonalDataDeps {
  readonly db: Awaited<ReturnType<typeof openDatabase>>;
  readonly store: Pick<MessagingStore, 'work'>;
  readonly attachmentsFolder: string;
  readonly now: () => number;
  readonly onRun?: (counts: { readonly over: number; readonly asked: number }) => void;
  readonly onError: (error: unknown) => void;
}

const EVERY_MS = 3600_000;

/** What is kept of people, and its end. */
export function openPersonalData({ db, store, attachmentsFolder, now, onRun, onError }: PersonalDataDeps): PersonalData {
  const forget = async (): Promise<void> => {
    for (const id of await erasedFiles(db)) await rm(join(attachmentsFolder, id.slice(0, 2), id), { force: true });
    await forgetJournal(db);
  };
  const retentionStore = createRetentionStore(db);
  const retention = createRetention({ store, retention: retentionStore, now, forget });
  let running: Promise<void> = Promise.resolve();
  const run = (): void => {
    running = retention.run().then(
      ({ over, asked }) => {
        if (over.length + asked.length > 0) onRun?.({ over: over.length, asked: asked.length });
      },
      (error: unknown) => {
        onError(error);
      },
    );
  };
  return {
    retention,
    retentionStore,
    exportOf: (conversationId) => store.work((stores) => myExport(stores, conversationId, now())),
    unmasking: {
      unmasked: (number, staffId, reason) =>
        store.work(async (stores) => {
          const ticket = await stores.tickets.byNumber(number);
          if (ticket?.holder !== staffId) return null;
          await stores.audit.append({ staffId, action: 'unmask', subject: `ticket:${number}`, detail: { reason } }, now());
          const { messages } = await stores.personal.kept(ticket.conversationId);
          const said = messages.flatMap(({ author, body }) => (author === 'citizen' && body.type === 'text' ? [body.text] : []));
          return { profile: await stores.profiles.of(ticket.conversationId), words: said };
        }),
    },
    forget,
    start() {
      run();
      const timer = setInterval(run, EVERY_MS).unref();
      return () => {
        clearInterval(timer);
        return running;
      };
    },
  };
}
