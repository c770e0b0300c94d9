import { copyFileSync, existsSync, linkSync, lstatSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { packBackup } from './adapters/files/backup-archive.js';
import { kindOf, takeSnapshot, type SnapshotOptions } from './adapters/database/snapshot.js';
import type { Config } from './config.js';
import { BaimiError } from './domain/errors.js';

/**
 * What of the data folder belongs into a backup beside the database. Indexes and vectors are made anew; the WeChat session is
 * a key to somebody's account and is scanned anew.
 */
export const KEPT_BESIDE = ['attachments', 'laws', 'wechat-group/rooms.json'] as const;

export interface Backup {
  readonly file: string;
  readonly bytes: number;
  readonly database: 'sqlite' | 'postgresql';
  /** The newest migration in it. */
  readonly schema: string;
  /** Files beside the database. */
  readonly files: number;
}

/**
 * Writes everything that could not be made anew into one archive, while the service may run. It is there under its name only
 * when it is whole.
 * @throws BaimiError `conflict` where the file exists, `unavailable`, `not-found`
 */
export async function makeBackup(config: Config, target: string, options: SnapshotOptions & { readonly now: number }): Promise<Backup> {
  const file = resolve(target);
  if (existsSync(file)) throw new BaimiError('conflict', `已经有 ${file} 了，没有动它。怎么改：换一个文件名，例如带上日期`);
  if (!existsSync(dirname(file))) throw new BaimiError('not-found', `没有目录 ${dirname(file)}。怎么改：先建好它，或者换一个地方`);
  const staging = `${file}.partial`;
  const archive = join(staging, 'archive.tar');
  const contents = join(staging, 'contents');
  try {
    mkdirSync(staging, { mode: 0o700 });
  } catch (cause) {
    throw new BaimiError(
      'conflict',
      `写不了 ${staging}。怎么改：检查目录能不能写；如果是上次备份中断留下的，确认没有别的备份在做，删掉它再来`,
      { cause },
    );
  }
  try {
    mkdirSync(contents);
    const kind = kindOf(config.database);
    const name = kind === 'sqlite' ? 'baimi.db' : 'baimi.dump';
    // first the database: whatever file it knows of is there by now
    const schema = await takeSnapshot(config.database, join(contents, name), options);
    for (const kept of KEPT_BESIDE) {
      const from = join(config.dataFolder, kept);
      // a folder that several processes share may be a link
      if (existsSync(from)) copyBeside(realpathSync(from), join(contents, kept));
    }
    const about = { madeAt: new Date(options.now).toISOString(), database: { kind, file: name, schema } } as const;
    const manifest = await packBackup(contents, archive, about);
    if (existsSync(file)) throw new BaimiError('conflict', `刚才有别的程序写了 ${file}，没有动它。怎么改：换一个文件名`);
    renameSync(archive, file);
    return { file, bytes: statSync(file).size, database: kind, schema, files: manifest.files.length - 1 };
  } catch (cause) {
    if (cause instanceof BaimiError) throw cause;
    throw new BaimiError('unavailable', `备份没有做成，没有留下 ${file}。怎么改：检查磁盘空间和权限`, { cause });
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Files are written once and never changed: a second name for each is a copy of it. */
function copyBeside(from: string, to: string): void {
  if (!existsSync(from)) return;
  if (lstatSync(from).isDirectory()) {
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from)) copyBeside(join(from, name), join(to, name));
    return;
  }
  if (!lstatSync(from).isFile()) return;
  mkdirSync(dirname(to), { recursive: true });
  try {
    linkSync(from, to);
  } catch {
    // on another disk, or erased meanwhile
    if (existsSync(from)) copyFileSync(from, to);
  }
}
