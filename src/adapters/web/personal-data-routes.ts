import { Router, type Request } from 'express';
import { z } from 'zod';
import { mayDo } from '../../domain/access.js';
import type { AuditEntry } from '../../handoff/audit/ports.js';
import type { StaffSession } from '../../handoff/ports.js';
import { UNMASK_REASONS, type Unmasking } from '../../messaging/my-data/ports.js';
import { LEAST_DAYS, MOST_DAYS, RETENTION_NAMES, type RetentionStore } from '../../messaging/retention/ports.js';
import { readBody, route, sendError } from './errors.js';

export interface PersonalDataRoutesDeps {
  readonly unmasking: Unmasking;
  readonly retentionStore: RetentionStore;
  readonly audit: { record(entry: AuditEntry): Promise<void> };
  readonly now: () => number;
}

const MOST_ERASURES = 100;
const days = z
  .number('要写天数')
  .int('要写整数')
  .min(LEAST_DAYS, `最少 ${String(LEAST_DAYS)} 天`)
  .max(MOST_DAYS, `最多 ${String(MOST_DAYS)} 天`);
const retentionBody = z.strictObject({ conversationDays: days, closedDays: days, serviceDays: days });

/** What is shown of people on purpose, and how long what is kept. The routes stand behind the desk's own check of the session. */
export function personalDataRoutes(deps: PersonalDataRoutesDeps, sessionOf: (request: Request) => StaffSession): Router {
  const router = Router();

  router.get(
    '/tickets/:number/unmasked',
    route(async (request, response) => {
      const reason = z.enum(UNMASK_REASONS).safeParse(request.query['reason']);
      if (!reason.success) {
        sendError(response, 400, 'bad-request', '请选一个要看的理由。');
        return;
      }
      const number = request.params['number'];
      const shown = await deps.unmasking.unmasked(typeof number === 'string' ? number : '', sessionOf(request).staff.id, reason.data);
      if (shown === null) sendError(response, 404, 'not-found', '没有这张工单。请回到列表刷新。');
      else response.json(shown);
    }),
  );

  router.get(
    '/retention',
    route(async (request, response) => {
      if (!mayDo(sessionOf(request).staff, 'personal-data')) {
        sendError(response, 403, 'forbidden', '这一项由值班负责人管。');
        return;
      }
      const erasures = await deps.retentionStore.erasures(MOST_ERASURES);
      response.json({ days: await deps.retentionStore.days(), names: RETENTION_NAMES, erasures });
    }),
  );

  router.post(
    '/retention',
    route(async (request, response) => {
      const { staff } = sessionOf(request);
      if (!mayDo(staff, 'personal-data')) {
        sendError(response, 403, 'forbidden', '这一项由值班负责人管。');
        return;
      }
      const set = readBody(request, retentionBody);
      await deps.audit.record({ staffId: staff.id, action: 'settings-change', subject: 'settings:retention', detail: set });
      await deps.retentionStore.set(set, staff.id, deps.now());
      response.json({ days: set });
    }),
  );
  return router;
}
