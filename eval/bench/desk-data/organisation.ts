import type { Kysely } from 'kysely';
import type { Database } from '../../../src/adapters/database/schema.js';
import type { Role } from '../../../src/domain/access.js';
import { GIVEN, SURNAMES, TOWNSHIPS, VILLAGES } from './content.js';

export interface FilledPoint {
  readonly code: string;
  readonly path: string;
}

/** A city centre, its townships, and so many villages in each; all invented. */
export async function fillPoints(db: Kysely<Database>, villagesEach: number, now: number): Promise<FilledPoint[]> {
  const row = (code: string, name: string, tier: string, parent: string | null, path: string, township: string | null) => ({
    ...{ code, name, tier, parent, path, township, address: `${name}便民服务中心一楼`, phone: '', active: 1, updated_at: now },
    latitude: null,
    longitude: null,
    hours: '',
  });
  const rows = [row('demo', '市公共法律服务中心', 'city', null, '/demo/', null)];
  for (const [index, township] of TOWNSHIPS.entries()) {
    const code = `t${String(index + 1).padStart(2, '0')}`;
    rows.push(row(code, `${township}公共法律服务工作站`, 'township', 'demo', `/demo/${code}/`, code));
    for (const [number, village] of VILLAGES.slice(0, villagesEach).entries()) {
      const inner = `${code}-v${String(number + 1)}`;
      rows.push(row(inner, `${township}${village}法律之家`, 'village', code, `/demo/${code}/${inner}/`, code));
    }
  }
  for (const one of rows) await db.insertInto('service_points').values(one).execute();
  return rows;
}

export interface FilledStaff {
  readonly id: string;
  readonly roles: readonly Role[];
}

/** Lawyers, every fourth a mediator instead. Nobody can sign in as one of them: their password is none. */
export async function fillStaff(db: Kysely<Database>, count: number, points: readonly FilledPoint[], now: number): Promise<FilledStaff[]> {
  const made: FilledStaff[] = [];
  for (let index = 0; index < count; index++) {
    const roles: Role[] = index % 4 === 3 ? ['mediator'] : ['lawyer'];
    const point = index % 3 === 0 ? undefined : points[index % points.length];
    const id = `demo-${String(index + 1)}`;
    await db
      .insertInto('staff')
      .values({
        id,
        login: id,
        name: `${SURNAMES[index % SURNAMES.length] ?? ''}${GIVEN[(index * 7 + Math.floor(index / SURNAMES.length)) % GIVEN.length] ?? ''}`,
        password_hash: '-',
        must_change: 0,
        created_at: now,
        roles: JSON.stringify(roles),
        service_point: point?.code ?? null,
        reach: point?.path ?? '/',
        skills: '[]',
        phone: '',
        blocked_at: null,
        totp_secret: null,
        totp_since: null,
      })
      .execute();
    made.push({ id, roles });
  }
  return made;
}
