import type { DeskClient } from './desk-client.js';
import { Brief } from './Brief.js';
import { ProposeCurated } from './learning/ProposeCurated.js';
import { useRatings } from './learning/use-ratings.js';
import { ReplyBox } from './ReplyBox.js';
import { Thread } from './Thread.js';
import { TicketActions } from './TicketActions.js';
import { TicketHead } from './TicketHead.js';
import { TicketHistory } from './TicketHistory.js';
import { useDeliveries } from './use-deliveries.js';
import { useThreadScroll } from './use-thread-scroll.js';
import { useTicket } from './use-ticket.js';

interface Props {
  readonly client: DeskClient;
  readonly number: string;
  readonly tick: number;
  readonly onChanged: () => void;
  readonly onBack: () => void;
}

/** One ticket: what it is about, what was said, what can be done. */
export function TicketPanel({ client, number, tick, onChanged, onBack }: Props) {
  const open = useTicket(client, number, tick, onChanged);
  const { ticket, failure, busy, act, dismiss } = open;
  const { area, onScroll } = useThreadScroll(ticket);
  const ratings = useRatings(client, number, tick);
  // read again after a reply of one's own
  const deliveries = useDeliveries(client, number, tick + (ticket?.messages.length ?? 0));
  const canReply = ticket !== null && ticket.mine && ticket.state !== 'closed' && ticket.state !== 'queued';

  return (
    <section className="panel ticket" aria-label={`工单 ${number}`} data-testid="ticket" data-number={number}>
      <TicketHead number={number} ticket={ticket} onBack={onBack} />
      <div role="alert">
        {failure !== null && (
          <p className="failure ticket-failure" data-testid="ticket-failure">
            <span>{failure}</span>
            <button type="button" className="text-button" onClick={dismiss}>
              知道了
            </button>
          </p>
        )}
      </div>
      {ticket === null ? (
        <div className="panel-empty">{failure === null && <p>正在读取…</p>}</div>
      ) : (
        <>
          <div className="ticket-scroll" ref={area} onScroll={onScroll} tabIndex={0} role="region" aria-label="工单内容">
            <Brief ticket={ticket} />
            <Thread messages={ticket.messages} ratings={ratings} deliveries={deliveries} />
            <TicketHistory ticket={ticket} />
            <ProposeCurated client={client} ticket={ticket} />
          </div>
          <footer className="ticket-foot">
            {canReply && <ReplyBox ticket={ticket} busy={busy} act={act} />}
            <TicketActions ticket={ticket} busy={busy} act={act} />
          </footer>
        </>
      )}
    </section>
  );
}
