import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { BaimiError } from '../../domain/errors.js';
import { createGraph, HnswIndex, type HnswModule } from './hnsw-index.js';

/*
 * `FILE` is what the native module writes, `FILE.json` says what it is. The native module trusts a file that it is given and
 * can bring the process down over a damaged one, so it gets a file only after every byte of both has been checked.
 */
const count = z.number().int().nonnegative();
const aboutSchema = z.strictObject({
  version: z.literal(1),
  /** What the vectors were made from and with. */
  identity: z.string(),
  /** Documents. */
  size: count,
  /** Documents in the graph. */
  points: count,
  dimension: count.min(1),
  parameters: z.strictObject({ m: count, efConstruction: count, efSearch: count }),
  /** Length of the file. */
  bytes: count,
});
type About = z.infer<typeof aboutSchema>;
/** `crc`: CRC-32 of the JSON text of the other fields, in their order, and then of the file. */
const manifestSchema = aboutSchema.extend({ crc: count });

/** Bytes before the first point in a file of the native module. */
const HEADER_BYTES = 96;
const CHUNK = 2 ** 20;

export interface HnswExpectation {
  /** What the vectors have to have been made from and with: model, dimension, hash of the corpus. */
  readonly identity: string;
  readonly size: number;
  readonly dimension: number;
}

/**
 * Keeps an index in `file` and `file`.json, each replaced as a whole. Between the two replacements, and after a crash there,
 * they do not belong together, and `readHnswIndex` refuses them.
 * @param identity what the vectors were made from and with; whoever reads has to name the same
 * @throws BaimiError `unavailable` where the folder cannot be written to or the disk is full
 */
export function writeHnswIndex(index: HnswIndex, file: string, identity: string): void {
  const [fresh, freshManifest] = [`${file}.new`, `${file}.json.new`];
  const { size, points, dimension, parameters } = index;
  try {
    mkdirSync(dirname(file), { recursive: true });
    // also says at once where the folder cannot be written to, which the native module does not
    writeFileSync(fresh, '');
    index.graph?.writeIndexSync(fresh);
    const bytes = statSync(fresh).size;
    if (bytes < fewestBytes(points, dimension, parameters.m)) throw new Error('the file came out too short');
    const about: About = { version: 1, identity, size, points, dimension, parameters, bytes };
    const descriptor = openSync(fresh, 'r+');
    let crc: number;
    try {
      fsyncSync(descriptor);
      crc = checksum(about, descriptor);
    } finally {
      closeSync(descriptor);
    }
    writeFileSync(freshManifest, `${JSON.stringify({ ...about, crc }, null, 2)}\n`, { flush: true });
    renameSync(fresh, file);
    renameSync(freshManifest, `${file}.json`);
  } catch (cause) {
    removeQuietly(fresh);
    removeQuietly(freshManifest);
    throw new BaimiError('unavailable', `向量索引写不进 ${file}（${codeOf(cause)}）。怎么改：检查目录能不能写、磁盘满没满`, { cause });
  }
}

/**
 * Reads what `writeHnswIndex` kept.
 * @throws BaimiError `bad-knowledge` where it is missing, damaged, or of another model or corpus: build it again;
 *   `unavailable` where the native module cannot be loaded
 */
export function readHnswIndex(file: string, expected: HnswExpectation, loadNative?: () => HnswModule): HnswIndex {
  const about = readManifest(file);
  if (about.identity !== expected.identity || about.size !== expected.size || about.dimension !== expected.dimension) {
    throw refused(file, '是用另一个模型或者另一批条文建的');
  }
  const { size, points, dimension, parameters, bytes } = about;
  const checked = checkFile(file, about);
  if (points === 0) return new HnswIndex(null, size, dimension, parameters);
  if (bytes < fewestBytes(points, dimension, parameters.m)) throw refused(file, '不完整');
  const graph = createGraph(dimension, loadNative);
  try {
    graph.readIndexSync(file);
    const loaded = statSync(file);
    if (loaded.ino !== checked.ino || loaded.mtimeMs !== checked.mtimeMs) throw new Error('the file was replaced while it was read');
    if (graph.getCurrentCount() !== points) throw new Error('the graph does not hold what the manifest says');
  } catch (cause) {
    throw refused(file, '读不出来', cause);
  }
  return new HnswIndex(graph, size, dimension, parameters);
}

function readManifest(file: string): z.infer<typeof manifestSchema> {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(`${file}.json`, 'utf8')));
  } catch (cause) {
    throw refused(file, codeOf(cause) === 'ENOENT' ? '缺说明文件' : '的说明文件坏了', cause);
  }
}

/** Compares length and checksum. @returns which file it was, to tell whether another has taken its place */
function checkFile(file: string, { crc, ...about }: z.infer<typeof manifestSchema>): { ino: number; mtimeMs: number } {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (cause) {
    throw refused(file, codeOf(cause) === 'ENOENT' ? '不在' : `打不开（${codeOf(cause)}）`, cause);
  }
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile() || status.size !== about.bytes) throw refused(file, '不完整，长度不对');
    if (checksum(about, descriptor) !== crc) throw refused(file, '坏了，校验和不对');
    return status;
  } finally {
    closeSync(descriptor);
  }
}

/** Fields are written out in the order of the schema, in which zod gives them too. */
function checksum(about: About, descriptor: number): number {
  let sum = crc32(JSON.stringify(about));
  const chunk = Buffer.allocUnsafe(CHUNK);
  for (let at = 0; ;) {
    const read = readSync(descriptor, chunk, 0, CHUNK, at);
    if (read === 0) return sum;
    sum = crc32(chunk.subarray(0, read), sum);
    at += read;
  }
}

/** A point has its links in the lowest layer, its numbers, its label and the length of its other links, which come on top. */
function fewestBytes(points: number, dimension: number, m: number): number {
  return points === 0 ? 0 : HEADER_BYTES + points * (4 + 4 * 2 * m + 4 * dimension + 8 + 4);
}

function refused(file: string, why: string, cause?: unknown): BaimiError {
  return new BaimiError('bad-knowledge', `向量索引 ${file} ${why}。怎么改：重新建索引`, { cause });
}

/** Away with what a failed write left; that it failed is what is reported. */
function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // the folder is not there, or not ours to write to
  }
}

/** `ENOENT` and the like. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.name;
}
