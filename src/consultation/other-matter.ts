import type { AnswerTopic, ClarifyingQuestion } from '../domain/answer.js';
import type { TriageRules } from '../knowledge/triage-rules.js';

/** Where people go over to another thing. */
const PARTS = /[。！？!?；;\n]|(?:[，,、]\s*)?(?:还有|另外|再就是|再一个|还想问|顺便|对了|第二)/;

/** What a thing is called that was asked beside the one answered. A burn at work and its wages are one story: one name for both. */
const BESIDE = {
  labour: '上班、工资、受伤',
  land: '房子、土地征收',
} as const;

/** So much is offered to be sent by one tap. */
const MOST_TAPPED = 40;

/** A question in which two things are asked. */
export interface TwoMatters {
  /** The question without what is asked of the other thing. */
  readonly own: string;
  /** Put at the end of the answer, so that nobody takes it for the whole: the person's own words of the other thing are offered. */
  readonly ask: ClarifyingQuestion;
}

/**
 * A question of which a part speaks of land alone, and another part of work alone; null where there is one thing only.
 * @param topic the one to be answered
 */
export function twoMattersIn(question: string, topic: AnswerTopic, rules: TriageRules): TwoMatters | null {
  if (topic === 'services') return null;
  const parts = question
    .split(PARTS)
    .map((part) => part.trim().replace(/^[，,、]+|[，,、]+$/g, ''))
    .filter((part) => part !== '');
  if (parts.length < 2) return null;
  const own = topic === 'expropriation' ? 'land' : 'labour';
  const other = own === 'land' ? 'labour' : 'land';
  const isOther = (part: string): boolean => wordsIn(part, rules)[other] && !wordsIn(part, rules)[own];
  const kept = parts.filter((part) => !isOther(part));
  // what is to be answered has a part of its own: else the other words only belong to its story
  if (kept.length === parts.length || !kept.some((part) => wordsIn(part, rules)[own])) return null;
  // folded characters are written again as people write them
  const left = parts.filter(isOther).join('，').replaceAll(',', '，');
  const tapped = Array.from(left).length <= MOST_TAPPED;
  return {
    own: kept.join('。'),
    ask: {
      id: 'other-matter',
      text: `你还说到${BESIDE[other]}方面的事，这次没有答。${tapped ? '要接着问吗？' : '请单独再发一条，我接着答。'}`,
      options: tapped ? [left] : [],
    },
  };
}

const wordsIn = (part: string, { topics }: TriageRules) => ({
  labour: topics.injury.strong.any(part) || topics.wages.strong.any(part),
  land: topics.expropriation.strong.any(part),
});
