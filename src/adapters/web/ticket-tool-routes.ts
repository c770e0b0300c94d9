import { Router, type Request } from 'express';
import { z } from 'zod';
import { isTheirs, oversees } from '../../domain/access.js';
import { maskPersonalData } from '../../domain/mask.js';
import { REFERRALS, type Referral } from '../../domain/ticket.js';
import type { DeskConsultation } from '../../consultation/desk/ports.js';
import type { Audit } from '../../handoff/audit/ports.js';
import type { Actor, HandoffResult, StaffSession } from '../../handoff/ports.js';
import type { ReferralPages, TicketTools } from '../../handoff/ticket-tools/ports.js';
import { requireDuty } from './desk-session.js';
import { readBody, route, sendError } from './errors.js';
import type { WebDeps } from './ports.js';
import { sendRefusal, ticketOf } from './ticket-of.js';
import { ticketView } from './ticket-views.js';

export interface TicketToolRoutesDeps {
  readonly ticketTools: TicketTools;
  readonly referralPages: ReferralPages;
  readonly deskConsultation: DeskConsultation;
  readonly audit: Audit;
  /** ISO day in China. */
  readonly dayOf: (at: number) => string;
}

const PAGE_ID = /^[\w-]{8,64}$/;
const colleagueBody = z.strictObject({ staffId: z.string().min(1).max(64) });
const noteBody = z.strictObject({
  id: z.string().regex(PAGE_ID).optional(),
  text: z.string().trim().min(1, '内部记录不能是空的').max(5000, '内部记录最多 5000 个字'),
});
const papersBody = z.strictObject({
  id: z.string().regex(PAGE_ID),
  papers: z.array(z.string().trim().min(1).max(100, '一样材料最多 100 个字')).min(1, '至少勾一样材料').max(20, '最多 20 样材料'),
  words: z.string().trim().max(2000, '最多 2000 个字').default(''),
});

/** What goes with a ticket, notes on it, what colleagues do with it, and what is made from it. */
export function ticketToolRoutes(deps: TicketToolRoutesDeps & WebDeps, sessionOf: (request: Request) => StaffSession): Router {
  const router = Router();

  router.get(
    '/tickets/:number/extras',
    route(async (request, response) => {
      const { staff } = sessionOf(request);
      const found = await ticketOf(deps.desk, request, response, staff);
      if (!found) return;
      await deps.audit.recordReading({ staffId: staff.id, action: 'ticket-read', subject: `ticket:${found.ticket.number}` });
      response.json(await deps.ticketTools.extras(staff, found));
    }),
  );

  router.post(
    '/tickets/:number/notes',
    route(async (request, response) => {
      const { staff } = sessionOf(request);
      const { id, text } = readBody(request, noteBody);
      const found = await ticketOf(deps.desk, request, response, staff);
      if (!found) return;
      if (!isTheirs(staff, found.ticket) && !oversees(staff, found.ticket)) {
        sendError(response, 403, 'forbidden', '请先领取这张工单，再写内部记录。');
        return;
      }
      const note = await deps.ticketTools.note(staff, found.ticket.number, id ?? crypto.randomUUID(), text);
      const { number, conversationId } = found.ticket;
      deps.changes.publish({ type: 'ticket', number, conversationId });
      response.json(note);
    }),
  );

  /** A move that is refused in words, or else the ticket as it is after it. */
  const move = (name: string, act: (request: Request, number: string, by: Actor) => Promise<HandoffResult | 'nobody'>): void => {
    router.post(
      `/tickets/:number/${name}`,
      route(async (request, response) => {
        const { staff } = sessionOf(request);
        const number = request.params['number'];
        const named = typeof number === 'string' ? number : '';
        const result = await act(request, named, staff);
        if (result === 'nobody') {
          // whoever may not read the ticket learns nothing of colleagues either
          if (await ticketOf(deps.desk, request, response, staff))
            sendError(response, 409, 'unsuitable-colleague', '没有这位同事，或者账号停用了。请换一位。');
          return;
        }
        if (!result.ok) {
          await sendRefusal(deps.desk, response, staff, named, result.refusal);
          return;
        }
        const found = await deps.desk.ticket(result.ticket.number);
        if (found) response.json(ticketView(found, staff.id, await deps.desk.staffNames()));
      }),
    );
  };
  for (const name of ['transfer', 'assign', 'invite', 'uninvite'] as const) {
    move(name, async (request, number, by) => {
      const { staffId } = readBody(request, colleagueBody);
      const colleague = (await deps.desk.colleagues()).find(({ id }) => id === staffId);
      return colleague ? deps.tickets[name](number, by, colleague) : 'nobody';
    });
  }
  move('ask-papers', (request, number, by) => {
    const { id, papers, words } = readBody(request, papersBody);
    const list = papers.map((paper, at) => `${String(at + 1)}. ${paper}`);
    const text = ['请您准备下面的材料，拍照发来或者送来：', ...list, ...(words === '' ? [] : [words])].join('\n');
    return deps.tickets.reply(number, by, { key: `${by.id}:${id}`, text, ask: true });
  });

  router.get(
    '/tickets/:number/referral',
    route(async (request, response) => {
      const { staff } = sessionOf(request);
      const found = await ticketOf(deps.desk, request, response, staff);
      if (!found) return;
      const asked = REFERRALS.find((one) => one === request.query['to']);
      const to: Referral | null = asked ?? found.ticket.result?.referral ?? null;
      if (to === null) {
        sendError(response, 400, 'bad-request', '还没有选转到哪里。请在结案时选“已转介”和去处，或者先选去处再打印。');
        return;
      }
      await deps.audit.record({
        staffId: staff.id,
        action: 'export',
        subject: `ticket:${found.ticket.number}`,
        detail: { what: 'referral' },
      });
      const { html, policy } = await deps.referralPages.make(staff, found.ticket, to);
      response.set('content-security-policy', policy).type('text/html; charset=utf-8').send(html);
    }),
  );

  router.post(
    '/tickets/:number/draft',
    requireDuty(sessionOf, 'tools', '草稿由办工单的同事使用。'),
    route(async (request, response) => {
      const { staff } = sessionOf(request);
      const found = await ticketOf(deps.desk, request, response, staff);
      if (!found) return;
      const { ticket, messages } = found;
      await deps.audit.record({ staffId: staff.id, action: 'ticket-draft', subject: `ticket:${ticket.number}` });
      // what was said before stands in the brief already
      const since = deps.ticketTools.wordsOf(messages.filter(({ at }) => at > ticket.createdAt));
      response.json(
        await deps.deskConsultation.draft(
          { brief: ticket.brief, kind: ticket.kind, words: since.map((words) => maskPersonalData(words)) },
          deps.dayOf(deps.now()),
        ),
      );
    }),
  );
  return router;
}
