import { sql, type Kysely } from 'kysely';

/** 0 for what nobody has taken on, 1 for the rest: among equally pressing tickets those come first that wait for a hand. */
export const QUEUE_TURN = sql<number>`case when tickets.state = 'queued' then 0 else 1 end`;

/** The same of one ticket. */
export const turnOf = (state: string): 0 | 1 => (state === 'queued' ? 0 : 1);

/** Migration 0008: the queue is read in this order; whoever counts in it reads the index alone. */
export async function indexQueueByTurn(db: Kysely<unknown>): Promise<void> {
  await sql`drop index tickets_in_queue`.execute(db);
  await sql`create index tickets_in_queue on tickets (priority desc, (case when state = 'queued' then 0 else 1 end), created_at, number,
    state, kind, point_path, holder, opened_by, members, offered_to, wanted_staff, due_at, deadline_day, topic)
    where state <> 'closed'`.execute(db);
}
