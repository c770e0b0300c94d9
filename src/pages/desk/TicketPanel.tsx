import { useEffect, useRef, useState } from 'react';
import { Brief } from './brief/Brief.js';
import type { DeskClient } from './desk-client.js';
import { focusField, useShortcuts } from './keys/use-shortcuts.js';
import { ProposeCurated } from './learning/ProposeCurated.js';
import { useRatings } from './learning/use-ratings.js';
import { ContactLine } from './personal/ContactLine.js';
import { ReplyBox } from './ReplyBox.js';
import { Thread } from './Thread.js';
import { TicketActions } from './TicketActions.js';
import { TicketFailure } from './TicketFailure.js';
import { TicketHead } from './TicketHead.js';
import { TicketHistory } from './TicketHistory.js';
import type { Tool } from './tools/tool.js';
import { toolRequests } from './tools/tool-requests.js';
import { ToolColumn, ToolSheets } from './tools/Tools.js';
import { useDeliveries } from './use-deliveries.js';
import { useExtras } from './use-extras.js';
import { useMedia } from './use-media.js';
import { useReplyText } from './use-reply-text.js';
import { useThreadScroll } from './use-thread-scroll.js';
import { useTicket } from './use-ticket.js';

/** From here on the tools stand beside the thread. */
const WIDE = '(min-width: 1180px)';
/** A phone: one thing at a time. */
const NARROW = '(max-width: 859px)';

interface Props {
  readonly client: DeskClient;
  readonly number: string;
  readonly tick: number;
  readonly onChanged: () => void;
  readonly onBack: () => void;
}

/** One ticket: what it is about, what was said, what can be done, and the tools to do it with. */
export function TicketPanel({ client, number, tick, onChanged, onBack }: Props) {
  const { ticket, failure, busy, act, dismiss } = useTicket(client, number, tick, onChanged);
  // read again after one's own reply, claim, note
  const turn = tick + (ticket?.history.length ?? 0) + (ticket?.messages.length ?? 0);
  const { extras, refresh } = useExtras(client, number, turn);
  const { area, onScroll } = useThreadScroll(ticket);
  const ratings = useRatings(client, number, tick);
  const deliveries = useDeliveries(client, number, turn);
  const reply = useReplyText(number);
  const wide = useMedia(WIDE);
  const narrow = useMedia(NARROW);
  const [tool, setTool] = useState<Tool | null>(null);
  const canReply = ticket !== null && ticket.mine && ticket.state !== 'closed' && ticket.state !== 'queued';

  // whoever has just claimed it wants to write; on a phone the keyboard would cover the brief
  const claimable = useRef(false);
  useEffect(() => {
    if (claimable.current && canReply && window.matchMedia('(hover: hover)').matches) focusField('reply');
    claimable.current = ticket?.state === 'queued';
  }, [canReply, ticket?.state]);
  const openTool = (next: Tool, field?: string) => () => {
    setTool(next);
    if (field !== undefined) focusField(field);
  };
  useShortcuts({
    c: () => {
      if (ticket?.state === 'queued' && !busy) void act((one) => one.move(number, 'claim'));
    },
    r: () => {
      focusField('reply');
    },
    n: openTool('notes', 'note-text'),
    d: openTool('draft'),
    p: openTool('provisions', 'provision-search'),
  });

  const insert = canReply ? reply.insert : null;
  const tools = ticket !== null && { client, ticket, extras, insert, refresh, tool, onTool: setTool };
  return (
    <>
      <section className="panel ticket" aria-label={`工单 ${number}`} data-testid="ticket" data-number={number}>
        <TicketHead number={number} ticket={ticket} onBack={onBack} />
        <TicketFailure text={failure} onDismiss={dismiss} />
        {ticket === null ? (
          <div className="panel-empty">{failure === null && <p>正在读取…</p>}</div>
        ) : (
          <>
            <div className="ticket-scroll" ref={area} onScroll={onScroll} tabIndex={0} role="region" aria-label="工单内容">
              <Brief
                ticket={ticket}
                extras={extras}
                onUninvite={(staffId) => void act((one) => toolRequests.giveTo(one, number, 'uninvite', staffId))}
              />
              {ticket.mine && <ContactLine key={number} client={client} number={number} />}
              <Thread messages={ticket.messages} ratings={ratings} deliveries={deliveries} />
              <TicketHistory ticket={ticket} extras={extras} />
              <ProposeCurated client={client} ticket={ticket} />
            </div>
            <footer className="ticket-foot">
              {tools && !wide && <ToolSheets {...tools} />}
              {canReply && <ReplyBox ticket={ticket} reply={reply} busy={busy} act={act} />}
              <TicketActions client={client} ticket={ticket} extras={extras} busy={busy} compact={narrow} act={act} />
            </footer>
          </>
        )}
      </section>
      {wide && (tools ? <ToolColumn {...tools} /> : <aside className="panel tools" />)}
    </>
  );
}
