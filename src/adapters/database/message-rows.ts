import type { Kysely } from 'kysely';
import type { Author, Message, MessageBody } from '../../domain/message.js';
import type { Database, MessageRow } from './schema.js';

/** Messages with the name of the lawyer who wrote them. */
export const withStaffName = (db: Kysely<Database>) =>
  db.selectFrom('messages').leftJoin('staff', 'staff.id', 'messages.staff_id').selectAll('messages').select('staff.name as staff_name');

export function toMessage(row: MessageRow & { staff_name: string | null }): Message {
  return { id: row.id, author: row.author as Author, staffName: row.staff_name, body: JSON.parse(row.body) as MessageBody, at: row.at };
}
