import type { Kysely } from 'kysely';
import { createOrganisationStore } from '../../src/adapters/database/organisation-store.js';
import type { Database } from '../../src/adapters/database/schema.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import type { Role } from '../../src/domain/access.js';
import { checkPoints } from '../../src/handoff/organisation/check-points.js';
import { tableOf } from './organisation-tables.js';

/** A small organisation: a city centre, two townships, two villages of the first with coordinates, one of the second. */
export const SMALL_COUNTY = `代码,名称,层级,上级代码,地址,电话,纬度,经度,开放时间
city,青禾县公共法律服务中心,市中心,,中心路1号,010-0000001,30.40,104.50,
t1,云坪镇工作站,镇(街道)工作站,city,云坪镇正街1号,010-0000011,30.50,104.60,1-5 09:00-12:00 13:30-17:00
t2,川坝镇工作站,镇(街道)工作站,city,川坝镇正街1号,010-0000012,30.20,104.30,
v1,云坪镇青湾村法律之家,村(社区)法律之家,t1,青湾村委会,010-0000101,30.51,104.61,
v2,云坪镇松溪村法律之家,村(社区)法律之家,t1,松溪村委会,010-0000102,30.53,104.63,
v3,川坝镇竹岭村法律之家,村(社区)法律之家,t2,竹岭村委会,,30.21,104.31,
`;

export async function importPoints(db: Kysely<Database>, text = SMALL_COUNTY): Promise<void> {
  const { points, problems } = checkPoints(tableOf(text));
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  await createOrganisationStore(db).putPoints({ put: points, moved: [] }, 0);
}

const JUST_LAWYER: readonly Role[] = ['lawyer'];

/** Staff of the small county by a few words each. */
export async function addPeople(
  db: Kysely<Database>,
  people: Readonly<Record<string, { readonly roles?: readonly Role[]; readonly reach?: string; readonly skills?: readonly string[] }>>,
): Promise<void> {
  const store = createStaffStore(db);
  for (const [id, { roles = JUST_LAWYER, reach = '/', skills = [] }] of Object.entries(people)) {
    const servicePoint = reach.split('/').findLast((part) => part !== '') ?? null;
    await store.add(
      { id, login: `${id}.x`, name: `${id}律师`, passwordHash: 'x', mustChangePassword: false, roles, reach, skills, servicePoint },
      0,
    );
  }
}
