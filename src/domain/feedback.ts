import type { Answer } from './answer.js';

/** What a person says of an answer that was given to them. */
export const VERDICTS = ['useful', 'useless'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const VERDICT_NAMES: Readonly<Record<Verdict, string>> = { useful: '有用', useless: '没用' };

/** Why an answer was of no use. */
export const FEEDBACK_REASONS = ['off-topic', 'unclear', 'wrong', 'too-long', 'no-next-step', 'other'] as const;
export type FeedbackReason = (typeof FEEDBACK_REASONS)[number];

export const FEEDBACK_REASON_NAMES: Readonly<Record<FeedbackReason, string>> = {
  'off-topic': '答非所问',
  unclear: '看不懂',
  wrong: '说得不对',
  'too-long': '太长了',
  'no-next-step': '没说怎么办',
  other: '其他',
};

/** Longest remark, in characters. */
export const FEEDBACK_TEXT_LENGTH = 300;

/** One rating; a message has at most one, the last counts. */
export interface Rating {
  readonly messageId: number;
  readonly verdict: Verdict;
  /** Empty for 有用, and for 没用 until the person says why. */
  readonly reasons: readonly FeedbackReason[];
  /** Personal data masked; empty where nothing was written. */
  readonly text: string;
}

/** GET /api/chat/feedback, and for the desk GET /api/desk/tickets/:number/feedback. */
export interface RatingsView {
  readonly ratings: readonly Rating[];
}

/**
 * Whether an answer settles something, so that it can be useful or not: questions back, hand-overs and small talk
 * (你好, 不客气) do not.
 */
export function canBeRated(answer: Answer): boolean {
  return answer.kind === 'cited' || (answer.kind === 'service' && answer.service !== 'chat');
}

/** The verdict that a message consists of ("有用", "没用。", "【没用】"), for channels without buttons; null: it says something else. */
export function verdictIn(text: string): Verdict | null {
  const word = text.normalize('NFKC').replace(/[^\p{Script=Han}]/gu, '');
  if (word.length !== text.normalize('NFKC').replace(/[\s\p{P}\p{S}]/gu, '').length) return null;
  return VERDICTS.find((verdict) => VERDICT_NAMES[verdict] === word) ?? null;
}
