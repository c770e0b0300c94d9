import type { Insertable, Kysely, Selectable } from 'kysely';
import type { Role } from '../../domain/access.js';
import type { NewStaff, StaffMember, StaffStore } from '../../handoff/ports.js';
import type { Database } from './schema.js';
import { unitOfWork } from './unit-of-work.js';

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
      unitOfWork(db, async (transaction) => {
        const taken = await transaction.selectFrom('staff').select('id').where('login', '=', staff.login).executeTakeFirst();
        if (taken) return false;
        await transaction.insertInto('staff').values(staffRow(staff, at)).execute();
        return true;
      }),
  };
}

/** A new account as a row. */
export function staffRow(staff: NewStaff, at: number): Insertable<Database['staff']> {
  return {
    id: staff.id,
    login: staff.login,
    name: staff.name,
    password_hash: staff.passwordHash,
    must_change: staff.mustChangePassword ? 1 : 0,
    created_at: at,
    roles: JSON.stringify(staff.roles ?? ['lawyer']),
    service_point: staff.servicePoint ?? null,
    reach: staff.reach ?? '/',
    skills: JSON.stringify(staff.skills ?? []),
    phone: staff.phone ?? '',
    blocked_at: staff.blockedAt ?? null,
    totp_secret: staff.totpSecret ?? null,
    totp_since: null,
  };
}

export function toStaff(row: Selectable<Database['staff']>): StaffMember {
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    passwordHash: row.password_hash,
    mustChangePassword: row.must_change === 1,
    roles: JSON.parse(row.roles) as Role[],
    servicePoint: row.service_point,
    reach: row.reach,
    skills: JSON.parse(row.skills) as string[],
    phone: row.phone,
    blockedAt: row.blocked_at,
    totpSecret: row.totp_since === null ? null : row.totp_secret,
  };
}
