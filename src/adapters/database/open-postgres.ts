import { Kysely, sql } from 'kysely';
import { BaimiError } from '../../domain/errors.js';
import { createPool, PortablePostgresDialect } from './postgres-dialect.js';
import type { Database } from './schema.js';

/** The oldest version that is tried. */
const OLDEST = 130_000;

/**
 * Connects to PostgreSQL and looks whether the database can hold our data.
 * @throws BaimiError `unavailable`; it says nothing of the address, in which a password may stand
 */
export async function openPostgres(url: string, onError: (error: unknown) => void = () => undefined): Promise<Kysely<Database>> {
  const db = new Kysely<Database>({ dialect: new PortablePostgresDialect({ pool: createPool(url, onError) }) });
  try {
    const { rows } = await sql<{ version: string; encoding: string; commit: string; sync: string }>`
      select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding,
        current_setting('synchronous_commit') as commit, current_setting('fsync') as sync`.execute(db);
    const refusal = rows[0] && refusalOf(rows[0]);
    if (refusal !== undefined) throw new BaimiError('unavailable', refusal);
    return db;
  } catch (cause) {
    await db.destroy();
    if (cause instanceof BaimiError) throw cause;
    throw new BaimiError('unavailable', `打不开 PostgreSQL 数据库：${reasonOf(cause)}。怎么改：检查 DATABASE_URL 和数据库服务`, { cause });
  }
}

function refusalOf(server: { version: string; encoding: string; commit: string; sync: string }): string | undefined {
  if (Number(server.version) < OLDEST) return 'PostgreSQL 太旧了。怎么改：换成 13 或者更新的版本';
  if (server.encoding !== 'UTF8')
    return "PostgreSQL 数据库的编码不是 UTF8。怎么改：用 create database … encoding 'UTF8' template template0 另建一个";
  // a message is acknowledged once it is stored: not before the disk has it
  if (server.commit === 'off' || server.sync === 'off')
    return 'PostgreSQL 关掉了落盘（fsync 或 synchronous_commit 是 off），断电会丢消息。怎么改：都设成 on';
  return undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  ERR_INVALID_URL: '地址写得不对，密码里的特殊字符要按网址的写法转义',
  ECONNREFUSED: '连不上，服务没有启动或者端口不对',
  ENOENT: '连不上，服务没有启动或者套接字不对',
  ENOTFOUND: '找不到这台主机',
  EAI_AGAIN: '找不到这台主机',
  ETIMEDOUT: '连不上，等太久了',
  '28P01': '用户名或密码不对',
  '28000': '服务器不让这个用户登录',
  '3D000': '没有这个库',
  '53300': '连接太多了',
  '57P03': '服务正在启动',
};

function reasonOf(error: unknown): string {
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  for (const one of errors) {
    const reason = one instanceof Error && 'code' in one ? REASONS[String(one.code)] : undefined;
    if (reason !== undefined) return reason;
  }
  return error instanceof Error && /timeout/i.test(error.message) ? '连不上，等太久了' : '不认得的错误';
}
