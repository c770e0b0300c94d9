import type { Kysely } from 'kysely';
import { createCuratedStore } from '../../src/adapters/database/curated-store.js';
import { createFeedbackStore } from '../../src/adapters/database/feedback-store.js';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import type { Database } from '../../src/adapters/database/schema.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import { createVerificationStore } from '../../src/adapters/database/verification-store.js';
import { concurrencyContract } from '../contracts/concurrent-stores.contract.js';
import { learningStoresContract } from '../contracts/learning-stores.contract.js';
import { telegramStoreContract } from '../contracts/telegram-store.contract.js';
import { storeContract } from '../contracts/ticket-store.contract.js';
import { verificationStoreContract } from '../contracts/verification-store.contract.js';
import { onEachDatabase } from '../support/each-database.js';

const renumber =
  (db: Kysely<Database>) =>
  async (from: string, to: string): Promise<void> => {
    await db.deleteFrom('ticket_events').where('ticket_number', '=', from).execute();
    await db.updateTable('tickets').set({ number: to }).where('number', '=', from).execute();
    const [day = '', last] = to.split('-');
    await db
      .updateTable('ticket_numbers')
      .set({ last: Number(last) })
      .where('day', '=', day)
      .execute();
  };

onEachDatabase((database) => {
  const { name, open } = database;
  storeContract(name, async () => {
    const db = await open();
    return { store: createMessageStore(db), staff: createStaffStore(db), renumber: renumber(db) };
  });

  learningStoresContract(name, async () => {
    const db = await open();
    return { messages: createMessageStore(db), feedback: createFeedbackStore(db), curated: createCuratedStore(db) };
  });

  telegramStoreContract(name, () => open());
  verificationStoreContract(name, async () => createVerificationStore(await open()));
  concurrencyContract(database);
});
