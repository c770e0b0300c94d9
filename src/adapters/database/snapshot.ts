import { existsSync } from 'node:fs';
import type { DatabaseSource } from './open-database.js';
import {
  checkPostgresSnapshot,
  hasPostgresData,
  isPostgresInUse,
  putPostgresSnapshot,
  takePostgresSnapshot,
  type Environment,
} from './postgres-snapshot.js';
import { checkSqliteSnapshot, isSqliteInUse, putSqliteSnapshot, takeSqliteSnapshot } from './sqlite-snapshot.js';

export type DatabaseKind = 'sqlite' | 'postgresql';

export const kindOf = (source: DatabaseSource): DatabaseKind => ('file' in source ? 'sqlite' : 'postgresql');

export interface SnapshotOptions {
  /** For the programs of PostgreSQL. */
  readonly environment: Environment;
  /** Told the share that is done; nothing where that is not known. */
  readonly onProgress: (share: number) => void;
}

/**
 * Copies a database in use into a file, as it is at one moment.
 * @returns name of the newest migration in it
 * @throws BaimiError `unavailable` where it could not be copied, or the copy is not whole
 */
export function takeSnapshot(source: DatabaseSource, target: string, { environment, onProgress }: SnapshotOptions): Promise<string> {
  return 'file' in source ? takeSqliteSnapshot(source.file, target, onProgress) : takePostgresSnapshot(source.url, target, environment);
}

/** @throws BaimiError `unavailable` where a copy is damaged */
export async function checkSnapshot(kind: DatabaseKind, file: string, environment: Environment): Promise<void> {
  if (kind === 'sqlite') checkSqliteSnapshot(file);
  else await checkPostgresSnapshot(file, environment);
}

/** Whether a process of the product, or anybody, has the database open. */
export async function isInUse(source: DatabaseSource): Promise<boolean> {
  return 'file' in source ? isSqliteInUse(source.file) : await isPostgresInUse(source.url);
}

export async function hasData(source: DatabaseSource): Promise<boolean> {
  return 'file' in source ? existsSync(source.file) : await hasPostgresData(source.url);
}

/**
 * Puts a copy in the place of a database that nobody uses, and brings it up to date. What was there is kept.
 * @param aside folder that is there, for a file; `stamp`: part of the name of a schema
 * @returns where it is kept, for people
 */
export async function putSnapshot(
  source: DatabaseSource,
  snapshot: string,
  { aside, stamp, environment }: { readonly aside: string; readonly stamp: string; readonly environment: Environment },
): Promise<string> {
  if ('url' in source) return `PostgreSQL 的 ${await putPostgresSnapshot(snapshot, source.url, stamp, environment)} 模式（schema）`;
  await putSqliteSnapshot(snapshot, source.file, aside);
  return aside;
}
