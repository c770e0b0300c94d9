import { sql, type Kysely } from 'kysely';
import type { Role } from '../../domain/access.js';
import type { AccountLine, AccountStore, AccountWork, SessionLine, StaffChange } from '../../handoff/accounts/ports.js';
import { handoffWork } from './message-store.js';
import type { Database } from './schema.js';
import { createStaffStore, staffRow, toStaff } from './staff-store.js';
import { serially, unitOfWork } from './unit-of-work.js';

/** That a session is in use is noted once in this time. */
const SEEN_EVERY_MS = 60_000;

/** Accounts, second factors, failed sign-ins and sessions over Kysely. */
export function createAccountStore(db: Kysely<Database>): AccountStore {
  const lines = (at: number) =>
    db
      .selectFrom('staff')
      .leftJoin('service_points', 'service_points.code', 'staff.service_point')
      .leftJoin('login_failures', 'login_failures.login', 'staff.login')
      .selectAll('staff')
      .select((eb) => [
        'service_points.name as pointName',
        'login_failures.locked_until as lockedUntil',
        eb
          .selectFrom('staff_sessions')
          .select((inner) => inner.fn.countAll<number>().as('count'))
          .whereRef('staff_sessions.staff_id', '=', 'staff.id')
          .where('staff_sessions.expires_at', '>', at)
          .as('sessions'),
      ]);
  type Line = Awaited<ReturnType<ReturnType<typeof lines>['execute']>>[number];
  const toLine = (row: Line, at: number): AccountLine => {
    const { id, login, name, mustChangePassword, roles, servicePoint, reach, skills, phone, blockedAt, totpSecret } = toStaff(row);
    const lockedUntil = row.lockedUntil ?? 0;
    return {
      ...{ id, login, name, mustChangePassword, roles, servicePoint, reach, skills, phone, blockedAt },
      pointName: row.pointName,
      totp: totpSecret !== null,
      lockedUntil: lockedUntil > at ? lockedUntil : 0,
      sessions: row.sessions ?? 0,
    };
  };

  return {
    work: (name, work) =>
      unitOfWork(db, async (transaction) => {
        await serially(transaction, name);
        return work(accountWork(transaction));
      }),
    async session(tokenHash, at, idleSince) {
      const row = await db
        .selectFrom('staff_sessions')
        .innerJoin('staff', 'staff.id', 'staff_sessions.staff_id')
        .selectAll('staff')
        .select(['staff_sessions.csrf', 'staff_sessions.id as session_id', 'staff_sessions.seen_at'])
        .where('staff_sessions.token_hash', '=', tokenHash)
        .where('staff_sessions.expires_at', '>', at)
        .where('staff_sessions.seen_at', '>', idleSince)
        .where('staff.blocked_at', 'is', null)
        .executeTakeFirst();
      if (!row) return null;
      if (row.seen_at <= at - SEEN_EVERY_MS) {
        await db.updateTable('staff_sessions').set({ seen_at: at }).where('token_hash', '=', tokenHash).execute();
      }
      return { id: row.session_id, staff: toStaff(row), csrf: row.csrf };
    },
    sessionsOf: (staffId, at, idleSince): Promise<SessionLine[]> =>
      db
        .selectFrom('staff_sessions')
        .select(['id', 'device', 'address', 'created_at as since', 'seen_at as seenAt'])
        .where('staff_id', '=', staffId)
        .where('expires_at', '>', at)
        .where('seen_at', '>', idleSince)
        .orderBy('seen_at', 'desc')
        .execute(),
    async list({ q, role, state, after }, at, limit) {
      let all = lines(at);
      if (q !== undefined && q !== '') {
        const like = `%${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
        all = all.where(sql<boolean>`(lower(staff.login) like ${like} escape '\\' or lower(staff.name) like ${like} escape '\\')`);
      }
      if (role !== undefined) all = all.where('staff.roles', 'like', `%"${role}"%`);
      if (state !== undefined) all = all.where('staff.blocked_at', state === 'blocked' ? 'is not' : 'is', null);
      const { total } = await all
        .clearSelect()
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const page = after === undefined ? all : all.where('staff.login', '>', after);
      const rows = await page.orderBy('staff.login').limit(limit).execute();
      return { lines: rows.map((row) => toLine(row, at)), total: total };
    },
    async line(staffId, at) {
      const row = await lines(at).where('staff.id', '=', staffId).executeTakeFirst();
      return row ? toLine(row, at) : null;
    },
  };
}

function accountWork(db: Kysely<Database>): AccountWork {
  const staff = createStaffStore(db);
  return {
    ...handoffWork(db),
    async byId(staffId) {
      const row = await db.selectFrom('staff').selectAll().where('id', '=', staffId).executeTakeFirst();
      return row ? toStaff(row) : null;
    },
    byLogin: (login) => staff.byLogin(login),
    async add(member, at) {
      if ((await staff.byLogin(member.login)) !== null) return false;
      await db.insertInto('staff').values(staffRow(member, at)).execute();
      return true;
    },
    async change(staffId, change) {
      const set = changeRow(change);
      if (Object.keys(set).length > 0) await db.updateTable('staff').set(set).where('id', '=', staffId).execute();
    },
    async activeWith(role) {
      const rows = await db
        .selectFrom('staff')
        .select('id')
        .where('blocked_at', 'is', null)
        .where('roles', 'like', `%"${role}"%`)
        .execute();
      return rows.map(({ id }) => id);
    },
    async pathOf(servicePoint) {
      const row = await db
        .selectFrom('service_points')
        .select('path')
        .where('code', '=', servicePoint)
        .where('active', '=', 1)
        .executeTakeFirst();
      return row?.path ?? null;
    },
    async ticketsHeldBy(staffId) {
      const rows = await db.selectFrom('tickets').select('number').where('holder', '=', staffId).where('state', '!=', 'closed').execute();
      return rows.map(({ number }) => number);
    },
    async secondFactor(staffId) {
      const row = await db
        .selectFrom('staff')
        .select(['totp_secret', 'totp_since', 'totp_step', 'recovery_codes'])
        .where('id', '=', staffId)
        .executeTakeFirstOrThrow();
      const recoveryCodes = JSON.parse(row.recovery_codes) as string[];
      return { secret: row.totp_secret, since: row.totp_since, lastStep: row.totp_step, recoveryCodes };
    },
    async setSecondFactor(staffId, { secret, since, lastStep, recoveryCodes }) {
      await db
        .updateTable('staff')
        .set({ totp_secret: secret, totp_since: since, totp_step: lastStep, recovery_codes: JSON.stringify(recoveryCodes) })
        .where('id', '=', staffId)
        .execute();
    },
    async failures(login) {
      const row = await db.selectFrom('login_failures').selectAll().where('login', '=', login).executeTakeFirst();
      return { failures: row?.failures ?? 0, lockedUntil: row?.locked_until ?? 0, at: row?.at ?? 0 };
    },
    async setFailures(login, { failures, lockedUntil, at }) {
      await db
        .insertInto('login_failures')
        .values({ login, failures, locked_until: lockedUntil, at })
        .onConflict((conflict) => conflict.column('login').doUpdateSet({ failures, locked_until: lockedUntil, at }))
        .execute();
    },
    async forgetFailures(which) {
      const forget = db.deleteFrom('login_failures');
      await ('login' in which ? forget.where('login', '=', which.login) : forget.where('at', '<', which.before)).execute();
    },
    async addSession(tokenHash, staffId, session) {
      await db.deleteFrom('staff_sessions').where('expires_at', '<=', session.at).execute();
      await db
        .insertInto('staff_sessions')
        .values({
          token_hash: tokenHash,
          staff_id: staffId,
          id: session.id,
          csrf: session.csrf,
          expires_at: session.expiresAt,
          created_at: session.at,
          seen_at: session.at,
          device: session.device,
          address: session.address,
        })
        .execute();
    },
    async endSessions(staffId, which) {
      let end = db.deleteFrom('staff_sessions').where('staff_id', '=', staffId);
      if (which !== 'all') end = 'only' in which ? end.where('id', '=', which.only) : end.where('id', '!=', which.except);
      return Number((await end.executeTakeFirst()).numDeletedRows);
    },
  };
}

function changeRow({ name, roles, servicePoint, reach, skills, phone, passwordHash, mustChangePassword, blockedAt }: StaffChange) {
  return {
    ...(name === undefined ? {} : { name }),
    ...(roles === undefined ? {} : { roles: JSON.stringify(roles satisfies readonly Role[]) }),
    ...(servicePoint === undefined ? {} : { service_point: servicePoint }),
    ...(reach === undefined ? {} : { reach }),
    ...(skills === undefined ? {} : { skills: JSON.stringify(skills) }),
    ...(phone === undefined ? {} : { phone }),
    ...(passwordHash === undefined ? {} : { password_hash: passwordHash }),
    ...(mustChangePassword === undefined ? {} : { must_change: mustChangePassword ? 1 : 0 }),
    ...(blockedAt === undefined ? {} : { blocked_at: blockedAt }),
  };
}
