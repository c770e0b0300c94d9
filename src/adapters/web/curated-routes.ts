import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { CONSULTATION_TOPICS } from '../../domain/answer.js';
import type { CuratedAnswer, CuratedView } from '../../domain/curated-answer.js';
import type { CuratedAnswers, CuratedRefusal, CuratedResult } from '../../consultation/curated/ports.js';
import type { StaffSession } from '../../handoff/ports.js';
import { requireDuty } from './desk-session.js';
import { readBody, route, sendError } from './errors.js';
import type { DeskReader } from './ports.js';

export interface CuratedRoutesDeps {
  readonly curated: CuratedAnswers;
  readonly desk: Pick<DeskReader, 'staffNames'>;
}

const line = (what: string, longest: number) =>
  z
    .string()
    .trim()
    .max(longest, `${what}最多 ${String(longest)} 个字`);
const proposalBody = z.strictObject({
  ticketNumber: z.string().max(32),
  topic: z.enum(CONSULTATION_TOPICS, '请选一个方面'),
  asks: z.array(line('问法', 100).min(4, '问法至少 4 个字')).min(1, '至少写一种问法').max(20, '最多 20 种问法'),
  headline: line('一句话答复', 200).min(4, '请写一句话答复'),
  points: z.array(line('要点', 300)).max(12, '要点最多 12 条').default([]),
  cites: z.array(line('依据', 100)).min(1, '至少写一条依据').max(10, '依据最多 10 条'),
});

const STATUS: Readonly<Record<CuratedRefusal['reason'], number>> = {
  'not-found': 404,
  'not-your-ticket': 403,
  'own-proposal': 403,
  conflict: 409,
  'bad-draft': 400,
};

/**
 * The desk's section 常用答复.
 * @param sessionOf who is signed in; the routes stand behind the desk's own check of session and token
 */
export function curatedRoutes(deps: CuratedRoutesDeps, sessionOf: (request: Request) => StaffSession): Router {
  const router = Router();
  router.use(requireDuty(sessionOf, 'knowledge', '常用答复由律师和值班负责人整理。'));

  const view = (curated: CuratedAnswer, staffId: string, names: ReadonlyMap<string, string>): CuratedView => {
    const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? '已离开的同事'));
    const { id, topic, asks, headline, points, status, ticketNumber, proposedAt, approvedAt, endedAt } = curated;
    return {
      ...{ id, topic, asks, headline, points, status, ticketNumber, proposedAt, approvedAt, endedAt },
      cites: curated.cites.map((cite) => ({ ...cite, says: deps.curated.says(cite) })),
      authorName: nameOf(curated.author) ?? '',
      mine: curated.author === staffId,
      approvedByName: nameOf(curated.approvedBy),
      endedByName: nameOf(curated.endedBy),
    };
  };
  const send = async (request: Request, response: Response, result: CuratedResult): Promise<void> => {
    if (!result.ok) {
      sendError(response, STATUS[result.refusal.reason], result.refusal.reason, result.refusal.text);
      return;
    }
    response.json(view(result.curated, sessionOf(request).staff.id, await deps.desk.staffNames()));
  };

  router.get(
    '/',
    route(async (request, response) => {
      const names = await deps.desk.staffNames();
      const all = await deps.curated.list();
      response.json({ answers: all.map((curated) => view(curated, sessionOf(request).staff.id, names)) });
    }),
  );
  router.post(
    '/',
    route(async (request, response) => {
      const { ticketNumber, ...proposal } = readBody(request, proposalBody);
      await send(request, response, await deps.curated.propose(sessionOf(request).staff.id, ticketNumber, proposal));
    }),
  );
  for (const action of ['approve', 'withdraw'] as const) {
    router.post(
      `/:id/${action}`,
      route(async (request, response) => {
        const id = request.params['id'];
        const result = await deps.curated[action](sessionOf(request).staff.id, typeof id === 'string' ? id : '');
        await send(request, response, result);
      }),
    );
  }
  return router;
}
