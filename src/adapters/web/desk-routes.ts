import { timingSafeEqual } from 'node:crypto';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import { TICKET_OUTCOMES, refusalText } from '../../domain/ticket.js';
import type { StaffView } from '../../domain/views.js';
import { PASSWORD_MIN_LENGTH, type HandoffResult, type StaffSession } from '../../handoff/ports.js';
import { DESK_COOKIE, readCookie, setCookie } from './cookies.js';
import { curatedRoutes, type CuratedRoutesDeps } from './curated-routes.js';
import { readBody, route, sendError } from './errors.js';
import { openEventStream } from './event-stream.js';
import { deliveryRoutes, type DeliveryRoutesDeps } from './delivery-routes.js';
import { learningRoutes, type LearningRoutesDeps } from './learning-routes.js';
import type { WebDeps } from './ports.js';
import { ticketSummary, ticketView } from './ticket-views.js';
import { ticketOf } from './ticket-of.js';

const SESSION_MS = 12 * 3600_000;

const loginBody = z.strictObject({ login: z.string().min(1).max(64), password: z.string().min(1).max(200) });
const passwordBody = z.strictObject({
  current: z.string().min(1).max(200),
  next: z
    .string()
    .min(PASSWORD_MIN_LENGTH, `新密码至少 ${String(PASSWORD_MIN_LENGTH)} 个字`)
    .max(200),
});
const replyBody = z.strictObject({
  id: z.string().regex(/^[\w-]{8,64}$/),
  text: z.string().trim().min(1, '答复不能是空的').max(5000, '答复最多 5000 个字'),
  ask: z.boolean().default(false),
});
const closeBody = z.strictObject({ outcome: z.enum(TICKET_OUTCOMES), note: z.string().max(2000).default('') });

/** The lawyers' desk: sign in, queue, ticket, and what can be done with it. */
export function deskRoutes(deps: WebDeps & CuratedRoutesDeps & LearningRoutesDeps & DeliveryRoutesDeps): Router {
  const router = Router();
  // failures only: 5 in 15 minutes for one login, 30 for one address
  const perLogin = new RateLimiterMemory({ points: 5, duration: 900 });
  const perAddress = new RateLimiterMemory({ points: 30, duration: 900 });
  const sessions = new WeakMap<Request, StaffSession>();

  const sessionOf = (request: Request): StaffSession => {
    const session = sessions.get(request);
    if (!session) throw new Error('route used without requireSession');
    return session;
  };
  const view = ({ staff, csrf }: StaffSession): StaffView => ({
    login: staff.login,
    name: staff.name,
    mustChangePassword: staff.mustChangePassword,
    csrf,
  });
  const setSession = (response: Response, token: string): void => {
    setCookie(response, DESK_COOKIE, token, { secure: deps.secureCookies, maxAgeMs: SESSION_MS, path: '/api/desk' });
  };

  const requireSession =
    (options: { readonly evenWithOldPassword?: boolean } = {}): RequestHandler =>
    (request, response, next) => {
      void (async () => {
        const token = readCookie(request, DESK_COOKIE);
        const session = token === null ? null : await deps.accounts.session(token);
        if (!session) {
          sendError(response, 401, 'not-signed-in', '请先登录。');
          return;
        }
        if (request.method !== 'GET' && !sameText(request.get('x-csrf-token') ?? '', session.csrf)) {
          sendError(response, 403, 'forbidden', '页面过期了，请刷新后再试。');
          return;
        }
        if (session.staff.mustChangePassword && options.evenWithOldPassword !== true) {
          sendError(response, 403, 'must-change-password', '请先修改一次性密码。');
          return;
        }
        sessions.set(request, session);
        next();
      })().catch(next);
    };

  router.post(
    '/login',
    route(async (request, response) => {
      const { login, password } = readBody(request, loginBody);
      const address = request.ip ?? '';
      try {
        // taken before the password is looked at, so that many at once are not more than many in a row
        await Promise.all([perLogin.consume(login), perAddress.consume(address)]);
      } catch {
        sendError(response, 429, 'too-many', '登录失败的次数太多，请 15 分钟后再试。忘了密码请找管理员重设。');
        return;
      }
      const signedIn = await deps.accounts.signIn(login, password);
      if (!signedIn) {
        sendError(response, 401, 'wrong-password', '登录名或密码不对。');
        return;
      }
      await Promise.all([perLogin.delete(login), perAddress.reward(address)]);
      setSession(response, signedIn.token);
      response.json(view(signedIn.session));
    }),
  );

  router.get('/me', requireSession({ evenWithOldPassword: true }), (request, response) => {
    response.json(view(sessionOf(request)));
  });

  router.post(
    '/password',
    requireSession({ evenWithOldPassword: true }),
    route(async (request, response) => {
      const { current, next } = readBody(request, passwordBody);
      if (current === next) {
        sendError(response, 400, 'bad-request', '新密码不能和旧密码一样。');
        return;
      }
      const changed = await deps.accounts.changePassword(sessionOf(request).staff, current, next);
      if (!changed) {
        sendError(response, 400, 'wrong-password', '现在的密码不对。');
        return;
      }
      setSession(response, changed.token);
      response.json(view(changed.session));
    }),
  );

  router.post(
    '/logout',
    requireSession({ evenWithOldPassword: true }),
    route(async (request, response) => {
      await deps.accounts.signOut(readCookie(request, DESK_COOKIE) ?? '');
      response.clearCookie(DESK_COOKIE, { path: '/api/desk' }).json({});
    }),
  );

  router.use(requireSession());
  router.use('/curated', curatedRoutes(deps, sessionOf));
  router.use(learningRoutes(deps));
  router.use(deliveryRoutes(deps));

  router.get(
    '/tickets',
    route(async (request, response) => {
      const { staff } = sessionOf(request);
      const show = z.enum(['open', 'mine', 'closed']).catch('open').parse(request.query['show']);
      const names = await deps.desk.staffNames();
      const tickets = await deps.desk.list(show === 'mine' ? { heldBy: staff.id } : show);
      response.json({ tickets: tickets.map((ticket) => ticketSummary(ticket, staff.id, names)) });
    }),
  );

  const sendTicket = async (request: Request, response: Response): Promise<void> => {
    const found = await ticketOf(deps.desk, request, response);
    if (!found) return;
    response.json(ticketView(found, sessionOf(request).staff.id, await deps.desk.staffNames()));
  };
  router.get('/tickets/:number', route(sendTicket));

  const action = (name: string, act: (request: Request, number: string) => Promise<HandoffResult>): void => {
    router.post(
      `/tickets/:number/${name}`,
      route(async (request, response) => {
        const result = await act(request, numberOf(request));
        if (result.ok) {
          await sendTicket(request, response);
          return;
        }
        const { refusal } = result;
        if (refusal.reason === 'not-found') {
          sendError(response, 404, 'not-found', '没有这张工单。请回到列表刷新。');
          return;
        }
        const names = await deps.desk.staffNames();
        sendError(
          response,
          409,
          refusal.reason,
          refusalText(refusal, (id) => names.get(id) ?? '同事'),
        );
      }),
    );
  };
  action('claim', (request, number) => deps.tickets.claim(number, sessionOf(request).staff));
  action('release', (request, number) => deps.tickets.release(number, sessionOf(request).staff));
  action('hand-back', (request, number) => deps.tickets.handBack(number, sessionOf(request).staff));
  action('reopen', (request, number) => deps.tickets.reopen(number, sessionOf(request).staff));
  action('reply', (request, number) => {
    const { id, text, ask } = readBody(request, replyBody);
    const { staff } = sessionOf(request);
    return deps.tickets.reply(number, staff, { key: `${staff.id}:${id}`, text, ask });
  });
  action('close', (request, number) => {
    const { outcome, note } = readBody(request, closeBody);
    return deps.tickets.close(number, sessionOf(request).staff, outcome, note);
  });

  router.get('/events', (request, response) => {
    const stream = openEventStream(request, response);
    stream.onClose(
      deps.changes.subscribe((change) => {
        if (change.type === 'ticket') stream.send('ticket', { number: change.number });
      }),
    );
  });

  return router;
}

function numberOf(request: Request): string {
  const number = request.params['number'];
  return typeof number === 'string' ? number : '';
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
