import { randomUUID } from 'node:crypto';
import { sql, type Kysely, type Selectable } from 'kysely';
import type { Role } from '../../domain/access.js';
import type { InboundContent } from '../../domain/message.js';
import { pathsAbove } from '../../domain/point-paths.js';
import type { Candidate, ClaimLimits, RoutingStore } from '../../handoff/routing/ports.js';
import { readPoints } from './point-rows.js';
import type { Database } from './schema.js';

/** What routing reads and keeps; `db` is the transaction of a unit of work. */
export function createRoutingStore(db: Kysely<Database>): RoutingStore {
  const staff = () =>
    db.selectFrom('staff').select(['id', 'name', 'roles', 'reach', 'skills']).where('blocked_at', 'is', null).orderBy('id');
  return {
    points: () => readPoints(db),
    async whereabouts(conversationId) {
      const row = await db
        .selectFrom('conversations')
        .leftJoin('profiles', 'profiles.conversation_id', 'conversations.id')
        .select(['conversations.service_point', 'profiles.village'])
        .where('conversations.id', '=', conversationId)
        .executeTakeFirst();
      const sent = await db
        .selectFrom('inbox')
        .select('content')
        .where('conversation_id', '=', conversationId)
        .where('content', 'like', '{"type":"location"%')
        .orderBy('message_id', 'desc')
        .limit(1)
        .executeTakeFirst();
      const content = sent ? (JSON.parse(sent.content) as InboundContent) : null;
      return {
        servicePoint: row?.service_point ?? null,
        location: content?.type === 'location' ? { latitude: content.latitude, longitude: content.longitude } : null,
        village: row?.village ?? '',
      };
    },
    async bind(conversationId, pointCode) {
      await db.updateTable('conversations').set({ service_point: pointCode }).where('id', '=', conversationId).execute();
    },
    async consultationState(conversationId) {
      const row = await db.selectFrom('conversations').select('state').where('id', '=', conversationId).executeTakeFirst();
      return row?.state === null || row === undefined ? null : (JSON.parse(row.state) as unknown);
    },
    async reaching(path) {
      return (await staff().where('reach', 'in', pathsAbove(path)).execute()).map(toCandidate);
    },
    async staff(id) {
      const row = await staff().where('id', '=', id).executeTakeFirst();
      return row ? toCandidate(row) : null;
    },
    async officers() {
      return (await staff().where('roles', 'like', '%"officer"%').execute()).map(toCandidate);
    },
    async loads(staffIds) {
      if (staffIds.length === 0) return new Map();
      const rows = await db
        .selectFrom('tickets')
        .select((eb) => [eb.fn.coalesce('holder', 'offered_to').as('who'), eb.fn.countAll<number>().as('count')])
        .where('state', '!=', 'closed')
        .where((eb) => eb(eb.fn.coalesce('holder', 'offered_to'), 'in', [...staffIds]))
        .groupBy((eb) => eb.fn.coalesce('holder', 'offered_to'))
        .execute();
      return new Map(rows.flatMap(({ who, count }) => (who === null ? [] : [[who, count] as const])));
    },
    async shiftsAt(at) {
      const rows = await db.selectFrom('duty_shifts').selectAll().where('starts_at', '<=', at).where('ends_at', '>', at).execute();
      return rows.map((row) => ({
        id: row.id,
        staffId: row.staff_id,
        pointCode: row.point_code,
        startsAt: row.starts_at,
        endsAt: row.ends_at,
      }));
    },
    async absencesOn(day) {
      const rows = await db.selectFrom('absences').selectAll().where('from_day', '<=', day).where('to_day', '>=', day).execute();
      return rows.map((row) => ({
        id: row.id,
        staffId: row.staff_id,
        fromDay: row.from_day,
        toDay: row.to_day,
        deputy: row.deputy,
        reason: row.reason,
      }));
    },
    async claimLimits() {
      const row = await db
        .selectFrom('settings')
        .select('value')
        .where('key', '=', 'claim-limits')
        .orderBy('at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? (JSON.parse(row.value) as Partial<ClaimLimits>) : {};
    },
    async overdue(at, most) {
      const rows = await db
        .selectFrom('tickets')
        .select('number')
        .where('state', '=', 'queued')
        .where((eb) => eb.or([eb('due_at', '<=', at), eb('due_at', 'is', null)]))
        .orderBy('due_at', (order) => order.asc().nullsFirst())
        .limit(most)
        .execute();
      return rows.map(({ number }) => number);
    },
    async open() {
      const rows = await db.selectFrom('tickets').select('number').where('state', '!=', 'closed').orderBy('number').execute();
      return rows.map(({ number }) => number);
    },
    async adjust(ticket, change) {
      const result = await db
        .updateTable('tickets')
        .set({
          ...(change.pointPath === undefined ? {} : { point_path: change.pointPath }),
          ...(change.dueAt === undefined ? {} : { due_at: change.dueAt }),
          ...(change.offeredTo === undefined ? {} : { offered_to: change.offeredTo }),
          ...(change.priority === undefined ? {} : { priority: change.priority }),
          ...(change.deadlineDay === undefined ? {} : { deadline_day: change.deadlineDay }),
          version: sql<number>`version + 1`,
        })
        .where('number', '=', ticket.number)
        .where('version', '=', ticket.version)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    async notify(staffIds, ticketNumber, text, at) {
      if (staffIds.length === 0) return;
      await db
        .insertInto('notices')
        .values(staffIds.map((staff_id) => ({ id: randomUUID(), staff_id, ticket_number: ticketNumber, text, at, read_at: null })))
        .execute();
    },
  };
}

function toCandidate({
  roles,
  skills,
  ...row
}: Pick<Selectable<Database['staff']>, 'id' | 'name' | 'roles' | 'reach' | 'skills'>): Candidate {
  return { ...row, roles: JSON.parse(roles) as Role[], skills: JSON.parse(skills) as string[] };
}
