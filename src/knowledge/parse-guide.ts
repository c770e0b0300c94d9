import { z } from 'zod';
import { normaliseArticleNumber } from '../domain/chinese-numerals.js';
import type { ProvisionRef } from '../domain/law.js';
import { compilePhrases, type Phrases } from './phrases.js';
import { openPackFile } from './front-matter.js';
import { SERVICES, type ServiceName } from './triage-rules.js';

const header = z.strictObject({
  title: z.string().min(2),
  topic: z.enum(['expropriation', 'injury', 'wages', 'services']),
  service: z.enum(SERVICES).nullable(),
  /** Words of a question that call for this guide. */
  when: z.array(z.string().min(1)),
  /** Provisions whose citation in an answer calls for this guide: "工伤保险条例 第十七条". */
  after: z.array(z.string()),
});

export interface GuideStep {
  readonly text: string;
  /** What the step rests on; empty for advice that states no law. */
  readonly cites: readonly ProvisionRef[];
}

/** Titles of the sections that may follow the steps, in the order in which they stand. */
export const GUIDE_SECTIONS = ['到哪里办', '带什么', '期限', '费用', '对方会怎么说'] as const;
/** The section whose lines answer what the other side says: `“对方的话”——怎么回。〔依据〕`. */
const REPLIES: GuideSection['title'] = '对方会怎么说';

export interface GuideSection {
  readonly title: (typeof GUIDE_SECTIONS)[number];
  readonly statements: readonly GuideStep[];
}

/** A procedure that matters share (`knowledge/guides/<topic>/*.md`). */
export interface Guide {
  readonly file: string;
  readonly title: string;
  readonly topic: z.infer<typeof header>['topic'];
  readonly service: ServiceName | null;
  readonly when: Phrases;
  readonly after: readonly ProvisionRef[];
  /** Opening sentence. */
  readonly lead: string;
  readonly steps: readonly GuideStep[];
  readonly sections: readonly GuideSection[];
}

/**
 * Reads a guide: front matter, one opening paragraph, then numbered steps, each ending with what it rests on in
 * brackets: `1. 30日内向……申请。〔工伤保险条例 第十七条；社会保险法 第三十六条〕`; then, where there is more to say,
 * sections of `- ` lines under the titles of `GUIDE_SECTIONS`.
 * @throws BaimiError `bad-knowledge` with file, line, what is wrong and what to do
 */
export function parseGuide(file: string, text: string): Guide {
  const { meta, lines, body, fail } = openPackFile(file, text, header);
  const ref = (line: number, written: string): ProvisionRef => {
    const [law = '', article = ''] = written.trim().split(/\s+/);
    const number = normaliseArticleNumber(article);
    if (number === null) return fail(line, `“${written}”不是“法律名称 第几条”`, '写成“工伤保险条例 第十七条”');
    return { law, article: number };
  };
  const statement = (line: number, written: string): GuideStep => {
    const [, said = '', sources = ''] = /^(.+?)(?:〔([^〔〕]+)〕)?$/.exec(written) ?? [];
    if (/[〔〕]/.test(said)) fail(line, '依据的括号〔〕没有成对，或者后面还有字', '把依据写在这一行的最后：〔法律名称 第几条〕');
    return { text: said, cites: sources.split('；').filter((part) => part !== '').map((part) => ref(line, part)) };
  };
  const steps: GuideStep[] = [];
  const sections: (GuideSection & { readonly statements: GuideStep[]; readonly line: number })[] = [];
  const openSection = (line: number, written: string): void => {
    const title = GUIDE_SECTIONS.find((candidate) => candidate === written);
    if (title === undefined) return fail(line, `不认识的小节“${written}”`, `小节只有：${GUIDE_SECTIONS.join('、')}`);
    if (sections.some((section) => section.title === title)) fail(line, `小节“${title}”写了两遍`, '合成一节');
    const last = sections.at(-1);
    if (last && GUIDE_SECTIONS.indexOf(title) < GUIDE_SECTIONS.indexOf(last.title)) {
      fail(line, `小节“${title}”的次序不对`, `按这个次序写：${GUIDE_SECTIONS.join('、')}`);
    }
    sections.push({ title, statements: [], line });
  };
  let lead = '';
  for (let index = body; index < lines.length; index++) {
    const line = (lines[index] ?? '').trim();
    const number = index + 1;
    if (line === '') continue;
    const section = sections.at(-1);
    const heading = /^##\s+(.+)$/.exec(line)?.[1];
    const step = /^\d+\.\s+(.+)$/.exec(line)?.[1];
    const item = /^-\s+(.+)$/.exec(line)?.[1];
    if (heading !== undefined && steps.length > 0) openSection(number, heading);
    else if (section) {
      if (item === undefined) return fail(number, '看不懂这一行', `小节“${section.title}”里每行写成“- 一句话。〔法律名称 第几条〕”`);
      const said = statement(number, item);
      if (section.title === REPLIES && (!/^“[^“”]+”——./.test(said.text) || said.cites.length === 0)) {
        fail(number, `“${REPLIES}”的写法不对`, '写成“- “对方的话”——怎么回。〔法律名称 第几条〕”，依据不能少');
      }
      section.statements.push(said);
    } else if (step !== undefined) steps.push(statement(number, step));
    else if (steps.length === 0 && lead === '' && heading === undefined && item === undefined) lead = line;
    else fail(number, '看不懂这一行', '先写一段开头的话，后面全写成“1. 步骤〔法律名称 第几条〕”，再写“## 小节”');
  }
  if (lead === '' || steps.length === 0) fail(body, '缺开头的话或者步骤', '两样都要有');
  const empty = sections.find(({ statements }) => statements.length === 0);
  if (empty) fail(empty.line, `小节“${empty.title}”是空的`, '写上“- ”开头的内容，或者删掉这个标题');
  return {
    file,
    title: meta.title,
    topic: meta.topic,
    service: meta.service,
    when: compilePhrases(`${file}: when`, meta.when),
    after: meta.after.map((written) => ref(lines.findIndex((line) => line.startsWith('after:')) + 1, written)),
    lead,
    steps,
    sections: sections.map(({ title, statements }) => ({ title, statements })),
  };
}
