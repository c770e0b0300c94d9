import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { checkSnapshot, hasData, isInUse, kindOf, putSnapshot, type SnapshotOptions } from './adapters/database/snapshot.js';
import { unpackBackup } from './adapters/files/backup-archive.js';
import type { Config } from './config.js';
import { BaimiError } from './domain/errors.js';
import { KEPT_BESIDE } from './make-backup.js';

const KIND_NAMES = { sqlite: 'SQLite', postgresql: 'PostgreSQL' } as const;

export interface Restored {
  readonly madeAt: string;
  readonly schema: string;
  readonly files: number;
  /** Where what was there before is kept, for people; empty where nothing was. */
  readonly kept: readonly string[];
}

/**
 * Puts a backup in the place of the data, after it was read through; what was there is kept under a name with the date.
 * @param force also where there is data; never while it is in use
 * @throws BaimiError `conflict` where it is in use, or there is data; `bad-request`, `unavailable` where nothing was changed
 */
export async function restoreBackup(
  config: Config,
  file: string,
  options: Pick<SnapshotOptions, 'environment'> & { readonly force: boolean; readonly now: number },
): Promise<Restored> {
  const { database, dataFolder } = config;
  if (!existsSync(file)) throw new BaimiError('not-found', `没有这个文件：${file}。怎么改：检查路径`);
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  if (await isInUse(database)) throw new BaimiError('conflict', '数据库正在用，没有恢复。怎么改：先停掉服务和正在运行的命令，再来一次');
  const there = [
    ...((await hasData(database)) ? ['database'] : []),
    ...KEPT_BESIDE.filter((kept) => holdsAnything(join(dataFolder, kept))),
  ];
  if (there.length > 0 && !options.force) {
    throw new BaimiError(
      'conflict',
      '这里已经有数据，没有恢复。怎么改：确定要换成备份里的，加上 --force（原来的会改名留着）；或者换一个 BAIMI_DATA',
    );
  }
  const stamp = stampOf(options.now);
  const aside = join(dataFolder, `before-restore-${stamp}`);
  // beside the data: what is unpacked there can be moved into its place
  const staging = mkdtempSync(join(dataFolder, '.restore-'));
  try {
    chmodSync(staging, 0o700);
    const manifest = await unpackBackup(resolve(file), staging);
    const kind = kindOf(database);
    if (manifest.database.kind !== kind) {
      const [has, wants] = [KIND_NAMES[manifest.database.kind], KIND_NAMES[kind]];
      throw new BaimiError(
        'bad-request',
        `这份备份是 ${has} 的，现在配置的是 ${wants}。怎么改：按备份的来，${kind === 'sqlite' ? '设上' : '去掉'} DATABASE_URL`,
      );
    }
    const snapshot = join(staging, manifest.database.file);
    await checkSnapshot(kind, snapshot, options.environment);

    if (there.length > 0) mkdirSync(aside, { mode: 0o700 });
    const keptDatabase = await putSnapshot(database, snapshot, { aside, stamp, environment: options.environment });
    for (const kept of KEPT_BESIDE) {
      move(join(dataFolder, kept), join(aside, kept));
      move(join(staging, kept), join(dataFolder, kept));
    }
    const places = [...(there.includes('database') ? [keptDatabase] : []), ...(holdsAnything(aside) ? [aside] : [])];
    return { madeAt: manifest.madeAt, schema: manifest.database.schema, files: manifest.files.length - 1, kept: [...new Set(places)] };
  } catch (cause) {
    if (cause instanceof BaimiError) throw cause;
    throw new BaimiError('unavailable', `恢复没有做完。怎么改：检查磁盘空间和权限；原来的数据在 ${dataFolder} 下的 before-restore-… 里`, {
      cause,
    });
  } finally {
    rmSync(staging, { recursive: true, force: true });
    if (!holdsAnything(aside)) rmSync(aside, { recursive: true, force: true });
  }
}

/** A file, or a folder that is not empty. */
function holdsAnything(path: string): boolean {
  return existsSync(path) && (!statSync(path).isDirectory() || readdirSync(path).length > 0);
}

/** Moves a file, or what is in a folder; the folder itself stays, for it may be a link or another disk. */
function move(from: string, to: string): void {
  if (!existsSync(from)) return;
  if (!statSync(from).isDirectory()) {
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    relocate(from, to);
    return;
  }
  const names = readdirSync(from);
  if (names.length > 0) mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const name of names) relocate(join(from, name), join(to, name));
}

function relocate(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    cpSync(from, to, { recursive: true, preserveTimestamps: true });
    rmSync(from, { recursive: true });
  }
}

/** Date and time in UTC: 20261124_103000. */
function stampOf(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '_');
}
