import type { ChannelName } from '../domain/message.js';
import type { ConsultationState, PendingMessage } from './ports.js';

/** How long a channel waits for the rest of what a person is writing in several short messages, in milliseconds. */
export type Settling = Readonly<Record<ChannelName, number>>;

export const SETTLE_MS: Settling = {
  web: 700,
  telegram: 1000,
  'wechat-group': 1200,
  // the passive reply has to leave within five seconds
  'official-account': 700,
  phone: 0,
};
/** Longer than this nobody is kept waiting, however many messages come. */
const MOST_WAIT_MS = 2500;
/** A message longer than this says something by itself. */
const FRAGMENT_LENGTH = 14;
/** Messages further apart than this do not belong together. */
const BELONGS_WITHIN_MS = 8000;
const MOST_TOGETHER = 8;

/** Ends a sentence, puts a question, or says something whole in a word. */
const WHOLE =
  /[？?。！!~～]\s*$|(?:吗|么|呢)\s*$|怎么|咋|如何|多少|多久|哪里|哪个|能不能|算不算|是不是|要不要|可不可以|会不会|该不该|行不行|要得不|合不合|有没有|找律师|人工|谢|你好|您好|在吗|帮我算|展开/;

/** Whether a message looks like a piece of something longer: "我在工地上", "昨天摔了". */
function isFragment(message: PendingMessage): boolean {
  const { content } = message;
  return content.type === 'text' && Array.from(content.text.trim()).length <= FRAGMENT_LENGTH && !WHOLE.test(content.text);
}

/**
 * The messages at the head of the queue that are one turn: pieces, and what completes them.
 * @param waiting unanswered messages of one conversation, oldest first; at least one
 */
export function oneTurnOf(waiting: readonly PendingMessage[]): PendingMessage[] {
  const run: PendingMessage[] = [];
  for (const message of waiting) {
    const before = run.at(-1);
    if (before && (!isFragment(before) || message.content.type !== 'text' || message.at - before.at > BELONGS_WITHIN_MS)) break;
    run.push(message);
    if (run.length === MOST_TOGETHER) break;
  }
  return run;
}

/**
 * How long to wait, in milliseconds, before the head of the queue is answered: not at all where it is complete, where a
 * question back waits for just such a short reply, or where a person has waited long enough.
 */
export function settleFor(
  run: readonly PendingMessage[],
  { state, channel, filling }: { readonly state: ConsultationState | null; readonly channel: ChannelName; readonly filling?: boolean },
  at: number,
  settling: Settling,
): number {
  const first = run[0];
  const last = run.at(-1);
  if (!first || !last || run.length === MOST_TOGETHER || !isFragment(last)) return 0;
  const replies = state !== null && (state.pending !== null || state.calculation !== null || state.offered !== null);
  if (replies || filling === true || first.attempts > 0) return 0;
  return Math.max(0, Math.min(last.at + settling[channel], first.at + MOST_WAIT_MS) - at);
}

/** The run as one message: the words joined, under the last message's id. */
export function joined(run: readonly PendingMessage[]): PendingMessage {
  const [first, ...others] = run;
  const last = run.at(-1);
  if (!first || !last) throw new RangeError('an empty run is no message');
  if (others.length === 0) return first;
  const text = run.map(({ content }) => (content.type === 'text' ? content.text.trim() : '')).join('，');
  return { ...last, content: { type: 'text', text }, attempts: Math.max(...run.map(({ attempts }) => attempts)) };
}
