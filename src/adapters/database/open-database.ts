import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import { BaimiError } from '../../domain/errors.js';
import { migrationProvider } from './migrations.js';
import type { Database } from './schema.js';

/**
 * Opens the SQLite file, made at first use, readable by its owner only, and brings its schema up to date.
 * WAL with synchronous FULL: what has been acknowledged survives a crash of process and machine.
 * @param file path, or `:memory:`
 * @throws BaimiError `unavailable` where the file cannot be opened or was written by a newer version
 */
export async function openDatabase(file: string): Promise<Kysely<Database>> {
  let sqlite: Sqlite.Database;
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    sqlite = new Sqlite(file);
    if (file !== ':memory:') chmodSync(file, 0o600);
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma('busy_timeout = 5000');
  } catch (cause) {
    throw new BaimiError('unavailable', `打不开数据库 ${file}。怎么改：检查目录能不能写、磁盘满没满、是不是另一个程序占着`, { cause });
  }
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: sqlite }) });
  const { error } = await new Migrator({ db, provider: migrationProvider }).migrateToLatest();
  if (error !== undefined) {
    await db.destroy();
    throw new BaimiError('unavailable', `数据库 ${file} 升级失败。怎么改：确认没有用旧版本打开新版本的数据，或者从备份恢复`, {
      cause: error,
    });
  }
  return db;
}
