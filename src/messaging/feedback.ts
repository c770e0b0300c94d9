import { FEEDBACK_REASONS, FEEDBACK_TEXT_LENGTH, canBeRated, type Rating } from '../domain/feedback.js';
import { maskPersonalData } from '../domain/mask.js';
import type { Message } from '../domain/message.js';
import type { Outbox } from './channel.js';
import type { Feedback, FeedbackStore } from './feedback/ports.js';

/** @param now milliseconds since the epoch */
export function createFeedback(store: FeedbackStore, outbox: Pick<Outbox, 'messagesAfter'>, now: () => number): Feedback {
  return {
    async rate(conversationId, target, verdict, reasons = [], text = '') {
      const thread = await outbox.messagesAfter(conversationId, target === 'last' ? 0 : target - 1);
      const message = target === 'last' ? answerAtTheEnd(thread) : thread[0]?.id === target ? thread[0] : null;
      if (!message || !isRatable(message)) return { ok: false, reason: 'nothing-to-rate' };
      const useless = verdict === 'useless';
      const rating: Rating = {
        messageId: message.id,
        verdict,
        reasons: useless ? FEEDBACK_REASONS.filter((reason) => reasons.includes(reason)) : [],
        text: useless ? shorten(maskPersonalData(text.trim())) : '',
      };
      await store.save({ ...rating, conversationId }, now());
      return { ok: true, rating };
    },
    ratingsOf: (conversationId) => store.ratingsOf(conversationId),
  };
}

function isRatable({ body }: Message): boolean {
  return body.type === 'answer' && canBeRated(body.answer);
}

/** What the person heard last, small talk aside. */
function answerAtTheEnd(thread: readonly Message[]): Message | null {
  const isSmallTalk = ({ body }: Message): boolean =>
    body.type === 'answer' && body.answer.kind === 'service' && body.answer.service === 'chat';
  return thread.findLast((message) => message.author !== 'citizen' && !isSmallTalk(message)) ?? null;
}

function shorten(text: string): string {
  return Array.from(text).slice(0, FEEDBACK_TEXT_LENGTH).join('');
}
