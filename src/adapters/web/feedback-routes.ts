import { Router } from 'express';
import { z } from 'zod';
import { FEEDBACK_REASONS, FEEDBACK_TEXT_LENGTH, VERDICTS, type RatingsView } from '../../domain/feedback.js';
import type { Inbox } from '../../messaging/channel.js';
import type { Feedback } from '../../messaging/feedback/ports.js';
import { citizenKey, createPace } from './citizen-session.js';
import { readBody, route, sendError } from './errors.js';

export interface FeedbackRoutesDeps {
  readonly inbox: Inbox;
  readonly feedback: Feedback;
  readonly secureCookies: boolean;
}

const postedRating = z.strictObject({
  messageId: z.int('要写答复的编号').positive('要写答复的编号'),
  verdict: z.enum(VERDICTS, '只能是有用或者没用'),
  reasons: z.array(z.enum(FEEDBACK_REASONS, '没有这个选项')).max(FEEDBACK_REASONS.length, '选项重复了').default([]),
  text: z
    .string()
    .refine((text) => Array.from(text).length <= FEEDBACK_TEXT_LENGTH, `最多 ${String(FEEDBACK_TEXT_LENGTH)} 个字`)
    .default(''),
});

/** What a citizen says of the answers in the own conversation. */
export function feedbackRoutes(deps: FeedbackRoutesDeps): Router {
  const router = Router();
  const atHumanPace = createPace();

  router.get(
    '/',
    route(async (request, response) => {
      const conversationId = await deps.inbox.conversationId('web', citizenKey(request, response, deps.secureCookies));
      const view: RatingsView = { ratings: conversationId === null ? [] : await deps.feedback.ratingsOf(conversationId) };
      response.json(view);
    }),
  );

  router.post(
    '/',
    route(async (request, response) => {
      const key = citizenKey(request, response, deps.secureCookies);
      if (!(await atHumanPace(request, response, key))) return;
      const { messageId, verdict, reasons, text } = readBody(request, postedRating);
      const conversationId = await deps.inbox.conversationId('web', key);
      const result = conversationId === null ? null : await deps.feedback.rate(conversationId, messageId, verdict, reasons, text);
      if (result?.ok !== true) {
        sendError(response, 404, 'not-found', '没有找到这条答复，或者它不用评价。请刷新页面再试。');
        return;
      }
      response.json(result.rating);
    }),
  );

  return router;
}
