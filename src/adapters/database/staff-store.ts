import type { Kysely, Selectable } from 'kysely';
import type { StaffMember, StaffStore } from '../../handoff/ports.js';
import type { Database } from './schema.js';

export function createStaffStore(db: Kysely<Database>): StaffStore {
  return {
    async count() {
      const { count } = await db
        .selectFrom('staff')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return count;
    },
    all: async () => (await db.selectFrom('staff').selectAll().orderBy('login').execute()).map(toStaff),
    async byLogin(login) {
      const row = await db.selectFrom('staff').selectAll().where('login', '=', login).executeTakeFirst();
      return row ? toStaff(row) : null;
    },
    add: (staff, at) =>
      db.transaction().execute(async (transaction) => {
        const taken = await transaction.selectFrom('staff').select('id').where('login', '=', staff.login).executeTakeFirst();
        if (taken) return false;
        await transaction
          .insertInto('staff')
          .values({
            id: staff.id,
            login: staff.login,
            name: staff.name,
            password_hash: staff.passwordHash,
            must_change: staff.mustChangePassword ? 1 : 0,
            created_at: at,
          })
          .execute();
        return true;
      }),
    setPassword: (staffId, passwordHash, mustChange) =>
      db.transaction().execute(async (transaction) => {
        await transaction
          .updateTable('staff')
          .set({ password_hash: passwordHash, must_change: mustChange ? 1 : 0 })
          .where('id', '=', staffId)
          .execute();
        await transaction.deleteFrom('staff_sessions').where('staff_id', '=', staffId).execute();
      }),
    async addSession(tokenHash, staffId, csrf, expiresAt) {
      await db.insertInto('staff_sessions').values({ token_hash: tokenHash, staff_id: staffId, csrf, expires_at: expiresAt }).execute();
    },
    async session(tokenHash, at) {
      const row = await db
        .selectFrom('staff_sessions')
        .innerJoin('staff', 'staff.id', 'staff_sessions.staff_id')
        .selectAll('staff')
        .select('staff_sessions.csrf')
        .where('staff_sessions.token_hash', '=', tokenHash)
        .where('staff_sessions.expires_at', '>', at)
        .executeTakeFirst();
      return row ? { staff: toStaff(row), csrf: row.csrf } : null;
    },
    async endSession(tokenHash) {
      await db.deleteFrom('staff_sessions').where('token_hash', '=', tokenHash).execute();
    },
  };
}

function toStaff(row: Selectable<Database['staff']>): StaffMember {
  return { id: row.id, login: row.login, name: row.name, passwordHash: row.password_hash, mustChangePassword: row.must_change === 1 };
}
