import { BaimiError } from '../domain/errors.js';
import { parseOfficialBody, trimLine, type OfficialBody, type OfficialLine, type OfficialProvision, type OfficialText } from './parse-official-text.js';

export type { OfficialProvision, OfficialText } from './parse-official-text.js';

/** A document taken apart: what stands above its body says how it was made. */
export interface OfficialDocument extends OfficialBody {
  readonly title: string;
  /** Lines on how and when it was passed, published, amended. */
  readonly head: readonly string[];
}

const INFO_END = '<!-- INFO END -->';

/**
 * Reads a document in the layout of the public collection LawRefBook/Laws: `# title`, some lines on how it was passed,
 * `<!-- INFO END -->`, `##` headings, and articles that begin with 第N条 at the start of a line.
 * A document without numbered articles (a notice, a reply) is one provision "全文".
 * Where an article number occurs twice, the first stands. What is attached after the last article is part of it here:
 * the gists and their checksums were written from it so.
 * @throws BaimiError `bad-law-text` where there is no title or no text
 */
export function parseOfficialMarkdown(file: string, text: string): OfficialText {
  const { title, provisions, annexes } = parseOfficialMarkdownDocument(file, text);
  const attached = annexes.flatMap(({ lines }) => lines);
  return { title, provisions: attached.length === 0 ? provisions : lengthenLast(provisions, attached) };
}

function lengthenLast(provisions: readonly OfficialProvision[], lines: readonly string[]): OfficialProvision[] {
  return provisions.map((provision, index) =>
    index === provisions.length - 1 ? { ...provision, text: [provision.text, ...lines].join('\n') } : provision,
  );
}

/** The same with the annexes apart, and with what stands above the body. @throws BaimiError `bad-law-text` where there is no title or no text */
export function parseOfficialMarkdownDocument(file: string, text: string): OfficialDocument {
  const whole = text.replace(/^\uFEFF/, '');
  const title = /^#\s+(.+)$/m.exec(whole)?.[1]?.trim();
  if (title === undefined) {
    throw new BaimiError('bad-law-text', `${file}: 找不到标题。怎么改：第一行写“# 法律名称”`);
  }
  const marker = whole.indexOf(INFO_END);
  const body = parseOfficialBody(markdownLines(marker === -1 ? whole : whole.slice(marker + INFO_END.length)));
  if (body.provisions.length === 0) {
    throw new BaimiError('bad-law-text', `${file}: 只有标题，没有正文。怎么改：重新下载这份文件`);
  }
  return { title, head: marker === -1 ? [] : headLines(whole.slice(0, marker)), ...body };
}

function headLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map(trimLine)
    .filter((line) => line !== '' && !/^#\s/.test(line));
}

/** Lines of Markdown with the depth of their headings; table rows are `| a | b |`, without the rule under the first. */
export function markdownLines(text: string): OfficialLine[] {
  const lines: OfficialLine[] = [];
  for (const raw of text.split(/\r?\n/)) {
    const line = trimLine(raw);
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (heading) lines.push({ text: heading[2] ?? '', heading: (heading[1] ?? '#').length });
    else if (!/^\|[\s:|-]+\|$/.test(line)) lines.push({ text: /^\|.*\|$/.test(line) ? tableRow(line.slice(1, -1).split('|')) : line });
  }
  return lines;
}

/** One row of a table as a line of text; empty where every cell is. */
export function tableRow(cells: readonly string[]): string {
  const trimmed = cells.map((cell) => cell.replace(/[\s\u3000]+/g, ' ').trim());
  return trimmed.every((cell) => cell === '') ? '' : `| ${trimmed.join(' | ')} |`;
}
