import type { Answer, AnswerGuide, Citation, CitedAnswer, ClarifyingQuestion, ServiceAnswer } from './answer.js';

/** How much of an answer is told: all of it, what fits a chat, what fits a group. */
export type AnswerForm = 'full' | 'chat' | 'group';

/** Characters before "展开" in the short forms. */
export const FORM_LENGTH: Readonly<Record<Exclude<AnswerForm, 'full'>, number>> = { chat: 600, group: 300 };

/** What a person says to see all of the last answer. */
export const SHOW_MORE = '展开';

/** Lines of the parts asked for, with their titles, that a short form leads with. */
const MOST_ASKED = 4;

const MORE = `回复“${SHOW_MORE}”看全部内容，回复“找律师”转真人。`;

/**
 * An answer as plain text. The full form is what verification and evaluation read; the short forms keep whole sentences, the
 * most important first, and say how to see the rest.
 * @param taken characters of a short form's room that something else takes
 */
export function answerText(answer: Answer, form: AnswerForm = 'full', taken = 0): string {
  const full = [...fullParts(answer), answer.notice].filter((part) => part !== '').join('\n');
  if (form === 'full') return full;
  const limit = FORM_LENGTH[form] - taken;
  return length(full) <= limit ? full : shortened(answer, limit);
}

function fullParts(answer: Answer): string[] {
  switch (answer.kind) {
    case 'cited':
      return citedParts(answer);
    case 'clarify':
      return [answer.text, ...answer.questions.map(withOptions)];
    case 'handoff':
      return [answer.text];
    case 'service':
      return [
        answer.headline,
        ...sectionLines(answer.sections),
        ...numbered(answer.steps),
        ...under('依据：', answer.citations.map(cited)),
      ];
  }
}

function citedParts(answer: CitedAnswer): string[] {
  const parts = [
    answer.headline,
    ...sectionLines(askedFor(answer)),
    ...answer.points,
    ...(answer.calculation === null ? [] : under('按你说的算一算：', [answer.calculation.headline, ...answer.calculation.lines])),
    ...under('接下来怎么做：', numbered(answer.steps)),
    ...under('期限：', answer.deadlines),
    ...under('留好证据：', answer.evidence.length === 0 ? [] : [`${answer.evidence.join('；')}。`]),
    ...under('还要知道：', answer.further),
    ...answer.caveats,
    ...(answer.ask === null ? [] : [withOptions(answer.ask)]),
  ];
  const shown = parts.join('\n');
  // the sources of what is folded away stay folded away
  const further = answer.furtherCitations.filter(({ law, article }) => shown.includes(`${law}${article}`));
  return [
    ...parts,
    ...under('依据：', answer.citations.map(cited)),
    ...under(
      '办事和期限的依据：',
      further.map((citation) => `${nameOf(citation)}：${citation.plain}`),
    ),
  ];
}

const withOptions = ({ text, options }: ClarifyingQuestion): string => (options.length === 0 ? text : `${text}（${options.join(' / ')}）`);

/** Parts of the procedure that the question itself asks for. */
const askedFor = ({ guide }: CitedAnswer): AnswerGuide['sections'] => guide?.sections.filter(({ asked }) => asked) ?? [];

const sectionLines = (sections: ServiceAnswer['sections']): string[] => sections.flatMap(({ title, lines }) => under(`${title}：`, lines));

const under = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : [title, ...lines]);

const numbered = (steps: readonly string[]): string[] => steps.map((step, index) => `${'①②③④⑤⑥⑦⑧⑨'[index] ?? '·'}${step}`);

function cited(citation: Citation): string {
  const { plain, rule, official } = citation;
  const body = rule === '' ? (plain === '' ? (official ?? '') : '') : rule;
  return [`${nameOf(citation)}：${plain}`, body].filter((part) => part !== '').join('\n');
}

const nameOf = ({ law, article, verified }: Citation): string => `《${law}》${article}${verified ? '' : '（待核实）'}`;

/** Parts in the order in which they are given up last; whole ones only, after the first. */
function shortened(answer: Answer, limit: number): string {
  const [first, ...rest] = shortParts(answer);
  const end = [basisLine(answer), MORE, answer.notice].filter((part) => part !== '');
  let left = limit - length(end.join('\n')) - 1;
  const kept: { readonly text: string; readonly place: number }[] = [{ text: clip(first?.text ?? '', left), place: 0 }];
  left -= length(kept[0]?.text ?? '') + 1;
  for (const part of rest) {
    if (length(part.text) + 1 > left) continue;
    kept.push(part);
    left -= length(part.text) + 1;
  }
  const told = kept.sort((a, b) => a.place - b.place).map(({ text }) => text);
  return [...told, ...end].join('\n');
}

/** Parts by importance, each with its place in the text. */
function shortParts(answer: Answer): { text: string; place: number }[] {
  if (answer.kind === 'cited') {
    const steps = numbered(answer.steps);
    return [
      { text: answer.headline, place: 0 },
      ...(answer.ask === null ? [] : [{ text: withOptions(answer.ask), place: 500 }]),
      ...sectionLines(askedFor(answer))
        .slice(0, MOST_ASKED)
        .map((text, at) => ({ text, place: 1 + at / 10 })),
      ...answer.deadlines.slice(0, 1).map((text) => ({ text: `期限：${text}`, place: 300 })),
      ...(answer.calculation === null ? [] : [{ text: answer.calculation.headline, place: 5 }]),
      ...answer.points.slice(0, 2).map((text, at) => ({ text, place: 10 + at })),
      ...steps.map((text, at) => ({ text, place: 100 + at })),
      ...answer.points.slice(2).map((text, at) => ({ text, place: 20 + at })),
      ...answer.caveats.map((text, at) => ({ text, place: 400 + at })),
    ];
  }
  const [first = '', ...rest] = fullParts(answer.kind === 'service' ? { ...answer, citations: [] } : answer);
  return [first, ...rest].map((text, place) => ({ text, place }));
}

function basisLine(answer: Answer): string {
  if (answer.kind !== 'cited' && answer.kind !== 'service') return '';
  return answer.citations.length === 0 ? '' : `依据：${answer.citations.slice(0, 4).map(nameOf).join('、')}`;
}

const length = (text: string): number => Array.from(text).length;

function clip(text: string, most: number): string {
  const chars = Array.from(text);
  return chars.length <= most ? text : `${chars.slice(0, Math.max(0, most - 1)).join('')}…`;
}
