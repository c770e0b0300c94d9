import { PostgresAdapter, sql, type Kysely, type Transaction } from 'kysely';
import type { Database } from './schema.js';

// On SQLite units of work come one after the other. On PostgreSQL they run side by side, each statement seeing what is
// committed (READ COMMITTED): what is read to be written on is kept here first, a conversation before what belongs to it.

/** Tries of a unit of work that another one kept from happening. */
const MOST_TRIES = 6;

/** serialization_failure, deadlock_detected, and unique_violation: what the other one stored is there at the next try. */
const PASSING: ReadonlySet<unknown> = new Set(['40001', '40P01', '23505']);

/** Everything in `work` happens, or nothing. It may be called again where another unit of work was in its way. */
export async function unitOfWork<T>(db: Kysely<Database>, work: (db: Transaction<Database>) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (tries === MOST_TRIES || !isPassing(error)) throw error;
    }
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && PASSING.has(error.code);
}

export function isPostgres(db: Kysely<Database>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/**
 * Keeps a conversation for this unit of work: nobody else adds a message to it, answers in it or moves its tickets meanwhile.
 * So ids of messages grow in the order in which they can be read.
 */
export async function keepConversation(db: Kysely<Database>, conversationId: string): Promise<void> {
  if (!isPostgres(db)) return;
  await db.selectFrom('conversations').select('id').where('id', '=', conversationId).forNoKeyUpdate().execute();
}

/** Units of work that name the same thing go on one after the other from here. */
export async function serially(db: Kysely<Database>, name: string): Promise<void> {
  if (!isPostgres(db)) return;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(db);
}
