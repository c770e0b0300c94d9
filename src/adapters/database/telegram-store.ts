import type { Role } from '../../domain/access.js';
import type { Kysely } from 'kysely';
import type { Actor } from '../../handoff/ports.js';
import type { Database } from './schema.js';
import { serially, unitOfWork } from './unit-of-work.js';

/** Which user is which lawyer changes one after the other. */
const STAFF_LINKS = 'telegram-staff';

interface StoredCard {
  readonly ticketNumber: string;
  readonly chatId: number;
  readonly messageId: number | null;
  readonly threadId: number | null;
  readonly digest: string;
  readonly shownUpTo: number;
  readonly final: boolean;
}

/**
 * What the Telegram channel remembers, over Kysely. It is the `TelegramStore` of that adapter's ports, which is not named here
 * because adapters do not import one another; where the two are put together the compiler compares them.
 */
export function createTelegramStore(db: Kysely<Database>) {
  return { ...chatMoves(db), ...staffLinks(db), ...staffGroup(db), ...pointers(db) };
}

function chatMoves(db: Kysely<Database>) {
  return {
    async moved(from: number, to: number): Promise<void> {
      await db
        .insertInto('telegram_chat_moves')
        .values({ old_id: String(from), new_id: String(to) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async currentOf(chatId: number): Promise<number> {
      const row = await db.selectFrom('telegram_chat_moves').select('new_id').where('old_id', '=', String(chatId)).executeTakeFirst();
      return row ? Number(row.new_id) : chatId;
    },
    async firstOf(chatId: number): Promise<number> {
      const row = await db.selectFrom('telegram_chat_moves').select('old_id').where('new_id', '=', String(chatId)).executeTakeFirst();
      return row ? Number(row.old_id) : chatId;
    },
  };
}

function staffLinks(db: Kysely<Database>) {
  const staffOf = async (from: Kysely<Database>, userId: number): Promise<Actor | null> => {
    const row = await from
      .selectFrom('telegram_staff')
      .innerJoin('staff', 'staff.id', 'telegram_staff.staff_id')
      .select(['staff.id', 'staff.name', 'staff.roles', 'staff.reach'])
      .where('telegram_staff.user_id', '=', String(userId))
      .where('staff.blocked_at', 'is', null)
      .executeTakeFirst();
    return row ? { ...row, roles: JSON.parse(row.roles) as Role[] } : null;
  };
  return {
    addLinkCode: (codeHash: string, staffId: string, expiresAt: number): Promise<void> =>
      unitOfWork(db, async (transaction) => {
        await serially(transaction, STAFF_LINKS);
        await transaction.deleteFrom('telegram_link_codes').where('staff_id', '=', staffId).execute();
        await transaction
          .insertInto('telegram_link_codes')
          .values({ code_hash: codeHash, staff_id: staffId, expires_at: expiresAt })
          .execute();
      }),
    redeemLinkCode: (codeHash: string, userId: number, at: number): Promise<Actor | null> =>
      unitOfWork(db, async (transaction) => {
        await serially(transaction, STAFF_LINKS);
        const code = await transaction
          .deleteFrom('telegram_link_codes')
          .where('code_hash', '=', codeHash)
          .where('expires_at', '>', at)
          .returning('staff_id')
          .executeTakeFirst();
        if (!code) return null;
        await transaction
          .deleteFrom('telegram_staff')
          .where((eb) => eb.or([eb('user_id', '=', String(userId)), eb('staff_id', '=', code.staff_id)]))
          .execute();
        await transaction
          .insertInto('telegram_staff')
          .values({ user_id: String(userId), staff_id: code.staff_id, linked_at: at })
          .execute();
        return staffOf(transaction, userId);
      }),
    async cancelLinkCode(codeHash: string): Promise<void> {
      await db.deleteFrom('telegram_link_codes').where('code_hash', '=', codeHash).execute();
    },
    staffOf: (userId: number) => staffOf(db, userId),
    async linkedAt(staffId: string): Promise<number | null> {
      const row = await db.selectFrom('telegram_staff').select('linked_at').where('staff_id', '=', staffId).executeTakeFirst();
      return row?.linked_at ?? null;
    },
    async unlink(staffId: string): Promise<boolean> {
      await db.deleteFrom('telegram_link_codes').where('staff_id', '=', staffId).execute();
      const { numDeletedRows } = await db.deleteFrom('telegram_staff').where('staff_id', '=', staffId).executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    },
  };
}

function staffGroup(db: Kysely<Database>) {
  const addPost = async (to: Kysely<Database>, chatId: number, messageId: number, ticketNumber: string): Promise<void> => {
    await to
      .insertInto('telegram_posts')
      .values({ chat_id: String(chatId), message_id: messageId, ticket_number: ticketNumber })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  };
  return {
    async card(ticketNumber: string): Promise<StoredCard | null> {
      const row = await db.selectFrom('telegram_cards').selectAll().where('ticket_number', '=', ticketNumber).executeTakeFirst();
      if (!row) return null;
      return {
        ticketNumber,
        chatId: Number(row.chat_id),
        messageId: row.message_id,
        threadId: row.thread_id,
        digest: row.digest,
        shownUpTo: row.shown_up_to,
        final: row.final === 1,
      };
    },
    saveCard: ({ ticketNumber, chatId, messageId, threadId, digest, shownUpTo, final }: StoredCard): Promise<void> =>
      unitOfWork(db, async (transaction) => {
        const card = {
          chat_id: String(chatId),
          message_id: messageId,
          thread_id: threadId,
          digest,
          shown_up_to: shownUpTo,
          final: final ? 1 : 0,
        };
        await transaction
          .insertInto('telegram_cards')
          .values({ ticket_number: ticketNumber, ...card })
          .onConflict((conflict) => conflict.column('ticket_number').doUpdateSet(card))
          .execute();
        if (messageId !== null) await addPost(transaction, chatId, messageId, ticketNumber);
      }),
    async unfinishedCards(): Promise<string[]> {
      const rows = await db.selectFrom('telegram_cards').select('ticket_number').where('final', '=', 0).execute();
      return rows.map((row) => row.ticket_number);
    },
    addPost: (chatId: number, messageId: number, ticketNumber: string) => addPost(db, chatId, messageId, ticketNumber),
    async ticketOfPost(chatId: number, messageId: number): Promise<string | null> {
      const row = await db
        .selectFrom('telegram_posts')
        .select('ticket_number')
        .where('chat_id', '=', String(chatId))
        .where('message_id', '=', messageId)
        .executeTakeFirst();
      return row?.ticket_number ?? null;
    },
    async ticketOfTopic(chatId: number, threadId: number): Promise<string | null> {
      const row = await db
        .selectFrom('telegram_cards')
        .select('ticket_number')
        .where('chat_id', '=', String(chatId))
        .where('thread_id', '=', threadId)
        .executeTakeFirst();
      return row?.ticket_number ?? null;
    },
  };
}

function pointers(db: Kysely<Database>) {
  return {
    async pointTo(conversationKey: string, userId: number, at: number): Promise<void> {
      await db
        .insertInto('telegram_pointers')
        .values({ conversation_key: conversationKey, user_id: String(userId), pointed_at: at })
        .onConflict((conflict) => conflict.column('conversation_key').doUpdateSet({ pointed_at: at }))
        .execute();
    },
    async pointedAt(conversationKey: string): Promise<number | null> {
      const row = await db
        .selectFrom('telegram_pointers')
        .select('pointed_at')
        .where('conversation_key', '=', conversationKey)
        .executeTakeFirst();
      return row?.pointed_at ?? null;
    },
    async waitingFor(userId: number): Promise<string[]> {
      const rows = await db
        .selectFrom('telegram_pointers')
        .select('conversation_key')
        .where('user_id', '=', String(userId))
        .orderBy('pointed_at')
        .execute();
      return rows.map((row) => row.conversation_key);
    },
    async settlePointer(conversationKey: string): Promise<void> {
      await db.deleteFrom('telegram_pointers').where('conversation_key', '=', conversationKey).execute();
    },
    async goOnInPrivate(userId: number, conversationKey: string, at: number): Promise<void> {
      const continued = { conversation_key: conversationKey, at };
      await db
        .insertInto('telegram_continued')
        .values({ user_id: String(userId), ...continued })
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet(continued))
        .execute();
    },
    async goingOnInPrivate(userId: number, since: number): Promise<string | null> {
      const row = await db
        .selectFrom('telegram_continued')
        .select('conversation_key')
        .where('user_id', '=', String(userId))
        .where('at', '>=', since)
        .executeTakeFirst();
      return row?.conversation_key ?? null;
    },
  };
}
