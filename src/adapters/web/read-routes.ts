import { Router } from 'express';
import { z } from 'zod';
import type { Inbox } from '../../messaging/channel.js';
import type { ReadReceipts } from '../../messaging/delivery/ports.js';
import { citizenKey, createPace } from './citizen-session.js';
import { readBody, route } from './errors.js';

export interface ReadRoutesDeps {
  readonly inbox: Pick<Inbox, 'conversationId'>;
  readonly receipts: ReadReceipts;
  readonly secureCookies: boolean;
}

/** Id of the last message that the person has seen. */
export const upTo = z.int().positive().max(Number.MAX_SAFE_INTEGER);
const seenBody = z.strictObject({ upTo });

/** The citizen's page says how far a lawyer's words were seen in it. */
export function readRoutes({ inbox, receipts, secureCookies }: ReadRoutesDeps): Router {
  const router = Router();
  const atHumanPace = createPace();
  router.post(
    '/',
    route(async (request, response) => {
      const key = citizenKey(request, response, secureCookies);
      if (!(await atHumanPace(request, response, key))) return;
      const seen = readBody(request, seenBody);
      const conversationId = await inbox.conversationId('web', key);
      if (conversationId !== null) await receipts.markRead(conversationId, seen.upTo);
      response.json({ read: true });
    }),
  );
  return router;
}
