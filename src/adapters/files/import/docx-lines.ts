import mammoth from 'mammoth';
import { BaimiError } from '../../../domain/errors.js';
import { htmlLines } from './html-lines.js';
import { startsArticle, type OfficialLine } from '../../../knowledge/parse-official-text.js';

/** A document of a law is some MB at most when unpacked; more is a mistake or an attack. */
const MOST_UNPACKED_BYTES = 200 * 2 ** 20;
const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
/** The end record is the last 22 bytes and a comment of at most 65,535. */
const END_WITHIN = 22 + 65_535;

export interface DocxText {
  readonly lines: readonly OfficialLine[];
  /** Whether Word numbers some paragraphs by itself: those numbers are not in the text. */
  readonly numbered: boolean;
}

/** Of every style and depth one line; lists are told apart only to know that they are there. */
const STYLES = ['p:ordered-list(1) => ol > li:fresh', 'p:ordered-list(2) => ol > li:fresh', 'p => p:fresh', 'br => br'];

/**
 * The paragraphs of a Word document (.docx), rows of tables as `| a | b |`. Pictures are left out.
 * @throws BaimiError `bad-law-text` where it is not a whole Word document, or its articles have no number in the text
 */
export async function docxLines(bytes: Buffer): Promise<DocxText> {
  checkPackage(bytes);
  const html = await toHtml(bytes);
  const { lines } = htmlLines(html);
  const numbered = html.includes('<li>');
  if (numbered && !lines.some(({ text }) => startsArticle(text))) {
    throw refused('条号是 Word 的自动编号，读不出来', '在 Word 里另存为纯文本 .txt（编号会变成文字），再导入这个 .txt');
  }
  return { lines, numbered };
}

async function toHtml(buffer: Buffer): Promise<string> {
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer },
      {
        convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
        includeDefaultStyleMap: false,
        styleMap: STYLES,
        externalFileAccess: false,
      },
    );
    return value;
  } catch (cause) {
    throw refused('Word 文档损坏，打不开', '重新下载', cause);
  }
}

/** Looks at the list of contents that a zip ends with, so that a cut-off download or a bomb is never unpacked. */
function checkPackage(bytes: Buffer): void {
  const end = findEnd(bytes);
  if (end === -1) throw refused('Word 文档不完整，像是没有下载完', '重新下载');
  const entries = bytes.readUInt16LE(end + 10);
  let offset = bytes.readUInt32LE(end + 16);
  let unpacked = 0;
  let hasText = false;
  for (let entry = 0; entry < entries; entry++) {
    if (offset + 46 > bytes.length || bytes.readUInt32LE(offset) !== ENTRY_SIGNATURE) throw refused('Word 文档损坏', '重新下载');
    unpacked += bytes.readUInt32LE(offset + 24);
    const nameLength = bytes.readUInt16LE(offset + 28);
    const name = bytes.toString('utf8', offset + 46, offset + 46 + nameLength);
    hasText ||= /^word\/document\d*\.xml$/.test(name);
    offset += 46 + nameLength + bytes.readUInt16LE(offset + 30) + bytes.readUInt16LE(offset + 32);
  }
  if (unpacked > MOST_UNPACKED_BYTES) throw refused('解压以后太大', '确认是从官方网站下载的文件，去掉图片后另存');
  if (!hasText) throw refused('不是 Word 文档（里面没有正文）', '下载 .docx 格式的文件；压缩包请先解压');
}

function findEnd(bytes: Buffer): number {
  for (let offset = bytes.length - 22; offset >= Math.max(0, bytes.length - END_WITHIN); offset--) {
    if (bytes.readUInt32LE(offset) === END_SIGNATURE) return offset;
  }
  return -1;
}

function refused(why: string, remedy: string, cause?: unknown): BaimiError {
  return new BaimiError('bad-law-text', `${why}。怎么改：${remedy}`, cause === undefined ? {} : { cause });
}
