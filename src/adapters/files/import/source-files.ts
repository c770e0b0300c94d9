import { closeSync, constants, existsSync, fstatSync, lstatSync, openSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { BaimiError } from '../../../domain/errors.js';
import { LAW_LEVELS } from '../../../domain/law.js';
import { statedFacts, type StatedFacts } from './read-document.js';

const MOST_BYTES = 20 * 2 ** 20;
/** Files that stand beside documents and are none. */
const BESIDE = /^(?:\.|readme\b|thumbs\.db$|desktop\.ini$)|\.json$/i;

/** A file of the folder that is imported, with what its manifest says of it. */
export interface SourceFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly stated: StatedFacts;
  /** Why it is not read. */
  readonly refused: string | null;
}

const orNull = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? null : value), schema);
const manifestEntry = z.object({
  path: z.string(),
  title: z.string().nullish(),
  issuer: statedFacts.shape.issuer,
  number: statedFacts.shape.number,
  level: orNull(z.enum(LAW_LEVELS).nullish().catch(null)),
  published: orNull(statedFacts.shape.published),
  inForceFrom: orNull(statedFacts.shape.inForceFrom),
  region: statedFacts.shape.region,
  status: statedFacts.shape.status,
  expired: z.boolean().nullish(),
});

/**
 * The files below a folder in a fixed order, and what `manifest.json` in it, if there is one, says of each. Nothing is
 * read outside the folder: links are named as refused.
 * @throws BaimiError `bad-law-text` where folder or manifest cannot be read
 */
export function findSourceFiles(folder: string): SourceFile[] {
  if (!existsSync(folder) || !lstatSync(realpathSync(folder)).isDirectory()) {
    throw new BaimiError('bad-law-text', `找不到目录 ${folder}。怎么改：写下载的文件所在的目录`);
  }
  const stated = readManifest(folder);
  const files: SourceFile[] = [];
  walk(realpathSync(folder), '', (path, refused) => {
    files.push({ path, stated: stated.get(path) ?? {}, refused });
  });
  const found = new Set(files.map(({ path }) => path));
  for (const path of stated.keys()) {
    if (!found.has(path))
      files.push({ path, stated: {}, refused: '写在 manifest.json 里，目录里却没有这个文件。怎么改：补上文件，或者删掉这一行' });
  }
  return files;
}

function walk(root: string, below: string, found: (path: string, refused: string | null) => void): void {
  const entries = readdirSync(join(root, below), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (BESIDE.test(entry.name)) continue;
    if (entry.isSymbolicLink()) found(path, '是一个链接，不读。怎么改：把文件本身放进目录');
    else if (entry.isDirectory()) walk(root, path, found);
    else if (!entry.isFile()) found(path, '不是普通文件。怎么改：从目录里拿走');
    else if (entry.name.startsWith('~$')) found(path, '是 Word 打开文件时留下的临时文件。怎么改：关掉 Word，删掉它');
    else if (lstatSync(join(root, path)).size > MOST_BYTES) found(path, '超过 20 MB。怎么改：法律文件没有这么大，请重新下载 .docx');
    else found(path, null);
  }
}

/** Reads a file that `findSourceFiles` found; a link that took its place since is not followed. */
export function readSourceFile(folder: string, path: string): Buffer {
  const descriptor = openSync(join(realpathSync(folder), path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile() || status.size > MOST_BYTES) throw new BaimiError('bad-law-text', '读的时候文件变了。怎么改：再导入一次');
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function readManifest(folder: string): Map<string, StatedFacts> {
  const file = join(folder, 'manifest.json');
  if (!existsSync(file) || !lstatSync(file).isFile()) return new Map();
  try {
    const entries = z.array(manifestEntry).parse(JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')));
    return new Map(
      entries.map(({ path, expired, status, ...facts }) => [
        path.replaceAll('\\', '/'),
        { ...facts, status: status ?? (expired === true ? 'repealed' : expired === false ? 'in-force' : null) },
      ]),
    );
  } catch (cause) {
    const where =
      cause instanceof z.ZodError ? `第 ${cause.issues[0]?.path.join('.') ?? ''} 项${cause.issues[0]?.message ?? ''}` : '不是 JSON';
    throw new BaimiError('bad-law-text', `${basename(file)} 读不懂（${where}）。怎么改：改正它，或者删掉它，只凭文件本身导入`, { cause });
  }
}
