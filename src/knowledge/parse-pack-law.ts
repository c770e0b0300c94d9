import { parseDocument } from 'yaml';
import { z } from 'zod';
import { CHINESE_NUMERAL_CHARS, normaliseArticleNumber } from '../domain/chinese-numerals.js';
import { BaimiError } from '../domain/errors.js';
import { LAW_LEVELS, LAW_STATUSES, REGIONS, TOPICS, type Law, type LawTopic } from '../domain/law.js';

/** One provision of a pack file: our own words for it, and the ways people ask for it. */
export interface Gist {
  readonly article: string;
  readonly chapter: string | null;
  /** One plain sentence that is true on its own; may open an answer. */
  readonly plain: string;
  /** The exact rule, paragraphs joined by newlines; empty where `plain` says it all. */
  readonly rule: string;
  readonly questions: readonly string[];
  readonly repealed: boolean;
  /** Where a statement known only at second hand was read. */
  readonly source: string | null;
  /** What other sources say instead, where those at second hand disagree: such a statement is never shown. */
  readonly conflict: string | null;
  /** Line of the section's heading in its file, from 1. */
  readonly line: number;
}

/** One law of the pack as its file states it. */
export interface PackLaw {
  readonly file: string;
  readonly law: Law;
  readonly topic: LawTopic;
  readonly source: string;
  readonly basis: 'official' | 'secondary';
  readonly verified: boolean;
  readonly checkedAgainst: string | null;
  readonly review: string;
  readonly gists: readonly Gist[];
}

const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '要写成 2011-01-01 这样的日期');

const frontMatter = z
  .strictObject({
    title: z.string().min(2),
    aliases: z.array(z.string().min(2)).default([]),
    issuer: z.string().nullable(),
    number: z.string().nullable(),
    level: z.enum(LAW_LEVELS).nullable(),
    published: isoDay.nullable(),
    inForceFrom: isoDay.nullable(),
    status: z.enum(LAW_STATUSES),
    region: z.enum(REGIONS),
    topic: z.enum(TOPICS),
    source: z.string().min(2),
    basis: z.enum(['official', 'secondary']),
    verified: z.boolean(),
    checkedAgainst: isoDay.nullable(),
    review: z.string().min(2),
  })
  .refine((value) => value.basis === 'official' || !value.verified, {
    path: ['verified'],
    message: '只见过转述（basis: secondary）的文件不能写 verified: true',
  })
  .refine((value) => value.basis === 'secondary' || value.checkedAgainst !== null, {
    path: ['checkedAgainst'],
    message: '对照原文写的文件要写明对照的是哪一天公布的文本',
  });

const ARTICLE_HEADING = new RegExp(`^第[${CHINESE_NUMERAL_CHARS}]+条(?:之[${CHINESE_NUMERAL_CHARS}]+)?$`);
const UNKNOWN_ARTICLE = '条号待核实：';
const REPEALED = '（已废止）';

/**
 * Reads one law file of the pack. Strict: what the format does not know is an error, never passed over.
 * @param file name used in messages
 * @throws BaimiError `bad-knowledge`, with file, line, what is wrong and what to do
 */
export function parsePackLaw(file: string, text: string): PackLaw {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const fail = (line: number, wrong: string, remedy: string): never => {
    throw new BaimiError('bad-knowledge', `${file}:${String(line)}: ${wrong}。怎么改：${remedy}`);
  };
  if (lines[0] !== '---') fail(1, '文件开头没有 ---', '第一行写 ---，接着写 title、issuer 等栏目，再用 --- 结束');
  const end = lines.indexOf('---', 1);
  if (end === -1) fail(1, '文件头没有结束', '在栏目后面另起一行写 ---');

  const document = parseDocument(lines.slice(1, end).join('\n'), { uniqueKeys: true });
  const broken = document.errors[0];
  if (broken) fail(1 + (broken.linePos?.[0].line ?? 1), '文件头不是正确的 YAML', '每行写成“栏目: 内容”，内容里有冒号时加引号');
  const header = frontMatter.safeParse(document.toJS() ?? {});
  if (!header.success) {
    const issue = header.error.issues[0];
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const field = unknown ?? issue?.path.join('.') ?? '';
    const top = unknown ?? String(issue?.path[0] ?? '');
    const line = lines.findIndex((candidate, index) => index > 0 && index < end && candidate.startsWith(`${top}:`));
    fail(
      line === -1 ? 1 : line + 1,
      unknown === undefined ? `文件头的“${field}”不对：${issue?.message ?? ''}` : `文件头有不认识的栏目“${unknown}”`,
      '照 knowledge/README.md 的样子填写',
    );
  }
  const meta = header.data as z.infer<typeof frontMatter>;

  const gists: Gist[] = [];
  const seen = new Map<string, number>();
  let chapter: string | null = null;
  let open: (Pick<Gist, 'article' | 'repealed' | 'line'> & { paragraphs: string[]; questions: string[]; source: string | null; conflict: string | null }) | null =
    null;

  const close = (): void => {
    if (!open) return;
    const [plain, ...rest] = open.paragraphs;
    if (plain === undefined) {
      fail(open.line, `${open.article}没有内容`, '在标题下面先写一句大白话，再写准确的规则');
      return;
    }
    if (open.questions.length === 0 && !open.repealed) fail(open.line, `${open.article}没有“- 问：”`, '至少写两个普通人会问的问题');
    if (open.article.startsWith(UNKNOWN_ARTICLE) && open.source === null) {
      fail(open.line, '条号待核实的规则没有写来源', '在标题下面写一行“- 来源：报刊名 日期”');
    }
    gists.push({
      article: open.article,
      chapter,
      plain,
      rule: rest.join('\n'),
      questions: open.questions,
      repealed: open.repealed,
      source: open.source,
      conflict: open.conflict,
      line: open.line,
    });
    open = null;
  };

  for (let index = end + 1; index < lines.length; index++) {
    const line = (lines[index] ?? '').trimEnd();
    const number = index + 1;
    if (line.trim() === '') continue;
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (heading) {
      close();
      const title = (heading[2] ?? '').trim();
      if (heading[1] === '#') {
        chapter = title;
        continue;
      }
      if (heading[1] !== '##') fail(number, `不认识的标题“${title}”`, '章用一个 #，条用两个 ##');
      const repealed = title.endsWith(REPEALED);
      const article = repealed ? title.slice(0, -REPEALED.length) : title;
      if (article.startsWith(UNKNOWN_ARTICLE)) {
        if (meta.basis !== 'secondary') fail(number, '对照原文写的文件不能有“条号待核实”', '查到条号再写，或者把文件标为 basis: secondary');
      } else if (!ARTICLE_HEADING.test(article) || normaliseArticleNumber(article) !== article) {
        fail(number, `“${title}”不是条号`, '写成“## 第十四条”，用汉字数字');
      }
      const earlier = seen.get(article);
      if (earlier !== undefined) fail(number, `${article}写了两遍（上一次在第 ${String(earlier)} 行）`, '合并成一节');
      seen.set(article, number);
      open = { article, repealed, line: number, paragraphs: [], questions: [], source: null, conflict: null };
      continue;
    }
    if (!open) return fail(number, '条文内容写在了任何一条的标题之前', '先写“## 第几条”，再写内容');
    const item = /^-\s*(问|来源|冲突)：\s*(.*)$/.exec(line);
    if (item) {
      const value = (item[2] ?? '').trim();
      if (value === '') fail(number, `“- ${item[1] ?? ''}：”后面是空的`, '补上内容或者删掉这一行');
      if (item[1] === '问') open.questions.push(value);
      else if (item[1] === '来源') open.source = value;
      else if (meta.basis === 'secondary') open.conflict = value;
      else fail(number, '对照原文写的规则不会有“- 冲突：”', '以原文为准，删掉这一行');
      continue;
    }
    if (/^[-*]\s/.test(line)) fail(number, '只认识“- 问：”“- 来源：”和“- 冲突：”三种列表行', '规则写成段落，列举用（一）（二）');
    if (open.questions.length > 0) fail(number, '规则写在了“- 问：”的后面', '把规则移到问题前面');
    open.paragraphs.push(line.trim());
  }
  close();
  if (gists.length === 0) fail(lines.length, '文件里一条规则也没有', '至少写一节“## 第几条”');

  return {
    file,
    law: {
      title: meta.title,
      aliases: meta.aliases,
      issuer: meta.issuer,
      number: meta.number,
      level: meta.level,
      published: meta.published,
      inForceFrom: meta.inForceFrom,
      status: meta.status,
      region: meta.region,
    },
    topic: meta.topic,
    source: meta.source,
    basis: meta.basis,
    verified: meta.verified,
    checkedAgainst: meta.checkedAgainst,
    review: meta.review,
    gists,
  };
}
