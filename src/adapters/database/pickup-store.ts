import type { Kysely } from 'kysely';
import type { ChannelName } from '../../domain/message.js';
import type { PickupStore } from '../../messaging/identity/ports.js';
import type { Database } from './schema.js';
import { isPostgres } from './unit-of-work.js';

/** Codes of one conversation that hold at the same time: a sheet printed first still opens after the next. */
const MOST_LIVE = 3;

/** Pickup codes over Kysely; only their hashes are stored. */
export function createPickupStore(db: Kysely<Database>): PickupStore {
  const revoke = async (conversationId: string, at: number): Promise<boolean> => {
    const result = await db
      .updateTable('pickup_codes')
      .set({ revoked_at: at })
      .where('conversation_id', '=', conversationId)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', at)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  };
  return {
    revoke,
    async keep(hash, conversationId, expiresAt, at) {
      await db
        .insertInto('pickup_codes')
        .values({
          code_hash: hash,
          conversation_id: conversationId,
          expires_at: expiresAt,
          revoked_at: null,
          wrong_digits: 0,
          locked_until: 0,
        })
        .execute();
      const live = await db
        .selectFrom('pickup_codes')
        .select('code_hash')
        .where('conversation_id', '=', conversationId)
        .where('revoked_at', 'is', null)
        .orderBy('expires_at', 'desc')
        .execute();
      const beyond = live
        .map(({ code_hash }) => code_hash)
        .filter((other) => other !== hash)
        .slice(MOST_LIVE - 1);
      if (beyond.length > 0) await db.updateTable('pickup_codes').set({ revoked_at: at }).where('code_hash', 'in', beyond).execute();
    },
    async byHash(hash, at) {
      const found = db
        .selectFrom('pickup_codes')
        .selectAll()
        .where('code_hash', '=', hash)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', at);
      // wrong digits are counted from what is read here
      const row = await (isPostgres(db) ? found.forUpdate() : found).executeTakeFirst();
      if (!row) return null;
      return {
        hash: row.code_hash,
        conversationId: row.conversation_id,
        expiresAt: row.expires_at,
        wrongDigits: row.wrong_digits,
        lockedUntil: row.locked_until,
      };
    },
    async setDigits(hash, wrongDigits, lockedUntil) {
      await db
        .updateTable('pickup_codes')
        .set({ wrong_digits: wrongDigits, locked_until: lockedUntil })
        .where('code_hash', '=', hash)
        .execute();
    },
    async channelOf(conversationId) {
      const row = await db.selectFrom('conversations').select('channel').where('id', '=', conversationId).executeTakeFirstOrThrow();
      return row.channel as ChannelName;
    },
    async addAlias(channel, conversationKey, conversationId) {
      await db
        .insertInto('conversation_aliases')
        .values({ channel, conversation_key: conversationKey, conversation_id: conversationId })
        .execute();
    },
  };
}
