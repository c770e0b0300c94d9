import type { HandoffUnitOfWork, HandoffWork } from '../handoff/ports.js';
import type { TicketRouter } from '../handoff/routing/ports.js';
import type { MessagingStore, MessagingWork } from './ports.js';

/** The same store, in whose units of work tickets are routed. */
export function withRouter<S extends MessagingStore & HandoffUnitOfWork>(store: S, router: TicketRouter): S {
  return {
    ...store,
    work: <T>(work: (stores: MessagingWork) => Promise<T>) => store.work((stores) => work({ ...stores, router })),
    handoff: <T>(work: (stores: HandoffWork) => Promise<T>) => store.handoff((stores) => work({ ...stores, router })),
  };
}
