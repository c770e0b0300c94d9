import { chmodSync, existsSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { BaimiError } from '../../domain/errors.js';
import { openDatabase } from './open-database.js';

/** Pages copied before others have a turn. */
const PAGES_AT_ONCE = 4096;
/** A service that writes all the time makes the copy begin anew; after so many times it is made in one go. */
const MOST_BEGINNINGS = 3;

/**
 * Copies a database in use, as it is at one moment, and reads the copy through.
 * @returns name of the newest migration in it
 * @throws BaimiError `unavailable`
 */
export async function takeSqliteSnapshot(file: string, target: string, onProgress: (share: number) => void): Promise<string> {
  if (!existsSync(file)) throw new BaimiError('not-found', `没有可备份的数据库 ${file}。怎么改：检查 BAIMI_DATA`);
  const source = new Sqlite(file, { readonly: true, timeout: 5000 });
  try {
    let left = Number.POSITIVE_INFINITY;
    let beginnings = 0;
    await source.backup(target, {
      progress({ totalPages, remainingPages }) {
        if (remainingPages > left) beginnings++;
        left = remainingPages;
        onProgress(totalPages === 0 ? 1 : 1 - remainingPages / totalPages);
        return beginnings < MOST_BEGINNINGS ? PAGES_AT_ONCE : Math.max(totalPages, 1) * 2;
      },
    });
  } finally {
    source.close();
  }
  chmodSync(target, 0o600);
  return checkSqliteSnapshot(target);
}

/** Reads a copy through. @returns name of the newest migration in it @throws BaimiError `unavailable` where it is damaged */
export function checkSqliteSnapshot(file: string): string {
  try {
    const copy = new Sqlite(file, { fileMustExist: true });
    try {
      // one file, without one of changes beside it
      copy.pragma('journal_mode = DELETE');
      const found = copy.pragma('integrity_check', { simple: true });
      if (found !== 'ok') throw new Error(String(found));
      const { name } = copy.prepare('select max(name) as name from kysely_migration').get() as { name: string };
      return name;
    } finally {
      copy.close();
    }
  } catch (cause) {
    throw new BaimiError('unavailable', '备份里的数据库是坏的，没有用它。怎么改：换一份备份', { cause });
  }
}

/** Whether another process has a database open; it is left as one file where none has. */
export function isSqliteInUse(file: string): boolean {
  if (!existsSync(file)) return false;
  try {
    const probe = new Sqlite(file, { timeout: 0 });
    try {
      probe.pragma('journal_mode = DELETE');
    } finally {
      probe.close();
    }
    return false;
  } catch (error) {
    // a damaged one is in nobody's use
    return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
  }
}

/**
 * Puts a copy in the place of a database, after it was brought up to date.
 * @param aside folder that is there, for what was in its place
 */
export async function putSqliteSnapshot(snapshot: string, file: string, aside: string): Promise<void> {
  const db = await openDatabase(snapshot);
  await db.destroy();
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, join(aside, basename(file) + suffix));
  }
  renameSync(snapshot, file);
}
