import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { shownAs, type Author, type ChannelName, type InboundContent, type Message, type MessageBody } from '../../domain/message.js';
import type { HandoffUnitOfWork, HandoffWork, ThreadStore } from '../../handoff/ports.js';
import type { ConsultationState, MessagingStore, MessagingWork } from '../../messaging/ports.js';
import { createAuditTrail } from './audit-store.js';
import { createConsentStore, createOpenFormStore, createProfileStore } from './form-store.js';
import { createLinkStore, createTryStore } from './link-store.js';
import { toMessage, withStaffName } from './message-rows.js';
import { createPersonalDataStore } from './personal-data-store.js';
import { createPickupStore } from './pickup-store.js';
import { readRetention } from './retention-store.js';
import { createSatisfactionStore } from './satisfaction-store.js';
import { createRoutingStore } from './routing-store.js';
import type { Database } from './schema.js';
import { createTicketStore } from './ticket-store.js';
import { recordTurn } from './turn-rows.js';
import { keepConversation, serially, unitOfWork } from './unit-of-work.js';

/** Inbox, outbox, threads and conversations over Kysely. */
export function createMessageStore(db: Kysely<Database>): MessagingStore & HandoffUnitOfWork {
  return {
    work: <T>(work: (stores: MessagingWork) => Promise<T>) => unitOfWork(db, (transaction) => work(messagingWork(transaction))),
    handoff: <T>(work: (stores: HandoffWork) => Promise<T>) => unitOfWork(db, (transaction) => work(handoffWork(transaction))),

    conversationId: (channel, conversationKey) => findConversation(db, channel, conversationKey),

    receive: (inbound, at) =>
      unitOfWork(db, async (transaction) => {
        const conversationId = await findOrMake(transaction, inbound.channel, inbound.conversationKey, at);
        await keepConversation(transaction, conversationId);
        const earlier = await transaction
          .selectFrom('inbox')
          .select('message_id')
          .where('channel', '=', inbound.channel)
          .where('external_key', '=', inbound.externalKey)
          .executeTakeFirst();
        if (earlier) return { conversationId, message: await messageById(transaction, earlier.message_id), duplicate: true };
        const message = await insertMessage(
          transaction,
          conversationId,
          'citizen',
          null,
          { type: 'text', text: shownAs(inbound.content) },
          at,
        );
        await transaction
          .insertInto('inbox')
          .values({
            message_id: message.id,
            channel: inbound.channel,
            external_key: inbound.externalKey,
            conversation_id: conversationId,
            content: JSON.stringify(inbound.content),
            state: 'pending',
            attempts: 0,
          })
          .execute();
        return { conversationId, message, duplicate: false };
      }),

    async countAttempt(messageId) {
      await db
        .updateTable('inbox')
        .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
        .where('message_id', '=', messageId)
        .execute();
    },
    async conversationsWithPending() {
      const rows = await db.selectFrom('inbox').select('conversation_id').distinct().where('state', '=', 'pending').execute();
      return rows.map((row) => row.conversation_id);
    },
    messagesAfter: (conversationId, afterId) => readMessages(db, conversationId, afterId),
    async markDelivered(conversationId, upToId, at) {
      await db
        .updateTable('outbox')
        .set({ state: 'delivered', delivered_at: at })
        .where('conversation_id', '=', conversationId)
        .where('state', '=', 'waiting')
        .where('message_id', '<=', upToId)
        .execute();
    },
  };
}

/** What hand-off works with in the transaction of a unit of work. */
export function handoffWork(db: Kysely<Database>): HandoffWork {
  return {
    tickets: createTicketStore(db),
    thread: threadStore(db),
    audit: createAuditTrail(db),
    routing: createRoutingStore(db),
    satisfaction: createSatisfactionStore(db),
  };
}

function messagingWork(db: Kysely<Database>): MessagingWork {
  return {
    ...handoffWork(db),
    links: createLinkStore(db),
    pickups: createPickupStore(db),
    tries: createTryStore(db),
    forms: createOpenFormStore(db),
    consents: createConsentStore(db),
    profiles: createProfileStore(db),
    personal: createPersonalDataStore(db),
    retention: () => readRetention(db),
    async conversation(id) {
      const row = await db
        .selectFrom('conversations')
        .leftJoin('open_forms', 'open_forms.conversation_id', 'conversations.id')
        .selectAll('conversations')
        .select('open_forms.form')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      return {
        id: row.id,
        filling: row.form !== null,
        channel: row.channel as ChannelName,
        key: row.conversation_key,
        state: row.state === null ? null : (JSON.parse(row.state) as ConsultationState),
      };
    },
    async saveState(id, state) {
      await db
        .updateTable('conversations')
        .set({ state: JSON.stringify(state) })
        .where('id', '=', id)
        .execute();
    },
    async pending(conversationId, limit) {
      await keepConversation(db, conversationId);
      const rows = await db
        .selectFrom('inbox')
        .innerJoin('messages', 'messages.id', 'inbox.message_id')
        .selectAll('inbox')
        .select('messages.at')
        .where('inbox.conversation_id', '=', conversationId)
        .where('inbox.state', '=', 'pending')
        .orderBy('inbox.message_id')
        .limit(limit)
        .execute();
      return rows.map(({ message_id, content, attempts, at }) => ({
        messageId: message_id,
        conversationId,
        content: JSON.parse(content) as InboundContent,
        at,
        attempts,
      }));
    },
    async finish(messageId) {
      const result = await db
        .updateTable('inbox')
        .set({ state: 'done' })
        .where('message_id', '=', messageId)
        .where('state', '=', 'pending')
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    answer: (conversationId, inReplyTo, body, at) => send(db, conversationId, 'bot', null, body, at, inReplyTo),
    recordTurn: (turn) => recordTurn(db, turn),
  };
}

function threadStore(db: Kysely<Database>): ThreadStore {
  return {
    messages: (conversationId) => readMessages(db, conversationId, 0),
    send: (conversationId, author, staffId, body, at) => send(db, conversationId, author, staffId, body, at, null),
    async replyByKey(key) {
      await serially(db, `reply:${key}`);
      const row = await db.selectFrom('staff_replies').select('message_id').where('external_key', '=', key).executeTakeFirst();
      return row?.message_id ?? null;
    },
    async rememberReply(key, messageId) {
      await db.insertInto('staff_replies').values({ external_key: key, message_id: messageId }).execute();
    },
  };
}

/** By its own key, or by the key of another device that goes on with it. */
export async function findConversation(db: Kysely<Database>, channel: string, conversationKey: string): Promise<string | null> {
  const row = await db
    .selectFrom('conversations')
    .select('id')
    .where('channel', '=', channel)
    .where('conversation_key', '=', conversationKey)
    .executeTakeFirst();
  if (row) return row.id;
  const alias = await db
    .selectFrom('conversation_aliases')
    .select('conversation_id')
    .where('channel', '=', channel)
    .where('conversation_key', '=', conversationKey)
    .executeTakeFirst();
  return alias?.conversation_id ?? null;
}

async function findOrMake(db: Kysely<Database>, channel: string, conversationKey: string, at: number): Promise<string> {
  const known = await findConversation(db, channel, conversationKey);
  if (known !== null) return known;
  const made = await db
    .insertInto('conversations')
    .values({ id: randomUUID(), channel, conversation_key: conversationKey, state: null, created_at: at })
    .onConflict((conflict) => conflict.columns(['channel', 'conversation_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  const id = made?.id ?? (await findConversation(db, channel, conversationKey));
  if (id === null) throw new Error('a conversation was neither made nor found');
  return id;
}

async function send(
  db: Kysely<Database>,
  conversationId: string,
  author: Author,
  staffId: string | null,
  body: MessageBody,
  at: number,
  inReplyTo: number | null,
): Promise<Message> {
  await keepConversation(db, conversationId);
  const message = await insertMessage(db, conversationId, author, staffId, body, at);
  await db
    .insertInto('outbox')
    .values((eb) => ({
      message_id: message.id,
      conversation_id: conversationId,
      channel: eb.selectFrom('conversations').select('channel').where('id', '=', conversationId),
      in_reply_to: inReplyTo,
      state: 'waiting',
      delivered_at: null,
    }))
    .execute();
  return message;
}

async function insertMessage(
  db: Kysely<Database>,
  conversationId: string,
  author: Author,
  staffId: string | null,
  body: MessageBody,
  at: number,
): Promise<Message> {
  const { id } = await db
    .insertInto('messages')
    .values({ conversation_id: conversationId, author, staff_id: staffId, body: JSON.stringify(body), at })
    .returning('id')
    .executeTakeFirstOrThrow();
  return staffId === null ? { id, author, staffName: null, body, at } : messageById(db, id);
}

async function messageById(db: Kysely<Database>, id: number): Promise<Message> {
  return toMessage(await withStaffName(db).where('messages.id', '=', id).executeTakeFirstOrThrow());
}

async function readMessages(db: Kysely<Database>, conversationId: string, afterId: number): Promise<Message[]> {
  const rows = await withStaffName(db)
    .where('messages.conversation_id', '=', conversationId)
    .where('messages.id', '>', afterId)
    .orderBy('messages.id')
    .execute();
  return rows.map(toMessage);
}
