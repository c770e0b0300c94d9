import { basename } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { BaimiError } from '../../../domain/errors.js';
import { LAW_LEVELS, LAW_STATUSES, REGIONS, normaliseTitle, type Law, type LawLevel } from '../../../domain/law.js';
import { isDay, parseOfficialFacts, type OfficialFacts } from '../../../knowledge/parse-official-facts.js';
import { isLegalTitle, parseOfficialLines, tidyTitle } from '../../../knowledge/parse-official-lines.js';
import { markdownLines, parseOfficialMarkdownDocument, type OfficialDocument } from '../../../knowledge/parse-official-markdown.js';
import { withAnnexes, type OfficialLine, type OfficialProvision } from '../../../knowledge/parse-official-text.js';
import { checkChinese, decodeText } from './decode-text.js';
import { docxLines } from './docx-lines.js';
import { htmlLines } from './html-lines.js';

/** What is known of a document from beside its text; absent or null: not stated there. */
export const statedFacts = z.object({
  title: z.string().nullish(),
  issuer: z.string().nullish(),
  number: z.string().nullish(),
  level: z.enum(LAW_LEVELS).nullish(),
  published: z.string().refine(isDay, '日期要写成 2010-12-20').nullish(),
  inForceFrom: z.string().refine(isDay, '日期要写成 2011-01-01').nullish(),
  status: z.enum(LAW_STATUSES).nullish(),
  region: z.enum(REGIONS).nullish(),
});
export type StatedFacts = z.infer<typeof statedFacts>;

/** A document as imported: one version of a law, or a part of one. */
export interface ReadDocument extends Omit<Law, 'aliases' | 'status'> {
  /** The title as printed; `title` is the key made from it. */
  readonly officialTitle: string;
  /** Null where no source says. */
  readonly status: 'in-force' | 'repealed' | null;
  readonly provisions: readonly OfficialProvision[];
  readonly warnings: readonly string[];
}

interface Parsed extends OfficialDocument {
  readonly stated: StatedFacts;
  readonly warnings: readonly string[];
}

/** Folders of the public collection, by the level of what is in them. */
const FOLDER_LEVELS: Readonly<Record<string, LawLevel>> = {
  ...Object.fromEntries(LAW_LEVELS.map((level) => [level, level])),
  ...Object.fromEntries(
    ['宪法相关法', '民法典', '民法商法', '刑法', '经济法', '社会法', '行政法', '诉讼与非诉讼程序法'].map((name) => [name, '法律']),
  ),
};
const UNKNOWN_DAY_FOR_DAYS = 366;
const MS_PER_DAY = 86_400_000;

/**
 * Reads one file into a document: its format by content and ending, what is known of it from `beside` (a manifest), its
 * front matter, its text and its name, in this order.
 * @param path below the folder that is imported, with `/`
 * @param today ISO day
 * @throws BaimiError `bad-law-text` with cause and remedy where it is damaged, or no legal text that is ours to use
 */
export async function readDocument(path: string, bytes: Buffer, beside: StatedFacts, today: string): Promise<ReadDocument> {
  const parsed = await parse(path, bytes, beside);
  const stated = overlay(beside, parsed.stated);
  const provisions = withAnnexes(parsed);
  checkChinese(provisions.map(({ text }) => text));
  const officialTitle = stated.title ?? tidyTitle(parsed.title);
  const named = readFileName(path);
  const facts = factsOf(officialTitle, parsed, provisions, stated, named);
  const level = stated.level ?? facts.level ?? folderLevel(path);
  const inForceFrom = stated.inForceFrom ?? facts.inForceFrom ?? named.inForceFrom;
  const region = stated.region ?? regionOf(level, facts);
  checkTitle(officialTitle, level);
  checkDay({ ...facts, inForceFrom }, path, today);
  return {
    title: titleKey(plainTitle(officialTitle)),
    officialTitle: plainTitle(officialTitle),
    issuer: stated.issuer ?? facts.issuer,
    number: stated.number ?? facts.number,
    level,
    published: facts.published,
    inForceFrom,
    region,
    status: stated.status === 'repealed' || facts.repealed ? 'repealed' : stated.status === 'in-force' ? 'in-force' : null,
    provisions,
    warnings: [...parsed.warnings, ...warningsOf(parsed, facts)],
  };
}

async function parse(path: string, bytes: Buffer, beside: StatedFacts): Promise<Parsed> {
  const file = basename(path);
  const format = formatOf(file, bytes);
  if (format === 'docx') {
    const { lines, numbered } = await docxLines(bytes);
    const warnings = numbered ? ['有 Word 自动编号的段落，编号没有读出来，请与原文核对'] : [];
    return { ...parseOfficialLines(file, lines, hintsOf(beside)), stated: {}, warnings };
  }
  const text = decodeText(bytes);
  if (format === 'html') {
    const { lines, pageTitle } = htmlLines(text);
    return { ...parseOfficialLines(file, lines, { ...hintsOf(beside), pageTitle }), stated: {}, warnings: [] };
  }
  const { stated, body } = takeFrontMatter(file, text);
  if (format === 'md' && body.includes('<!-- INFO END -->')) return { ...parseOfficialMarkdownDocument(file, body), stated, warnings: [] };
  const lines: readonly OfficialLine[] =
    format === 'md' ? markdownLines(body) : body.split(/\r\n|[\r\n\f]/).map((line) => ({ text: line }));
  const heading = lines.find(({ heading: depth }) => depth === 1)?.text;
  const hints = hintsOf(overlay(overlay(beside, stated), { title: heading }));
  return { ...parseOfficialLines(file, lines, hints), stated, warnings: [] };
}

type Format = 'docx' | 'html' | 'md' | 'txt';

const SIGNATURES: readonly (readonly [bytes: string, why: string, remedy: string])[] = [
  ['d0cf11e0', '是旧格式的 Word 文档（.doc）或者加了密码的文档', '用 Word 或 WPS 打开，另存为 .docx'],
  ['25504446', '是 PDF，文字读不可靠', '从国家法律法规数据库下载 .docx 格式'],
  ['7b5c727466', '是 RTF 文档', '用 Word 或 WPS 打开，另存为 .docx'],
  ['89504e47', '是图片', '下载文字版（.docx、.html）'],
  ['ffd8ff', '是图片', '下载文字版（.docx、.html）'],
  ['47494638', '是图片', '下载文字版（.docx、.html）'],
  ['52617221', '是压缩包', '先解压，再导入里面的文件'],
  ['377abcaf', '是压缩包', '先解压，再导入里面的文件'],
];

/** @throws BaimiError `bad-law-text` where the format is none that we read */
function formatOf(file: string, bytes: Buffer): Format {
  if (bytes.length === 0) throw refused('文件是空的', '重新下载');
  const start = bytes.subarray(0, 8).toString('hex');
  const ending = /\.([a-z0-9]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  if (start.startsWith('504b0304')) return 'docx';
  const foreign = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (foreign) throw refused(foreign[1], foreign[2]);
  const page = /^(?:\uFEFF|ï»¿|\s|<!--[\s\S]*?-->)*<(?:!doctype\s+html|html|head|body)/i.test(bytes.subarray(0, 1024).toString('latin1'));
  if (page || ending === 'html' || ending === 'htm') return 'html';
  if (ending === 'md' || ending === 'markdown') return 'md';
  if (ending === 'txt') return 'txt';
  if (ending === 'docx') throw refused('内容不是 Word 文档，可能下载出错', '重新下载');
  throw refused(`不认识的格式${ending === '' ? '' : `（.${ending}）`}`, '只认 .docx、.html、.txt、.md；其他格式请另存为 .docx');
}

function hintsOf({ title }: StatedFacts): { title?: string } {
  return title === undefined || title === null || title === '' ? {} : { title };
}

const FRONT_MATTER = /^\s*---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

function takeFrontMatter(file: string, text: string): { stated: StatedFacts; body: string } {
  const header = FRONT_MATTER.exec(text);
  if (!header) return { stated: {}, body: text };
  const stated = statedFacts.safeParse(yamlOf(header[1] ?? ''));
  if (!stated.success) {
    const issue = stated.error.issues[0];
    throw refused(
      `${file} 的文件头不对：${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
      '改正它，或者把两行 --- 和中间的文件头删掉',
    );
  }
  return { stated: stated.data, body: text.slice(header[0].length) };
}

function yamlOf(text: string): unknown {
  try {
    return parseYaml(text);
  } catch {
    return null;
  }
}

/** What the first states, and where it states nothing, the second. */
function overlay(first: StatedFacts, second: StatedFacts): StatedFacts {
  const stated = Object.entries(first).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return { ...second, ...Object.fromEntries(stated) };
}

interface NamedFacts {
  readonly published: string | null;
  readonly inForceFrom: string | null;
}

/** 工伤保险条例_20101220.docx, 工伤保险条例(2010-12-20).md, 工伤保险条例_20101220_20110101施行.docx. */
function readFileName(path: string): NamedFacts {
  const name = basename(path).replace(/\.[^.]*$/, '');
  const inForce = /(\d{4})-?(\d{2})-?(\d{2})(?:起)?施行/.exec(name);
  const published = /(?:_|[(（])(\d{4})-?(\d{2})-?(\d{2})[)）]?$/.exec(
    name.replace(/[_-]?(?:自)?\d{4}-?\d{2}-?\d{2}(?:起)?施行[)）]?/, ''),
  );
  return { published: dayOf(published), inForceFrom: dayOf(inForce) };
}

function dayOf(match: RegExpExecArray | null): string | null {
  const day = match ? match.slice(1, 4).join('-') : '';
  return isDay(day) ? day : null;
}

/** The text's own facts; where its history ends before the day in the file's name, that day is the version's. */
function factsOf(
  title: string,
  parsed: Parsed,
  provisions: readonly OfficialProvision[],
  stated: StatedFacts,
  named: NamedFacts,
): OfficialFacts {
  const facts = parseOfficialFacts(title, parsed.head, provisions, stated.published ?? null);
  if (stated.published || named.published === null || (facts.published ?? '') >= named.published) return facts;
  return parseOfficialFacts(title, parsed.head, provisions, named.published);
}

function folderLevel(path: string): LawLevel | null {
  const levels = path
    .split('/')
    .slice(0, -1)
    .map((folder) => FOLDER_LEVELS[folder]);
  return levels.find((level) => level !== undefined) ?? null;
}

function regionOf(level: LawLevel | null, facts: OfficialFacts): Law['region'] {
  if (level !== null && !level.startsWith('地方')) return '全国';
  if (facts.region !== null) return facts.region;
  if (facts.elsewhere !== null) {
    throw refused(`是${facts.elsewhere}的规定，在简阳不适用`, '只导入全国、四川省、成都市、简阳市的；这份从目录里拿走');
  }
  throw refused(
    '看不出是哪个机关发布的',
    '下载带有通过、公布信息的官方文件；或者另存为 .txt，在开头的两行 --- 之间写 level、issuer、published、region',
  );
}

function checkTitle(title: string, level: LawLevel | null): void {
  if (level === null && !isLegalTitle(plainTitle(title))) {
    throw refused(`“${title.slice(0, 30)}”不像法律文件的标题`, '不是法律文件的，从目录里拿走；是的，第一行只写标题');
  }
}

/** A law changed lately whose text still states the day of its first version may not be in force yet. */
function checkDay(facts: Pick<OfficialFacts, 'statesOldDay' | 'inForceFrom' | 'published'>, path: string, today: string): void {
  if (!facts.statesOldDay || facts.inForceFrom !== null || facts.published === null) return;
  if (Date.parse(today) - Date.parse(facts.published) > UNKNOWN_DAY_FOR_DAYS * MS_PER_DAY) return;
  const name = basename(path).replace(/\.[^.]*$/, '');
  throw refused(
    `${facts.published} 修改的这一版，文件里没有写从哪天起施行`,
    `查明施行日期，写进文件名，例如“${name}_20260101施行”，再导入`,
  );
}

function warningsOf(parsed: OfficialDocument, facts: OfficialFacts): string[] {
  const warnings: string[] = [];
  if (parsed.repeated.length > 0) warnings.push(`条号重复：${parsed.repeated.slice(0, 5).join('、')}，只用第一次出现的`);
  if (facts.published === null && facts.inForceFrom === null) warnings.push('没有公布日期，也没有施行日期');
  return warnings;
}

/** 宪法修正案（1993年） and （2018年） are two texts, not two versions of one. */
function titleKey(title: string): string {
  const year = /修正案[（(](\d{4})年?[）)]$/.exec(title)?.[1];
  return normaliseTitle(title) + (year === undefined ? '' : `〔${year}年〕`);
}

function plainTitle(title: string): string {
  return title.trim().replace(/[（(【[](?:已?失效|已?废止|已被废止)[）)】\]]$/, '');
}

function refused(why: string, remedy: string): BaimiError {
  return new BaimiError('bad-law-text', `${why}。怎么改：${remedy}`);
}
