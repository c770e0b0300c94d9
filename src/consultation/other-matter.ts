import type { AnswerTopic } from '../domain/answer.js';
import type { TriageRules } from '../knowledge/triage-rules.js';

/** Where people go over to another thing. */
const PARTS = /[。！？!?；;\n]|(?:[，,、]\s*)?(?:还有|另外|再就是|再一个|还想问|顺便|对了|第二)/;

/** What a thing is called that was asked beside the one answered. A burn at work and its wages are one story: one name for both. */
const BESIDE = {
  labour: '上班、工资、受伤',
  land: '房子、土地征收',
} as const;

/** A question in which two things are asked. */
export interface TwoMatters {
  /** The question without what is asked of the other thing. */
  readonly own: string;
  /** The other thing, in words for the person. */
  readonly other: string;
}

/**
 * A question of which a part speaks of land alone, and another part of work alone; null where there is one thing only.
 * @param topic the one to be answered
 */
export function twoMattersIn(question: string, topic: AnswerTopic, rules: TriageRules): TwoMatters | null {
  if (topic === 'services') return null;
  const parts = question.split(PARTS).filter((part) => part.trim() !== '');
  if (parts.length < 2) return null;
  const own = topic === 'expropriation' ? 'land' : 'labour';
  const other = own === 'land' ? 'labour' : 'land';
  const kept = parts.filter((part) => {
    const speaksOf = wordsIn(part, rules);
    return !speaksOf[other] || speaksOf[own];
  });
  // what is to be answered has a part of its own: else the other words only belong to its story
  if (kept.length === parts.length || !kept.some((part) => wordsIn(part, rules)[own])) return null;
  return { own: kept.map((part) => part.trim().replace(/^[，,、]|[，,、]$/g, '')).join('。'), other: BESIDE[other] };
}

const wordsIn = (part: string, { topics }: TriageRules) => ({
  labour: topics.injury.strong.any(part) || topics.wages.strong.any(part),
  land: topics.expropriation.strong.any(part),
});

/** Said with an answer, so that nobody takes it for the whole. */
export const otherMatterCaveat = (words: string): string => `这次只答了一件事。你还说到${words}方面的事，请单独再发一条，我接着答。`;
