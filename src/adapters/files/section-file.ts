import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { endianness } from 'node:os';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { BaimiError } from '../../domain/errors.js';

/*
 * A file of typed arrays, read with one read and used where it lies:
 *
 *   0   magic "BAIMISEC"
 *   8   format version   uint32 LE
 *   12  header length h  uint32 LE, a multiple of 16
 *   16  CRC-32 of bytes 0 to 16 and of the header
 *   20  zeros
 *   32  header: JSON, filled up with spaces
 *   32 + h  body: the sections, each at a multiple of 16, zeros between; its CRC-32 stands in the header
 *
 * Every byte is under a checksum or fixed, so that no flipped byte goes unnoticed.
 */
const MAGIC = Buffer.from('BAIMISEC', 'latin1');
const VERSION = 1;
const PREFIX = 32;
const ALIGNMENT = 16;
/** One read brings at most this many bytes. */
const MOST_BYTES = 2 ** 31 - 1;

const CONSTRUCTORS = {
  Float32Array,
  Float64Array,
  Uint32Array,
  Int32Array,
  Uint16Array,
  Uint8Array,
  Int8Array,
} as const;
type SectionType = keyof typeof CONSTRUCTORS;

export type Section<Memory extends ArrayBufferLike = ArrayBufferLike> =
  | Float32Array<Memory>
  | Float64Array<Memory>
  | Uint32Array<Memory>
  | Int32Array<Memory>
  | Uint16Array<Memory>
  | Uint8Array<Memory>
  | Int8Array<Memory>;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export interface SectionFile {
  /** What the content was made from; a reader that expects another identity gets `other-identity`. */
  readonly identity: string;
  readonly meta: Json;
  readonly sections: Readonly<Record<string, Section>>;
}

/** `damaged`: `why` says in Chinese what is wrong. Only `ok` carries data, and then every byte is as it was written. */
export type SectionFileRead =
  | { readonly kind: 'ok'; readonly meta: Json; readonly sections: Readonly<Record<string, Section<ArrayBuffer>>> }
  | { readonly kind: 'missing' }
  | { readonly kind: 'other-identity' }
  | { readonly kind: 'damaged'; readonly why: string };

const whole = z.number().int().nonnegative();
const headerSchema = z.strictObject({
  identity: z.string(),
  byteOrder: z.string(),
  bodyLength: whole,
  bodyCrc: whole,
  sections: z.array(
    z.strictObject({
      name: z.string(),
      type: z.enum(Object.keys(CONSTRUCTORS) as [SectionType, ...SectionType[]]),
      /** Bytes from the start of the body. */
      offset: whole,
      /** Elements, not bytes. */
      length: whole,
    }),
  ),
  // JSON.parse gives nothing but JSON
  meta: z.custom<Json>((value) => value !== undefined),
});
type Header = z.infer<typeof headerSchema>;

/**
 * Writes `file` as a whole or not at all: to `file.new`, then renamed. Where two write at once, one of theirs stays.
 * @throws BaimiError `unavailable` where the folder cannot be written to or the disk is full
 */
export function writeSections(file: string, { identity, meta, sections }: SectionFile): void {
  const parts: Uint8Array[] = [];
  const entries: Header['sections'] = [];
  let bodyLength = 0;
  for (const [name, section] of Object.entries(sections)) {
    entries.push({ name, type: typeOf(name, section), offset: bodyLength, length: section.length });
    const gap = aligned(section.byteLength) - section.byteLength;
    parts.push(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), new Uint8Array(gap));
    bodyLength += section.byteLength + gap;
  }
  // zlib forgets the sum on a piece of no bytes
  const bodyCrc = parts.reduce((sum, part) => (part.length === 0 ? sum : crc32(part, sum)), 0);
  const header = Buffer.from(JSON.stringify({ identity, byteOrder: endianness(), bodyLength, bodyCrc, sections: entries, meta }));
  const headerLength = aligned(header.length);
  if (PREFIX + headerLength + bodyLength > MOST_BYTES) throw new RangeError(`${file} would be longer than 2 GiB`);

  const head = Buffer.alloc(PREFIX + headerLength, ' ');
  head.fill(0, 0, PREFIX);
  MAGIC.copy(head);
  head.writeUInt32LE(VERSION, 8);
  head.writeUInt32LE(headerLength, 12);
  header.copy(head, PREFIX);
  head.writeUInt32LE(headerCrc(head, headerLength), 16);
  replaceFile(file, [head, ...parts]);
}

/**
 * Reads `file`; the sections are views of one piece of memory. Never throws for what stands in the file.
 * @throws BaimiError `unavailable` where the file is there but may not be read
 */
export function readSections(file: string, identity: string): SectionFileRead {
  const memory = readWhole(file);
  if (memory === null) return { kind: 'missing' };
  if (typeof memory === 'string') return damaged(memory);
  const bytes = Buffer.from(memory);
  if (bytes.length < PREFIX) return damaged('文件太短，没有写完');
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return damaged('开头不是百米问法的索引文件');
  if (bytes.readUInt32LE(8) !== VERSION) return damaged('文件格式的版本不是这个程序认得的');
  const headerLength = bytes.readUInt32LE(12);
  if (headerLength % ALIGNMENT !== 0 || PREFIX + headerLength > bytes.length) return damaged('文件头不完整');
  if (bytes.readUInt32LE(16) !== headerCrc(bytes, headerLength) || bytes.subarray(20, PREFIX).some((byte) => byte !== 0)) {
    return damaged('文件头的校验和不对');
  }
  const header = parseHeader(bytes.subarray(PREFIX, PREFIX + headerLength));
  if (header === null) return damaged('文件头读不懂');
  if (header.byteOrder !== endianness()) return damaged('文件是在字节顺序不同的机器上写的');
  if (header.identity !== identity) return { kind: 'other-identity' };

  const start = PREFIX + headerLength;
  const length = bytes.length - start;
  if (length < header.bodyLength) return damaged('文件不完整，后面缺了一段');
  if (length > header.bodyLength) return damaged('文件后面多出了内容');
  if (crc32(bytes.subarray(start)) !== header.bodyCrc) return damaged('内容的校验和不对');
  return placeSections(memory, start, header);
}

function placeSections(memory: ArrayBuffer, start: number, { sections: entries, bodyLength, meta }: Header): SectionFileRead {
  const sections = new Map<string, Section<ArrayBuffer>>();
  let end = 0;
  for (const { name, type, offset, length } of entries) {
    const View = CONSTRUCTORS[type];
    const next = offset + length * View.BYTES_PER_ELEMENT;
    if (offset % ALIGNMENT !== 0) return damaged(`${name} 没有对齐`);
    if (next > bodyLength) return damaged(`${name} 指到了文件外面`);
    if (offset < end || sections.has(name)) return damaged(`${name} 和别的部分重叠`);
    sections.set(name, new View(memory, start + offset, length));
    end = next;
  }
  return { kind: 'ok', meta, sections: Object.fromEntries(sections) };
}

const damaged = (why: string): SectionFileRead => ({ kind: 'damaged', why });

const aligned = (length: number): number => Math.ceil(length / ALIGNMENT) * ALIGNMENT;

function headerCrc(head: Buffer, headerLength: number): number {
  return crc32(head.subarray(PREFIX, PREFIX + headerLength), crc32(head.subarray(0, 16)));
}

function typeOf(name: string, section: Section): SectionType {
  for (const [type, View] of Object.entries(CONSTRUCTORS)) if (section instanceof View) return type as SectionType;
  throw new TypeError(`section ${name} is of a type that a section file does not hold`);
}

function parseHeader(text: Buffer): Header | null {
  try {
    return headerSchema.parse(JSON.parse(text.toString('utf8')));
  } catch {
    return null;
  }
}

/** The bytes of a file; null where there is none, a reason in Chinese where it cannot be one of ours. */
function readWhole(file: string): ArrayBuffer | string | null {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(cause))) return null;
    throw new BaimiError('unavailable', `读不了 ${file}（${codeOf(cause)}）。怎么改：让运行百米问法的用户能读这个文件，或者删掉它`, {
      cause,
    });
  }
  try {
    const about = fstatSync(descriptor);
    if (!about.isFile()) return '不是文件';
    if (about.size > MOST_BYTES) return '文件太大';
    const memory = new ArrayBuffer(about.size);
    const bytes = new Uint8Array(memory);
    let read = 0;
    // one round, unless the system hands out less than was asked for
    while (read < bytes.length) {
      const more = readSync(descriptor, bytes, read, bytes.length - read, read);
      if (more === 0) return '文件正在变短';
      read += more;
    }
    return memory;
  } catch (cause) {
    throw new BaimiError('unavailable', `读 ${file} 时出错（${codeOf(cause)}）。怎么改：检查磁盘，或者删掉这个文件`, { cause });
  } finally {
    closeSync(descriptor);
  }
}

function replaceFile(file: string, parts: readonly Uint8Array[]): void {
  const fresh = `${file}.new`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    // away with what an interrupted write left; a writer that still holds it goes on with a file without a name
    rmSync(fresh, { force: true });
    const descriptor = unlessOvertaken('EEXIST', () => openSync(fresh, 'wx'));
    if (descriptor === null) return;
    try {
      for (const part of parts) {
        for (let written = 0; written < part.length;) written += writeSync(descriptor, part, written);
      }
      fsyncSync(descriptor);
      if (statSync(fresh, { throwIfNoEntry: false })?.ino !== fstatSync(descriptor).ino) return; // another's by now
      unlessOvertaken('ENOENT', () => renameSync(fresh, file));
    } catch (error) {
      rmSync(fresh, { force: true });
      throw error;
    } finally {
      closeSync(descriptor);
    }
  } catch (cause) {
    const remedy = codeOf(cause) === 'ENOSPC' ? '腾出磁盘空间' : '让运行百米问法的用户能写这个目录，或者换一个目录';
    throw new BaimiError('unavailable', `写不进 ${file}（${codeOf(cause)}）。怎么改：${remedy}`, { cause });
  }
}

/** Runs a step; null where it failed with the code that says that another writer took the name: then its file counts. */
function unlessOvertaken<T>(code: string, step: () => T): T | null {
  try {
    return step();
  } catch (error) {
    if (codeOf(error) === code) return null;
    throw error;
  }
}

/** `ENOENT` and the like. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.name;
}
