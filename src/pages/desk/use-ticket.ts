import { useCallback, useEffect, useRef, useState } from 'react';
import type { TicketView } from '../../domain/views.js';
import { failureText } from '../shared/request.js';
import type { DeskClient } from './desk-client.js';

export interface OpenTicket {
  /** Null while it has not been read. */
  readonly ticket: TicketView | null;
  readonly failure: string | null;
  /** Something is being done to it. */
  readonly busy: boolean;
  /** Does something to the ticket; true where it happened, else `failure` says why. */
  readonly act: (action: (client: DeskClient) => Promise<TicketView>) => Promise<boolean>;
  readonly dismiss: () => void;
}

/** One ticket, read again at each tick and after each act. Mount it anew for another number. */
export function useTicket(client: DeskClient, number: string, tick: number, onChanged: () => void): OpenTicket {
  const [ticket, setTicket] = useState<TicketView | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [unread, setUnread] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const latest = useRef(0);

  const read = useCallback(async () => {
    latest.current += 1;
    const turn = latest.current;
    const view = await client.ticket(number);
    if (turn === latest.current) setTicket(view);
  }, [client, number]);

  useEffect(() => {
    read().catch((error: unknown) => {
      setUnread(failureText(error));
    });
  }, [read, tick]);

  const act = useCallback(
    async (action: (client: DeskClient) => Promise<TicketView>) => {
      setBusy(true);
      setFailure(null);
      try {
        const view = await action(client);
        latest.current += 1; // a reading under way is older than this
        setTicket(view);
        return true;
      } catch (error) {
        setFailure(failureText(error));
        // Somebody else may have been first: show how it stands now.
        await read().catch(() => undefined);
        return false;
      } finally {
        setBusy(false);
        onChanged();
      }
    },
    [client, read, onChanged],
  );
  const dismiss = useCallback(() => {
    setFailure(null);
    setUnread(null);
  }, []);

  // A refresh that fails is told by the header; only a ticket that never came needs words here.
  return { ticket, failure: failure ?? (ticket === null ? unread : null), busy, act, dismiss };
}
