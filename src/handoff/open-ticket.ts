import type { HandoffReason, TicketKind } from '../domain/answer.js';
import type { ServiceForm } from '../domain/service-form.js';
import { isHeldByHuman } from '../domain/ticket.js';
import type { IntakeBrief } from '../domain/views.js';
import type { HandoffWork, StoredTicket } from './ports.js';
import { moveTicket } from './tickets.js';

export interface TicketRequest {
  readonly conversationId: string;
  readonly kind: TicketKind;
  readonly reason: HandoffReason;
  readonly brief: IntakeBrief;
  /** A service that was applied for by a form: a ticket of its own, whatever else is open. */
  readonly details?: ServiceForm | undefined;
  /** The lawyer whom the person picked. */
  readonly wantedStaff?: string | undefined;
  /** Staff id of whoever typed it in. */
  readonly openedBy?: string | undefined;
}

/**
 * Sees to it that a human will answer: the conversation's open ticket is used again, one closed within the last seven
 * days is reopened when the person asks for a human, else a new one is opened. Danger raises a ticket that waits.
 */
export async function openTicket(stores: HandoffWork, request: TicketRequest, at: number): Promise<StoredTicket> {
  if (request.details) return openNew(stores, request, at);
  const [open] = await stores.tickets.openOf(request.conversationId);
  const latest = open ?? (await stores.tickets.latestOf(request.conversationId));
  if (latest && latest.state !== 'closed') {
    const moreUrgent = request.reason === 'danger' && latest.reason !== 'danger';
    if (!latest.handedBack && !moreUrgent) return latest;
    const raised = moreUrgent ? { reason: request.reason, brief: request.brief } : {};
    const resumed = await moveTicket(stores, latest.number, { type: 'human-wanted' }, null, at, raised);
    return resumed.ok ? resumed.ticket : latest;
  }
  if (latest && request.reason === 'human-wanted') {
    const reopened = await moveTicket(stores, latest.number, { type: 'reopen', at }, null, at);
    if (reopened.ok) return reopened.ticket;
  }
  return openNew(stores, request, at);
}

async function openNew(stores: HandoffWork, request: TicketRequest, at: number): Promise<StoredTicket> {
  const { conversationId, kind, reason, brief, details = null, wantedStaff = null } = request;
  const about = { conversationId, kind, reason, brief, details, wantedStaff };
  return stores.tickets.open({
    ...about,
    openedBy: request.openedBy ?? null,
    ...(await stores.router?.route(stores, { ...about, pointPath: null, notTo: null }, at)),
    state: 'queued',
    holder: null,
    handedBack: false,
    outcome: null,
    closedAt: null,
    note: null,
    createdAt: at,
  });
}

/** The ticket by which a human holds the conversation, if one does; a reopened older one counts like the newest. */
export async function heldTicket(stores: HandoffWork, conversationId: string): Promise<StoredTicket | null> {
  return (await stores.tickets.openOf(conversationId)).find(isHeldByHuman) ?? null;
}
