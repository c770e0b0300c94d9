import { Parser } from 'htmlparser2';
import { BaimiError } from '../../../domain/errors.js';
import { tableRow } from '../../../knowledge/parse-official-markdown.js';
import { startsArticle, type OfficialLine } from '../../../knowledge/parse-official-text.js';

export interface HtmlText {
  readonly lines: readonly OfficialLine[];
  /** Content of <title>. */
  readonly pageTitle: string;
}

interface Line {
  readonly text: string;
  /** The open elements around it, by number, outermost first. */
  readonly path: readonly number[];
}

interface Table {
  readonly rows: Line[][][];
  readonly path: readonly number[];
  nested: boolean;
}

const DROPPED = new Set(
  'script style noscript nav footer aside form select button iframe template svg object video audio textarea map'.split(' '),
);
const INLINE = new Set(
  'a abbr b bdi bdo big cite code em font i ins label mark q s small span strike strong sub sup time tt u wbr'.split(' '),
);
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
const HEADINGS = /^h[1-6]$/;
/** A cell with more than this is a frame of the page, not a cell of a table of figures. */
const LONGEST_CELL = 600;
/** No page nests deeper; one that does would take minutes. */
const DEEPEST = 500;
/** What pages print under a text. */
const FOOTER =
  /^[【[（(]?\s*(?:打印|关闭|我要纠错|纠错|返回(?:顶部|首页)?|责任编辑|编辑[：:]|责编|来源[：:]|信息来源|稿件来源|分享|上一[篇条页]|下一[篇条页]|相关(?:链接|阅读|文章|新闻|解读|稿件|政策|附件)|扫一扫|扫码|版权所有|主办(?:单位)?[：:]|承办(?:单位)?[：:]|网站标识码|网站地图|[\p{Script=Han}]?ICP|[\p{Script=Han}]公网安备|附件下载|联系我们|关于我们|友情链接|收藏|浏览次数|点击数|字号|字体|Copyright|©)/u;

/**
 * The lines that a page shows, paragraph by paragraph; rows of tables as `| a | b |`. Scripts, menus in their own
 * elements, and what stands around the articles after their end are left out.
 * @throws BaimiError `bad-law-text` where the page is nested beyond reason
 */
export function htmlLines(html: string): HtmlText {
  const reader = new PageReader();
  const parser = new Parser(reader, { decodeEntities: true, lowerCaseTags: true });
  parser.write(html);
  parser.end();
  reader.flush();
  return { lines: withoutFooter(reader.lines).map(({ text }) => ({ text })), pageTitle: collapse(reader.pageTitle) };
}

class PageReader {
  readonly lines: Line[] = [];
  pageTitle = '';
  private readonly stack: { readonly name: string; readonly id: number }[] = [];
  private readonly tables: Table[] = [];
  private buffer = '';
  private next = 0;

  onopentag(name: string): void {
    if (name === 'br') this.flush();
    if (VOID.has(name)) return;
    if (!INLINE.has(name)) this.flush();
    if (this.stack.length >= DEEPEST)
      throw new BaimiError('bad-law-text', '网页的结构坏了，读不出来。怎么改：用浏览器打开，全选复制到记事本，另存为 .txt');
    this.stack.push({ name, id: this.next++ });
    const table = this.tables.at(-1);
    if (name === 'table') {
      if (table) table.nested = true;
      this.tables.push({ rows: [], path: this.path(), nested: false });
    } else if (table && name === 'tr') table.rows.push([]);
    else if (table && (name === 'td' || name === 'th')) (table.rows.at(-1) ?? this.firstRow(table)).push([]);
  }

  onclosetag(name: string): void {
    if (VOID.has(name)) return;
    if (!INLINE.has(name)) this.flush();
    const depth = this.stack.findLastIndex((element) => element.name === name);
    if (depth !== -1) this.stack.length = depth;
    if (name === 'table') this.closeTable();
  }

  ontext(text: string): void {
    if (this.stack.some((element) => element.name === 'title')) this.pageTitle += text;
    else if (!this.stack.some((element) => DROPPED.has(element.name) || element.name === 'head')) this.buffer += text;
  }

  flush(): void {
    const text = collapse(this.buffer);
    this.buffer = '';
    if (text === '') return;
    this.add({ text, path: this.path() });
  }

  private add(line: Line): void {
    const cell = this.tables.at(-1)?.rows.at(-1)?.at(-1);
    (cell ?? this.lines).push(line);
  }

  private path(): number[] {
    return this.stack.filter(({ name }) => !INLINE.has(name) && !HEADINGS.test(name)).map(({ id }) => id);
  }

  private firstRow(table: Table): Line[][] {
    const row: Line[][] = [];
    table.rows.push(row);
    return row;
  }

  /** A table that holds the page together is read cell by cell, one with figures row by row. */
  private closeTable(): void {
    const table = this.tables.pop();
    if (!table) return;
    const cells = table.rows.flat();
    const frame =
      table.nested ||
      table.rows.every((row) => row.length <= 1) ||
      cells.some(
        (cell) => cell.some(({ text }) => startsArticle(text)) || cell.reduce((sum, { text }) => sum + text.length, 0) > LONGEST_CELL,
      );
    if (frame) for (const line of cells.flat()) this.add(line);
    else
      for (const row of table.rows) {
        const text = tableRow(row.map((cell) => cell.map((line) => line.text).join(' ')));
        if (text !== '') this.add({ text, path: table.path });
      }
  }
}

/** Line breaks of the source between two Chinese letters are no spaces. */
function collapse(text: string): string {
  return text
    .replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, '')
    .replace(/(?<=[\p{Script=Han}\p{P}])[ \t]*[\r\n][\s]*(?=[\p{Script=Han}\p{P}])/gu, '')
    .replace(/[ \t\r\n\f]+/g, ' ')
    .replace(/^[\s\u3000]+|[\s\u3000]+$/g, '');
}

/** After the last article, what stands outside the element that holds the articles is the page's, not the law's. */
function withoutFooter(lines: readonly Line[]): Line[] {
  const articles = lines.filter(({ text }) => startsArticle(text));
  const last = lines.findLastIndex(({ text }) => startsArticle(text));
  const holder = articles.length < 2 ? [] : commonPath(articles.map(({ path }) => path));
  const end = lines.findIndex((line, index) => index > last && (FOOTER.test(line.text) || !isUnder(line.path, holder)));
  const cut =
    last === -1
      ? lines.findIndex(({ text }, index) => index > 2 && FOOTER.test(text) && !/来源|字号|字体|打印|分享|浏览|收藏/.test(text))
      : end;
  return lines.slice(0, cut === -1 ? lines.length : cut);
}

function commonPath(paths: readonly (readonly number[])[]): readonly number[] {
  const [first = [], ...others] = paths;
  const differs = first.findIndex((id, depth) => others.some((path) => path[depth] !== id));
  return differs === -1 ? first : first.slice(0, differs);
}

function isUnder(path: readonly number[], holder: readonly number[]): boolean {
  return holder.every((id, depth) => path[depth] === id);
}
