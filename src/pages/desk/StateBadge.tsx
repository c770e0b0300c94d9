import { TICKET_STATE_NAMES } from '../../domain/ticket.js';
import type { TicketState } from '../../domain/ticket.js';
import type { TicketSummary } from '../../domain/views.js';

const STYLES: Readonly<Record<TicketState, string>> = {
  queued: 'badge-amber',
  claimed: '',
  answered: 'badge-grey',
  'waiting-citizen': 'badge-grey',
  closed: 'badge-grey',
};

/** How a ticket stands and who holds it. */
export function StateBadge({ ticket }: { readonly ticket: TicketSummary }) {
  const holder = ticket.mine ? '我' : ticket.holderName;
  const state = ticket.handedBack ? '机器人接待' : TICKET_STATE_NAMES[ticket.state];
  return (
    <span className={`badge ${ticket.handedBack ? 'badge-grey' : STYLES[ticket.state]}`}>
      {state}
      {holder !== null && ticket.state !== 'queued' && ` · ${holder}`}
    </span>
  );
}
