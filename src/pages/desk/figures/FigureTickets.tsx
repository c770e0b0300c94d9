import { useCallback, useEffect, useRef, useState } from 'react';
import { TICKET_KIND_NAMES } from '../../../domain/answer.js';
import type { FigureTicketsView } from '../../../domain/figures.js';
import { TICKET_STATE_NAMES } from '../../../domain/ticket.js';
import { failureText } from '../../shared/request.js';
import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';
import { readFigureTickets, type FigureLink } from './figures-requests.js';
import { monthName } from './months.js';

const DAY = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

interface Props {
  readonly client: DeskClient;
  readonly month: string;
  readonly link: FigureLink;
  readonly onBack: () => void;
}

/** The tickets that a figure counts, newest first. */
export function FigureTickets({ client, month, link, onBack }: Props) {
  const [view, setView] = useState<FigureTicketsView | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const read = useCallback(
    async (before: FigureTicketsView | null): Promise<void> => {
      try {
        const page = await readFigureTickets(client, month, link, before?.next ?? null);
        setView({ ...page, items: [...(before?.items ?? []), ...page.items] });
        setFailure(null);
      } catch (error) {
        setFailure(failureText(error));
      }
    },
    [client, month, link],
  );
  useEffect(() => {
    heading.current?.focus();
    void read(null);
  }, [read]);

  return (
    <div className="section-column" data-testid="figure-tickets">
      <button type="button" className="text-button figure-back" data-testid="figures-back" onClick={onBack}>
        ← 回到数据
      </button>
      <h2 ref={heading} tabIndex={-1}>
        {view?.title ?? '正在读取…'}
      </h2>
      <FormFailure text={failure} />
      {view !== null && (
        <>
          <p className="section-about">
            {monthName(month)}，<span data-testid="figure-total">{view.total}</span> 张工单。{view.definition}
          </p>
          {view.total === 0 && <p className="section-empty">这个数据后面没有工单。</p>}
          <ol className="figure-ticket-list">
            {view.items.map((ticket) => (
              <li key={ticket.number}>
                <a href={`#${encodeURIComponent(ticket.number)}`} className="figure-ticket" data-testid="figure-ticket">
                  <span className="figure-ticket-head">
                    <strong>{ticket.number}</strong>
                    <span className="badge badge-grey">{TICKET_KIND_NAMES[ticket.kind]}</span>
                    <span className="badge">{TICKET_STATE_NAMES[ticket.state]}</span>
                    <span>{DAY.format(ticket.createdAt)}</span>
                  </span>
                  <span className="figure-ticket-title">{ticket.title}</span>
                  <span className="figure-ticket-foot">
                    {[ticket.topic, ticket.holderName].filter((part) => part !== null).join(' · ')}
                  </span>
                </a>
              </li>
            ))}
          </ol>
          {view.next !== null && (
            <button type="button" className="button button-plain" data-testid="figure-more" onClick={() => void read(view)}>
              再看 50 张
            </button>
          )}
        </>
      )}
    </div>
  );
}
