import { SqliteAdapter, SqliteDialect, type Driver } from 'kysely';
import { GroupCommitDriver } from './group-commit-driver.js';
import type { SqliteFile } from './statement-cache.js';

/**
 * SQLite whose units of work take the right to write at their beginning: what one reads, no other process changes before it
 * has written. Those that wait for one another are committed together. Migrations happen as a whole or not at all.
 */
export class SerialSqliteDialect extends SqliteDialect {
  readonly #file: SqliteFile;

  constructor({ database }: { readonly database: SqliteFile }) {
    // what it is given here is what its own driver would use
    super({ database: () => Promise.reject(new Error('not used')) });
    this.#file = database;
  }

  override createDriver(): Driver {
    return new GroupCommitDriver(this.#file);
  }

  override createAdapter(): SqliteAdapter {
    return new SerialAdapter();
  }
}

class SerialAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
