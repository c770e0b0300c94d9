import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { afterEach, describe, it } from 'vitest';
import { openDatabase, type DatabaseSource } from '../../src/adapters/database/open-database.js';
import type { Database } from '../../src/adapters/database/schema.js';
import { NO_POSTGRES, postgresCluster } from './postgres.js';
import { temporaryFolder } from './temporary-folder.js';

export interface DatabaseUnderTest {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** A new, empty database. */
  fresh(): Promise<DatabaseSource>;
  /** Opens one, a new one unless named; closed after the test. */
  open(source?: DatabaseSource): Promise<Kysely<Database>>;
}

/** Describes the same for SQLite and for PostgreSQL; where that is not installed, it says so and leaves it out. */
export function onEachDatabase(body: (database: DatabaseUnderTest) => void): void {
  const folder = temporaryFolder();
  let files = 0;
  describe('on SQLite', () => {
    body(opening('SQLite', () => Promise.resolve({ file: join(folder, `${String(files++)}.db`) })));
  });
  if (NO_POSTGRES !== null) {
    it.skip(`on PostgreSQL: ${NO_POSTGRES}`);
    return;
  }
  describe('on PostgreSQL', () => {
    body(opening('PostgreSQL', async () => ({ url: await (await postgresCluster()).createDatabase() })));
  });
}

function opening(name: DatabaseUnderTest['name'], fresh: DatabaseUnderTest['fresh']): DatabaseUnderTest {
  const opened: Kysely<Database>[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((db) => db.destroy()));
  });
  return {
    name,
    fresh,
    async open(source) {
      const db = await openDatabase(source ?? (await fresh()));
      opened.push(db);
      return db;
    },
  };
}
