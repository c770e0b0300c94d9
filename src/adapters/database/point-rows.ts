import type { Kysely, Selectable } from 'kysely';
import type { PointTier, ServicePoint } from '../../domain/service-point.js';
import type { Database } from './schema.js';

interface Read {
  readonly version: string;
  readonly points: readonly ServicePoint[];
}

/** By the adapter, of which there is one a database, also inside its transactions. */
const read = new WeakMap<object, Read>();

/** Every service point, parents before children; read anew when one has changed. */
export async function readPoints(db: Kysely<Database>): Promise<readonly ServicePoint[]> {
  const { latest, count } = await db
    .selectFrom('service_points')
    .select((eb) => [eb.fn.max('updated_at').as('latest'), eb.fn.countAll<number>().as('count')])
    .executeTakeFirstOrThrow();
  const version = `${String(latest)}/${String(count)}`;
  const { adapter } = db.getExecutor();
  const known = read.get(adapter);
  if (known?.version === version) return known.points;
  const points = (await db.selectFrom('service_points').selectAll().execute()).map(toPoint);
  points.sort((a, b) => depth(a.path) - depth(b.path) || (a.path < b.path ? -1 : 1));
  read.set(adapter, { version, points });
  return points;
}

const depth = (path: string): number => path.split('/').length;

function toPoint(row: Selectable<Database['service_points']>): ServicePoint {
  return {
    code: row.code,
    name: row.name,
    tier: row.tier as PointTier,
    parent: row.parent,
    path: row.path,
    township: row.township,
    address: row.address,
    phone: row.phone,
    latitude: row.latitude,
    longitude: row.longitude,
    hours: row.hours,
    active: row.active === 1,
  };
}
