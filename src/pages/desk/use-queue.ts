import { useCallback, useEffect, useRef, useState } from 'react';
import type { TicketSummary } from '../../domain/views.js';
import { failureText } from '../shared/request.js';
import type { DeskClient, QueueTab } from './desk-client.js';

type Lists = Readonly<Partial<Record<QueueTab, readonly TicketSummary[]>>>;

export interface Queue {
  /** Null while it has not been read. */
  readonly tickets: readonly TicketSummary[] | null;
  /** How many tickets nobody has claimed. */
  readonly queued: number;
  readonly failure: string | null;
  readonly refresh: () => void;
}

/** The list of a tab; the open list is always read along, for the number in the title. */
export function useQueue(client: DeskClient, tab: QueueTab, tick: number): Queue {
  const [lists, setLists] = useState<Lists>({});
  const [failure, setFailure] = useState<string | null>(null);
  const latest = useRef(0);

  const refresh = useCallback(() => {
    latest.current += 1;
    const turn = latest.current;
    const open = client.tickets('open');
    const shown = tab === 'open' ? open : client.tickets(tab);
    Promise.all([open, shown]).then(
      ([openTickets, shownTickets]) => {
        if (turn !== latest.current) return; // a later answer counts
        setLists((before) => ({ ...before, open: openTickets, [tab]: shownTickets }));
        setFailure(null);
      },
      (error: unknown) => {
        if (turn === latest.current) setFailure(failureText(error));
      },
    );
  }, [client, tab]);
  useEffect(refresh, [refresh, tick]);

  const queued = (lists.open ?? []).filter((ticket) => ticket.state === 'queued').length;
  return { tickets: lists[tab] ?? null, queued, failure, refresh };
}
