import type { Kysely } from 'kysely';
import type { PointReader } from '../../handoff/ticket-tools/ports.js';
import type { Database } from './schema.js';

/** Service points, as tickets name them. */
export function createPointReader(db: Kysely<Database>): PointReader {
  return {
    async byPath(path) {
      const row = await db
        .selectFrom('service_points')
        .select(['code', 'name', 'phone', 'address'])
        .where('path', '=', path)
        .executeTakeFirst();
      return row ?? null;
    },
    async byCode(code) {
      const row = await db
        .selectFrom('service_points')
        .select(['code', 'name', 'path'])
        .where('code', '=', code)
        .where('active', '=', 1)
        .executeTakeFirst();
      return row ?? null;
    },
  };
}
