import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { DEFAULT_RETENTION, type RetentionDays } from '../../messaging/retention/ports.js';
import type { KeptUntil, RetentionStore } from '../../messaging/retention/ports.js';
import type { Database } from './schema.js';

const KEY = 'retention';

/** As it was last set; what was never set is as it is at first. */
export async function readRetention(db: Kysely<Database>): Promise<RetentionDays> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', KEY).orderBy('at', 'desc').limit(1).executeTakeFirst();
  return { ...DEFAULT_RETENTION, ...(row ? (JSON.parse(row.value) as Partial<RetentionDays>) : {}) };
}

/** What retention reads and sets; `db` is the database itself. */
export function createRetentionStore(db: Kysely<Database>): RetentionStore {
  return {
    days: () => readRetention(db),
    async set(days, staffId, at) {
      await db
        .insertInto('settings')
        .values({ id: randomUUID(), key: KEY, value: JSON.stringify(days), staff_id: staffId, at })
        .execute();
    },
    async candidates(lastBefore) {
      const rows = await db
        .selectFrom('messages')
        .innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
        .select((eb) => ['messages.conversation_id', eb.fn.max('messages.at').as('last')])
        .where('messages.body', 'not like', '{"type":"event"%')
        .where('messages.body', '!=', '{"type":"text","text":"〔已删除〕"}')
        .groupBy('messages.conversation_id')
        .having((eb) => eb(eb.fn.max('messages.at'), '<', lastBefore))
        .execute();
      const found: KeptUntil[] = [];
      for (const { conversation_id, last } of rows) {
        const tickets = await db
          .selectFrom('tickets')
          .select(['kind', 'state', 'closed_at'])
          .where('conversation_id', '=', conversation_id)
          .execute();
        found.push({
          conversationId: conversation_id,
          lastMessageAt: last,
          tickets: tickets.map(({ kind, state, closed_at }) => ({ kind, state, closedAt: closed_at })),
        });
      }
      return found;
    },
    async wantErasure() {
      const rows = await db
        .selectFrom('consents')
        .select('conversation_id')
        .where('state', '=', 'erase-on-closing')
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('tickets')
                .select('number')
                .whereRef('tickets.conversation_id', '=', 'consents.conversation_id')
                .where('tickets.state', '!=', 'closed'),
            ),
          ),
        )
        .execute();
      return rows.map((row) => row.conversation_id);
    },
    async erasures(limit) {
      const rows = await db.selectFrom('erasures').selectAll().orderBy('at', 'desc').limit(limit).execute();
      return rows.map(({ scope, counts, at }) => ({ scope, counts: JSON.parse(counts) as Record<string, number>, at }));
    },
  };
}
