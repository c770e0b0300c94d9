import { buffer } from 'node:stream/consumers';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { mayDo } from '../../domain/access.js';
import type { ImportView, PointsView } from '../../domain/organisation-views.js';
import type { StaffSession } from '../../handoff/ports.js';
import type { OrganisationDesk } from '../../handoff/organisation/ports.js';
import { route, sendError } from './errors.js';
import { receiveUpload } from './receive-upload.js';

export interface OrganisationRoutesDeps {
  readonly organisation: OrganisationDesk;
}

const MOST_BYTES = 4 * 2 ** 20;

/**
 * The desk's section 服务点: the tree, and its tables imported.
 * @param sessionOf who is signed in; the routes stand behind the desk's own check of session and token
 */
export function organisationRoutes({ organisation }: OrganisationRoutesDeps, sessionOf: (request: Request) => StaffSession): Router {
  const router = Router();
  const organises: RequestHandler = (request, response, next) => {
    if (mayDo(sessionOf(request).staff, 'organise')) next();
    else sendError(response, 403, 'forbidden', '服务点由值班负责人和管理员管理。');
  };

  router.get(
    '/organisation/points',
    organises,
    route(async (request, response) => {
      const q = z.string().max(60).catch('').parse(request.query['q']).trim();
      const parent = z
        .string()
        .max(40)
        .nullable()
        .catch(null)
        .parse(request.query['parent'] ?? null);
      const view: PointsView = await organisation.points(q, parent);
      response.json(view);
    }),
  );

  router.post(
    '/organisation/import',
    organises,
    route((request, response) => importTable(request, response)),
  );

  async function importTable(request: Request, response: Response): Promise<void> {
    const { staff } = sessionOf(request);
    const table = z.enum(['points', 'staff']).safeParse(request.query['table']);
    if (!table.success) {
      sendError(response, 400, 'bad-request', '要说明是服务点的表（table=points）还是人员的表（table=staff）。');
      return;
    }
    const dry = request.query['dry'] !== '0';
    // a table is sent as it is, in whatever encoding it was kept
    const bytes = await receiveUpload(request, MOST_BYTES, (_name, content) => buffer(content));
    const mayGiveRights = mayDo(staff, 'accounts');
    const view: ImportView = await organisation.import(table.data, bytes, { dry, by: staff.id, mayGiveRights });
    response.status(view.problems.length > 0 && !dry ? 400 : 200).json(view);
  }

  return router;
}
