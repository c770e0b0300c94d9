import type { Kysely, Selectable } from 'kysely';
import type { NoteStore, StoredNote } from '../../handoff/ticket-tools/ports.js';
import type { Database } from './schema.js';

export function createNoteStore(db: Kysely<Database>): NoteStore {
  return {
    async add(note) {
      await db
        .insertInto('ticket_notes')
        .values({ id: note.id, ticket_number: note.ticketNumber, staff_id: note.staffId, text: note.text, at: note.at })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
      return toNote(await db.selectFrom('ticket_notes').selectAll().where('id', '=', note.id).executeTakeFirstOrThrow());
    },
    async of(ticketNumber) {
      const rows = await db
        .selectFrom('ticket_notes')
        .selectAll()
        .where('ticket_number', '=', ticketNumber)
        .orderBy('at')
        .orderBy('id')
        .execute();
      return rows.map(toNote);
    },
  };
}

function toNote(row: Selectable<Database['ticket_notes']>): StoredNote {
  return { id: row.id, ticketNumber: row.ticket_number, staffId: row.staff_id, text: row.text, at: row.at };
}
