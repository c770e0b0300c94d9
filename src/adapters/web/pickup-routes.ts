import { Router, type Request, type Response } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import type { Inbox } from '../../messaging/channel.js';
import type { ReadReceipts } from '../../messaging/delivery/ports.js';
import type { Pickup, PickupResult } from '../../messaging/pickup/ports.js';
import { citizenKey, createPace, newCitizenSession, setCitizenSession } from './citizen-session.js';
import { readBody, route, sendError } from './errors.js';
import { upTo } from './read-routes.js';

export interface PickupRoutesDeps {
  readonly inbox: Inbox;
  readonly pickup: Pickup;
  readonly receipts: ReadReceipts;
  readonly secureCookies: boolean;
}

/** The code is in the body, not in the path: paths are written down on the way. */
const typedCode = z.strictObject({
  code: z.string().max(20, '取件码是 8 位'),
  digits: z
    .string()
    .regex(/^\d{4}$/, '要写手机号的后四位数字')
    .nullable()
    .default(null),
});

const seenByCode = typedCode.extend({ upTo });

/** Wrong codes and digits from one address in a quarter of an hour. */
const MOST_WRONG = 10;

/** What is read by a pickup code, without a cookie. */
export function pickupRoutes(deps: PickupRoutesDeps): Router {
  const router = Router();
  const wrong = new RateLimiterMemory({ points: MOST_WRONG, duration: 900 });

  const answer = async <T>(
    request: Request,
    response: Response,
    { code, digits }: z.infer<typeof typedCode>,
    open: (code: string, digits: string | null) => Promise<PickupResult<T>>,
    then: (value: T) => void | Promise<void>,
  ): Promise<void> => {
    const address = request.ip ?? '';
    // counted before the code is looked up and taken back where it was right: many at once are no way around
    const counted = await wrong.consume(address).catch(() => null);
    if (counted === null) {
      sendError(response, 429, 'too-fast', '试的次数太多了，请过一刻钟再试。');
      return;
    }
    const result = await open(code, digits);
    if (result.kind === 'ok' || (result.kind === 'digits-wanted' && !result.wrong)) await wrong.reward(address);
    if (result.kind === 'ok') await then(result.value);
    else refuse(response, result);
  };

  router.post(
    '/open',
    route((request, response) =>
      answer(
        request,
        response,
        readBody(request, typedCode),
        (code, digits) => deps.pickup.open(code, digits),
        (view) => {
          response.json(view);
        },
      ),
    ),
  );

  router.post(
    '/read',
    route((request, response) => {
      const seen = readBody(request, seenByCode);
      return answer(
        request,
        response,
        seen,
        (code, digits) => deps.pickup.conversation(code, digits),
        async (conversationId) => {
          await deps.receipts.markRead(conversationId, seen.upTo);
          response.json({ read: true });
        },
      );
    }),
  );

  router.post(
    '/resume',
    route((request, response) => {
      // sent with a right code only: otherwise the browser keeps its own session
      const session = newCitizenSession();
      return answer(
        request,
        response,
        readBody(request, typedCode),
        (code, digits) => deps.pickup.resume(code, digits, session.key),
        () => {
          setCitizenSession(response, session, deps.secureCookies);
          response.json({ resumed: true });
        },
      );
    }),
  );
  return router;
}

/** What a citizen does about the own conversation's code, and leaving it behind on a screen that others use. */
export function citizenPickupRoutes(deps: PickupRoutesDeps): Router {
  const router = Router();
  const atHumanPace = createPace();

  const withConversation = (act: (conversationId: string, response: Response) => Promise<void>) =>
    route(async (request, response) => {
      const key = citizenKey(request, response, deps.secureCookies);
      if (!(await atHumanPace(request, response, key))) return;
      const conversationId = await deps.inbox.conversationId('web', key);
      if (conversationId === null) sendError(response, 404, 'not-found', '还没有对话。请先说说您遇到的事。');
      else await act(conversationId, response);
    });

  router.post(
    '/pickup',
    withConversation(async (conversationId, response) => {
      const issued = await deps.pickup.issue(conversationId);
      if (issued === null) sendError(response, 429, 'too-fast', '今天要过好几次取件码了，请明天再试。');
      else response.json(issued);
    }),
  );
  router.post(
    '/pickup/revoke',
    withConversation(async (conversationId, response) => {
      response.json({ revoked: await deps.pickup.revoke(conversationId) });
    }),
  );
  router.post('/leave', (_request, response) => {
    setCitizenSession(response, newCitizenSession(), deps.secureCookies);
    response.json({ left: true });
  });
  return router;
}

function refuse(response: Response, result: Exclude<PickupResult<never>, { kind: 'ok' }>): void {
  switch (result.kind) {
    case 'unknown':
      sendError(response, 404, 'unknown-code', '这个取件码对不上：可能输错了、作废了，或者过了 30 天。');
      return;
    case 'digits-wanted':
      sendError(
        response,
        401,
        'digits-wanted',
        result.wrong ? `后四位不对，还可以试 ${String(result.left)} 次。` : '为了保护您的隐私，请输入您在咨询里写过的手机号的后四位。',
      );
      return;
    case 'locked':
      sendError(response, 423, 'locked', '后四位错了五次，这个取件码先锁一小时，到时再试。');
      return;
    case 'too-many':
      sendError(response, 429, 'too-fast', '现在试错的人太多，请过一会儿再试。');
  }
}
