import { spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { Client } from 'pg';
import { BaimiError } from '../../domain/errors.js';
import { openDatabase } from './open-database.js';

/** What the programs of PostgreSQL run in: PATH and the like. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Beginning of the names under which schemas are kept that a restored one has replaced. */
const ASIDE = 'baimi_before_';

/** A server takes a moment to let a connection go. */
const MOST_LOOKS = 10;
const LOOK_AGAIN_MS = 200;

/**
 * Dumps a database in use, as it is at one moment, by pg_dump, and reads the dump's contents.
 * @returns name of the newest migration in it
 * @throws BaimiError `unavailable`
 */
export async function takePostgresSnapshot(url: string, target: string, environment: Environment): Promise<string> {
  const schema = await onConnection(url, async (client) => {
    const { rows } = await client.query<{ name: string }>('select max(name) as name from kysely_migration');
    return rows[0]?.name ?? '';
  });
  const options = ['--format=custom', '--no-owner', '--no-privileges', `--exclude-schema=${ASIDE}*`, `--file=${target}`];
  await run('pg_dump', url, options, environment);
  chmodSync(target, 0o600);
  await checkPostgresSnapshot(target, environment);
  return schema;
}

/** @throws BaimiError `unavailable` where it is no dump */
export async function checkPostgresSnapshot(file: string, environment: Environment): Promise<void> {
  await run('pg_restore', null, ['--list', file], environment);
}

/** Whether anybody else is connected to the database, also after those had time to go who have just closed it. */
export function isPostgresInUse(url: string): Promise<boolean> {
  return onConnection(url, async (client) => {
    for (let looks = 1; ; looks++) {
      const { rows } = await client.query<{ others: string }>(
        `select count(*) as others from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
      );
      if (Number(rows[0]?.others) === 0) return false;
      if (looks === MOST_LOOKS) return true;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  });
}

export function hasPostgresData(url: string): Promise<boolean> {
  return onConnection(url, async (client) => {
    const { rows } = await client.query<{ tables: string }>('select count(*) as tables from pg_tables where schemaname = current_schema()');
    return Number(rows[0]?.tables) > 0;
  });
}

/**
 * Puts a dump in the place of what a database holds and brings it up to date. What was there is kept in a schema of another
 * name; where anything fails, it is back in its place.
 * @param stamp letters, digits and underscores: part of that name
 * @returns the name
 */
export async function putPostgresSnapshot(snapshot: string, url: string, stamp: string, environment: Environment): Promise<string> {
  const aside = ASIDE + stamp;
  await onConnection(url, (client) => client.query(`alter schema public rename to ${aside}; create schema public`));
  try {
    await run('pg_restore', url, ['--no-owner', '--no-privileges', '--single-transaction', '--exit-on-error', snapshot], environment);
    const db = await openDatabase({ url });
    await db.destroy();
  } catch (error) {
    await onConnection(url, (client) => client.query(`drop schema public cascade; alter schema ${aside} rename to public`));
    throw error;
  }
  await onConnection(url, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_tables where schemaname = $1 limit 1', [aside]);
    // nothing was there; what else somebody may have put there stays
    if (rowCount === 0) await client.query(`drop schema ${aside}`).catch(() => undefined);
  });
  return aside;
}

async function onConnection<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'baimi backup' });
  try {
    await client.connect();
    return await work(client);
  } catch (cause) {
    throw new BaimiError(
      'unavailable',
      'PostgreSQL 没有照做。怎么改：检查 DATABASE_URL 和数据库服务；这个用户要是库和 public 模式的所有者（14 以前：alter schema public owner to 用户）',
      {
        cause,
      },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Runs a program of PostgreSQL on a database. The password goes by the environment, not by the command line, which all can read. */
function run(program: 'pg_dump' | 'pg_restore', url: string | null, options: readonly string[], environment: Environment): Promise<void> {
  const { address, password } = url === null ? { address: null, password: null } : withoutPassword(url);
  return new Promise((resolve, reject) => {
    const child = spawn(program, address === null ? options : [`--dbname=${address}`, ...options], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...environment, ...(password === null ? {} : { PGPASSWORD: password }), PGAPPNAME: 'baimi backup' },
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
    child.once('error', (cause) => {
      reject(
        new BaimiError('unavailable', `找不到 ${program}。怎么改：安装 PostgreSQL 的客户端程序（Debian：postgresql-client）`, { cause }),
      );
    });
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new BaimiError('unavailable', `${program} 没有做成${hintOf(said)}`, { cause: new Error(said) }));
    });
  });
}

function hintOf(said: string): string {
  if (/server version mismatch/.test(said)) return '：它比数据库服务旧。怎么改：换成和服务一样新的';
  if (/not appear to be a valid archive|did not find magic string|unexpected end of file/.test(said)) {
    return '：备份里的数据库是坏的。怎么改：换一份备份';
  }
  return '。怎么改：检查磁盘空间、数据库服务和这个用户的权限';
}

function withoutPassword(url: string): { readonly address: string; readonly password: string | null } {
  const [, before, password, after] = /^([a-z]+:\/\/[^:@/?#]*):([^@/?#]*)(@.*)$/s.exec(url) ?? [];
  if (before === undefined || password === undefined || after === undefined) return { address: url, password: null };
  return { address: before + after, password: decodeURIComponent(password) };
}
