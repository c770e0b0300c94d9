import { Router, type Request } from 'express';
import { z } from 'zod';
import type { DeskConsultation } from '../../consultation/desk/ports.js';
import type { StaffSession } from '../../handoff/ports.js';
import { requireDuty } from './desk-session.js';
import { readBody, route } from './errors.js';
import type { WebDeps } from './ports.js';

export interface LibraryRoutesDeps {
  readonly deskConsultation: DeskConsultation;
  /** ISO day in China. */
  readonly dayOf: (at: number) => string;
}

const MOST_HITS = 20;
const QUESTION_LENGTH = 200;
const inputsBody = z.strictObject({
  inputs: z.record(z.string().max(40), z.union([z.string().max(40), z.number(), z.boolean(), z.null()])),
});

/** The library and the calculators, for whoever has tools. */
export function libraryRoutes(deps: LibraryRoutesDeps & Pick<WebDeps, 'now'>, sessionOf: (request: Request) => StaffSession): Router {
  const router = Router();
  const today = (): string => deps.dayOf(deps.now());
  const withTools = requireDuty(sessionOf, 'tools', '条文和计算器由办工单的同事使用。');

  router.get(
    '/provisions',
    withTools,
    route(async (request, response) => {
      const q = typeof request.query['q'] === 'string' ? request.query['q'].trim().slice(0, QUESTION_LENGTH) : '';
      response.json({ hits: q === '' ? [] : await deps.deskConsultation.searchProvisions(q, today(), MOST_HITS) });
    }),
  );
  router.get('/calculators', withTools, (_request, response) => {
    response.json({ calculators: deps.deskConsultation.calculators() });
  });
  router.post(
    '/calculators/:id',
    withTools,
    route((request, response) => {
      const id = request.params['id'];
      const { inputs } = readBody(request, inputsBody);
      response.json(deps.deskConsultation.calculate(typeof id === 'string' ? id : '', inputs, today()));
      return Promise.resolve();
    }),
  );
  return router;
}
