import type { Kysely } from 'kysely';
import type { CannedReply, CannedStore, CannedVersion } from '../../handoff/ticket-tools/ports.js';
import type { Database } from './schema.js';

export function createCannedStore(db: Kysely<Database>): CannedStore {
  const put = async (reply: CannedReply, removedAt: number | null): Promise<void> => {
    const changes = {
      title: reply.title,
      text: reply.text,
      topic: reply.topic,
      owner: reply.owner,
      updated_by: reply.updatedBy ?? '',
      updated_at: reply.updatedAt,
      history: JSON.stringify(reply.history),
      removed_at: removedAt,
    };
    await db
      .insertInto('canned_replies')
      .values({ id: reply.id, ...changes })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(changes))
      .execute();
  };
  return {
    async all() {
      const rows = await db.selectFrom('canned_replies').selectAll().where('removed_at', 'is', null).orderBy('title').execute();
      return rows.map((row) => ({
        id: row.id,
        title: row.title,
        text: row.text,
        topic: row.topic,
        owner: row.owner,
        updatedBy: row.updated_by === '' ? null : row.updated_by,
        updatedAt: row.updated_at,
        history: JSON.parse(row.history) as CannedVersion[],
      }));
    },
    async removed() {
      const rows = await db.selectFrom('canned_replies').select('id').where('removed_at', 'is not', null).execute();
      return new Set(rows.map(({ id }) => id));
    },
    put: (reply) => put(reply, null),
    remove: (reply, at) => put(reply, at),
  };
}
