import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { ChannelName } from '../../domain/message.js';
import type { LinkStore, TryStore } from '../../messaging/identity/ports.js';
import { toMessage, withStaffName } from './message-rows.js';
import type { Database } from './schema.js';
import { isPostgres, serially } from './unit-of-work.js';

/** How long tries are kept; no limit looks back further. */
const TRIES_KEPT_MS = 2 * 86_400_000;

/** Who is whom changes one after the other. */
const PEOPLE = 'people';

export function createTryStore(db: Kysely<Database>): TryStore {
  return {
    async count(scope, since) {
      // who has counted may add before the next one counts
      await serially(db, `tries:${scope}`);
      const { count } = await db
        .selectFrom('code_tries')
        .select((eb) => eb.fn.countAll<number | string>().as('count'))
        .where('scope', '=', scope)
        .where('at', '>', since)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async add(scope, at) {
      await db
        .deleteFrom('code_tries')
        .where('at', '<', at - TRIES_KEPT_MS)
        .execute();
      await db.insertInto('code_tries').values({ scope, at }).execute();
    },
  };
}

/** People and their conversations over Kysely. */
export function createLinkStore(db: Kysely<Database>): LinkStore {
  const personOf = async (conversationId: string): Promise<string | null> => {
    const row = await db.selectFrom('identities').select('person_id').where('conversation_id', '=', conversationId).executeTakeFirst();
    return row?.person_id ?? null;
  };
  const add = async (conversationId: string, personId: string, at: number): Promise<void> => {
    await db.insertInto('identities').values({ conversation_id: conversationId, person_id: personId, linked_at: at }).execute();
  };
  const newPerson = async (at: number): Promise<string> => {
    const id = randomUUID();
    await db.insertInto('people').values({ id, created_at: at }).execute();
    return id;
  };

  return {
    async keepCode(hash, conversationId, expiresAt) {
      await db.deleteFrom('link_codes').where('conversation_id', '=', conversationId).execute();
      await db
        .insertInto('link_codes')
        .values({ code_hash: hash, conversation_id: conversationId, expires_at: expiresAt, used_at: null })
        .execute();
    },
    async code(hash) {
      const row = await db.selectFrom('link_codes').selectAll().where('code_hash', '=', hash).executeTakeFirst();
      return row ? { conversationId: row.conversation_id, expiresAt: row.expires_at, usedAt: row.used_at } : null;
    },
    async useCode(hash, at) {
      const result = await db
        .updateTable('link_codes')
        .set({ used_at: at })
        .where('code_hash', '=', hash)
        .where('used_at', 'is', null)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    async sharePerson(conversationId, otherId) {
      await serially(db, PEOPLE);
      const person = await personOf(conversationId);
      return person !== null && person === (await personOf(otherId));
    },
    async link(conversationId, otherId, at) {
      await serially(db, PEOPLE);
      const person = await personOf(conversationId);
      const other = await personOf(otherId);
      if (person !== null && other !== null) {
        await db.updateTable('identities').set({ person_id: person }).where('person_id', '=', other).execute();
        return;
      }
      const known = person ?? other ?? (await newPerson(at));
      if (person === null) await add(conversationId, known, at);
      if (other === null) await add(otherId, known, at);
    },
    async unlink(conversationId) {
      await serially(db, PEOPLE);
      const result = await db.deleteFrom('identities').where('conversation_id', '=', conversationId).executeTakeFirst();
      return result.numDeletedRows === 1n;
    },
    async undeliveredElsewhere(conversationId, waitingSince) {
      const person = await personOf(conversationId);
      if (person === null) return [];
      const replies = withStaffName(db)
        .innerJoin('outbox', 'outbox.message_id', 'messages.id')
        .innerJoin('identities', 'identities.conversation_id', 'messages.conversation_id')
        .select('outbox.channel')
        .where('identities.person_id', '=', person)
        .where('messages.conversation_id', '!=', conversationId)
        .where('messages.author', '=', 'staff')
        .where((eb) =>
          eb.or([
            eb('outbox.state', '=', 'failed'),
            eb.and([
              eb('outbox.state', '=', 'waiting'),
              eb.or([
                eb('messages.at', '<', waitingSince),
                // closed for this one, or for one that goes before it
                eb.exists(
                  eb
                    .selectFrom('outbox as closed')
                    .select('closed.message_id')
                    .whereRef('closed.conversation_id', '=', 'outbox.conversation_id')
                    .where('closed.state', '=', 'waiting')
                    .where('closed.closed_after', 'is not', null),
                ),
              ]),
            ]),
          ]),
        )
        .orderBy('messages.id');
      // two conversations of one person that go on at once: one of them brings it
      const rows = await (isPostgres(db) ? replies.forUpdate('outbox') : replies).execute();
      return rows.map((row) => ({ message: toMessage(row), staffId: row.staff_id, channel: row.channel as ChannelName }));
    },
    async forwarded(messageId, copyId, at) {
      await db
        .updateTable('outbox')
        .set({ state: 'delivered', delivered_at: at, forwarded_to: copyId })
        .where('message_id', '=', messageId)
        .execute();
    },
  };
}
