import type { ChatView } from '../../domain/views.js';

/** What the citizen should know of the ticket; null where there is nothing to say. */
function ticketWords(ticket: ChatView['ticket']): { readonly title: string; readonly hint: string } | null {
  if (ticket === null || ticket.state === 'closed') return null;
  if (ticket.held && ticket.state === 'waiting-citizen') return { title: '律师在等您回复', hint: '请在下面写，律师会看到' };
  if (ticket.held) return { title: '律师正在为您服务', hint: '您写的话，律师会看到' };
  if (ticket.state === 'queued') return { title: '已转给律师，正在排队', hint: `编号 ${ticket.number}` };
  return null;
}

/** Who is on the other side while a ticket is open. */
export function TicketBar({ ticket }: { readonly ticket: ChatView['ticket'] }) {
  const words = ticketWords(ticket);
  return (
    <div role="status">
      {words !== null && (
        <p className="bar bar-ticket" data-testid={ticket?.held === true ? 'held-bar' : 'queued-bar'}>
          <span className="bar-light" aria-hidden="true" />
          <strong>{words.title}</strong>
          <span>{words.hint}</span>
        </p>
      )}
    </div>
  );
}
