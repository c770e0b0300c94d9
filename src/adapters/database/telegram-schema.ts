import type { Kysely } from 'kysely';

/** Tables of the Telegram channel. Ids of the platform, up to 52 bits, are kept as text; times are milliseconds since the epoch. */
export interface TelegramTables {
  /** Groups that became supergroups. */
  telegram_chat_moves: { old_id: string; new_id: string };
  /** Which user is which lawyer. */
  telegram_staff: { user_id: string; staff_id: string; linked_at: number };
  /** Codes that link an account; hashes only. */
  telegram_link_codes: { code_hash: string; staff_id: string; expires_at: number };
  /** Where each ticket stands in the lawyers' group. */
  telegram_cards: {
    ticket_number: string;
    chat_id: string;
    /** Null: the topic is there, the card is not yet. */
    message_id: number | null;
    thread_id: number | null;
    digest: string;
    shown_up_to: number;
    /** 1: the ticket is closed and the card says so. */
    final: number;
  };
  /** Messages in the lawyers' group that belong to a ticket. */
  telegram_posts: { chat_id: string; message_id: number; ticket_number: string };
  /** Conversations in groups for which something waits until the person opens the private chat. */
  telegram_pointers: { conversation_key: string; user_id: string; pointed_at: number };
  /** Conversations of groups that go on in the person's private chat. */
  telegram_continued: { user_id: string; conversation_key: string; at: number };
}

/** Migration 0006. */
export async function createTelegramTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('telegram_chat_moves')
    .addColumn('old_id', 'text', (column) => column.primaryKey())
    .addColumn('new_id', 'text', (column) => column.notNull().unique())
    .execute();
  await db.schema
    .createTable('telegram_staff')
    .addColumn('user_id', 'text', (column) => column.primaryKey())
    .addColumn('staff_id', 'text', (column) => column.notNull().unique().references('staff.id'))
    .addColumn('linked_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('telegram_link_codes')
    .addColumn('code_hash', 'text', (column) => column.primaryKey())
    .addColumn('staff_id', 'text', (column) => column.notNull().references('staff.id'))
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('telegram_cards')
    .addColumn('ticket_number', 'text', (column) => column.primaryKey().references('tickets.number'))
    .addColumn('chat_id', 'text', (column) => column.notNull())
    .addColumn('message_id', 'integer')
    .addColumn('thread_id', 'integer')
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('shown_up_to', 'integer', (column) => column.notNull())
    .addColumn('final', 'integer', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('telegram_cards_by_topic').on('telegram_cards').columns(['chat_id', 'thread_id']).execute();
  await db.schema
    .createTable('telegram_posts')
    .addColumn('chat_id', 'text', (column) => column.notNull())
    .addColumn('message_id', 'integer', (column) => column.notNull())
    .addColumn('ticket_number', 'text', (column) => column.notNull().references('tickets.number'))
    .addPrimaryKeyConstraint('telegram_posts_key', ['chat_id', 'message_id'])
    .execute();
  await db.schema
    .createTable('telegram_pointers')
    .addColumn('conversation_key', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('pointed_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('telegram_pointers_by_user').on('telegram_pointers').columns(['user_id']).execute();
  await db.schema
    .createTable('telegram_continued')
    .addColumn('user_id', 'text', (column) => column.primaryKey())
    .addColumn('conversation_key', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
}
