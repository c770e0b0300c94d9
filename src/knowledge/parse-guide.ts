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
}

/**
 * Reads a guide: front matter, one opening paragraph, then numbered steps, each ending with what it rests on in
 * brackets: `1. 30日内向……申请。〔工伤保险条例 第十七条；社会保险法 第三十六条〕`.
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
  const steps: GuideStep[] = [];
  let lead = '';
  for (let index = body; index < lines.length; index++) {
    const line = (lines[index] ?? '').trim();
    if (line === '') continue;
    const step = /^\d+\.\s+(.*?)(?:〔([^〕]+)〕)?$/.exec(line);
    if (step) {
      if (/[〔〕]/.test(step[1] ?? '')) fail(index + 1, '依据的括号〔〕没有成对，或者后面还有字', '把依据写在这一步的最后：〔法律名称 第几条〕');
      steps.push({
        text: step[1] ?? '',
        cites: (step[2] ?? '').split('；').filter((part) => part !== '').map((part) => ref(index + 1, part)),
      });
    } else if (steps.length === 0 && lead === '') lead = line;
    else fail(index + 1, '看不懂这一行', '先写一段开头的话，后面全写成“1. 步骤〔法律名称 第几条〕”');
  }
  if (lead === '' || steps.length === 0) fail(body, '缺开头的话或者步骤', '两样都要有');
  return {
    file,
    title: meta.title,
    topic: meta.topic,
    service: meta.service,
    when: compilePhrases(`${file}: when`, meta.when),
    after: meta.after.map((written) => ref(lines.findIndex((line) => line.startsWith('after:')) + 1, written)),
    lead,
    steps,
  };
}
