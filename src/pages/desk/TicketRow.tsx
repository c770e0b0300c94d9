import { HANDOFF_REASON_NAMES } from '../../domain/answer.js';
import type { TicketSummary } from '../../domain/views.js';
import { momentText } from '../shared/times.js';
import { topicName } from './names.js';
import { StateBadge } from './StateBadge.js';
import { waitingText } from './waiting-text.js';

interface Props {
  readonly ticket: TicketSummary;
  readonly now: number;
  readonly selected: boolean;
  readonly onSelect: (number: string) => void;
}

/** One ticket of the queue. */
export function TicketRow({ ticket, now, selected, onSelect }: Props) {
  const waiting = waitingText(ticket, now);
  return (
    <button
      type="button"
      className={`row ${ticket.urgent ? 'row-urgent' : ''}`}
      data-testid="ticket-row"
      data-number={ticket.number}
      aria-current={selected ? 'true' : undefined}
      onClick={() => {
        onSelect(ticket.number);
      }}
    >
      <span className="row-line">
        {ticket.urgent && <span className="badge badge-red">紧急</span>}
        <StateBadge ticket={ticket} />
        <span className="row-time">{waiting ?? momentText(ticket.updatedAt, now)}</span>
      </span>
      <span className="row-title">{ticket.title}</span>
      <span className="row-line row-soft">
        <span>
          {[ticket.topic === null ? '' : topicName(ticket.topic), HANDOFF_REASON_NAMES[ticket.reason]].filter(Boolean).join(' · ')}
        </span>
        <span className="row-number">{ticket.number}</span>
      </span>
    </button>
  );
}
