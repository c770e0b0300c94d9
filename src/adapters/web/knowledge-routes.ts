import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { mayDo } from '../../domain/access.js';
import type { KnowledgeDesk, KnowledgeRefusal } from '../../consultation/knowledge-desk/ports.js';
import type { AuditEntry } from '../../handoff/audit/ports.js';
import type { StaffMember, StaffSession } from '../../handoff/ports.js';
import { readBody, route, sendError } from './errors.js';

export interface KnowledgeRoutesDeps {
  readonly knowledgeDesk: KnowledgeDesk;
  readonly audit: { record(entry: AuditEntry): Promise<void> };
}

const source = z.string().trim().min(2, '请写明来源：发文机关、文号或者网址').max(300, '来源最多 300 个字');
const verifyBody = z.strictObject({ key: z.string().max(200), against: source });
const withdrawBody = z.strictObject({ key: z.string().max(200) });
const figureBody = z.strictObject({
  value: z.number('要写一个数').positive('要大于 0'),
  source,
  sourceDate: z.iso.date('来源的日期要写成 2026-07-01 这样'),
});

/** The desk's section 知识. The routes stand behind the desk's own check of the session. */
export function knowledgeRoutes(deps: KnowledgeRoutesDeps, sessionOf: (request: Request) => StaffSession): Router {
  const router = Router();
  const { knowledgeDesk } = deps;

  const guarded = (act: (request: Request, response: Response, staff: StaffMember) => Promise<void>) =>
    route(async (request, response) => {
      const { staff } = sessionOf(request);
      if (mayDo(staff, 'knowledge')) await act(request, response, staff);
      else sendError(response, 403, 'forbidden', '这一项由律师和值班负责人管。');
    });
  /** Carries out a change, with a line in the log before it. */
  const change = async (
    response: Response,
    staff: StaffMember,
    what: { readonly subject: string; readonly change: string },
    act: () => Promise<KnowledgeRefusal>,
  ): Promise<void> => {
    await deps.audit.record({ staffId: staff.id, action: 'knowledge-change', subject: what.subject, detail: { change: what.change } });
    const refusal = await act();
    if (refusal) sendError(response, refusal.reason === 'not-found' ? 404 : 409, refusal.reason, refusal.text);
    else response.json(await knowledgeDesk.view(staff.name));
  };
  const slotOf = (request: Request): string => String(request.params['slot']);

  router.get(
    '/',
    guarded(async (_request, response, staff) => {
      response.json(await knowledgeDesk.view(staff.name));
    }),
  );
  router.post(
    '/verify',
    guarded(async (request, response, staff) => {
      const { key, against } = readBody(request, verifyBody);
      await change(response, staff, { subject: `provision:${key}`, change: 'verify' }, () =>
        knowledgeDesk.verifyStatement(key, staff.name, against),
      );
    }),
  );
  router.post(
    '/withdraw',
    guarded(async (request, response, staff) => {
      const { key } = readBody(request, withdrawBody);
      await change(response, staff, { subject: `provision:${key}`, change: 'withdraw' }, () => knowledgeDesk.withdrawStatement(key));
    }),
  );
  router.post(
    '/figures/:slot',
    guarded(async (request, response, staff) => {
      const entry = readBody(request, figureBody);
      await change(response, staff, { subject: `figure:${slotOf(request)}`, change: 'enter' }, () =>
        knowledgeDesk.enterFigure(slotOf(request), entry, staff.name),
      );
    }),
  );
  router.post(
    '/figures/:slot/verify',
    guarded(async (request, response, staff) => {
      await change(response, staff, { subject: `figure:${slotOf(request)}`, change: 'verify' }, () =>
        knowledgeDesk.verifyFigure(slotOf(request), staff.name),
      );
    }),
  );
  return router;
}
