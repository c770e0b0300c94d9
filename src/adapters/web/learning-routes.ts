import { Router, type Request } from 'express';
import { z } from 'zod';
import type { RatingsView } from '../../domain/feedback.js';
import type { Feedback, Unanswered } from '../../messaging/feedback/ports.js';
import type { StaffSession } from '../../handoff/ports.js';
import { requireDuty } from './desk-session.js';
import { route } from './errors.js';
import type { DeskReader } from './ports.js';
import { ticketOf } from './ticket-of.js';

export interface LearningRoutesDeps {
  readonly feedback: Pick<Feedback, 'ratingsOf'>;
  readonly unanswered: Unanswered;
  readonly desk: Pick<DeskReader, 'ticket'>;
}

const MOST_DAYS = 366;

/** What lawyers see of how answers were received. The routes stand behind the desk's own check of the session. */
export function learningRoutes(deps: LearningRoutesDeps, sessionOf: (request: Request) => StaffSession): Router {
  const router = Router();

  router.get(
    '/unanswered',
    requireDuty(sessionOf, 'knowledge', '答不上的问题由律师和值班负责人整理。'),
    route(async (request, response) => {
      const days = z.coerce.number().int().min(1).max(MOST_DAYS).catch(30).parse(request.query['days']);
      response.json(await deps.unanswered.view(days));
    }),
  );

  router.get(
    '/tickets/:number/feedback',
    route(async (request, response) => {
      const found = await ticketOf(deps.desk, request, response, sessionOf(request).staff);
      if (!found) return;
      const view: RatingsView = { ratings: await deps.feedback.ratingsOf(found.ticket.conversationId) };
      response.json(view);
    }),
  );

  return router;
}
