import { sql, type Kysely } from 'kysely';
import type { ChannelName } from '../../domain/message.js';
import type { DeliveryReports, DeliveryStore, MessageDelivery, ReceiptStore } from '../../messaging/delivery/ports.js';
import { toMessage, withStaffName } from './message-rows.js';
import { findConversation } from './message-store.js';
import type { Database } from './schema.js';

/** Messages that are looked at for one turn of delivery. */
const LOOKED_AT = 20;

/** The outbox as delivery and the desk read it, over Kysely. */
export function createDeliveryStore(db: Kysely<Database>): DeliveryStore & DeliveryReports & ReceiptStore {
  const lastInbound = (conversationId: string) =>
    db
      .selectFrom('inbox')
      .select((eb) => eb.fn.coalesce(eb.fn.max('message_id'), sql<number>`0`).as('id'))
      .where('conversation_id', '=', conversationId);
  const change = (messageId: number) => db.updateTable('outbox').where('message_id', '=', messageId).where('state', '!=', 'delivered');

  return {
    async address(conversationId) {
      const row = await db
        .selectFrom('conversations')
        .select(['channel', 'conversation_key'])
        .select((eb) => [
          lastInbound(conversationId).as('last'),
          eb
            .selectFrom('inbox')
            .select('message_id')
            .where('conversation_id', '=', conversationId)
            .where('state', '=', 'pending')
            .limit(1)
            .as('pending'),
        ])
        .where('id', '=', conversationId)
        .executeTakeFirst();
      if (!row) return null;
      return {
        channel: row.channel as ChannelName,
        conversationKey: row.conversation_key,
        lastInbound: row.last ?? 0,
        pending: row.pending !== null,
      };
    },
    conversationId: (channel, conversationKey) => findConversation(db, channel, conversationKey),
    async waiting(conversationId) {
      const last = lastInbound(conversationId);
      const rows = await withStaffName(db)
        .innerJoin('outbox', 'outbox.message_id', 'messages.id')
        .leftJoin('inbox', 'inbox.message_id', 'outbox.in_reply_to')
        .select(['outbox.attempts', 'outbox.parts_sent', 'outbox.not_before', 'outbox.closed_after', 'inbox.external_key'])
        .select(last.as('last'))
        .where('outbox.conversation_id', '=', conversationId)
        .where((eb) =>
          eb.or([
            eb('outbox.state', '=', 'waiting'),
            // a lawyer's words are tried again when the person is heard of again
            eb.and([eb('outbox.state', '=', 'failed'), eb('messages.author', '=', 'staff'), eb('outbox.closed_after', '<', last)]),
          ]),
        )
        .orderBy('messages.id')
        .limit(LOOKED_AT)
        .execute();
      return rows.map((row) => ({
        message: toMessage(row),
        inReplyTo: row.external_key,
        partsSent: row.parts_sent,
        attempts: row.attempts,
        notBefore: row.not_before,
        closed: row.closed_after !== null && row.closed_after >= (row.last ?? 0),
      }));
    },
    async conversationsWaiting(channels) {
      if (channels.length === 0) return [];
      const rows = await db
        .selectFrom('outbox')
        .select('conversation_id')
        .distinct()
        .where('state', '=', 'waiting')
        .where('channel', 'in', channels)
        .execute();
      return rows.map((row) => row.conversation_id);
    },
    async markPart(messageId, partsSent) {
      await change(messageId).set({ parts_sent: partsSent }).execute();
    },
    async markSent(messageId, at) {
      await change(messageId).set({ state: 'delivered', delivered_at: at, failed_reason: null }).execute();
    },
    async markClosed(messageId, closedAfter) {
      await change(messageId).set({ state: 'waiting', closed_after: closedAfter, not_before: null }).execute();
    },
    async markLater(messageId, notBefore, reason) {
      await change(messageId)
        .set((eb) => ({ state: 'waiting' as const, attempts: eb('attempts', '+', 1), not_before: notBefore, failed_reason: reason }))
        .execute();
    },
    async markFailed(messageId, closedAfter, reason) {
      await change(messageId).set({ state: 'failed', closed_after: closedAfter, failed_reason: reason, not_before: null }).execute();
    },

    async markRead(conversationId, upToId, at) {
      const { numUpdatedRows } = await db
        .updateTable('outbox')
        .set({ read_at: at })
        .where('conversation_id', '=', conversationId)
        .where('message_id', '<=', upToId)
        .where('read_at', 'is', null)
        .where('message_id', 'in', (eb) =>
          eb.selectFrom('messages').select('id').where('conversation_id', '=', conversationId).where('author', '=', 'staff'),
        )
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    },

    async deliveriesOf(conversationId) {
      const rows = await db
        .selectFrom('outbox')
        .leftJoin('outbox as copy', 'copy.message_id', 'outbox.forwarded_to')
        .selectAll('outbox')
        .select(['copy.channel as copy_channel', 'copy.state as copy_state', 'copy.delivered_at as copy_delivered_at'])
        .select(['copy.failed_reason as copy_reason', 'copy.read_at as copy_read_at'])
        .where('outbox.conversation_id', '=', conversationId)
        .orderBy('outbox.message_id')
        .execute();
      // what comes after a message that waits for the person waits with it
      const closed = rows.some(({ state, closed_after }) => state === 'waiting' && closed_after !== null);
      return rows.map((row): MessageDelivery => ({
        messageId: row.message_id,
        state: row.copy_state ?? row.state,
        at: row.copy_channel === null ? row.delivered_at : row.copy_delivered_at,
        readAt: row.copy_read_at ?? row.read_at,
        reason: row.copy_channel === null ? row.failed_reason : row.copy_reason,
        needsMessage: closed && row.state === 'waiting',
        by: (row.copy_channel ?? row.channel) as ChannelName,
      }));
    },
  };
}
