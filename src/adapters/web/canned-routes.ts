import { Router, type Request } from 'express';
import { z } from 'zod';
import type { CannedReplyView, CannedVersionView } from '../../domain/desk-views.js';
import { fillVariables, type ReplyValues } from '../../domain/reply-variables.js';
import type { Audit } from '../../handoff/audit/ports.js';
import type { StaffMember, StaffSession } from '../../handoff/ports.js';
import type { CannedReplies, CannedReply, TicketTools } from '../../handoff/ticket-tools/ports.js';
import { requireDuty } from './desk-session.js';
import { readBody, route } from './errors.js';
import type { DeskReader } from './ports.js';
import { ticketOf } from './ticket-of.js';

export interface CannedRoutesDeps {
  readonly canned: CannedReplies;
  readonly ticketTools: TicketTools;
  readonly desk: DeskReader;
  readonly audit: Audit;
}

const replyBody = z.strictObject({
  id: z.string().max(64).optional(),
  title: z.string().trim().min(1, '请写个标题').max(40, '标题最多 40 个字'),
  text: z.string().trim().min(1, '内容不能是空的').max(2000, '内容最多 2000 个字'),
  topic: z.string().trim().max(40).nullable().default(null),
  shared: z.boolean(),
});

/** Replies written once for many: one's own, and everybody's. */
export function cannedRoutes(deps: CannedRoutesDeps, sessionOf: (request: Request) => StaffSession): Router {
  const router = Router();
  router.use(requireDuty(sessionOf, 'tools', '常用语由办工单的同事使用。'));

  const view = (reply: CannedReply, staff: StaffMember, values: ReplyValues | null): CannedReplyView => ({
    id: reply.id,
    title: reply.title,
    text: reply.text,
    topic: reply.topic,
    shared: reply.owner === null,
    updatedAt: reply.updatedAt,
    mayEdit: deps.canned.mayEdit(staff, reply),
    filled: values && fillVariables(reply.text, values),
  });
  const idOf = (request: Request): string => {
    const id = request.params['id'];
    return typeof id === 'string' ? id : '';
  };

  router.get(
    '/',
    route(async (request, response) => {
      const { staff } = sessionOf(request);
      let values: ReplyValues | null = null;
      const { ticket } = request.query;
      if (typeof ticket === 'string' && ticket !== '') {
        request.params['number'] = ticket;
        const found = await ticketOf(deps.desk, request, response, staff);
        if (!found) return;
        values = await deps.ticketTools.replyValues(staff, found.ticket);
      }
      response.json({ replies: (await deps.canned.list(staff.id)).map((reply) => view(reply, staff, values)) });
    }),
  );
  router.post(
    '/',
    route(async (request, response) => {
      const { staff } = sessionOf(request);
      const wanted = readBody(request, replyBody);
      const saved = await deps.canned.save(staff, wanted);
      await deps.audit.record({
        staffId: staff.id,
        action: 'canned-change',
        subject: `canned:${saved.id}`,
        detail: { shared: wanted.shared },
      });
      response.json(view(saved, staff, null));
    }),
  );
  router.post(
    '/:id/remove',
    route(async (request, response) => {
      const { staff } = sessionOf(request);
      await deps.canned.remove(staff, idOf(request));
      await deps.audit.record({
        staffId: staff.id,
        action: 'canned-change',
        subject: `canned:${idOf(request)}`,
        detail: { removed: true },
      });
      response.json({});
    }),
  );
  router.get(
    '/:id/history',
    route(async (request, response) => {
      const names = await deps.desk.staffNames();
      const versions = (await deps.canned.history(sessionOf(request).staff, idOf(request))) ?? [];
      const shown = versions.map((version): CannedVersionView => ({
        ...version,
        replacedBy: version.replacedBy === null ? null : (names.get(version.replacedBy) ?? '已离开的同事'),
      }));
      response.json({ versions: shown });
    }),
  );
  return router;
}
