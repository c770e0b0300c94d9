import type { Kysely } from 'kysely';
import type { Database } from './schema.js';

/** How much there is of what has to be dealt with; read from indexes, at any time. */
export function createCountsStore(db: Kysely<Database>) {
  return {
    openTickets: (): Promise<{ state: string; kind: string; count: number }[]> =>
      db
        .selectFrom('tickets')
        .select((eb) => ['state', 'kind', eb.fn.countAll<number>().as('count')])
        .where('state', '!=', 'closed')
        .groupBy(['state', 'kind'])
        .execute(),
    undelivered: (): Promise<{ channel: string; state: string; count: number }[]> =>
      db
        .selectFrom('outbox')
        .select((eb) => ['channel', 'state', eb.fn.countAll<number>().as('count')])
        .where('state', 'in', ['waiting', 'failed'])
        .groupBy(['channel', 'state'])
        .execute(),
  };
}
