import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { BaimiError } from '../../domain/errors.js';
import { DIMENSION_NAMES, type Dimension, type FigureTicketsView } from '../../domain/figures.js';
import type { Audit } from '../../handoff/audit/ports.js';
import type { FigureQuery, Figures, OfficeWriter, Sheet } from '../../handoff/figures/ports.js';
import type { StaffSession } from '../../handoff/ports.js';
import { csvOf } from './csv.js';
import { requireDuty } from './desk-session.js';
import { route } from './errors.js';
import type { DeskReader } from './ports.js';
import { ticketSummary } from './ticket-views.js';

export interface FiguresRoutesDeps {
  readonly figures: Figures;
  readonly office: OfficeWriter;
  readonly audit: Pick<Audit, 'record'>;
  readonly desk: Pick<DeskReader, 'staffNames'>;
}

const DIMENSIONS = Object.keys(DIMENSION_NAMES) as [Dimension, ...Dimension[]];
const text = (longest: number) => z.string().min(1).max(longest);
const month = z.object({ month: text(20) });
const ticketsQuery = z.object({
  month: text(20),
  figure: text(60),
  by: z.enum(DIMENSIONS).optional(),
  key: text(100).optional(),
  after: text(40).optional(),
});

const EXPORTS = {
  'figures.csv': 'text/csv; charset=utf-8',
  'tickets.csv': 'text/csv; charset=utf-8',
  'figures.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'report.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;
type ExportName = keyof typeof EXPORTS;

/**
 * The desk's section 数据, for the officer.
 * @param sessionOf who is signed in; the routes stand behind the desk's own check of session and token
 */
export function figuresRoutes(deps: FiguresRoutesDeps, sessionOf: (request: Request) => StaffSession): Router {
  const { figures, office } = deps;
  const router = Router();
  router.use('/figures', requireDuty(sessionOf, 'figures', '数据和月报只有值班负责人能看。'));

  router.get(
    '/figures',
    route(async (request, response) => {
      response.json(await figures.view(readQuery(request, month).month));
    }),
  );

  router.get(
    '/figures/tickets',
    route(async (request, response) => {
      const { after, ...query } = readQuery(request, ticketsQuery);
      const { items, ...found } = await figures.tickets(query satisfies FigureQuery, after);
      const names = await deps.desk.staffNames();
      const { staff } = sessionOf(request);
      const view: FigureTicketsView = { ...found, items: items.map((ticket) => ticketSummary(ticket, staff.id, names)) };
      response.json(view);
    }),
  );

  const made: Readonly<Record<ExportName, (id: string) => Promise<string | Buffer>>> = {
    'figures.csv': async (id) => sheetCsv(await figures.figureSheet(id)),
    'tickets.csv': async (id) => sheetCsv(await figures.ticketSheet(id)),
    'figures.xlsx': async (id) => office.xlsx([await figures.figureSheet(id), await figures.ticketSheet(id)]),
    'report.docx': async (id) => office.docx(await figures.report(id)),
  };
  const sendExport = async (request: Request, response: Response, name: ExportName): Promise<void> => {
    const { month: id } = readQuery(request, month);
    const file = await made[name](id);
    // nothing leaves whose leaving could not be recorded
    await deps.audit.record({ staffId: sessionOf(request).staff.id, action: 'export', subject: `figures:${id}`, detail: { file: name } });
    const [what = '', kind = ''] = name.split('.');
    response.type(EXPORTS[name]).attachment(`baimi-${what}-${id}.${kind}`).send(file);
  };
  for (const name of Object.keys(EXPORTS) as ExportName[]) {
    router.get(
      `/figures/${name}`,
      route((request, response) => sendExport(request, response, name)),
    );
  }
  return router;
}

function sheetCsv({ header, rows }: Sheet): string {
  return csvOf(
    header,
    rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))),
  );
}

function readQuery<T>(request: Request, schema: z.ZodType<T>): T {
  const read = schema.safeParse(request.query);
  if (read.success) return read.data;
  throw new BaimiError('bad-request', '请求的格式不对。请从“数据”页面重新点进来。');
}
