import { memo } from 'react';
import { HANDOFF_REASON_NAMES, TICKET_KIND_NAMES } from '../../../domain/answer.js';
import type { QueueItem } from '../../../domain/desk-views.js';
import { momentText } from '../../shared/times.js';
import { topicName } from '../names.js';
import { StateBadge } from '../StateBadge.js';
import { waitingText } from '../waiting-text.js';
import { factsOf, placeText } from './row-facts.js';

interface Props {
  readonly ticket: QueueItem;
  readonly now: number;
  readonly selected: boolean;
  readonly onSelect: (number: string) => void;
}

/** One ticket of the queue; always as high as the others. */
export const TicketRow = memo(function TicketRow({ ticket, now, selected, onSelect }: Props) {
  const waiting = waitingText(ticket, now);
  const facts = factsOf(ticket, now);
  const kind = ticket.kind === 'consultation' ? '' : TICKET_KIND_NAMES[ticket.kind];
  const about = [kind, ticket.topic === null ? '' : topicName(ticket.topic), placeText(ticket)].filter(Boolean).join(' · ');
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
        <StateBadge ticket={ticket} />
        <span className="row-time">{waiting ?? momentText(ticket.updatedAt, now)}</span>
      </span>
      <span className="row-title">{ticket.title}</span>
      <span className="row-line row-facts">
        {facts.map(({ id, text, tone }) => (
          <span key={id} className={`row-fact row-fact-${tone}`} data-fact={id}>
            {text}
          </span>
        ))}
        {facts.length === 0 && <span className="row-reason">{HANDOFF_REASON_NAMES[ticket.reason]}</span>}
      </span>
      <span className="row-line row-soft">
        <span>{about}</span>
        <span className="row-number">{ticket.number}</span>
      </span>
    </button>
  );
});
