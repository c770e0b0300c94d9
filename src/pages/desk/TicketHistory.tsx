import { TICKET_OUTCOME_NAMES } from '../../domain/ticket.js';
import type { TicketView } from '../../domain/views.js';
import { momentText } from '../shared/times.js';
import { eventName } from './names.js';

/** How the ticket ended, and what happened to it. */
export function TicketHistory({ ticket }: { readonly ticket: TicketView }) {
  const { outcome, note, history } = ticket;
  const now = Date.now();
  return (
    <>
      {outcome !== null && (
        <div className="outcome" data-testid="outcome">
          <p>
            <strong>结案：{TICKET_OUTCOME_NAMES[outcome]}</strong>
          </p>
          {note !== null && note !== '' && <p className="lines">{note}</p>}
        </div>
      )}
      {history.length > 0 && (
        <details className="history">
          <summary>办理记录（{history.length}）</summary>
          <ol>
            {history.map((entry, index) => (
              <li key={`${String(entry.at)}-${String(index)}`}>
                <time dateTime={new Date(entry.at).toISOString()}>{momentText(entry.at, now)}</time>
                <span>{eventName(entry.event)}</span>
                {entry.by !== null && <span>{entry.by}</span>}
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}
