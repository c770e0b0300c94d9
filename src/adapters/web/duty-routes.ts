import { Router, type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import { mayDo } from '../../domain/access.js';
import { TICKET_KINDS } from '../../domain/answer.js';
import type { NoticesView } from '../../domain/organisation-views.js';
import type { DutyDesk, OrganisationStore } from '../../handoff/organisation/ports.js';
import type { StaffSession } from '../../handoff/ports.js';
import type { Audit } from '../../handoff/audit/ports.js';
import { readBody, route, sendError } from './errors.js';

export interface DutyRoutesDeps {
  readonly duty: DutyDesk;
  readonly notices: Pick<OrganisationStore, 'notices' | 'readNotices'>;
  readonly audit: Pick<Audit, 'record'>;
  readonly now: () => number;
}

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, '日子要写成 2026-11-23 这样');
const shiftBody = z.strictObject({
  staffId: z.string().min(1).max(64),
  pointCode: z.string().min(1).max(40),
  startsAt: z.number().int(),
  endsAt: z.number().int(),
});
const copyBody = z.strictObject({ week: day, point: z.string().min(1).max(40) });
const absenceBody = z.strictObject({
  staffId: z.string().min(1).max(64).nullable().default(null),
  fromDay: day,
  toDay: day,
  deputy: z.string().min(1).max(64).nullable().default(null),
  reason: z.string().trim().max(100).default(''),
});

/**
 * The desk's section 排班, the colleagues to whom a ticket can be given, and what one was told.
 * @param sessionOf who is signed in; the routes stand behind the desk's own check of session and token
 */
export function dutyRoutes(deps: DutyRoutesDeps, sessionOf: (request: Request) => StaffSession): Router {
  const router = Router();
  const { duty } = deps;
  const organises: RequestHandler = (request, response, next) => {
    if (mayDo(sessionOf(request).staff, 'organise')) next();
    else sendError(response, 403, 'forbidden', '排班由值班负责人和管理员来排。');
  };
  const recorded = (request: Request, subject: string, detail: Readonly<Record<string, string | number>>): Promise<void> =>
    deps.audit.record({ staffId: sessionOf(request).staff.id, action: 'duty-change', subject, detail });

  router.get(
    '/duty',
    route(async (request, response) => {
      const { staff } = sessionOf(request);
      const week = z.string().parse(request.query['week'] ?? '');
      const point = z
        .string()
        .max(40)
        .nullable()
        .catch(null)
        .parse(request.query['point'] ?? null);
      response.json(await duty.week(staff, week, point));
    }),
  );
  router.post(
    '/duty',
    organises,
    route(async (request, response) => {
      const shift = readBody(request, shiftBody);
      await duty.addShift(sessionOf(request).staff, shift);
      await recorded(request, `staff:${shift.staffId}`, { added: 'shift', startsAt: shift.startsAt, point: shift.pointCode });
      response.json({});
    }),
  );
  router.post(
    '/duty/copy',
    organises,
    route(async (request, response) => {
      const { week, point } = readBody(request, copyBody);
      const copied = await duty.copyLastWeek(sessionOf(request).staff, week, point);
      await recorded(request, `point:${point}`, { copied, week });
      response.json({ copied });
    }),
  );
  router.post(
    '/duty/:id/remove',
    organises,
    route(async (request, response) => {
      await duty.removeShift(idOf(request));
      await recorded(request, `shift:${idOf(request)}`, { removed: 'shift' });
      response.json({});
    }),
  );
  router.post(
    '/absences',
    route(async (request, response) => {
      const { staffId, ...absence } = readBody(request, absenceBody);
      const { staff } = sessionOf(request);
      await duty.addAbsence(staff, { ...absence, staffId: staffId ?? staff.id });
      await recorded(request, `staff:${staffId ?? staff.id}`, { added: 'absence', from: absence.fromDay, to: absence.toDay });
      response.json({});
    }),
  );
  router.post(
    '/absences/:id/remove',
    route(async (request, response) => {
      await duty.removeAbsence(sessionOf(request).staff, idOf(request));
      await recorded(request, `absence:${idOf(request)}`, { removed: 'absence' });
      response.json({});
    }),
  );

  router.get(
    '/colleagues',
    route(async (request, response) => {
      const kind = z
        .enum(TICKET_KINDS)
        .nullable()
        .catch(null)
        .parse(request.query['kind'] ?? null);
      response.json({ colleagues: await duty.colleagues(kind) });
    }),
  );

  router.get(
    '/notices',
    route(async (request, response) => {
      const notices = await deps.notices.notices(sessionOf(request).staff.id);
      const view: NoticesView = {
        unread: notices.filter(({ readAt }) => readAt === null).length,
        notices: notices.map(({ id, ticketNumber, text, at, readAt }) => ({ id, ticketNumber, text, at, read: readAt !== null })),
      };
      response.json(view);
    }),
  );
  router.post(
    '/notices/read',
    route(async (request, response) => {
      await deps.notices.readNotices(sessionOf(request).staff.id, deps.now());
      response.json({});
    }),
  );
  return router;
}

function idOf(request: Request): string {
  const id = request.params['id'];
  return typeof id === 'string' ? id : '';
}
