import type { Message } from '../../domain/message.js';
import type { TicketSummary, TicketView } from '../../domain/views.js';
import type { StoredTicket, TicketHistoryEntry } from '../../handoff/ports.js';
import { titleOf } from '../../domain/ticket-title.js';

/** A line of the queue. The brief is masked already, so is its first line. */
export function ticketSummary(ticket: StoredTicket, staffId: string, names: ReadonlyMap<string, string>): TicketSummary {
  return {
    number: ticket.number,
    kind: ticket.kind,
    state: ticket.state,
    reason: ticket.reason,
    topic: ticket.brief.topic,
    title: titleOf(ticket.brief),
    holderName: ticket.holder === null ? null : (names.get(ticket.holder) ?? null),
    mine: ticket.holder === staffId,
    urgent: ticket.reason === 'danger',
    handedBack: ticket.handedBack,
    createdAt: ticket.createdAt,
    updatedAt: ticket.updatedAt,
  };
}

export function ticketView(
  found: { readonly ticket: StoredTicket; readonly messages: readonly Message[]; readonly history: readonly TicketHistoryEntry[] },
  staffId: string,
  names: ReadonlyMap<string, string>,
): TicketView {
  const { ticket, messages, history } = found;
  return {
    ...ticketSummary(ticket, staffId, names),
    brief: ticket.brief,
    messages,
    outcome: ticket.outcome,
    note: ticket.note,
    history: history.map(({ at, event, staffId: by }) => ({ at, event, by: by === null ? null : (names.get(by) ?? null) })),
  };
}
