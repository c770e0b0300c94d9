import { TICKET_KIND_NAMES } from '../../domain/answer.js';
import type { TicketView } from '../../domain/views.js';
import { StateBadge } from './StateBadge.js';
import { useNow } from './use-now.js';
import { waitingText } from './waiting-text.js';

interface Props {
  readonly number: string;
  readonly ticket: TicketView | null;
  readonly onBack: () => void;
}

/** Number and state of the ticket; on a phone the way back to the queue. */
export function TicketHead({ number, ticket, onBack }: Props) {
  const now = useNow();
  const waiting = ticket === null ? null : waitingText(ticket, now);
  return (
    <header className="ticket-head">
      <button type="button" className="text-button ticket-back" data-testid="back" onClick={onBack}>
        ‹ 返回
      </button>
      <h2>{number}</h2>
      {ticket !== null && (
        <p className="ticket-badges">
          {ticket.urgent && <span className="badge badge-red">紧急</span>}
          <StateBadge ticket={ticket} />
          <span className="badge badge-grey">{TICKET_KIND_NAMES[ticket.kind]}</span>
          {waiting !== null && <span className="ticket-waiting">{waiting}</span>}
        </p>
      )}
    </header>
  );
}
