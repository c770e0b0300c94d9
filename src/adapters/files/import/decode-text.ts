import { BaimiError } from '../../../domain/errors.js';

const DECLARED = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_-]+)/i;
/** How far into a page its encoding is declared. */
const DECLARED_WITHIN = 4096;
const LEAST_HAN = 20;
/** Of all letters and marks. Tables of figures lower it. */
const LEAST_HAN_SHARE = 0.25;
const MOST_BROKEN_SHARE = 0.001;
/** Every legal text lives by these; letters read in a wrong encoding have next to none of them. */
const FREQUENT = new Set('的不人法定第条有国在为应当和是以规由或本行施');
const LEAST_FREQUENT_SHARE = 0.04;

/**
 * Bytes of a text file in any of the encodings that official sites use: UTF-8, UTF-16, GB18030 (GBK, GB2312), or what
 * the page declares.
 * @throws BaimiError `bad-law-text` where no encoding gives Chinese text
 */
export function decodeText(bytes: Uint8Array): string {
  const text = decodeBytes(bytes);
  checkReadable(text);
  return text;
}

/**
 * The same for any Chinese text, such as a table of names.
 * @throws BaimiError `bad-law-text` where no encoding fits
 */
export function decodeBytes(bytes: Uint8Array): string {
  return decode(bytes).replace(/^\uFEFF/, '');
}

function decode(bytes: Uint8Array): string {
  const marked = byMark(bytes);
  if (marked !== null) return strictly(marked, bytes) ?? unreadable('文件开头的编码标记与内容不符');
  const wide = wideEncoding(bytes);
  if (wide !== null) return strictly(wide, bytes) ?? unreadable('像是 UTF-16，却读不通');
  const declared = DECLARED.exec(Buffer.from(bytes.subarray(0, DECLARED_WITHIN)).toString('latin1'))?.[1];
  // Chinese in another encoding is hardly ever valid UTF-8, whatever the page declares
  for (const encoding of ['utf-8', ...(declared === undefined ? [] : [declared]), 'gb18030']) {
    const text = strictly(encoding, bytes);
    if (text !== null) return text;
  }
  return unreadable('不是 UTF-8，也不是 GBK/GB18030');
}

function byMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

/** UTF-16 without a mark shows by its line ends; zero bytes alone tell nothing, for 一 has one too. */
function wideEncoding(bytes: Uint8Array): string | null {
  const sample = Buffer.from(bytes.subarray(0, DECLARED_WITHIN));
  for (let offset = 0; offset + 1 < sample.length; offset += 2) {
    const pair = sample.readUInt16LE(offset);
    if (pair === 0x000a || pair === 0x000d) return 'utf-16le';
    if (pair === 0x0a00 || pair === 0x0d00) return 'utf-16be';
  }
  return null;
}

/** Null where the bytes are not in that encoding, or the encoding is unknown. */
function strictly(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return null;
    throw error;
  }
}

/** @throws BaimiError `bad-law-text` where a text is not mostly Chinese words */
export function checkReadable(text: string): void {
  let letters = 0;
  let han = 0;
  let frequent = 0;
  let broken = 0;
  for (const char of text.replace(/<[^>]{0,2000}>/g, '')) {
    const code = char.codePointAt(0) ?? 0;
    if (code === 0xfffd || (code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13)) broken++;
    if (/\s/.test(char)) continue;
    letters++;
    if (!isHan(code)) continue;
    han++;
    if (FREQUENT.has(char)) frequent++;
  }
  if (broken > MOST_BROKEN_SHARE * letters) unreadable('有许多读不出来的字符');
  if (han < LEAST_HAN) throw unfit('几乎没有中文');
  if (frequent < LEAST_FREQUENT_SHARE * han) unreadable('读出来的是乱码');
}

/** @throws BaimiError `bad-law-text` where what a page shows is mostly not Chinese */
export function checkChinese(lines: readonly string[]): void {
  let letters = 0;
  let han = 0;
  for (const char of lines.join('')) {
    letters++;
    if (isHan(char.codePointAt(0) ?? 0)) han++;
  }
  if (han < LEAST_HAN || han < LEAST_HAN_SHARE * letters) throw unfit('中文太少');
}

function isHan(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf);
}

function unreadable(why: string): never {
  throw new BaimiError('bad-law-text', `文字读不出来：${why}。怎么改：重新下载，或者用记事本打开，另存为 UTF-8 编码的 .txt`);
}

function unfit(why: string): BaimiError {
  return new BaimiError('bad-law-text', `不像法律文件：${why}。怎么改：只放法律文件，其他文件从目录里拿走`);
}
