import { z } from 'zod';
import { normaliseArticleNumber } from '../domain/chinese-numerals.js';
import type { ProvisionRef } from '../domain/law.js';
import { openPackFile } from './front-matter.js';
import { compilePhrases, type Phrases } from './phrases.js';

const header = z.strictObject({
  title: z.string().min(4),
  topic: z.enum(['expropriation', 'injury', 'wages', 'services']),
  asks: z.array(z.string().min(2)).min(10, '至少写十种问法'),
  facts: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][a-z-]*$/),
        ask: z.string().min(4),
        label: z.string().min(2),
        options: z.array(z.string().min(1)).min(2).max(6),
        /** Option → words or /patterns/ of a question that settle it. */
        says: z.record(z.string(), z.array(z.string().min(2)).min(1)).default({}),
      }),
    )
    .default([]),
  /** Fact → values of the person's facts that the matter is for. */
  fits: z.record(z.string(), z.array(z.union([z.string(), z.number(), z.boolean()])).min(1)).default({}),
  cites: z.array(z.strictObject({ law: z.string().min(2), article: z.string(), for: z.string().min(2) })).min(1),
  calculator: z.string().nullable(),
  human: z.string().nullable(),
});

/** A sentence or step with the provisions it rests on; none for advice that states no law. */
export interface CitedText {
  readonly text: string;
  readonly cites: readonly ProvisionRef[];
  /** Line in the file, from 1. */
  readonly line: number;
}

export interface MatterCitation extends ProvisionRef {
  /** What the provision is cited for. */
  readonly reason: string;
}

/** A fact that decides a matter, with its question back. */
export interface MatterFact {
  readonly id: string;
  readonly ask: string;
  readonly label: string;
  readonly options: readonly string[];
  /** Words of a question that settle an option. */
  readonly says: ReadonlyMap<string, Phrases>;
}

/** One thing that people come with (`knowledge/matters/<topic>/*.md`). */
export interface Matter {
  readonly file: string;
  readonly title: string;
  readonly topic: z.infer<typeof header>['topic'];
  readonly asks: readonly string[];
  readonly facts: readonly MatterFact[];
  /** What the person's facts are where the matter is the right one, by the fact's name. */
  readonly fits: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  readonly cites: readonly MatterCitation[];
  readonly calculator: string | null;
  /** When a human is needed. */
  readonly human: string | null;
  readonly answer: readonly CitedText[];
  /** Answers for a fact's option, by `id=option`. */
  readonly cases: ReadonlyMap<string, readonly CitedText[]>;
  readonly today: readonly CitedText[];
  readonly evidence: readonly CitedText[];
  readonly deadlines: readonly CitedText[];
  readonly mistakes: readonly CitedText[];
}

const SECTIONS = { 回答: 'answer', 今天就做: 'today', 证据: 'evidence', 期限: 'deadlines', 误区: 'mistakes' } as const;

/**
 * Reads a matter. Each line of a section is one statement; its source stands at the end in 〔法律名称 第几条；…〕.
 * @throws BaimiError `bad-knowledge` with file, line, what is wrong and what to do
 */
export function parseMatter(file: string, text: string): Matter {
  const { meta, lines, body, fail } = openPackFile(file, text, header);

  const ref = (law: string, article: string, line: number): ProvisionRef => {
    const number = normaliseArticleNumber(article);
    return number === null ? fail(line, `“${law} ${article}”不是“法律名称 第几条”`, '写成“工伤保险条例 第十七条”') : { law, article: number };
  };
  const cited = (written: string, line: number): CitedText[] => {
    // one line may hold several sentences, each with its own bracket
    const parts = [...written.matchAll(/([^〔〕]+)(?:〔([^〔〕]+)〕[。；]?)?/g)];
    if (parts.map((part) => part[0]).join('') !== written) fail(line, '依据的括号〔〕没有成对', '写成：一句话。〔法律名称 第几条；法律名称 第几条〕');
    return parts
      .filter((part) => (part[1] ?? '').trim() !== '')
      .map((part) => ({
        text: (part[1] ?? '').trim(),
        line,
        cites: (part[2] ?? '')
          .split('；')
          .filter((one) => one.trim() !== '')
          .map((one) => {
            const [law = '', article = ''] = one.trim().split(/\s+/);
            return ref(law, article, line);
          }),
      }));
  };

  const sections = { answer: [], today: [], evidence: [], deadlines: [], mistakes: [] } as Record<(typeof SECTIONS)[keyof typeof SECTIONS], CitedText[]>;
  const cases = new Map<string, CitedText[]>();
  let open: CitedText[] | null = null;
  for (let index = body; index < lines.length; index++) {
    const line = (lines[index] ?? '').trim();
    const number = index + 1;
    if (line === '') continue;
    const heading = /^##\s+(.*)$/.exec(line);
    if (heading) {
      const title = (heading[1] ?? '').trim();
      const section = (SECTIONS as Record<string, (typeof SECTIONS)[keyof typeof SECTIONS] | undefined>)[title];
      const situation = /^情况：([a-z-]+)=(.+)$/.exec(title);
      if (section) open = sections[section];
      else if (situation) {
        const fact = meta.facts.find((candidate) => candidate.id === situation[1]);
        if (!fact?.options.includes(situation[2] ?? '')) fail(number, `“${title}”对不上 facts 里的选项`, '照 facts 里的 id 和选项原样写');
        open = [];
        cases.set(`${situation[1] ?? ''}=${situation[2] ?? ''}`, open);
      } else fail(number, `不认识的小节“${title}”`, `小节只有：${Object.keys(SECTIONS).join('、')}、情况：id=选项`);
      continue;
    }
    if (!open) return fail(number, '内容写在了小节标题之前', '先写“## 回答”');
    open.push(...cited(line.replace(/^(?:\d+\.|-)\s+/, ''), number));
  }
  if (sections.answer.length === 0) fail(body, '没有“## 回答”', '至少写一句回答');
  if ((sections.answer[0]?.cites.length ?? 0) === 0) fail(sections.answer[0]?.line ?? 1, '回答的第一句没有依据', '句末写〔法律名称 第几条〕');
  return {
    file,
    title: meta.title,
    topic: meta.topic,
    asks: meta.asks,
    facts: meta.facts.map(({ says, ...fact }) => {
      const unknown = Object.keys(says).find((option) => !fact.options.includes(option));
      if (unknown !== undefined) fail(1, `facts 里 ${fact.id} 的 says 写了“${unknown}”，选项里没有`, '照选项原样写');
      return { ...fact, says: new Map(Object.entries(says).map(([option, words]) => [option, compilePhrases(`${file}: ${fact.id}`, words)])) };
    }),
    fits: meta.fits,
    cites: meta.cites.map((cite) => ({ ...ref(cite.law, cite.article, 1), reason: cite.for })),
    calculator: meta.calculator,
    human: meta.human,
    cases,
    ...sections,
  };
}
