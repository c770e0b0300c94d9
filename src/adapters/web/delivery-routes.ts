import { Router, type Request } from 'express';
import type { DeliveriesView } from '../../domain/views.js';
import type { DeliveryReports } from '../../messaging/delivery/ports.js';
import type { StaffSession } from '../../handoff/ports.js';
import { route } from './errors.js';
import type { DeskReader } from './ports.js';
import { ticketOf } from './ticket-of.js';

export interface DeliveryRoutesDeps {
  readonly deliveries: DeliveryReports;
  readonly desk: Pick<DeskReader, 'ticket'>;
}

/** What became of the messages of a ticket's conversation. The routes stand behind the desk's own check of the session. */
export function deliveryRoutes(deps: DeliveryRoutesDeps, sessionOf: (request: Request) => StaffSession): Router {
  const router = Router();
  router.get(
    '/tickets/:number/deliveries',
    route(async (request, response) => {
      const found = await ticketOf(deps.desk, request, response, sessionOf(request).staff);
      if (!found) return;
      const view: DeliveriesView = { deliveries: await deps.deliveries.deliveriesOf(found.ticket.conversationId) };
      response.json(view);
    }),
  );
  return router;
}
