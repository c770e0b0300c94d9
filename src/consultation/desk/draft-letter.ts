import type { Answer, Citation, CitedAnswer, ServiceAnswer } from '../../domain/answer.js';
import type { DraftView } from '../../domain/desk-views.js';
import type { ProvisionHit } from '../../domain/desk-views.js';
import { provisionKey } from '../../domain/law.js';
import type { Library } from '../../knowledge/library.js';

const READ_FIRST = '这是草稿，没有发出去。请逐句看过、改好再发。';
const QUESTION_LENGTH = 60;

/** An answer as a letter, with the provisions that it rests on; those that may no longer be cited are left out and told of. */
export function letterOf(answer: CitedAnswer | ServiceAnswer, by: DraftView['by'], library: Library, day: string): DraftView {
  const cited = [...answer.citations, ...(answer.kind === 'cited' ? answer.furtherCitations : [])];
  const { kept, dropped } = citable(cited, library, day);
  const paragraphs = answer.kind === 'cited' ? citedParagraphs(answer) : serviceParagraphs(answer);
  const named = kept.filter(
    ({ law, article }) =>
      paragraphs.join('\n').includes(`${law}${article}`) || answer.citations.some((one) => one.law === law && one.article === article),
  );
  return {
    text: ['您好。您问的事，答复如下：', ...paragraphs, ...(named.length === 0 ? [] : [`依据：${named.map(nameOf).join('、')}。`])].join(
      '\n',
    ),
    by,
    citations: named.map(({ law, article, plain, rule, official, verified }) => ({
      law,
      article,
      plain: plain !== '' ? plain : rule !== '' ? rule : (official ?? ''),
      verified,
    })),
    warnings: [
      READ_FIRST,
      ...dropped.map((name) => `${name}现在不能引用，草稿里提到的地方请改掉。`),
      ...(named.some(({ verified }) => !verified) ? ['带“待核实”的只见过转述，引用前请核对原文。'] : []),
      ...(answer.alsoHandoff === null ? [] : ['机器认为这件事还要请律师把关，请重点看。']),
      ...(answer.kind === 'cited' ? answer.caveats : []),
    ],
  };
}

/** Where the machine is not sure: what may be about the matter, to choose from. */
export function materialOf(
  question: string,
  matters: readonly { readonly title: string; readonly lines: readonly string[] }[],
  hits: readonly ProvisionHit[],
): DraftView {
  const asked = clip(question.replaceAll('\n', '，'), QUESTION_LENGTH);
  const found = matters.length > 0 || hits.length > 0;
  return {
    text: [
      `您好。您问的“${asked}”，答复如下：`,
      ...matters.flatMap(({ title, lines }) => [`〔可能相近的事项：${title}〕`, ...lines]),
      ...(hits.length === 0 ? [] : ['〔可能有关的条文〕', ...hits.map(({ insert }) => insert)]),
    ].join('\n'),
    by: 'rules',
    citations: hits.map(({ law, article, text, verified }) => ({ law, article, plain: text, verified })),
    warnings: [
      READ_FIRST,
      found
        ? '机器对这个问题没有把握。下面只是可能有关的材料，请您判断哪些用得上，用不上的删掉。'
        : '机器没有找到可靠的材料，请用条文检索自己查。',
    ],
  };
}

function citedParagraphs(answer: CitedAnswer): string[] {
  return [
    answer.headline,
    ...answer.points,
    ...(answer.calculation === null ? [] : ['按您说的情况算：', answer.calculation.headline, ...answer.calculation.lines]),
    ...section(
      '接下来可以这样做：',
      answer.steps.map((step, at) => `${String(at + 1)}. ${step}`),
    ),
    ...section('期限：', answer.deadlines),
    ...section('请留好：', answer.evidence),
  ].map(polite);
}

function serviceParagraphs(answer: ServiceAnswer): string[] {
  return [
    answer.headline,
    ...answer.steps.map((step, at) => `${String(at + 1)}. ${step}`),
    ...answer.sections.flatMap(({ title, lines }) => section(`${title}：`, lines)),
  ].map(polite);
}

const section = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : [title, ...lines]);

/** A lawyer's letter says 您. */
const polite = (text: string): string => text.replace(/你们?/g, '您');

const nameOf = ({ law, article, verified }: Citation): string => `《${law}》${article}${verified ? '' : '（待核实）'}`;

function citable(cited: readonly Citation[], library: Library, day: string): { kept: Citation[]; dropped: string[] } {
  const kept = new Map<string, Citation>();
  const dropped: string[] = [];
  for (const citation of cited) {
    const key = provisionKey(citation);
    const provision = library.byKey.get(key);
    const standing = provision ? library.standing(provision, day) : null;
    if (standing === 'citable' || (standing === 'unverified' && !citation.verified)) kept.set(key, citation);
    else dropped.push(nameOf(citation));
  }
  return { kept: [...kept.values()], dropped };
}

function clip(text: string, most: number): string {
  const chars = Array.from(text);
  return chars.length <= most ? text : `${chars.slice(0, most - 1).join('')}…`;
}

/** Whether an answer says something that can be sent on. */
export function isAnswered(answer: Answer): answer is CitedAnswer | ServiceAnswer {
  return answer.kind === 'cited' || (answer.kind === 'service' && answer.service !== 'chat');
}
