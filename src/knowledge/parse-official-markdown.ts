import { CHINESE_NUMERAL_CHARS, normaliseArticleNumber } from '../domain/chinese-numerals.js';
import { BaimiError } from '../domain/errors.js';

/** One article of an official text. `text` keeps its paragraphs, without the number, joined by newlines. */
export interface OfficialProvision {
  readonly article: string;
  readonly chapter: string | null;
  readonly text: string;
}

export interface OfficialText {
  readonly title: string;
  readonly provisions: readonly OfficialProvision[];
}

const ARTICLE_START = new RegExp(`^(第[${CHINESE_NUMERAL_CHARS}]+条(?:之[${CHINESE_NUMERAL_CHARS}]+)?)(?=[\\s\\u3000【（(]|$)[\\s\\u3000]*`);
const INFO_END = '<!-- INFO END -->';

/**
 * Reads a document in the layout of the public collection LawRefBook/Laws: `# title`, some lines on how it was passed,
 * `<!-- INFO END -->`, `##` headings, and articles that begin with 第N条 at the start of a line.
 * A document without numbered articles (a notice, a reply) is one provision "全文".
 * Where an article number occurs twice, the first stands (the second is a quotation in an annex).
 * @throws BaimiError `bad-law-text` where there is no title or no text
 */
export function parseOfficialMarkdown(file: string, text: string): OfficialText {
  const body = text.replace(/^\uFEFF/, '');
  const title = /^#\s+(.+)$/m.exec(body)?.[1]?.trim();
  if (title === undefined) {
    throw new BaimiError('bad-law-text', `${file}: 找不到标题。怎么改：第一行写“# 法律名称”`);
  }
  const marker = body.indexOf(INFO_END);
  const lines = (marker === -1 ? body : body.slice(marker + INFO_END.length)).split(/\r?\n/);
  const provisions: { article: string; chapter: string | null; paragraphs: string[] }[] = [];
  const preamble: string[] = [];
  const headings: (string | undefined)[] = [];
  let open: { article: string; chapter: string | null; paragraphs: string[] } | null = null;
  for (const raw of lines) {
    const line = raw.replace(/^[\s\u3000]+|[\s\u3000]+$/g, '');
    if (line === '') continue;
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (heading) {
      const depth = (heading[1] ?? '#').length;
      if (depth > 1) {
        headings.length = depth - 1;
        headings[depth - 2] = (heading[2] ?? '').replace(/[\s\u3000]+/g, ' ');
      }
      open = null;
      continue;
    }
    const start = ARTICLE_START.exec(line);
    const article = start ? normaliseArticleNumber(start[1] ?? '') : null;
    if (start && article !== null) {
      open = { article, chapter: headings.filter((part) => part !== undefined).join(' ') || null, paragraphs: [] };
      const rest = line.slice(start[0].length);
      if (rest !== '') open.paragraphs.push(rest);
      provisions.push(open);
      continue;
    }
    (open?.paragraphs ?? preamble).push(line);
  }
  const seen = new Set<string>();
  const unique = provisions.filter((provision) => !seen.has(provision.article) && seen.add(provision.article));
  if (unique.length === 0) {
    if (preamble.length === 0) {
      throw new BaimiError('bad-law-text', `${file}: 只有标题，没有正文。怎么改：重新下载这份文件`);
    }
    unique.push({ article: '全文', chapter: null, paragraphs: preamble });
  }
  return {
    title,
    provisions: unique.map(({ article, chapter, paragraphs }) => ({ article, chapter, text: paragraphs.join('\n') })),
  };
}
