import { randomUUID } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { sql, type Kysely } from 'kysely';
import type { ChannelName, MessageBody } from '../../domain/message.js';
import { ERASED, type ServiceForm } from '../../domain/service-form.js';
import type { IntakeBrief } from '../../domain/views.js';
import type { PersonalDataStore } from '../../messaging/my-data/ports.js';
import type { ConsultationState } from '../../messaging/ports.js';
import { createProfileStore } from './form-store.js';
import { toMessage, withStaffName } from './message-rows.js';
import type { Database } from './schema.js';
import { ticketFromRow } from './ticket-store.js';
import { isPostgres, keepConversation } from './unit-of-work.js';

const textBody = (text: string): string => JSON.stringify({ type: 'text', text } satisfies MessageBody);

/** What is kept of a person, and its end; `db` is the transaction of a unit of work. */
export function createPersonalDataStore(db: Kysely<Database>): PersonalDataStore {
  const tickets = (conversationId: string) =>
    db.selectFrom('tickets').selectAll().where('conversation_id', '=', conversationId).orderBy('created_at').execute();

  return {
    async conversationsOf(conversationId) {
      const rows = await db
        .selectFrom('identities as own')
        .innerJoin('identities as all', 'all.person_id', 'own.person_id')
        .select('all.conversation_id')
        .where('own.conversation_id', '=', conversationId)
        .execute();
      return [...new Set([conversationId, ...rows.map((row) => row.conversation_id)])];
    },

    async kept(conversationId) {
      const row = await db.selectFrom('conversations').selectAll().where('id', '=', conversationId).executeTakeFirstOrThrow();
      const files = await db
        .selectFrom('attachments')
        .select(['name', 'size', 'at'])
        .where('conversation_id', '=', conversationId)
        .where('erased_at', 'is', null)
        .orderBy('at')
        .execute();
      const messages = await withStaffName(db).where('messages.conversation_id', '=', conversationId).orderBy('messages.id').execute();
      return {
        id: row.id,
        channel: row.channel as ChannelName,
        createdAt: row.created_at,
        state: row.state === null ? null : (JSON.parse(row.state) as ConsultationState),
        profile: await createProfileStore(db).of(conversationId),
        messages: messages.map(toMessage),
        tickets: (await tickets(conversationId)).map(ticketFromRow),
        files,
      };
    },

    async lastSaid(conversationId) {
      const row = await withStaffName(db)
        .where('messages.conversation_id', '=', conversationId)
        .where('messages.author', '!=', 'citizen')
        .orderBy('messages.id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? toMessage(row) : null;
    },

    async conceal(conversationId, afterMessageId, words) {
      const rows = await db
        .updateTable('messages')
        .set({ body: textBody(words) })
        .where('conversation_id', '=', conversationId)
        .where('author', '=', 'citizen')
        .where('id', '>', afterMessageId)
        .returning('id')
        .execute();
      if (rows.length === 0) return;
      await db
        .updateTable('inbox')
        .set({ content: JSON.stringify({ type: 'text', text: words }) })
        .where(
          'message_id',
          'in',
          rows.map(({ id }) => id),
        )
        .execute();
    },

    async erase(conversationIds, at) {
      const counts = { conversations: 0, messages: 0, tickets: 0, notes: 0, files: 0 };
      for (const id of conversationIds) {
        await keepConversation(db, id);
        counts.conversations += 1;
        // events say what happened to a ticket, and hold nothing that the person told
        const messages = await db
          .updateTable('messages')
          .set({ body: textBody(ERASED) })
          .where('conversation_id', '=', id)
          .where('body', 'not like', '{"type":"event"%')
          .executeTakeFirst();
        counts.messages += Number(messages.numUpdatedRows);
        await db
          .updateTable('inbox')
          .set({ content: JSON.stringify({ type: 'text', text: ERASED }) })
          .where('conversation_id', '=', id)
          .execute();
        await db.updateTable('conversations').set({ state: null, service_point: null }).where('id', '=', id).execute();
        for (const row of await tickets(id)) {
          counts.tickets += 1;
          const brief = JSON.parse(row.brief) as IntakeBrief;
          const details = row.details === null ? null : (JSON.parse(row.details) as ServiceForm);
          await db
            .updateTable('tickets')
            .set({
              brief: JSON.stringify({ ...brief, question: ERASED, facts: [], botSaid: '', provisions: [] } satisfies IntakeBrief),
              details: details && JSON.stringify({ ...details, answers: [], findings: [], papers: [] } satisfies ServiceForm),
              note: row.note === null || row.note === '' ? row.note : ERASED,
            })
            .where('number', '=', row.number)
            .execute();
          const notes = await db
            .updateTable('ticket_notes')
            .set({ text: ERASED })
            .where('ticket_number', '=', row.number)
            .executeTakeFirst();
          counts.notes += Number(notes.numUpdatedRows);
          await db
            .updateTable('satisfaction')
            .set({ words: ERASED })
            .where('ticket_number', '=', row.number)
            .where('words', '!=', '')
            .execute();
        }
        const files = await db
          .updateTable('attachments')
          .set({ name: ERASED, sha256: '', erased_at: at })
          .where('conversation_id', '=', id)
          .where('erased_at', 'is', null)
          .executeTakeFirst();
        counts.files += Number(files.numUpdatedRows);
        await db.updateTable('feedback').set({ remark: '' }).where('conversation_id', '=', id).execute();
        for (const table of ['profiles', 'open_forms', 'link_codes', 'pickup_codes', 'identities'] as const) {
          await db.deleteFrom(table).where('conversation_id', '=', id).execute();
        }
      }
      return counts;
    },

    async record({ scope, subject, counts, byStaff }, at) {
      await db
        .insertInto('erasures')
        .values({ id: randomUUID(), scope, subject, counts: JSON.stringify(counts), by_staff: byStaff, at })
        .execute();
    },
  };
}

/** Ids of files whose rows were erased: what is still in the folder of attachments goes. */
export async function erasedFiles(db: Kysely<Database>): Promise<string[]> {
  const rows = await db.selectFrom('attachments').select('id').where('erased_at', 'is not', null).execute();
  return rows.map(({ id }) => id);
}

/** Takes what was erased out of the journal too, so that it stands in no file any more. */
export async function forgetJournal(db: Kysely<Database>): Promise<void> {
  if (isPostgres(db)) return;
  const { rows } = await sql<{ name: string; file: string }>`pragma database_list`.execute(db);
  const file = rows.find(({ name }) => name === 'main')?.file ?? '';
  if (file === '') return;
  // a connection of its own: the service's one may be in the middle of a commit
  const other = new Sqlite(file);
  try {
    for (let tries = 1; ; tries++) {
      const [result] = other.pragma('wal_checkpoint(truncate)') as readonly { readonly busy: number }[];
      if (result?.busy !== 1) return;
      if (tries === MOST_CHECKPOINTS) throw new Error('the journal is in use');
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_CHECKPOINTS_MS));
    }
  } finally {
    other.close();
  }
}

const MOST_CHECKPOINTS = 40;
const BETWEEN_CHECKPOINTS_MS = 250;
