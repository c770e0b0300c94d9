import { Router } from 'express';
import type { Inbox } from '../../messaging/channel.js';
import { citizenKey, createPace } from './citizen-session.js';
import { route, sendError } from './errors.js';

export interface MyDataRoutesDeps {
  readonly inbox: Inbox;
  readonly secureCookies: boolean;
  /** Everything that is kept of whose conversation it is, as a text. */
  readonly exportOf: (conversationId: string) => Promise<string>;
}

/** What a person takes along of their own. */
export function myDataRoutes(deps: MyDataRoutesDeps): Router {
  const router = Router();
  const atHumanPace = createPace();
  router.get(
    '/my-data',
    route(async (request, response) => {
      const key = citizenKey(request, response, deps.secureCookies);
      if (!(await atHumanPace(request, response, key))) return;
      const conversationId = await deps.inbox.conversationId('web', key);
      if (conversationId === null) {
        sendError(response, 404, 'not-found', '还没有对话，我们没有存您的信息。');
        return;
      }
      response
        .type('text/plain; charset=utf-8')
        .set('content-disposition', `attachment; filename="my-data.txt"; filename*=UTF-8''${encodeURIComponent('我的信息.txt')}`)
        // programs that open text files need it to know the encoding
        .send(`\uFEFF${await deps.exportOf(conversationId)}`);
    }),
  );
  return router;
}
