import { Router, type Request } from 'express';
import { z } from 'zod';
import { TICKET_KINDS } from '../../domain/answer.js';
import type { StaffSession } from '../../handoff/ports.js';
import type { PointReader } from '../../handoff/ticket-tools/ports.js';
import type { PhoneCalls } from '../../messaging/phone/ports.js';
import { requireDuty } from './desk-session.js';
import { readBody, route, sendError } from './errors.js';

export interface CallRoutesDeps {
  readonly phoneCalls: PhoneCalls;
  readonly points: PointReader;
}

const callBody = z.strictObject({
  id: z
    .string()
    .regex(/^[\w-]{8,64}$/)
    .optional(),
  channel: z.literal('phone').optional(),
  name: z.string().trim().max(40, '称呼最多 40 个字').default(''),
  phone: z
    .string()
    .trim()
    .regex(/^[\d\s+()-]{0,24}$/, '电话只写数字')
    .default(''),
  village: z.string().trim().max(60, '村（社区）最多 60 个字').default(''),
  kind: z.enum(TICKET_KINDS, '请选要办什么事'),
  words: z.string().trim().min(2, '请记下来电人说了什么').max(5000, '最多 5000 个字'),
  servicePoint: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .nullable()
    .default(null),
});

/** Calls to 12348 and visits, typed in. */
export function callRoutes(deps: CallRoutesDeps, sessionOf: (request: Request) => StaffSession): Router {
  const router = Router();
  router.post(
    '/tickets',
    requireDuty(sessionOf, 'open-ticket', '来电由 12348 话务员和办工单的同事录入。'),
    route(async (request, response) => {
      const { id, name, phone, village, kind, words, servicePoint } = readBody(request, callBody);
      if (servicePoint !== null && !(await deps.points.byCode(servicePoint))) {
        sendError(response, 400, 'bad-request', '没有这个服务点，或者已经停用。请重新选一个，或者空着。');
        return;
      }
      const call = { id: id ?? crypto.randomUUID(), name, phone, village, kind, words, servicePoint };
      response.json(await deps.phoneCalls.take(sessionOf(request).staff, call));
    }),
  );
  return router;
}
