import type { Kysely, Migration, MigrationProvider } from 'kysely';
import { createDeskTables } from './desk-schema.js';
import { indexQueueByTurn } from './queue-turn.js';
import { createTelegramTables } from './telegram-schema.js';

/** Every released schema, oldest first. A migration that has been released is never edited; add another. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-first': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('conversations')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('conversation_key', 'text', (column) => column.notNull())
        .addColumn('state', 'text')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addUniqueConstraint('conversations_key', ['channel', 'conversation_key'])
        .execute();
      await db.schema
        .createTable('messages')
        .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
        .addColumn('author', 'text', (column) => column.notNull())
        .addColumn('staff_id', 'text')
        .addColumn('body', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('messages_by_conversation').on('messages').columns(['conversation_id', 'id']).execute();
      await db.schema
        .createTable('inbox')
        .addColumn('message_id', 'integer', (column) => column.primaryKey().references('messages.id'))
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('external_key', 'text', (column) => column.notNull())
        .addColumn('conversation_id', 'text', (column) => column.notNull())
        .addColumn('content', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull())
        .addUniqueConstraint('inbox_key', ['channel', 'external_key'])
        .execute();
      await db.schema.createIndex('inbox_by_state').on('inbox').columns(['state', 'message_id']).execute();
      await db.schema
        .createTable('outbox')
        .addColumn('message_id', 'integer', (column) => column.primaryKey().references('messages.id'))
        .addColumn('conversation_id', 'text', (column) => column.notNull())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('in_reply_to', 'integer', (column) => column.unique())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('delivered_at', 'bigint')
        .execute();
      await db.schema.createIndex('outbox_by_conversation').on('outbox').columns(['conversation_id', 'state']).execute();
      await db.schema
        .createTable('tickets')
        .addColumn('number', 'text', (column) => column.primaryKey())
        .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('reason', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('holder', 'text')
        .addColumn('handed_back', 'integer', (column) => column.notNull())
        .addColumn('outcome', 'text')
        .addColumn('closed_at', 'bigint')
        .addColumn('note', 'text')
        .addColumn('brief', 'text', (column) => column.notNull())
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('tickets_by_conversation').on('tickets').columns(['conversation_id', 'created_at']).execute();
      await db.schema.createIndex('tickets_by_state').on('tickets').columns(['state', 'created_at']).execute();
      await db.schema
        .createTable('ticket_events')
        .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('ticket_number', 'text', (column) => column.notNull().references('tickets.number'))
        .addColumn('event', 'text', (column) => column.notNull())
        .addColumn('staff_id', 'text')
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('ticket_events_by_ticket').on('ticket_events').columns(['ticket_number', 'id']).execute();
      await db.schema
        .createTable('staff_replies')
        .addColumn('external_key', 'text', (column) => column.primaryKey())
        .addColumn('message_id', 'integer', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('staff')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('login', 'text', (column) => column.notNull().unique())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('password_hash', 'text', (column) => column.notNull())
        .addColumn('must_change', 'integer', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('staff_sessions')
        .addColumn('token_hash', 'text', (column) => column.primaryKey())
        .addColumn('staff_id', 'text', (column) => column.notNull().references('staff.id'))
        .addColumn('csrf', 'text', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
  '0002-verifications': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('verifications')
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('digest', 'text', (column) => column.notNull())
        .addColumn('verified_by', 'text', (column) => column.notNull())
        .addColumn('verified_on', 'text', (column) => column.notNull())
        .addColumn('against', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('verifications_key', ['key', 'digest'])
        .execute();
      await db.schema
        .createTable('figure_values')
        .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('slot', 'text', (column) => column.notNull())
        .addColumn('value', 'double precision', (column) => column.notNull())
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('source_date', 'text', (column) => column.notNull())
        .addColumn('entered_by', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
  '0003-feedback': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('feedback')
        .addColumn('message_id', 'integer', (column) => column.primaryKey().references('messages.id'))
        .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
        .addColumn('verdict', 'text', (column) => column.notNull())
        .addColumn('reasons', 'text', (column) => column.notNull())
        .addColumn('remark', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('feedback_by_conversation').on('feedback').columns(['conversation_id', 'message_id']).execute();
      await db.schema.createIndex('feedback_by_time').on('feedback').columns(['at']).execute();
      await db.schema.createIndex('messages_by_time').on('messages').columns(['author', 'at']).execute();
    },
  },
  '0004-curated-answers': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('curated_answers')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('topic', 'text', (column) => column.notNull())
        .addColumn('asks', 'text', (column) => column.notNull())
        .addColumn('headline', 'text', (column) => column.notNull())
        .addColumn('points', 'text', (column) => column.notNull())
        .addColumn('cites', 'text', (column) => column.notNull())
        .addColumn('checksums', 'text', (column) => column.notNull())
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('ticket_number', 'text', (column) => column.notNull().references('tickets.number'))
        .addColumn('author', 'text', (column) => column.notNull())
        .addColumn('proposed_at', 'bigint', (column) => column.notNull())
        .addColumn('approved_by', 'text')
        .addColumn('approved_at', 'bigint')
        .addColumn('ended_by', 'text')
        .addColumn('ended_at', 'bigint')
        .execute();
      await db.schema.createIndex('curated_answers_by_status').on('curated_answers').columns(['status', 'proposed_at']).execute();
    },
  },
  '0005-delivery': {
    async up(db: Kysely<unknown>) {
      const outbox = (): ReturnType<typeof db.schema.alterTable> => db.schema.alterTable('outbox');
      await outbox()
        .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
        .execute();
      await outbox()
        .addColumn('parts_sent', 'integer', (column) => column.notNull().defaultTo(0))
        .execute();
      await outbox().addColumn('not_before', 'bigint').execute();
      await outbox().addColumn('closed_after', 'integer').execute();
      await outbox().addColumn('failed_reason', 'text').execute();
      await outbox().addColumn('forwarded_to', 'integer').execute();
      await db.schema.createIndex('outbox_by_channel').on('outbox').columns(['state', 'channel']).execute();
      await db.schema.createIndex('inbox_by_conversation').on('inbox').columns(['conversation_id', 'message_id']).execute();
      await db.schema
        .createTable('people')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('identities')
        .addColumn('conversation_id', 'text', (column) => column.primaryKey().references('conversations.id'))
        .addColumn('person_id', 'text', (column) => column.notNull().references('people.id'))
        .addColumn('linked_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('identities_by_person').on('identities').columns(['person_id']).execute();
      await db.schema
        .createTable('link_codes')
        .addColumn('code_hash', 'text', (column) => column.primaryKey())
        .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .addColumn('used_at', 'bigint')
        .execute();
      await db.schema
        .createTable('code_tries')
        .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('scope', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('code_tries_by_scope').on('code_tries').columns(['scope', 'at']).execute();
      await db.schema
        .createTable('pickup_codes')
        .addColumn('code_hash', 'text', (column) => column.primaryKey())
        .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .addColumn('revoked_at', 'bigint')
        .addColumn('wrong_digits', 'integer', (column) => column.notNull())
        .addColumn('locked_until', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('pickup_codes_by_conversation').on('pickup_codes').columns(['conversation_id']).execute();
      await db.schema
        .createTable('conversation_aliases')
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('conversation_key', 'text', (column) => column.notNull())
        .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversations.id'))
        .addPrimaryKeyConstraint('conversation_aliases_key', ['channel', 'conversation_key'])
        .execute();
    },
  },
  '0006-telegram': { up: createTelegramTables },
  '0007-desk': { up: createDeskTables },
  '0008-queue-turn': { up: indexQueueByTurn },
};

export const migrationProvider: MigrationProvider = {
  getMigrations: () => Promise.resolve({ ...MIGRATIONS }),
};
