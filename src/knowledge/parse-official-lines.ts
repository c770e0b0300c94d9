import { BaimiError } from '../domain/errors.js';
import { normaliseTitle } from '../domain/law.js';
import type { OfficialDocument } from './parse-official-markdown.js';
import { parseOfficialBody, startsArticle, startsBody, trimLine, type OfficialLine } from './parse-official-text.js';

/** What such a title ends with, brackets such as （试行） aside. */
const KINDS =
  '法|法典|条例|规定|办法|细则|规则|规程|规范|决定|决议|解释|批复|解答|答复|复函|通知|通告|公告|意见|纲要|章程|修正案|标准|目录|名录|方案|安排|指引|准则|制度|公约|协定|命令';
const LEGAL_TITLE = new RegExp(`(?:${KINDS})(?:[（(][^（）()]{1,20}[）)])*$`);
const LONGEST_TITLE = 120;
/** A title printed in several lines has at most these many. */
const MOST_TITLE_LINES = 4;
const AMENDING = /关于(?:修改|修正|修订|废止)(?!后).*的?(?:决定|决议)$/;
/** Letters of no width that pages and Word documents carry along. */
const INVISIBLE = /[\u200B-\u200D\u2060\uFEFF]/g;
const DAY = /(?:\d{4}|[〇零○一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日/;
const PASSAGE = /通过|公布|发布|颁布|印发|施行|实施|修订|修正|修改|批准|令/;

/** Whether a text is named as legal texts are. */
export function isLegalTitle(title: string): boolean {
  return title.length <= LONGEST_TITLE && LEGAL_TITLE.test(unquoted(title));
}

/** Whether a document changes or repeals others: it is never a version of one. */
export function isAmendingTitle(title: string): boolean {
  return AMENDING.test(title);
}

export interface LinesHints {
  /** Title known from elsewhere. */
  readonly title?: string;
  /** Title of the page that the text stands on, with the names of site and column. */
  readonly pageTitle?: string;
}

/**
 * Reads a document whose format marks nothing, or little: title, passage history in brackets, table of contents, body.
 * What stands above the title (the menu of a page, the order that publishes a law) is `head` with the history.
 * @throws BaimiError `bad-law-text` where no title or no text is found
 */
export function parseOfficialLines(file: string, lines: readonly OfficialLine[], hints: LinesHints = {}): OfficialDocument {
  const kept = lines.map((line) => ({ ...line, text: trimLine(line.text.replace(INVISIBLE, '')) })).filter(({ text }) => text !== '');
  const body = kept.findIndex(({ text }) => startsBody(text));
  const found = findTitle(kept, body === -1 ? kept.length : body, hints);
  if (found === null) {
    throw new BaimiError(
      'bad-law-text',
      `${file}: 找不到法律文件的标题。怎么改：第一行写标题（例如“工伤保险条例”）；不是法律文件的，从目录里拿走`,
    );
  }
  const { title, start, end } = found;
  const history = historyEnd(kept, end);
  const head = [...kept.slice(0, start), ...kept.slice(end, history)].map(({ text }) => text);
  const rest = kept.slice(history);
  const parsed = isAmendingTitle(title) ? parseAmending(rest) : parseOfficialBody(rest);
  if (parsed.provisions.length === 0) {
    throw new BaimiError('bad-law-text', `${file}: 只有标题，没有正文。怎么改：重新下载这份文件`);
  }
  const preamble = body === -1 ? [] : kept.slice(history, Math.max(body, history)).map(({ text }) => text);
  return { title, head: [...head, ...preamble.filter(tellsOfPassage)], ...parsed };
}

function tellsOfPassage(line: string): boolean {
  return (PASSAGE.test(line) && !/[。：；]$/.test(line) && (DAY.test(line) || line.includes('号'))) || /时效性|效力状态/.test(line);
}

interface FoundTitle {
  readonly title: string;
  /** Index of its first line, and of the line after it. */
  readonly start: number;
  readonly end: number;
}

/**
 * The title is the last line above the body that is named as a law is (the order that publishes it stands above it);
 * the first one where there are no articles, or where the document amends others.
 */
function findTitle(lines: readonly OfficialLine[], body: number, hints: LinesHints): FoundTitle | null {
  const found: FoundTitle[] = [];
  for (let start = 0; start < body; start++) {
    const title = titleAt(lines, start, body, hints.pageTitle === undefined);
    if (title === null) continue;
    const alone = lines[title.end - 1]?.text ?? '';
    if (title.end > start + 1 && isLegalTitle(alone) && !TITLE_END.test(alone)) found.push({ title: tidyTitle(alone), start: title.end - 1, end: title.end });
    found.push(title);
    start = title.end - 1;
  }
  const known = hints.title;
  const named = known === undefined ? undefined : found.findLast(({ title }) => normaliseTitle(title) === normaliseTitle(known));
  if (named) return named;
  const amending = found.find(({ title }) => isAmendingTitle(title));
  if (amending) return amending;
  const page = hints.pageTitle?.replace(/\s+/g, '') ?? '';
  const onPage = found.filter(({ title }) => title.length > 2 && page.includes(title.replace(/\s+/g, '')));
  const articles = lines.slice(body).some(({ text }) => startsArticle(text));
  const longest = onPage.reduce<FoundTitle | undefined>((best, next) => (next.title.length >= (best?.title.length ?? 0) ? next : best), undefined);
  const best = longest ?? (articles ? found.at(-1) : found[0]);
  if (best) return { ...best, title: known ?? best.title };
  return known === undefined ? null : { title: known, start: 0, end: 0 };
}

/** How the second line of a title begins that could not stand alone. */
const CONTINUED = /^(?:关于|若干|适用|有关|的|和|及|等|案件)/;
/** The same for a line that never begins a title, whatever stands above it. */
const TITLE_END = /^(?:若干|适用|有关|的|和|及|等|案件)/;
const SHORTEST_FIRST_LINE = 6;

/**
 * A title that begins on this line, alone or broken over several lines; null where none does.
 * @param broken whether a line that is named as a law itself may still be the end of a longer title; on a page, what
 *   stands above a title is a menu
 */
function titleAt(lines: readonly OfficialLine[], start: number, body: number, broken: boolean): FoundTitle | null {
  let title = '';
  for (let end = start + 1; end <= Math.min(start + MOST_TITLE_LINES, body); end++) {
    const line = lines[end - 1]?.text ?? '';
    if (!isTitlePart(line)) return null;
    if (title !== '' && isLegalTitle(line) && !CONTINUED.test(line) && (!broken || title.length < SHORTEST_FIRST_LINE)) return null;
    // two courts, a line each, and then what they interpret
    title = tidyTitle(title === '' ? line : `${title}${/^最高人民(?:法院|检察院)$/.test(title) ? ' ' : ''}${line}`);
    if (TITLE_END.test(title)) return null;
    if (isLegalTitle(title) && !isTitleGoingOn(lines[end]?.text)) return { title: unquoted(title), start, end };
  }
  return null;
}

function isTitlePart(line: string): boolean {
  if (line.length > LONGEST_TITLE || /[。；：:！？，|>]|\.{3}|…/.test(line) || /^[（(〔[【\d“"|]/.test(line)) return false;
  return !DAY.test(line) && !/第[\d〇零一二三四五六七八九十百]+号/.test(line) && !/^[一二三四五六七八九十]+、/.test(line);
}

/** A line that is nothing but （试行） or （一）, or the end of a title, belongs to the title above it. */
function isTitleGoingOn(line: string | undefined): boolean {
  if (line === undefined) return false;
  return /^[（(][^（）()年月日号〔[\d]{1,12}[）)]$/.test(line) || (TITLE_END.test(line) && isTitlePart(line) && isLegalTitle(line));
}

/** Without white space between letters, set there for looks; two courts side by side are two. */
export function tidyTitle(line: string): string {
  return line
    .replace(INVISIBLE, '')
    .replace(/(最高人民法院)[\s\u3000]+(?=最高人民检察院)|(最高人民检察院)[\s\u3000]+(?=最高人民法院)/g, '$1$2、')
    .replace(/(?<=[\p{Script=Han}（）《》〈〉、])[\s\u3000]+(?=[\p{Script=Han}（）《》〈〉])/gu, '');
}

function unquoted(title: string): string {
  return /^《[^《》]*》$/.test(title) ? title.slice(1, -1) : title;
}

/** Where the history under the title ends: a bracket, over several lines maybe, and lines of day and act. */
function historyEnd(lines: readonly OfficialLine[], from: number): number {
  let index = from;
  for (; index < lines.length; index++) {
    const line = lines[index]?.text ?? '';
    if (startsBody(line)) return index;
    if (/^[（(]/.test(line) && !/^[（(][一二三四五六七八九十]+[）)]/.test(line)) {
      const close = closingLine(lines, index);
      index = close ?? index;
    } else if (!isHistoryLine(line)) return index;
  }
  return index;
}

const LONGEST_HISTORY = 30;

function closingLine(lines: readonly OfficialLine[], from: number): number | null {
  let depth = 0;
  for (let index = from; index < Math.min(lines.length, from + LONGEST_HISTORY); index++) {
    const line = lines[index]?.text ?? '';
    if (startsBody(line)) return null;
    for (const char of line) depth += char === '（' || char === '(' ? 1 : char === '）' || char === ')' ? -1 : 0;
    if (depth <= 0) return index;
  }
  return null;
}

function isHistoryLine(line: string): boolean {
  if (/^[^。；]{0,20}〔\d{4}〕\s*\d+\s*号$|^[^。；]{0,30}令\s*第?[\d〇零一二三四五六七八九十百]+号$/.test(line)) return true;
  return line.length <= 200 && DAY.test(line.slice(0, 20)) && (PASSAGE.test(line) || line.replace(DAY, '').trim() === '');
}

/** A decision on amending: its points are one text; a whole law printed after it is attached, not its own articles. */
function parseAmending(lines: readonly OfficialLine[]): ReturnType<typeof parseOfficialBody> {
  const first = lines.findIndex(({ text }) => startsArticle(text));
  const points = lines.slice(0, first).some(({ text }) => /^一、/.test(text));
  if (first === -1 || !points) return parseOfficialBody(lines);
  const appended = lines.findLastIndex(({ text }, index) => index < first && isTitlePart(text) && isLegalTitle(text));
  const cut = appended === -1 ? first : appended;
  const own = parseOfficialBody(lines.slice(0, cut));
  const paragraphs = lines.slice(cut).map(({ text }) => text);
  return { ...own, annexes: [...own.annexes, { name: '附录', paragraphs, lines: paragraphs }] };
}
