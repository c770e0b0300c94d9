import { UNANSWERED_HANDOFFS, type UnansweredQuestion, type UnansweredReason } from '../domain/unanswered.js';
import { maskPersonalData } from '../domain/mask.js';
import type { Message } from '../domain/message.js';
import type { HandoffReason } from '../domain/answer.js';
import { clusterQuestions } from '../consultation/cluster-questions.js';
import type { FeedbackStore, Unanswered, UnansweredMessage, UnansweredStore } from './feedback/ports.js';

/** Longest question that is listed, in characters: a story is recognised by its beginning. */
const QUESTION_LENGTH = 200;
/** Clustering so many takes about a quarter of a second. */
const MOST_QUESTIONS = 2000;
const DAY_MS = 86_400_000;

/**
 * The questions that were handed over for want of an answer, or whose answer was rated 没用, newest first, masked.
 * @param since milliseconds since the epoch
 * @param limit of questions, the newest
 */
export async function unansweredQuestions(store: UnansweredStore, since: number, limit: number): Promise<UnansweredQuestion[]> {
  const messages = (await store.unansweredMessages(since, limit)).flatMap((message) => {
    const reason = reasonOf(message);
    return reason === null ? [] : [{ ...message, reason }];
  });
  const newest = messages.slice(0, limit);
  const threads = await store.threads([...new Set(newest.map(({ conversationId }) => conversationId))]);
  return newest.flatMap(({ conversationId, messageId, reason, ticketNumber, at }) => {
    const thread = threads.get(conversationId) ?? [];
    const text = Array.from(maskPersonalData(questionBehind(thread, messageId)))
      .slice(0, QUESTION_LENGTH)
      .join('');
    return text === '' ? [] : [{ text, reason, ticketNumber: ticketNumber ?? ticketAfter(thread, messageId), at }];
  });
}

/** What the person had said when a message of the bot came: everything since the last answer that was no question back. */
export function questionBehind(thread: readonly Message[], messageId: number): string {
  const before = thread.filter(({ id }) => id < messageId);
  const isAnswer = ({ author, body }: Message): boolean => author === 'staff' || (body.type === 'answer' && body.answer.kind !== 'clarify');
  const said = before.slice(before.findLastIndex(isAnswer) + 1);
  return said
    .flatMap(({ author, body }) => (author === 'citizen' && body.type === 'text' ? [body.text.trim()] : []))
    .filter((text) => text !== '')
    .join('，');
}

/** The ticket that came of an answer that was of no use: the next that was opened in the conversation. */
function ticketAfter(thread: readonly Message[], messageId: number): string | null {
  for (const { id, body } of thread) if (id > messageId && body.type === 'answer' && body.ticketNumber !== null) return body.ticketNumber;
  return null;
}

function reasonOf({ handoff }: UnansweredMessage): UnansweredReason | null {
  if (handoff === null) return 'disliked';
  const listed: readonly HandoffReason[] = UNANSWERED_HANDOFFS;
  return listed.includes(handoff) ? (handoff as UnansweredReason) : null;
}

/**
 * @param embed unit vector of a text, see `clusterQuestions`
 * @param now milliseconds since the epoch
 */
export function createUnanswered(
  store: FeedbackStore & UnansweredStore,
  embed: (text: string) => Float32Array,
  now: () => number,
): Unanswered {
  return {
    async view(days) {
      const since = now() - days * DAY_MS;
      const questions = await unansweredQuestions(store, since, MOST_QUESTIONS);
      return { days, questions: questions.length, clusters: clusterQuestions(questions, embed), rated: await store.counts(since) };
    },
  };
}
