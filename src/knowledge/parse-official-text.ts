import { CHINESE_NUMERAL_CHARS, normaliseArticleNumber, parseNumeral, toChineseNumeral } from '../domain/chinese-numerals.js';

/** One article of an official text. `text` keeps its paragraphs, without the number, joined by newlines. */
export interface OfficialProvision {
  /** 第十四条, or 全文 (a document without numbered articles), or an annex: 附件, 附件一, 附表, 附录 … */
  readonly article: string;
  readonly chapter: string | null;
  readonly text: string;
}

export interface OfficialText {
  readonly title: string;
  readonly provisions: readonly OfficialProvision[];
}

/** One paragraph or table row of a document. */
export interface OfficialLine {
  readonly text: string;
  /** Depth of a heading that the format marks as one: 1 for the title; absent where the format marks none. */
  readonly heading?: number;
}

/** What is attached to a document after its articles. */
export interface OfficialAnnex {
  /** 附件, 附件一, 附表, 附录 … */
  readonly name: string;
  readonly paragraphs: readonly string[];
  /** As printed, with the line that names it, up to the first heading that the format marks as one. */
  readonly lines: readonly string[];
}

export interface OfficialBody {
  /** The articles, or "全文". */
  readonly provisions: readonly OfficialProvision[];
  readonly annexes: readonly OfficialAnnex[];
  /** Article numbers that came a second time outside an annex; the first stands. */
  readonly repeated: readonly string[];
}

interface Draft {
  readonly article: string;
  readonly chapter: string | null;
  readonly paragraphs: string[];
}

interface AnnexDraft extends OfficialAnnex {
  readonly lines: string[];
  readonly paragraphs: string[];
}

const NUMBER = `[${CHINESE_NUMERAL_CHARS}]+`;
const ARTICLE = `第${NUMBER}条(?:之${NUMBER})?`;
const ARTICLE_START = new RegExp(`^(${ARTICLE})(?=[\\s\\u3000【（(]|$)[\\s\\u3000]*`);
/** Where the space after the number got lost; what follows must not read on as a reference (第三条第二款, 第三条规定的). */
const TIGHT_ARTICLE_START = new RegExp(`^(${ARTICLE})(?=[^\\s第之的规和至、，,。；;：:中所或及以等与款项])`);
const HEADING = new RegExp(`^第(${NUMBER})(编|分编|章|节)(?:[\\s\\u3000]+|(?=[^\\s的规和至、，中所或及以]))([^。；：，]{0,40})。?$`);
/** 一、技术合同的无效, （一）一般规定: how courts head the parts of an interpretation. */
const POINT_HEADING = new RegExp(`^(?:(${NUMBER})、|[（(](${NUMBER})[）)])[^。；：，]{2,40}$`);
const POINTS = new Set(['、', '（']);
const LONGEST_SECOND_LINE = 30;
const NAMED_HEADING = /^(总|分|附)[\s\u3000]*则$|^[序前][\s\u3000]*言$/;
const HEADING_DEPTHS: Readonly<Record<string, number>> = { 编: 2, 分编: 3, 章: 4, 节: 5 };
const CONTENTS = /^[（(]?目[\s\u3000]*[录次][）)]?$/;
const COMMENT = /^<!--.*-->$/;
const ANNEX = new RegExp(
  `^附[\\s\\u3000]*(件|表|录|图)?[\\s\\u3000]*(${NUMBER}|[0-9０-９]{1,2})?(?:[\\s\\u3000]*[：:、.．][\\s\\u3000]*|[\\s\\u3000]+|(?=[（(《<]|$))(.*)$`,
);
const LONGEST_ANNEX_NAME = 60;

/** Whether a line begins an article. */
export function startsArticle(line: string): boolean {
  return ARTICLE_START.test(line) || TIGHT_ARTICLE_START.test(line);
}

/** Whether a line begins the body of a document: the table of contents, a chapter, an article. */
export function startsBody(line: string): boolean {
  return CONTENTS.test(line) || HEADING.test(line) || NAMED_HEADING.test(line) || startsArticle(line);
}

/**
 * Reads the body of a document, after title and passage history, into provisions. A table of contents is passed over;
 * an annex after the articles is a provision of its own, whose inner articles are its text. A body without numbered
 * articles (a notice, a reply) is one provision "全文".
 * Empty where the body holds nothing.
 * @param lines trimmed or not; empty ones are passed over
 */
export function parseOfficialBody(lines: readonly OfficialLine[]): OfficialBody {
  const spaced = new Set(lines.flatMap(({ text }) => ARTICLE_START.exec(trimLine(text))?.[1] ?? []));
  const reader = new BodyReader(spaced);
  for (const line of lines) reader.read(line);
  return reader.finish();
}

/** Without white space (ideographic too) at both ends. */
export function trimLine(text: string): string {
  return text.replace(/^[\s\u3000]+|[\s\u3000]+$/g, '');
}

interface PlainHeading {
  /** As printed. */
  readonly lines: readonly string[];
  readonly depth: number;
  readonly name: string;
  /** 编, 章, 节, 、 for a point, （ for one below it; empty for a bare 附则. */
  readonly unit: string;
  readonly number: number;
}

class BodyReader {
  private readonly articles: Draft[] = [];
  private readonly annexes: AnnexDraft[] = [];
  private readonly preamble: string[] = [];
  private readonly seen = new Set<string>();
  private readonly repeated: string[] = [];
  private readonly headings: (string | undefined)[] = [];
  /** Headings without a mark, until the next line shows whether they are headings or quoted in an article. */
  private pending: PlainHeading[] = [];
  /** Lines of the table of contents, without white space; null outside it. */
  private contents: Set<string> | null = null;
  private open: Draft | null = null;
  private annex: AnnexDraft | null = null;
  private annexHasArticles = false;
  private annexHasHeadings = false;
  private last = 0;
  /** Number of the last 编, 章, 节 without a mark: 第七节 out of the blue is quoted, not a heading. */
  private readonly lastOfUnit = new Map<string, number>();

  /** @param spaced article numbers that stand before a space somewhere, as they should */
  constructor(private readonly spaced: ReadonlySet<string>) {}

  read({ text, heading }: OfficialLine): void {
    const line = trimLine(text);
    if (line === '' || COMMENT.test(line)) return;
    if (CONTENTS.test(line) && this.articles.length === 0) {
      this.contents = new Set();
      return;
    }
    if (this.contents && this.isContents(line, this.contents)) return;
    if (heading !== undefined) this.readMarkedHeading(line, heading);
    else if (!this.readArticleStart(line) && !this.readAnnexStart(line) && !this.readPlainHeading(line)) this.append(line);
  }

  finish(): OfficialBody {
    this.returnPending();
    const drafts = this.articles.length > 0 || this.preamble.length === 0 ? this.articles : [whole(this.preamble)];
    return {
      provisions: drafts.map(({ article, chapter, paragraphs }) => ({ article, chapter, text: paragraphs.join('\n') })),
      annexes: this.annexes,
      repeated: this.repeated,
    };
  }

  /** A table of contents ends where its first entry comes again, or an article or a sentence stands. */
  private isContents(line: string, entries: Set<string>): boolean {
    const entry = line.replace(/[\s\u3000.…·]+|\d+$/g, '');
    if (startsArticle(line) || /[。；]$/.test(line) || entries.has(entry)) {
      this.contents = null;
      return false;
    }
    entries.add(entry);
    return true;
  }

  private readMarkedHeading(line: string, depth: number): void {
    if (this.articles.length > 0 && (this.annex || ANNEX.test(line))) this.annexHasHeadings = true;
    if (this.readAnnexStart(line)) return;
    if (this.annex) {
      this.append(line);
      return;
    }
    if (depth > 1) this.setHeading(depth, line.replace(/[\s\u3000]+/g, ' '));
    this.open = null;
  }

  private readPlainHeading(line: string): boolean {
    if (this.annex) return false;
    const heading = plainHeading(line);
    if (heading && this.follows(heading)) this.pending.push(heading);
    else if (!this.lengthenHeading(line)) return false;
    return true;
  }

  private follows({ unit, number }: PlainHeading): boolean {
    if (unit === '') return true;
    const last = this.pending.findLast((heading) => heading.unit === unit)?.number ?? this.lastOfUnit.get(unit) ?? 0;
    // one may be missing from the text, and a part of a law begins anywhere; else it is out of the blue
    if (!POINTS.has(unit)) return number === 1 || this.articles.length === 0 || (number > last && number <= last + 2);
    // points that follow on one another are a list in an article
    if (this.pending.some((heading) => heading.unit === unit)) {
      this.returnPending();
      return false;
    }
    const above = this.pending.at(-1)?.unit === '、';
    if (unit === '（') return above ? number === 1 : number > 1 && number === last + 1;
    // those that head articles begin before the first
    return number === last + 1 && (number > 1 || this.articles.length === 0);
  }

  /** A heading printed in two lines. */
  private lengthenHeading(line: string): boolean {
    const heading = this.pending.at(-1);
    if (!heading || heading.unit === '' || heading.lines.length > 1) return false;
    if (line.length > LONGEST_SECOND_LINE || /[。；：，！？|]/.test(line) || /^[（(“]/.test(line)) return false;
    this.pending[this.pending.length - 1] = { ...heading, lines: [...heading.lines, line], name: heading.name + together(line) };
    return true;
  }

  private setHeading(depth: number, name: string): void {
    this.headings.length = Math.max(depth - 1, 0);
    this.headings[depth - 2] = name;
  }

  private readArticleStart(line: string): boolean {
    const start = ARTICLE_START.exec(line) ?? this.tightStart(line);
    const article = start ? normaliseArticleNumber(start[1] ?? '') : null;
    if (!start || article === null) return false;
    const number = parseNumeral(/^第(.+?)条/.exec(article)?.[1] ?? '') ?? 0;
    if (this.annex && !this.leaveAnnex(number)) {
      this.annexHasArticles = true;
      return false;
    }
    // a second 第一条 after a whole law: what is appended without a name of its own
    if (number === 1 && this.seen.has(article) && this.last >= 3) {
      this.startAnnex('附录');
      this.annexHasArticles = true;
      return false;
    }
    for (const { depth, name, unit, number: count } of this.pending) {
      this.setHeading(depth, name);
      this.lastOfUnit.set(unit, count);
      if (unit === '、') this.lastOfUnit.delete('（');
    }
    this.pending = [];
    const rest = line.slice(start[0].length);
    const chapter = this.headings.filter((part) => part !== undefined).join(' ') || null;
    this.open = { article, chapter, paragraphs: rest === '' ? [] : [rest] };
    if (this.seen.has(article)) {
      this.repeated.push(article);
      return true;
    }
    this.seen.add(article);
    this.articles.push(this.open);
    this.last = Math.max(this.last, number);
    return true;
  }

  /** The next article where its number lost the space after it, and stands nowhere with one. */
  private tightStart(line: string): RegExpExecArray | null {
    const start = TIGHT_ARTICLE_START.exec(line);
    const article = start?.[1] ?? '';
    if (start === null || this.spaced.has(article)) return null;
    const number = parseNumeral(/^第(.+?)条/.exec(article)?.[1] ?? '') ?? 0;
    return number === this.last + 1 || (number === this.last && article.includes('之')) ? start : null;
  }

  /** An annex that the law's articles go on after was a table in its middle; one before any article was a mention. */
  private leaveAnnex(number: number): boolean {
    const before = this.articles.length === 0;
    if (!before && (this.annexHasArticles || number !== this.last + 1)) return false;
    if (before) {
      for (const { lines } of this.annexes.splice(0)) this.preamble.push(...lines);
    }
    this.annex = null;
    return true;
  }

  private readAnnexStart(line: string): boolean {
    if (this.articles.length === 0 && this.preamble.length === 0) return false;
    if (line.length > LONGEST_ANNEX_NAME || /[。；，]$/.test(line)) return false;
    const [matched, kind, number, title = ''] = ANNEX.exec(line) ?? [];
    if (matched === undefined || (kind === undefined && !/^附[\s\u3000]*[：:]/.test(line))) return false;
    const value = number === undefined ? null : parseNumeral(number);
    this.startAnnex(`附${kind ?? '件'}${value === null ? '' : toChineseNumeral(value)}`, line, title);
    return true;
  }

  private startAnnex(name: string, line = '', title = ''): void {
    this.returnPending();
    this.annex = { name, lines: line === '' || this.annexHasHeadings ? [] : [line], paragraphs: title === '' ? [] : [title] };
    this.annexHasArticles = false;
    this.annexes.push(this.annex);
  }

  private append(...lines: readonly string[]): void {
    this.returnPending();
    this.push(...lines);
  }

  /** What looked like headings stood in the middle of a text: they are its paragraphs. */
  private returnPending(): void {
    const lines = this.pending.flatMap((heading) => heading.lines);
    this.pending = [];
    this.push(...lines);
  }

  private push(...lines: readonly string[]): void {
    if (this.annex) {
      if (!this.annexHasHeadings) this.annex.lines.push(...lines);
      this.annex.paragraphs.push(...lines);
    } else (this.open?.paragraphs ?? this.preamble).push(...lines);
  }
}

/** What a line heads that no mark shows as a heading; null where it is none. */
function plainHeading(line: string): PlainHeading | null {
  const [, number = '', unit = '', name = ''] = HEADING.exec(line) ?? [];
  if (unit !== '') {
    const title = `第${number}${unit} ${together(name)}`.trim();
    return { lines: [line], depth: HEADING_DEPTHS[unit] ?? 4, name: title, unit, number: parseNumeral(number) ?? 0 };
  }
  if (NAMED_HEADING.test(line)) {
    const title = together(line);
    // 附则 stands beside the highest headings
    return { lines: [line], depth: title === '附则' ? 2 : 4, name: title, unit: '', number: 0 };
  }
  const [, point, below] = POINT_HEADING.exec(line) ?? [];
  const count = point ?? below;
  if (count === undefined) return null;
  const title = line.replace(/[\s\u3000]+/g, ' ');
  return { lines: [line], depth: point === undefined ? 3 : 2, name: title, unit: point === undefined ? '（' : '、', number: parseNumeral(count) ?? 0 };
}

/** 总　则 → 总则: letters set apart for looks. */
function together(name: string): string {
  return name.replace(/[\u200B-\u200D\u2060]/g, '').replace(/(?<=\p{Script=Han})[\s\u3000]+(?=\p{Script=Han}(?:[\s\u3000]|$))/gu, '').replace(/[\s\u3000]+/g, ' ');
}

function whole(paragraphs: string[]): Draft {
  return { article: '全文', chapter: null, paragraphs };
}

/**
 * The provisions of a document with its annexes as provisions of their own. Annexes of one name (a list of annexes, then
 * each of them) are one provision; those without text are none.
 */
export function withAnnexes(body: OfficialBody): OfficialProvision[] {
  const byName = new Map<string, string[]>();
  for (const { name, paragraphs } of body.annexes) byName.set(name, [...(byName.get(name) ?? []), ...paragraphs]);
  const annexes = [...byName].filter(([, paragraphs]) => paragraphs.length > 0);
  return [...body.provisions, ...annexes.map(([article, paragraphs]) => ({ article, chapter: null, text: paragraphs.join('\n') }))];
}
