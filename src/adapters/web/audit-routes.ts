import { Router, type Request } from 'express';
import { z } from 'zod';
import { AUDIT_ACTION_NAMES, type AuditAction, type AuditDetail, type AuditLineView, type AuditView } from '../../domain/audit.js';
import type { Audit, AuditFilter, AuditLine } from '../../handoff/audit/ports.js';
import type { StaffSession } from '../../handoff/ports.js';
import { csvOf } from './csv.js';
import { requireDuty } from './desk-session.js';
import { route } from './errors.js';
import type { DeskReader } from './ports.js';

export interface AuditRoutesDeps {
  readonly audit: Audit;
  readonly desk: Pick<DeskReader, 'staffNames'>;
}

const A_PAGE = 100;
/** Lines of one export; the newest of what was asked for. */
const MOST_EXPORTED = 50_000;
const DAY_MS = 86_400_000;

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .optional()
  .catch(undefined);
const query = z.object({
  ticket: z
    .string()
    .regex(/^\d{8}-\d{4,}$/)
    .optional()
    .catch(undefined),
  staff: z.string().min(1).max(64).optional().catch(undefined),
  action: z.string().min(1).max(64).optional().catch(undefined),
  /** Days in China, both included. */
  from: day,
  to: day,
  before: z.coerce.number().int().positive().optional().catch(undefined),
});

/** The desk's section 操作记录, for officer and administrator. The routes stand behind the desk's own check of the session. */
export function auditRoutes({ audit, desk }: AuditRoutesDeps, sessionOf: (request: Request) => StaffSession): Router {
  const router = Router();
  router.use('/audit', requireDuty(sessionOf, 'audit', '操作记录只有值班负责人和管理员能看。'));

  const filterOf = (request: Request): AuditFilter => {
    const { ticket, staff, action, from, to, before } = query.parse(request.query);
    return {
      subject: ticket === undefined ? undefined : `ticket:${ticket}`,
      staffId: staff,
      action,
      from: from === undefined ? undefined : startInChina(from),
      to: to === undefined ? undefined : startInChina(to) + DAY_MS,
      before,
    };
  };

  router.get(
    '/audit',
    route(async (request, response) => {
      const names = await desk.staffNames();
      const lines = await audit.list(filterOf(request), A_PAGE + 1);
      const page = lines.slice(0, A_PAGE);
      const next = lines.length > page.length ? (page.at(-1)?.seq ?? null) : null;
      response.json({ lines: page.map((line) => viewOf(line, names)), next } satisfies AuditView);
    }),
  );

  router.get(
    '/audit/export.csv',
    route(async (request, response) => {
      const filter = filterOf(request);
      const lines = await audit.list(filter, MOST_EXPORTED);
      const asked = Object.entries(filter)
        .filter(([, value]) => value !== undefined)
        .map(([name]) => name);
      await audit.record({
        staffId: sessionOf(request).staff.id,
        action: 'export',
        subject: 'audit',
        detail: { lines: lines.length, filteredBy: asked },
      });
      const names = await desk.staffNames();
      const rows = lines.map((line) => {
        const view = viewOf(line, names);
        return [
          String(line.seq),
          timeInChina(line.at),
          view.by ?? '系统',
          view.actionName,
          view.subjectName ?? line.subject,
          line.detail,
          line.hash,
        ];
      });
      response
        .type('text/csv; charset=utf-8')
        .set('content-disposition', 'attachment; filename="audit.csv"')
        .send(csvOf(['序号', '时间', '谁', '做了什么', '对象', '详细', '校验值'], rows));
    }),
  );

  return router;
}

function viewOf(line: AuditLine, names: ReadonlyMap<string, string>): AuditLineView {
  const [what, id = ''] = line.subject.split(/:(.*)/s);
  return {
    seq: line.seq,
    at: line.at,
    by: line.staffId === null ? null : (names.get(line.staffId) ?? '已离开的同事'),
    action: line.action,
    actionName: line.action in AUDIT_ACTION_NAMES ? AUDIT_ACTION_NAMES[line.action as AuditAction] : line.action,
    subject: line.subject,
    subjectName: what === 'staff' ? (names.get(id) ?? null) : null,
    detail: JSON.parse(line.detail) as AuditDetail,
  };
}

/** China has had one time zone without summer time since 1992. */
function startInChina(isoDay: string): number {
  return Date.parse(`${isoDay}T00:00:00+08:00`);
}

const IN_CHINA = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' });
function timeInChina(at: number): string {
  return IN_CHINA.format(at);
}
