import type { Kysely, Selectable } from 'kysely';
import type { AttachmentStore, StoredAttachment } from '../../handoff/ticket-tools/ports.js';
import type { Database } from './schema.js';
import { serially, unitOfWork } from './unit-of-work.js';

export function createAttachmentStore(db: Kysely<Database>): AttachmentStore {
  return {
    add: (file, { mostFiles, mostBytesTogether }) =>
      unitOfWork(db, async (transaction) => {
        await serially(transaction, `attachments:${file.conversationId}`);
        const { files, bytes } = await transaction
          .selectFrom('attachments')
          .select((eb) => [eb.fn.countAll<number>().as('files'), eb.fn.sum<number | null>('size').as('bytes')])
          .where('conversation_id', '=', file.conversationId)
          .where('erased_at', 'is', null)
          .executeTakeFirstOrThrow();
        if (files >= mostFiles) return 'too-many';
        if ((bytes ?? 0) + file.size > mostBytesTogether) return 'too-much';
        await transaction
          .insertInto('attachments')
          .values({
            id: file.id,
            conversation_id: file.conversationId,
            message_id: null,
            staff_id: file.staffId,
            name: file.name,
            type: file.type,
            size: file.size,
            sha256: file.sha256,
            at: file.at,
            erased_at: null,
          })
          .execute();
        return null;
      }),
    async setMessage(id, messageId) {
      await db.updateTable('attachments').set({ message_id: messageId }).where('id', '=', id).execute();
    },
    async byId(id) {
      const row = await db.selectFrom('attachments').selectAll().where('id', '=', id).where('erased_at', 'is', null).executeTakeFirst();
      return row ? toAttachment(row) : null;
    },
    async of(conversationId) {
      const rows = await db
        .selectFrom('attachments')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .where('erased_at', 'is', null)
        .orderBy('at')
        .orderBy('id')
        .execute();
      return rows.map(toAttachment);
    },
  };
}

function toAttachment(row: Selectable<Database['attachments']>): StoredAttachment {
  const { id, name, type, size, sha256, at } = row;
  return { id, name, type, size, sha256, at, conversationId: row.conversation_id, staffId: row.staff_id };
}
