import { useCallback } from 'react';
import type { TicketExtras } from '../../domain/desk-views.js';
import type { DeskClient } from './desk-client.js';
import { useLoaded } from './learning/use-loaded.js';
import { toolRequests } from './tools/tool-requests.js';

export interface Extras {
  /** Null while it has not been read, and where it cannot be. */
  readonly extras: TicketExtras | null;
  readonly refresh: () => void;
}

/** What goes with a ticket beside its thread: time limits, papers, notes, files, who helps. */
export function useExtras(client: DeskClient, number: string, tick: number): Extras {
  const { value, refresh } = useLoaded(
    useCallback(() => toolRequests.extras(client, number), [client, number]),
    tick,
  );
  return { extras: value, refresh };
}
