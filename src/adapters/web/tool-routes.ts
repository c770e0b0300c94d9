import { Router, type Request } from 'express';
import type { StaffSession } from '../../handoff/ports.js';
import { deskAttachmentRoutes, type AttachmentRoutesDeps } from './attachment-routes.js';
import { callRoutes, type CallRoutesDeps } from './call-routes.js';
import { cannedRoutes, type CannedRoutesDeps } from './canned-routes.js';
import { libraryRoutes, type LibraryRoutesDeps } from './library-routes.js';
import type { WebDeps } from './ports.js';
import { queueRoutes, type QueueRoutesDeps } from './queue-routes.js';
import { ticketToolRoutes, type TicketToolRoutesDeps } from './ticket-tool-routes.js';

export type ToolRoutesDeps = QueueRoutesDeps &
  TicketToolRoutesDeps &
  CannedRoutesDeps &
  LibraryRoutesDeps &
  AttachmentRoutesDeps &
  CallRoutesDeps;

/** Everything that lawyers work with beside the ticket itself. */
export function toolRoutes(deps: ToolRoutesDeps & WebDeps, sessionOf: (request: Request) => StaffSession): Router {
  const router = Router();
  router.use(queueRoutes(deps, sessionOf));
  router.use('/canned-replies', cannedRoutes(deps, sessionOf));
  router.use(libraryRoutes(deps, sessionOf));
  router.use(callRoutes(deps, sessionOf));
  router.use(ticketToolRoutes(deps, sessionOf));
  router.use(deskAttachmentRoutes(deps, sessionOf));
  return router;
}
