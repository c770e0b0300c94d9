import { sql, type Expression, type ExpressionBuilder, type Kysely, type SqlBool } from 'kysely';
import { kindsOf, type Clearance } from '../../domain/access.js';
import type { QueueQuery } from '../../domain/desk-views.js';
import type { Database } from './schema.js';

/** A time limit of law this near is shown under 期限. */
const NEAR_DEADLINE_DAYS = 30;
const DAY_MS = 86_400_000;
const DAY_IN_CHINA = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

/** Written out, not bound: only then does SQLite use the indexes over open and over closed tickets alone. */
const CLOSED = sql.lit('closed');

export type Builder = ExpressionBuilder<Database, 'tickets'>;
/** A condition on a ticket. */
export type Condition = Expression<SqlBool>;

/** `mayRead` as a condition: theirs, waiting in their reach and of a kind that they take on, or overseen by them. */
export function readable(eb: Builder, staff: Clearance): Condition {
  const officer = staff.roles.includes('officer');
  if (officer && staff.reach === '/') return sql<SqlBool>`1 = 1`;
  const kinds = kindsOf(staff);
  return eb.or([
    ...theirs(eb, staff.id),
    ...(officer ? [below(eb, staff.reach)] : []),
    ...(officer || kinds.length === 0 ? [] : [waitsInReach(eb, staff, kinds)]),
  ]);
}

function waitsInReach(eb: Builder, staff: Clearance, kinds: readonly string[]): Condition {
  return eb.and([
    eb('tickets.state', '=', 'queued'),
    eb('tickets.kind', 'in', kinds),
    ...(staff.reach === '/' ? [] : [below(eb, staff.reach)]),
  ]);
}

function theirs(eb: Builder, staffId: string): Condition[] {
  return [eb('tickets.holder', '=', staffId), eb('tickets.opened_by', '=', staffId), isMember(eb, staffId)];
}

export function isOpen(eb: Builder): Condition {
  return eb('tickets.state', '<>', CLOSED);
}

/** Staff ids are UUIDs: nothing in them is a wildcard. */
export function isMember(eb: Builder, staffId: string): Condition {
  return eb.and([eb('tickets.members', '<>', sql.lit('[]')), eb('tickets.members', 'like', `%"${staffId}"%`)]);
}

function below(eb: Builder, path: string): Condition {
  return sql<SqlBool>`${eb.ref('tickets.point_path')} like ${`${escapeLike(path)}%`} escape '\\'`;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (mark) => `\\${mark}`);
}

/** What a page of the queue is asked for. @param at milliseconds since the epoch */
export async function conditionsOf(
  db: Kysely<Database>,
  staff: Clearance,
  query: QueueQuery,
  at: number,
): Promise<((eb: Builder) => Condition)[]> {
  const conditions: ((eb: Builder) => Condition)[] = [(eb) => readable(eb, staff)];
  const add = (condition: (eb: Builder) => Condition): void => {
    conditions.push(condition);
  };
  // by its time, so that closed ones are read in their order
  add((eb) => (query.show === 'closed' ? eb('tickets.closed_at', 'is not', null) : isOpen(eb)));
  if (query.show === 'waiting') add((eb) => eb('tickets.state', '=', 'queued'));
  if (query.show === 'mine') add((eb) => eb.or([eb('tickets.holder', '=', staff.id), isMember(eb, staff.id)]));
  const { kind, topic, township, only, q } = query;
  if (kind !== undefined) add((eb) => eb('tickets.kind', '=', kind));
  if (topic !== undefined) add((eb) => eb('tickets.topic', '=', topic));
  if (township === 'none') add((eb) => sql<SqlBool>`${eb.ref('tickets.point_path')} not like '/%/%/'`);
  else if (township !== undefined) {
    const found = await db.selectFrom('service_points').select('path').where('code', '=', township).executeTakeFirst();
    add((eb) => (found ? below(eb, found.path) : sql<SqlBool>`1 = 0`));
  }
  if (only === 'for-me') add((eb) => eb.and([eb('tickets.state', '=', 'queued'), forMe(eb, staff.id)]));
  if (only === 'overdue') add((eb) => overdue(eb, at));
  if (only === 'deadline') {
    const near = DAY_IN_CHINA.format(at + NEAR_DEADLINE_DAYS * DAY_MS);
    add((eb) => eb('tickets.deadline_day', '<=', near));
  }
  const words = (q ?? '').trim();
  if (words !== '') {
    const like = `%${escapeLike(words.toLowerCase())}%`;
    add(
      (eb) =>
        sql<SqlBool>`(${eb.ref('tickets.number')} like ${like} escape '\\' or lower(${eb.ref('tickets.brief')}) like ${like} escape '\\')`,
    );
  }
  return conditions;
}

export function forMe(eb: Builder, staffId: string): Condition {
  return eb.or([eb('tickets.offered_to', '=', staffId), eb('tickets.wanted_staff', '=', staffId)]);
}

export function overdue(eb: Builder, at: number): Condition {
  return eb.and([eb('tickets.state', '=', 'queued'), eb('tickets.due_at', '<', at)]);
}
