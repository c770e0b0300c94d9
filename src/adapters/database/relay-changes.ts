import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { Client } from 'pg';
import { z } from 'zod';
import type { Author } from '../../domain/message.js';
import type { Change, Changes } from '../../messaging/channel.js';
import type { Database } from './schema.js';

export interface RelayOptions {
  readonly url: string;
  readonly db: Kysely<Database>;
  /** Of this process. */
  readonly changes: Changes;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

export interface Relay {
  stop(): Promise<void>;
}

const CHANNEL = 'baimi_changes';
/** PostgreSQL takes no notification of 8000 bytes or more; ids are some 40 each. */
const MOST_TOGETHER = 60;
const RECONNECT_MS = [100, 500, 2000, 5000] as const;
/** Clocks of two machines differ by less. */
const BEFORE_MS = 60_000;

/** By whom and when is how messages are found. */
const AUTHORS: readonly Author[] = ['citizen', 'bot', 'staff', 'system'];

const relayed = z.discriminatedUnion('type', [
  z.object({ type: z.literal('thread'), conversationId: z.string() }),
  z.object({ type: z.literal('ticket'), number: z.string(), conversationId: z.string() }),
  z.object({ type: z.literal('notice'), staffIds: z.array(z.string()), number: z.string().nullable() }),
]);
/** Changes of a later version that are not known here are left out. */
const notification = z.object({ from: z.string(), changes: z.array(relayed.or(z.unknown().transform(() => null))) });

/**
 * Tells the other processes on the same PostgreSQL what changes here, and here what changes there: ids only, by LISTEN and
 * NOTIFY. Sentences of an answer that is being written stay in the process that writes it. Where the connection was cut,
 * everything counts as changed that was stored meanwhile.
 * @throws where PostgreSQL cannot be reached
 */
export async function relayChanges({ url, db, changes, now, onError }: RelayOptions): Promise<Relay> {
  const self = randomUUID();
  let client: Client | null = null;
  let stopped = false;
  let fromOutside = false;
  let heardUntil = now();
  let reconnecting: NodeJS.Timeout | undefined;

  const publish = (change: Change): void => {
    fromOutside = true;
    try {
      changes.publish(change);
    } finally {
      fromOutside = false;
    }
  };

  const hear = (payload: string | undefined): void => {
    heardUntil = now();
    const heard = notification.safeParse(parsed(payload));
    if (!heard.success || heard.data.from === self) return;
    for (const change of heard.data.changes) if (change !== null) publish(change);
  };

  const listen = async (): Promise<void> => {
    const next = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'baimi', keepAlive: true });
    next.on('notification', ({ payload }) => {
      hear(payload);
    });
    next.on('error', onError);
    try {
      await next.connect();
      await next.query(`listen ${CHANNEL}`);
    } catch (error) {
      await next.end().catch(() => undefined);
      throw error;
    }
    client = next;
    next.once('end', () => {
      client = null;
      if (!stopped) listenAgain(0);
    });
    if (stopped) await next.end();
  };

  const listenAgain = (tries: number): void => {
    reconnecting = setTimeout(
      () => {
        listen()
          .then(() => catchUp())
          .catch((error: unknown) => {
            onError(error);
            if (!stopped) listenAgain(tries + 1);
          });
      },
      RECONNECT_MS[Math.min(tries, RECONNECT_MS.length - 1)],
    ).unref();
  };

  const catchUp = async (): Promise<void> => {
    const since = heardUntil - BEFORE_MS;
    heardUntil = now();
    const threads = await db
      .selectFrom('messages')
      .select('conversation_id')
      .distinct()
      .where('author', 'in', AUTHORS)
      .where('at', '>=', since)
      .execute();
    const tickets = await db.selectFrom('tickets').select(['number', 'conversation_id']).where('updated_at', '>=', since).execute();
    for (const row of threads) publish({ type: 'thread', conversationId: row.conversation_id });
    for (const row of tickets) publish({ type: 'ticket', number: row.number, conversationId: row.conversation_id });
  };

  let waiting = new Map<string, Change>();
  let telling: Promise<void> = Promise.resolve();
  const tell = async (): Promise<void> => {
    while (waiting.size > 0) {
      const together = [...waiting].slice(0, MOST_TOGETHER);
      for (const [key] of together) waiting.delete(key);
      const payload = JSON.stringify({ from: self, changes: together.map(([, change]) => change) });
      try {
        await sql`select pg_notify(${CHANNEL}, ${payload})`.execute(db);
      } catch (error) {
        onError(error);
      }
    }
  };
  const unsubscribe = changes.subscribe((change) => {
    if (fromOutside || change.type === 'partial') return;
    if (waiting.size === 0) telling = telling.then(tell);
    waiting.set(JSON.stringify(change), change);
  });

  await listen().catch((error: unknown) => {
    unsubscribe();
    throw error;
  });
  return {
    async stop() {
      stopped = true;
      unsubscribe();
      clearTimeout(reconnecting);
      await telling;
      waiting = new Map();
      await client?.end();
    },
  };
}

function parsed(payload: string | undefined): unknown {
  try {
    return JSON.parse(payload ?? '');
  } catch {
    return null;
  }
}
