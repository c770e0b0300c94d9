import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, Migrator } from 'kysely';
import { BaimiError } from '../../domain/errors.js';
import { migrationProvider } from './migrations.js';
import { openPostgres } from './open-postgres.js';
import type { Database } from './schema.js';
import { SerialSqliteDialect } from './sqlite-dialect.js';

/** Where the data is: a SQLite file, or a PostgreSQL database by its address. */
export type DatabaseSource = { readonly file: string } | { readonly url: string };

export interface OpenOptions {
  /** Told of connections that broke while nobody used them; they are replaced. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/**
 * Opens the database and brings its schema up to date. What has been acknowledged survives a crash of process and machine:
 * a SQLite file, made at first use and readable by its owner only, writes ahead and syncs each commit, as PostgreSQL does.
 * @param source a string is the path of a SQLite file, or `:memory:`
 * @throws BaimiError `unavailable` where it cannot be opened or was written by a newer version
 */
export async function openDatabase(source: DatabaseSource | string, options: OpenOptions = {}): Promise<Kysely<Database>> {
  const file = typeof source === 'string' ? source : 'file' in source ? source.file : null;
  const name = file === null ? 'PostgreSQL 数据库' : `数据库 ${file}`;
  const db = typeof source === 'object' && 'url' in source ? await openPostgres(source.url, options.onError) : openSqlite(file ?? '');
  const { error } = await new Migrator({ db, provider: migrationProvider }).migrateToLatest();
  if (error !== undefined) {
    await db.destroy();
    throw new BaimiError('unavailable', `${name} 升级失败。怎么改：确认没有用旧版本打开新版本的数据，或者从备份恢复`, {
      cause: error,
    });
  }
  return db;
}

function openSqlite(file: string): Kysely<Database> {
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const database = new Sqlite(file);
    if (file !== ':memory:') chmodSync(file, 0o600);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    // what is erased is overwritten
    database.pragma('secure_delete = ON');
    database.pragma('busy_timeout = 5000');
    return new Kysely<Database>({ dialect: new SerialSqliteDialect({ database }) });
  } catch (cause) {
    throw new BaimiError('unavailable', `打不开数据库 ${file}。怎么改：检查目录能不能写、磁盘满没满、是不是另一个程序占着`, { cause });
  }
}
