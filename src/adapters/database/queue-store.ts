import { sql, type Kysely, type SelectQueryBuilder } from 'kysely';
import type { Clearance } from '../../domain/access.js';
import type { QueueItem, QueueView } from '../../domain/desk-views.js';
import type { QueueReader } from '../../handoff/ticket-tools/ports.js';
import { conditionsOf, forMe, isMember, isOpen, overdue, readable, type Builder, type Condition } from './queue-conditions.js';
import { readCursor, writeCursor } from './queue-cursor.js';
import { QUEUE_TURN } from './queue-turn.js';
import { QUEUE_COLUMNS, toQueueItem } from './queue-item.js';
import type { Database } from './schema.js';

const PAGE = 50;

/** The queue over Kysely: who may read what is part of each query. */
export function createQueueStore(db: Kysely<Database>): QueueReader {
  return {
    async page(staff, query, at) {
      const closed = query.show === 'closed';
      const asked = await conditionsOf(db, staff, query, at);
      const filtered = db.selectFrom('tickets').where((eb) => eb.and(asked.map((one) => one(eb))));
      const after = query.after === undefined ? null : readCursor(query.after, closed);
      const [rows, { total }, counts] = await Promise.all([
        pageOf(filtered, closed, after).execute(),
        filtered.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
        countsOf(db, staff, at),
      ]);
      const items = rows.slice(0, PAGE).map((row): QueueItem => toQueueItem(row, staff.id, at));
      const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
      return { items, total, counts, next: last ? writeCursor(last) : null };
    },
    async townships(staff) {
      const rows = await db
        .selectFrom('tickets')
        .innerJoin('service_points as point', 'point.path', 'tickets.point_path')
        .innerJoin('service_points as township', 'township.code', 'point.township')
        .select(['township.code', 'township.name'])
        .distinct()
        .where((eb) => eb.and([isOpen(eb as unknown as Builder), readable(eb as unknown as Builder, staff)]))
        .orderBy('township.name')
        .execute();
      return rows;
    },
  };
}

/** One more than a page, so that it is known whether there is another. */
function pageOf(filtered: SelectQueryBuilder<Database, 'tickets', object>, closed: boolean, after: ReturnType<typeof readCursor> | null) {
  const from = after
    ? closed
      ? filtered.where((eb) =>
          eb.or([
            eb('tickets.closed_at', '<', after.time),
            eb.and([eb('tickets.closed_at', '=', after.time), eb('tickets.number', '<', after.number)]),
          ]),
        )
      : filtered.where((eb) =>
          eb.or([
            eb('tickets.priority', '<', after.priority),
            eb.and([eb('tickets.priority', '=', after.priority), eb(QUEUE_TURN, '>', after.turn)]),
            eb.and([
              eb('tickets.priority', '=', after.priority),
              eb(QUEUE_TURN, '=', after.turn),
              eb.or([
                eb('tickets.created_at', '>', after.time),
                eb.and([eb('tickets.created_at', '=', after.time), eb('tickets.number', '>', after.number)]),
              ]),
            ]),
          ]),
        )
    : filtered;
  const ordered = closed
    ? from.orderBy('tickets.closed_at', 'desc').orderBy('tickets.number', 'desc')
    : from.orderBy('tickets.priority', 'desc').orderBy(QUEUE_TURN).orderBy('tickets.created_at').orderBy('tickets.number');
  return ordered
    .leftJoin('service_points as point', 'point.path', 'tickets.point_path')
    .leftJoin('service_points as township', 'township.code', 'point.township')
    .leftJoin('staff as holding', 'holding.id', 'tickets.holder')
    .select(QUEUE_COLUMNS)
    .limit(PAGE + 1);
}

async function countsOf(db: Kysely<Database>, staff: Clearance, at: number): Promise<QueueView['counts']> {
  const counted = await db
    .selectFrom('tickets')
    .where((eb) => eb.and([isOpen(eb), readable(eb, staff)]))
    .select((eb) => {
      const sum = (condition: Condition) => sql<number | null>`sum(case when ${condition} then 1 else 0 end)`;
      const waits = eb('tickets.state', '=', 'queued');
      return [
        sum(waits).as('waiting'),
        sum(eb.or([eb('tickets.holder', '=', staff.id), isMember(eb, staff.id)])).as('mine'),
        sum(eb.and([waits, forMe(eb, staff.id)])).as('forMe'),
        sum(overdue(eb, at)).as('overdue'),
      ];
    })
    .executeTakeFirstOrThrow();
  return {
    waiting: counted.waiting ?? 0,
    mine: counted.mine ?? 0,
    forMe: counted.forMe ?? 0,
    overdue: counted.overdue ?? 0,
  };
}
