import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import express from 'express';
import helmet from 'helmet';
import { BaimiError } from '../../domain/errors.js';
import type { AccountsRoutesDeps } from './accounts-routes.js';
import { citizenAttachmentRoutes } from './attachment-routes.js';
import type { AuditRoutesDeps } from './audit-routes.js';
import type { ChannelRoutesDeps } from './channel-routes.js';
import { chatRoutes } from './chat-routes.js';
import type { CuratedRoutesDeps } from './curated-routes.js';
import type { DutyRoutesDeps } from './duty-routes.js';
import type { OrganisationRoutesDeps } from './organisation-routes.js';
import { deskRoutes } from './desk-routes.js';
import type { DeliveryRoutesDeps } from './delivery-routes.js';
import { errorHandler, route, sendError } from './errors.js';
import { feedbackRoutes, type FeedbackRoutesDeps } from './feedback-routes.js';
import type { FiguresRoutesDeps } from './figures-routes.js';
import type { LearningRoutesDeps } from './learning-routes.js';
import { citizenPickupRoutes, pickupRoutes, type PickupRoutesDeps } from './pickup-routes.js';
import { countRequests, metricsRoute, type RequestMetrics } from './metrics-routes.js';
import type { DeskDeps } from './ports.js';
import type { KnowledgeRoutesDeps } from './knowledge-routes.js';
import { myDataRoutes, type MyDataRoutesDeps } from './my-data-routes.js';
import type { PersonalDataRoutesDeps } from './personal-data-routes.js';
import { readRoutes, type ReadRoutesDeps } from './read-routes.js';
import type { ToolRoutesDeps } from './tool-routes.js';

const YEAR_MS = 365 * 86_400_000;
/** What pages may ask the browser for: where somebody is, to find the nearest service point; nothing else. */
const PERMISSIONS = 'geolocation=(self), camera=(), microphone=(), payment=(), usb=(), display-capture=()';

/** Everything the web server is handed, for all its routes. */
export type WebServerDeps = DeskDeps &
  FeedbackRoutesDeps &
  CuratedRoutesDeps &
  LearningRoutesDeps &
  DeliveryRoutesDeps &
  ChannelRoutesDeps &
  AccountsRoutesDeps &
  AuditRoutesDeps &
  OrganisationRoutesDeps &
  DutyRoutesDeps &
  FiguresRoutesDeps &
  ReadRoutesDeps &
  ToolRoutesDeps &
  MyDataRoutesDeps &
  PersonalDataRoutesDeps &
  KnowledgeRoutesDeps &
  PickupRoutesDeps & {
    /** Addresses that channels are pushed to; each reads its own body. */
    readonly webhooks?: readonly Webhook[] | undefined;
    /** Null, or left out: nothing is counted and nothing shown. */
    readonly metrics?: { readonly figures: RequestMetrics; readonly token: string } | null | undefined;
  };

export interface Webhook {
  readonly path: string;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
}

/**
 * The HTTP server: citizen's page at `/`, desk at `/desk`, their interfaces under `/api`, `/healthz`, `/readyz`, `/metrics`.
 * Not listening yet.
 * @throws BaimiError `unavailable` where the pages have not been built
 */
export function createWebServer(deps: WebServerDeps): Server {
  const page = (name: string): string => join(deps.pagesFolder, name);
  if (!existsSync(page('index.html'))) {
    throw new BaimiError('unavailable', `找不到网页文件 ${page('index.html')}。怎么改：先运行 npm run build`);
  }
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', deps.trustedProxies);
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          scriptSrcAttr: ["'none'"],
        },
      },
      xFrameOptions: { action: 'deny' },
      referrerPolicy: { policy: 'no-referrer' },
      ...(deps.secureCookies ? {} : { strictTransportSecurity: false }),
    }),
  );
  app.use((_request, response, next) => {
    response.set('permissions-policy', PERMISSIONS);
    next();
  });
  if (deps.metrics) app.use(countRequests(deps.metrics.figures, ['/assets', ...(deps.webhooks ?? []).map(({ path }) => path)]));
  app.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  app.get(
    '/readyz',
    route(async (_request, response) => {
      const { database, consultation, channels } = await deps.ready();
      const ready = database && consultation;
      response.status(ready ? 200 : 503).json({ ready, database, consultation, channels });
    }),
  );
  if (deps.metrics) app.get('/metrics', metricsRoute(deps.metrics.figures, deps.metrics.token));
  for (const { path, handle } of deps.webhooks ?? []) app.use(path, handle);
  app.use('/api', express.json({ limit: '64kb' }), (_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  app.use('/api/chat/feedback', feedbackRoutes(deps));
  app.use('/api/chat/attachments', citizenAttachmentRoutes(deps));
  app.use('/api/chat/read', readRoutes(deps));
  app.use('/api/chat', myDataRoutes(deps));
  app.use('/api/chat', citizenPickupRoutes(deps));
  app.use('/api/chat', chatRoutes(deps));
  app.use('/api/pickup', pickupRoutes(deps));
  app.use('/api/desk', deskRoutes(deps));
  app.use('/api', (_request, response) => {
    sendError(response, 404, 'not-found', '没有这个接口。');
  });

  app.use('/assets', express.static(page('assets'), { immutable: true, maxAge: YEAR_MS, index: false }));
  for (const [path, file] of [
    ['/', 'index.html'],
    ['/desk', 'desk.html'],
    ['/kiosk', 'kiosk.html'],
    ['/t', 'pickup.html'],
    ['/t/:code', 'pickup.html'],
  ] as const) {
    // nothing of a shared screen, or of a code's page, is kept by the browser
    const cached = path === '/kiosk' || path.startsWith('/t') ? 'no-store' : 'no-cache';
    app.get(path, (_request, response) => {
      response.sendFile(file, { headers: { 'cache-control': cached }, root: deps.pagesFolder });
    });
  }
  app.use((_request, response) => {
    response.status(404).type('text/plain; charset=utf-8').send('没有这个页面。请回到首页 /');
  });
  app.use(
    errorHandler((error, path) => {
      // a pickup code stands in the path: it is in no log
      deps.onError(error, path.replace(/\/t\/.*/s, '/t/…'));
    }),
  );

  // a photograph over a slow connection takes its time
  const server = createServer({ requestTimeout: 120_000, headersTimeout: 15_000 }, app);
  server.keepAliveTimeout = 65_000;
  return server;
}
