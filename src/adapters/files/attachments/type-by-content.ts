import { BaimiError } from '../../../domain/errors.js';

/** How much of a file's beginning is looked at. */
export const LOOKED_AT_BYTES = 1024;

/** A zip: which Office document it is, the names in it have to tell. */
export const ZIP = 'application/zip';

const starts = (bytes: Uint8Array, mark: string, at = 0): boolean =>
  Buffer.from(bytes.subarray(at, at + mark.length)).toString('latin1') === mark;

/**
 * The kind of a file by its first bytes, whatever it calls itself.
 * @returns media type, `ZIP`, or null for what is not accepted (programs, scripts, pages, drawings)
 */
export function typeByContent(bytes: Uint8Array): string | null {
  if (starts(bytes, '\xff\xd8\xff')) return 'image/jpeg';
  if (starts(bytes, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (starts(bytes, 'GIF87a') || starts(bytes, 'GIF89a')) return 'image/gif';
  if (starts(bytes, 'RIFF') && starts(bytes, 'WEBP', 8)) return 'image/webp';
  if (starts(bytes, '%PDF-')) return 'application/pdf';
  if (starts(bytes, 'PK\x03\x04')) return ZIP;
  if (starts(bytes, '#!AMR')) return 'audio/amr';
  if (starts(bytes, 'ID3')) return 'audio/mpeg';
  const [first = 0, second = 0] = bytes;
  // a frame of MPEG audio, layer III
  if (first === 0xff && (second & 0xe6) === 0xe2) return 'audio/mpeg';
  return null;
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const KINDS: readonly (readonly [part: string, type: string])[] = [
  ['word/document.xml', `${OFFICE}.wordprocessingml.document`],
  ['xl/workbook.xml', `${OFFICE}.spreadsheetml.sheet`],
  ['ppt/presentation.xml', `${OFFICE}.presentationml.presentation`],
];
/** What can run, inside of a document. */
const RUNS =
  /(?:^|\/)(?:vbaProject\.bin|vbaData\.xml)$|(?:^|\/)activeX\/|(?:^|\/)embeddings\/[^/]*\.bin$|\.(?:exe|dll|js|vbs|bat|cmd|ps1|jar|com|scr|msi|sh)$/i;

/** The kind of an Office document by the names of its parts; null for any other zip, and for one with macros or programs in it. */
export function officeType(names: readonly string[]): string | null {
  if (!names.includes('[Content_Types].xml') || names.some((name) => RUNS.test(name))) return null;
  return KINDS.find(([part]) => names.includes(part))?.[1] ?? null;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const MOST_ENTRIES = 10_000;

/** The names in a zip, from its directory at the end. @throws BaimiError `bad-request` where it is damaged */
export function namesInZip(file: Buffer): string[] {
  const damaged = (): never => {
    throw new BaimiError('bad-request', '这个文件打不开，可能坏了。请重新存一份再传。');
  };
  let end = file.length - 22;
  while (end >= 0 && file.readUInt32LE(end) !== END) end -= 1;
  if (end < 0) return damaged();
  const count = file.readUInt16LE(end + 10);
  let at = file.readUInt32LE(end + 16);
  if (count > MOST_ENTRIES) return damaged();
  const names: string[] = [];
  for (let entry = 0; entry < count; entry++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== ENTRY) return damaged();
    const nameLength = file.readUInt16LE(at + 28);
    names.push(file.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return names;
}
