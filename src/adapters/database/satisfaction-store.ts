import type { Kysely } from 'kysely';
import type { SatisfactionScore, SatisfactionStore } from '../../handoff/satisfaction/ports.js';
import type { Database } from './schema.js';

/** What people said after closing; `db` is the transaction of a unit of work, or the database itself for reading. */
export function createSatisfactionStore(db: Kysely<Database>): SatisfactionStore {
  return {
    async ask(ticketNumber, at) {
      const result = await db
        .insertInto('satisfaction')
        .values({ ticket_number: ticketNumber, message_id: null, asked_at: at, score: null, words: '', at: null })
        .onConflict((conflict) => conflict.column('ticket_number').doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },
    async askedBy(ticketNumber, messageId) {
      await db.updateTable('satisfaction').set({ message_id: messageId }).where('ticket_number', '=', ticketNumber).execute();
    },
    async waiting(conversationId, since) {
      const row = await db
        .selectFrom('satisfaction')
        .innerJoin('tickets', 'tickets.number', 'satisfaction.ticket_number')
        .leftJoin('outbox', 'outbox.message_id', 'satisfaction.message_id')
        .select('satisfaction.ticket_number')
        .where('tickets.conversation_id', '=', conversationId)
        .where('tickets.state', '=', 'closed')
        .where('satisfaction.score', 'is', null)
        // a channel that was closed has handed it over at the person's next contact
        .where((eb) =>
          eb.or([eb('satisfaction.asked_at', '>=', since), eb('outbox.delivered_at', '>=', since), eb('outbox.state', '=', 'waiting')]),
        )
        .orderBy('satisfaction.asked_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.ticket_number ?? null;
    },
    async score(ticketNumber, score, at) {
      await db
        .updateTable('satisfaction')
        .set({ score, at })
        .where('ticket_number', '=', ticketNumber)
        .where('score', 'is', null)
        .execute();
    },
    async addWords(conversationId, words) {
      const row = await db
        .selectFrom('satisfaction')
        .innerJoin('tickets', 'tickets.number', 'satisfaction.ticket_number')
        .select('satisfaction.ticket_number')
        .where('tickets.conversation_id', '=', conversationId)
        .where('satisfaction.at', 'is not', null)
        .orderBy('satisfaction.at', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (row) await db.updateTable('satisfaction').set({ words }).where('ticket_number', '=', row.ticket_number).execute();
    },
    async answerOf(ticketNumber) {
      const row = await db.selectFrom('satisfaction').selectAll().where('ticket_number', '=', ticketNumber).executeTakeFirst();
      return row?.score ? { score: row.score as SatisfactionScore, words: row.words } : null;
    },
  };
}
