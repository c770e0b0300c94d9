import { Router, type Request } from 'express';
import { z } from 'zod';
import { TICKET_KINDS } from '../../domain/answer.js';
import { BaimiError } from '../../domain/errors.js';
import type { StaffSession } from '../../handoff/ports.js';
import type { QueueReader } from '../../handoff/ticket-tools/ports.js';
import { route } from './errors.js';
import type { WebDeps } from './ports.js';

export interface QueueRoutesDeps {
  readonly queue: QueueReader;
}

const text = (longest: number) => z.string().trim().max(longest).optional();
const query = z.object({
  show: z.enum(['waiting', 'mine', 'open', 'closed']).default('open'),
  kind: z.enum(TICKET_KINDS).optional(),
  topic: text(40),
  township: text(40),
  only: z.enum(['for-me', 'overdue', 'deadline']).optional(),
  q: text(100),
  after: text(80),
});

/** The queue: filtered and paged through by rights. */
export function queueRoutes(deps: QueueRoutesDeps & Pick<WebDeps, 'now'>, sessionOf: (request: Request) => StaffSession): Router {
  const router = Router();
  router.get(
    '/queue',
    route(async (request, response) => {
      // "kind=" is no filter
      const given = Object.fromEntries(Object.entries(request.query).filter(([, value]) => value !== ''));
      const asked = query.safeParse(given);
      if (!asked.success)
        throw new BaimiError('bad-request', `列表的筛选条件“${asked.error.issues[0]?.path.join('.') ?? ''}”不对。请刷新页面再试。`);
      response.json(await deps.queue.page(sessionOf(request).staff, asked.data, deps.now()));
    }),
  );
  router.get(
    '/townships',
    route(async (request, response) => {
      response.json({ townships: await deps.queue.townships(sessionOf(request).staff) });
    }),
  );
  return router;
}
