import { sql, type Kysely } from 'kysely';
import type { Role } from '../../domain/access.js';
import type { ServicePoint } from '../../domain/service-point.js';
import type { OrganisationStore, PointChanges, StaffChange } from '../../handoff/organisation/ports.js';
import { readPoints } from './point-rows.js';
import type { Database } from './schema.js';
import { serially, unitOfWork } from './unit-of-work.js';

/** Service points, staff as the organisation has them, duty, leave and notices, over Kysely. */
export function createOrganisationStore(db: Kysely<Database>): OrganisationStore {
  return {
    points: () => readPoints(db),
    async staff() {
      const rows = await db
        .selectFrom('staff')
        .select(['id', 'login', 'name', 'roles', 'service_point', 'reach', 'skills', 'phone', 'blocked_at'])
        .orderBy('login')
        .execute();
      return rows.map(({ roles, skills, service_point, blocked_at, ...row }) => ({
        ...row,
        roles: JSON.parse(roles) as Role[],
        skills: JSON.parse(skills) as string[],
        servicePoint: service_point,
        blocked: blocked_at !== null,
      }));
    },
    putPoints: (changes, at) =>
      unitOfWork(db, async (transaction) => {
        await serially(transaction, 'organisation');
        await putPoints(transaction, changes, at);
      }),
    putStaff: (changes, at) =>
      unitOfWork(db, async (transaction) => {
        await serially(transaction, 'organisation');
        for (const change of changes) await putOneOfStaff(transaction, change, at);
      }),
    async shifts(from, to) {
      const rows = await db
        .selectFrom('duty_shifts')
        .selectAll()
        .where('starts_at', '<', to)
        .where('ends_at', '>', from)
        .orderBy('starts_at')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        staffId: row.staff_id,
        pointCode: row.point_code,
        startsAt: row.starts_at,
        endsAt: row.ends_at,
      }));
    },
    async addShifts(shifts, madeBy, at) {
      if (shifts.length === 0) return;
      await unitOfWork(db, async (transaction) => {
        for (const { id, staffId, pointCode, startsAt, endsAt } of shifts) {
          await transaction
            .insertInto('duty_shifts')
            .values({ id, staff_id: staffId, point_code: pointCode, starts_at: startsAt, ends_at: endsAt, made_by: madeBy, made_at: at })
            .execute();
        }
      });
    },
    async removeShift(id) {
      return (await db.deleteFrom('duty_shifts').where('id', '=', id).executeTakeFirst()).numDeletedRows === 1n;
    },
    async absences(fromDay) {
      const rows = await db.selectFrom('absences').selectAll().where('to_day', '>=', fromDay).orderBy('from_day').orderBy('id').execute();
      return rows.map((row) => ({
        id: row.id,
        staffId: row.staff_id,
        fromDay: row.from_day,
        toDay: row.to_day,
        deputy: row.deputy,
        reason: row.reason,
      }));
    },
    async addAbsence({ id, staffId, fromDay, toDay, deputy, reason }, at) {
      await db
        .insertInto('absences')
        .values({ id, staff_id: staffId, from_day: fromDay, to_day: toDay, deputy, reason, made_at: at })
        .execute();
    },
    async removeAbsence(id) {
      return (await db.deleteFrom('absences').where('id', '=', id).executeTakeFirst()).numDeletedRows === 1n;
    },
    async loads() {
      const rows = await db
        .selectFrom('tickets')
        .select((eb) => ['holder', eb.fn.countAll<number>().as('count')])
        .where('state', '!=', 'closed')
        .where('holder', 'is not', null)
        .groupBy('holder')
        .execute();
      return new Map(rows.flatMap(({ holder, count }) => (holder === null ? [] : [[holder, count] as const])));
    },
    async notices(staffId) {
      const rows = await db
        .selectFrom('notices')
        .selectAll()
        .where('staff_id', '=', staffId)
        .orderBy('at', 'desc')
        .orderBy('id')
        .limit(100)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        staffId,
        ticketNumber: row.ticket_number,
        text: row.text,
        at: row.at,
        readAt: row.read_at,
      }));
    },
    async readNotices(staffId, at) {
      await db.updateTable('notices').set({ read_at: at }).where('staff_id', '=', staffId).where('read_at', 'is', null).execute();
    },
  };
}

async function putPoints(db: Kysely<Database>, { put, moved }: PointChanges, at: number): Promise<void> {
  if (put.length === 0) return;
  const { latest } = await db
    .selectFrom('service_points')
    .select((eb) => eb.fn.max<number | null>('updated_at').as('latest'))
    .executeTakeFirstOrThrow();
  // later than every time before, for by it readers see that something has changed
  const updatedAt = Math.max(at, (latest ?? 0) + 1);
  for (const point of put) {
    const values = toValues(point, updatedAt);
    await db
      .insertInto('service_points')
      .values({ code: point.code, ...values })
      .onConflict((conflict) => conflict.column('code').doUpdateSet(values))
      .execute();
  }
  for (const { code, to } of moved) {
    await db.updateTable('staff').set({ reach: to }).where('service_point', '=', code).execute();
  }
  // all at once, so that what moves to a path that has just been left is not moved again
  const open = await db
    .selectFrom('tickets')
    .select(['number', 'point_path'])
    .where('state', '!=', 'closed')
    .where('point_path', '!=', '/')
    .execute();
  const paths = new Map(moved.map(({ from, to }) => [from, to]));
  for (const { number, point_path } of open) {
    const to = paths.get(point_path);
    if (to === undefined) continue;
    await db
      .updateTable('tickets')
      .set({ point_path: to, version: sql<number>`version + 1` })
      .where('number', '=', number)
      .execute();
  }
}

function toValues(point: ServicePoint, updatedAt: number) {
  return {
    name: point.name,
    tier: point.tier,
    parent: point.parent,
    path: point.path,
    township: point.township,
    address: point.address,
    phone: point.phone,
    latitude: point.latitude,
    longitude: point.longitude,
    hours: point.hours,
    active: point.active ? 1 : 0,
    updated_at: updatedAt,
  };
}

async function putOneOfStaff(db: Kysely<Database>, change: StaffChange, at: number): Promise<void> {
  const values = {
    name: change.name,
    roles: JSON.stringify(change.roles),
    service_point: change.servicePoint,
    reach: change.reach,
    skills: JSON.stringify(change.skills),
    phone: change.phone,
  };
  if (change.passwordHash === null) {
    await db.updateTable('staff').set(values).where('id', '=', change.id).execute();
    return;
  }
  const { id, login, passwordHash } = change;
  await db
    .insertInto('staff')
    .values({
      id,
      login,
      password_hash: passwordHash,
      must_change: 1,
      created_at: at,
      blocked_at: null,
      totp_secret: null,
      totp_since: null,
      totp_step: 0,
      recovery_codes: '[]',
      ...values,
    })
    .execute();
}
