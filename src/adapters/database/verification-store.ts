import type { Kysely } from 'kysely';
import type { VerificationStore } from '../../consultation/ports.js';
import type { Database } from './schema.js';

/** What lawyers have verified, and the figures that were entered. */
export function createVerificationStore(db: Kysely<Database>): VerificationStore {
  return {
    verifications: async () =>
      (await db.selectFrom('verifications').selectAll().orderBy('at').execute()).map((row) => ({
        key: row.key,
        digest: row.digest,
        by: row.verified_by,
        on: row.verified_on,
        against: row.against,
      })),
    figures: async () =>
      (await db.selectFrom('figure_values').selectAll().orderBy('id').execute()).map((row) => ({
        slot: row.slot,
        value: row.value,
        source: row.source,
        sourceDate: row.source_date,
        by: row.entered_by,
      })),
    async verify({ key, digest, by, on, against }, at) {
      await db
        .insertInto('verifications')
        .values({ key, digest, verified_by: by, verified_on: on, against, at })
        .onConflict((conflict) => conflict.columns(['key', 'digest']).doUpdateSet({ verified_by: by, verified_on: on, against, at }))
        .execute();
    },
    async withdraw(key) {
      const { numDeletedRows } = await db.deleteFrom('verifications').where('key', '=', key).executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async enter({ slot, value, source, sourceDate, by }, at) {
      await db.insertInto('figure_values').values({ slot, value, source, source_date: sourceDate, entered_by: by, at }).execute();
    },
    async version() {
      const verified = await db
        .selectFrom('verifications')
        .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.max('at').as('at')])
        .executeTakeFirst();
      const entered = await db
        .selectFrom('figure_values')
        .select((eb) => eb.fn.max('id').as('id'))
        .executeTakeFirst();
      return [verified?.count, verified?.at, entered?.id].map(String).join();
    },
  };
}
