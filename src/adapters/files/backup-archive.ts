import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, openSync, closeSync, fsyncSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { create, extract, list } from 'tar';
import { z } from 'zod';
import { BaimiError } from '../../domain/errors.js';

const MANIFEST = 'manifest.json';

const manifestSchema = z.strictObject({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  database: z.strictObject({ kind: z.enum(['sqlite', 'postgresql']), file: z.enum(['baimi.db', 'baimi.dump']), schema: z.string() }),
  files: z.array(
    z.strictObject({
      path: z.string().regex(/^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[^/\0\\][^\0\\]*$/),
      size: z.int().min(0),
      sha256: z.string().regex(/^[\da-f]{64}$/),
    }),
  ),
});

/** What stands in an archive: which database it is of, and every file with its size and SHA-256. */
export type BackupManifest = z.infer<typeof manifestSchema>;
type ManifestFile = BackupManifest['files'][number];

const DAMAGED = '这份备份是坏的，或者不是 baimi backup 做的。怎么改：换一份备份';

/**
 * Packs a folder into a tar archive, with a manifest of what is in it, and reads the archive through.
 * @param file not there yet
 * @throws BaimiError `unavailable` where what can be read back is not what was packed
 */
export async function packBackup(folder: string, file: string, about: Omit<BackupManifest, 'format' | 'files'>): Promise<BackupManifest> {
  const files = await Promise.all(filesBelow(folder).map((path) => describeFile(folder, path)));
  const manifest: BackupManifest = { format: 1, ...about, files };
  writeFileSync(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 });
  writeFileSync(file, '', { mode: 0o600, flag: 'wx' });
  await create({ file, cwd: folder, portable: true, strict: true }, [MANIFEST, ...readdirSync(folder).filter((name) => name !== MANIFEST)]);
  const packed = await describePacked(file);
  if (!sameFiles(packed, files)) throw new BaimiError('unavailable', '备份写出来以后读不回原样。怎么改：检查磁盘，再备份一次');
  sync(file);
  return manifest;
}

/**
 * Unpacks an archive and compares every file with the manifest.
 * @param folder empty
 * @throws BaimiError `bad-request` where it is none, or not whole
 */
export async function unpackBackup(file: string, folder: string): Promise<BackupManifest> {
  try {
    // in one go: nothing is still being written when it breaks off
    extract({
      file,
      cwd: folder,
      sync: true,
      strict: true,
      preserveOwner: false,
      dmode: 0o700,
      fmode: 0o600,
      filter: (_path, entry) => 'type' in entry && (entry.type === 'File' || entry.type === 'Directory'),
    });
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')));
    const found = await Promise.all(
      filesBelow(folder)
        .filter((path) => path !== MANIFEST)
        .map((path) => describeFile(folder, path)),
    );
    if (!sameFiles(found, manifest.files)) throw new Error('files differ from the manifest');
    return manifest;
  } catch (cause) {
    throw new BaimiError('bad-request', DAMAGED, { cause });
  }
}

/** Paths of plain files below a folder, with slashes. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => lstatSync(join(folder, path)).isFile());
}

async function describeFile(folder: string, path: string): Promise<ManifestFile> {
  const hash = createHash('sha256');
  let size = 0;
  await pipeline(createReadStream(join(folder, path)), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      size += chunk.length;
    }
  });
  return { path, size, sha256: hash.digest('hex') };
}

async function describePacked(file: string): Promise<ManifestFile[]> {
  const found: ManifestFile[] = [];
  await list({
    file,
    strict: true,
    onReadEntry(entry) {
      if (entry.type !== 'File' || entry.path === MANIFEST) {
        entry.resume();
        return;
      }
      const hash = createHash('sha256');
      entry.on('data', (chunk) => hash.update(chunk));
      entry.on('end', () => found.push({ path: entry.path, size: entry.size, sha256: hash.digest('hex') }));
    },
  });
  return found;
}

function sameFiles(some: readonly ManifestFile[], others: readonly ManifestFile[]): boolean {
  const line = ({ path, size, sha256 }: ManifestFile): string => `${sha256} ${String(size)} ${path}`;
  return some.map(line).sort().join('\n') === others.map(line).sort().join('\n');
}

function sync(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}
