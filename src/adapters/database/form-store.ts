import type { Kysely } from 'kysely';
import type { ConsentState, ConsentStore } from '../../messaging/consent/ports.js';
import type { OpenFormStore } from '../../messaging/forms/ports.js';
import type { ProfileStore } from '../../messaging/my-data/ports.js';
import type { Database } from './schema.js';

/** Forms that are being filled in; `db` is the transaction of a unit of work, as below. */
export function createOpenFormStore(db: Kysely<Database>): OpenFormStore {
  return {
    async of(conversationId) {
      const row = await db.selectFrom('open_forms').selectAll().where('conversation_id', '=', conversationId).executeTakeFirst();
      return row ? { form: row.form, answers: JSON.parse(row.answers) as Record<string, string>, step: row.step, at: row.at } : null;
    },
    async save(conversationId, { form, answers, step, at }) {
      const values = { form, answers: JSON.stringify(answers), step, at };
      await db
        .insertInto('open_forms')
        .values({ conversation_id: conversationId, ...values })
        .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet(values))
        .execute();
    },
    async drop(conversationId) {
      await db.deleteFrom('open_forms').where('conversation_id', '=', conversationId).execute();
    },
  };
}

export function createConsentStore(db: Kysely<Database>): ConsentStore {
  return {
    async of(conversationId) {
      const row = await db.selectFrom('consents').selectAll().where('conversation_id', '=', conversationId).executeTakeFirst();
      return row ? { version: row.version, state: row.state as ConsentState } : null;
    },
    async save(conversationId, version, state, at) {
      await db
        .insertInto('consents')
        .values({ conversation_id: conversationId, version, state, at })
        .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet({ version, state, at }))
        .execute();
    },
  };
}

export function createProfileStore(db: Kysely<Database>): ProfileStore {
  return {
    async of(conversationId) {
      const row = await db.selectFrom('profiles').selectAll().where('conversation_id', '=', conversationId).executeTakeFirst();
      return row ? { name: row.name, phone: row.phone, village: row.village, address: row.address } : null;
    },
    async save(conversationId, { name, phone, village, address }, at) {
      const values = { name, phone, village, address, updated_at: at };
      await db
        .insertInto('profiles')
        .values({ conversation_id: conversationId, ...values })
        .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet(values))
        .execute();
    },
  };
}
