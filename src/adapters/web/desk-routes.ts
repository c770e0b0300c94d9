import { Router, type Request } from 'express';
import { z } from 'zod';
import { mayRead } from '../../domain/access.js';
import { REFERRALS, TICKET_OUTCOMES } from '../../domain/ticket.js';
import type { HandoffResult } from '../../handoff/ports.js';
import { accountsRoutes, type AccountsRoutesDeps } from './accounts-routes.js';
import { auditRoutes, type AuditRoutesDeps } from './audit-routes.js';
import { channelRoutes, type ChannelRoutesDeps } from './channel-routes.js';
import { curatedRoutes, type CuratedRoutesDeps } from './curated-routes.js';
import { watchTickets } from './desk-events.js';
import { deskSessions } from './desk-session.js';
import { readBody, route } from './errors.js';
import { openEventStream } from './event-stream.js';
import { knowledgeRoutes, type KnowledgeRoutesDeps } from './knowledge-routes.js';
import { personalDataRoutes, type PersonalDataRoutesDeps } from './personal-data-routes.js';
import { deliveryRoutes, type DeliveryRoutesDeps } from './delivery-routes.js';
import { dutyRoutes, type DutyRoutesDeps } from './duty-routes.js';
import { organisationRoutes, type OrganisationRoutesDeps } from './organisation-routes.js';
import { figuresRoutes, type FiguresRoutesDeps } from './figures-routes.js';
import { learningRoutes, type LearningRoutesDeps } from './learning-routes.js';
import type { DeskDeps } from './ports.js';
import { signInRoutes } from './sign-in-routes.js';
import { toolRoutes, type ToolRoutesDeps } from './tool-routes.js';
import { ticketSummary, ticketView } from './ticket-views.js';
import { sendRefusal, ticketOf } from './ticket-of.js';

const replyBody = z.strictObject({
  id: z.string().regex(/^[\w-]{8,64}$/),
  text: z.string().trim().min(1, '答复不能是空的').max(5000, '答复最多 5000 个字'),
  ask: z.boolean().default(false),
});
const MOST_YUAN = 1_000_000_000;
const closeBody = z
  .strictObject({
    outcome: z.enum(TICKET_OUTCOMES, '请选结果'),
    note: z.string().max(2000, '备注最多 2000 个字').default(''),
    result: z
      .strictObject({
        referral: z.enum(REFERRALS).nullable().default(null),
        amount: z.number('金额要写数').nonnegative('金额不能是负数').max(MOST_YUAN, '金额太大了，请核对').nullable().default(null),
        agreed: z.boolean().nullable().default(null),
        migrantWorker: z.boolean().default(false),
      })
      .optional(),
  })
  .refine(({ outcome, result }) => outcome !== 'referred' || (result?.referral ?? null) !== null, {
    path: ['result', 'referral'],
    message: '转介的，请选转到哪里',
  });

/** The lawyers' desk: sign in, queue, ticket, and what can be done with it. */
export function deskRoutes(
  deps: DeskDeps &
    OrganisationRoutesDeps &
    DutyRoutesDeps &
    CuratedRoutesDeps &
    LearningRoutesDeps &
    DeliveryRoutesDeps &
    ChannelRoutesDeps &
    AccountsRoutesDeps &
    AuditRoutesDeps &
    FiguresRoutesDeps &
    PersonalDataRoutesDeps &
    KnowledgeRoutesDeps &
    ToolRoutesDeps,
): Router {
  const router = Router();
  const sessions = deskSessions(deps);
  const sessionOf = (request: Request) => sessions.of(request);
  router.use(signInRoutes(deps, sessions));

  router.use(sessions.require());
  router.use('/curated', curatedRoutes(deps, sessionOf));
  router.use(learningRoutes(deps, sessionOf));
  router.use(deliveryRoutes(deps, sessionOf));
  router.use(personalDataRoutes(deps, sessionOf));
  router.use('/knowledge', knowledgeRoutes(deps, sessionOf));
  router.use(channelRoutes(deps, sessionOf));
  router.use(accountsRoutes(deps, sessionOf));
  router.use(auditRoutes(deps, sessionOf));
  router.use(figuresRoutes(deps, sessionOf));
  router.use(organisationRoutes(deps, sessionOf));
  router.use(dutyRoutes(deps, sessionOf));
  router.use(toolRoutes(deps, sessionOf));

  router.get(
    '/tickets',
    route(async (request, response) => {
      const { staff } = sessionOf(request);
      const show = z.enum(['open', 'mine', 'closed']).catch('open').parse(request.query['show']);
      const names = await deps.desk.staffNames();
      const tickets = await deps.desk.list(show === 'mine' ? { heldBy: staff.id } : show);
      const readable = tickets.filter((ticket) => mayRead(staff, ticket));
      response.json({ tickets: readable.map((ticket) => ticketSummary(ticket, staff.id, names)) });
    }),
  );

  router.get(
    '/tickets/:number',
    route(async (request, response) => {
      const { staff } = sessionOf(request);
      const found = await ticketOf(deps.desk, request, response, staff);
      if (!found) return;
      // nothing is shown whose reading could not be recorded
      await deps.audit.recordReading({ staffId: staff.id, action: 'ticket-read', subject: `ticket:${found.ticket.number}` });
      response.json(ticketView(found, staff.id, await deps.desk.staffNames()));
    }),
  );

  const action = (name: string, act: (request: Request, number: string) => Promise<HandoffResult>): void => {
    router.post(
      `/tickets/:number/${name}`,
      route(async (request, response) => {
        const { staff } = sessionOf(request);
        const result = await act(request, numberOf(request));
        if (!result.ok) {
          await sendRefusal(deps.desk, response, staff, numberOf(request), result.refusal);
          return;
        }
        // as it is after the move, also to whoever has just let go of it
        const found = await deps.desk.ticket(result.ticket.number);
        if (found) response.json(ticketView(found, staff.id, await deps.desk.staffNames()));
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
    const { outcome, note, result } = readBody(request, closeBody);
    return deps.tickets.close(number, sessionOf(request).staff, outcome, note, result);
  });

  const watch = watchTickets(deps.changes, deps.desk, (error) => {
    deps.onError(error, 'GET /events');
  });
  router.get('/events', (request, response) => {
    const stream = openEventStream(request, response);
    stream.onClose(
      watch({
        staff: async () => (await sessions.again(request))?.staff ?? null,
        send: (number) => stream.send('ticket', { number }),
        end: () => response.end(),
      }),
    );
    const { id } = sessionOf(request).staff;
    stream.onClose(
      deps.changes.subscribe((change) => {
        if (change.type === 'notice' && change.staffIds.includes(id)) stream.send('notice', { number: change.number });
      }),
    );
  });

  return router;
}

function numberOf(request: Request): string {
  const number = request.params['number'];
  return typeof number === 'string' ? number : '';
}
