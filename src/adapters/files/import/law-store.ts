import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BaimiError } from '../../../domain/errors.js';
import { LAW_LEVELS, REGIONS } from '../../../domain/law.js';
import { isDay } from '../../../knowledge/parse-official-facts.js';
import type { OfficialProvision } from '../../../knowledge/parse-official-text.js';

const VERSION = 1;
const day = z.string().refine(isDay);

const storedLaw = z.strictObject({
  /** Normalised: the key of all versions. */
  title: z.string().min(1),
  officialTitle: z.string().min(1),
  /** Name in `documents/`. */
  file: z.string().regex(/^[0-9a-f]{24}\.json$/),
  issuer: z.string().nullable(),
  number: z.string().nullable(),
  level: z.enum(LAW_LEVELS).nullable(),
  published: day.nullable(),
  inForceFrom: day.nullable(),
  status: z.enum(['in-force', 'repealed']),
  region: z.enum(REGIONS),
  /** Base name of the file it was read from; of its parts, joined by 、. */
  originalFile: z.string(),
  /** Of the document's file here. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  importedAt: day,
  articles: z.number().int().nonnegative(),
});
/** One version of one law, as the manifest keeps it. */
export type StoredLaw = Readonly<z.infer<typeof storedLaw>>;

const manifest = z.strictObject({ version: z.literal(VERSION), laws: z.array(storedLaw) });

const storedText = z.strictObject({
  title: z.string(),
  provisions: z.array(z.strictObject({ article: z.string(), chapter: z.string().nullable(), text: z.string() })),
});
/** The text of one version. */
export type StoredText = Readonly<z.infer<typeof storedText>>;

/**
 * The imported laws on disk:
 *
 *   manifest.json              what there is, one entry a version
 *   documents/<24 hex>.json    one text a version, named by the SHA-256 of its content
 *
 * Only `manifest.json`, renamed into place as the last step, says what counts.
 */
export interface LawStore {
  /** Entries of every version; empty where nothing was imported yet. @throws BaimiError `bad-law-text` where damaged */
  entries(): readonly StoredLaw[];
  /** The text of an entry; null where its file is missing. @throws BaimiError `bad-law-text` where damaged */
  text(entry: StoredLaw): StoredText | null;
  /** Replaces the entries by these; `texts` has the content of every file that may be new, by name. */
  commit(entries: readonly StoredLaw[], texts: ReadonlyMap<string, string>): void;
  /** Runs a job while no other process imports. @throws BaimiError `conflict` where one does */
  exclusively<T>(job: () => Promise<T>): Promise<T>;
}

/** The bytes of a text as stored, their hash, and the name that follows from it. */
export function encodeText(
  title: string,
  provisions: readonly OfficialProvision[],
): { readonly content: string; readonly sha256: string; readonly file: string } {
  const plain = provisions.map(({ article, chapter, text }) => ({ article, chapter, text }));
  const content = `${JSON.stringify({ title, provisions: plain })}\n`;
  const sha256 = hashOf(content);
  return { content, sha256, file: `${sha256.slice(0, 24)}.json` };
}

function hashOf(content: string): string {
  return createHash('sha256').update(content, 'utf8').digest('hex');
}

/** @param folder `<data>/laws`; made by the first commit */
export function openLawStore(folder: string): LawStore {
  const manifestFile = join(folder, 'manifest.json');
  const documents = join(folder, 'documents');
  const lockFile = join(folder, 'import.lock');
  return {
    entries: () => readManifest(manifestFile),
    text: (entry) => readText(join(documents, entry.file), entry),
    commit(entries, texts) {
      writing(folder, () => {
        mkdirSync(documents, { recursive: true });
        for (const file of new Set(entries.map((entry) => entry.file))) {
          const content = texts.get(file);
          if (content !== undefined) writeWhole(join(documents, file), content);
        }
        syncFolder(documents);
        writeWhole(manifestFile, `${JSON.stringify({ version: VERSION, laws: entries }, null, 1)}\n`);
        syncFolder(folder);
      });
      // what interrupted imports left
      rmSync(`${manifestFile}.new`, { force: true });
      const named = new Set(entries.map((entry) => entry.file));
      for (const file of readdirSync(documents)) if (!named.has(file)) rmSync(join(documents, file), { force: true });
    },
    async exclusively(job) {
      writing(folder, () => mkdirSync(folder, { recursive: true }));
      takeLock(lockFile);
      try {
        return await job();
      } finally {
        rmSync(lockFile, { force: true });
      }
    },
  };
}

function readManifest(file: string): readonly StoredLaw[] {
  if (!existsSync(file)) return [];
  try {
    return manifest.parse(JSON.parse(readFileSync(file, 'utf8'))).laws;
  } catch (cause) {
    throw new BaimiError('bad-law-text', `${file} 损坏，或者是别的版本的程序写的。怎么改：从备份恢复；没有备份就删掉它，重新导入全部文件`, {
      cause,
    });
  }
}

function readText(file: string, entry: StoredLaw): StoredText | null {
  const content = contentOf(file);
  if (content === null) return null;
  if (hashOf(content) !== entry.sha256) {
    throw new BaimiError(
      'bad-law-text',
      `《${entry.officialTitle}》的条文文件 ${file} 损坏。怎么改：删掉它，重新导入 ${entry.originalFile}`,
    );
  }
  return storedText.parse(JSON.parse(content));
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new BaimiError('unavailable', `读不了 ${file}（${codeOf(error)}）。怎么改：让运行百米问法的用户能读这个文件`, { cause: error });
  }
}

/** Writes to `file.new` and renames, so that the name never stands for half a file. */
function writeWhole(file: string, content: string): void {
  if (contentOf(file) === content) return;
  const fresh = `${file}.new`;
  const descriptor = openSync(fresh, 'w', 0o600);
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(fresh, file);
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The lock names its process; one that a killed process left behind is taken over. */
function takeLock(file: string): void {
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return;
    } catch (cause) {
      if (codeOf(cause) !== 'EEXIST') throw unwritable(file, cause);
      if (attempt > 0 || isRunning(Number(contentOf(file) ?? 0))) {
        throw new BaimiError('conflict', `另一个导入正在进行。怎么改：等它结束再来；确认没有的话，删掉 ${file}`, { cause });
      }
      rmSync(file, { force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function writing(folder: string, step: () => void): void {
  try {
    step();
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

function unwritable(place: string, cause: unknown): BaimiError {
  const remedy = codeOf(cause) === 'ENOSPC' ? '腾出磁盘空间' : '让运行百米问法的用户能写这个目录，或者换一个 BAIMI_DATA';
  return new BaimiError('unavailable', `写不进 ${place}（${codeOf(cause)}）。怎么改：${remedy}`, { cause });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '未知原因';
}
