import { useEffect, useState } from 'react';
import type { ChannelsView } from '../../../domain/views.js';
import { failureText, RequestError } from '../../shared/request.js';
import type { DeskClient } from '../desk-client.js';

/** While somebody is to scan, the code may change at any moment; what is broken may be mended. */
const AGAIN_SOON_MS = 3000;
const AGAIN_MS = 15_000;

export interface Channels {
  /** Null while it has not been read. */
  readonly view: ChannelsView | 'not-allowed' | null;
  readonly failure: string | null;
}

/** How the channels are doing, read again by itself. */
export function useChannels(client: DeskClient): Channels {
  const [channels, setChannels] = useState<Channels>({ view: null, failure: null });
  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async (): Promise<void> => {
      const next = await readOnce(client);
      if (!current) return;
      setChannels((before) => (next.view === null ? { ...before, failure: next.failure } : next));
      if (next.view === 'not-allowed') return;
      const calm = next.view !== null && next.view.scan === null && next.view.channels.every(({ ok }) => ok);
      timer = setTimeout(() => void read(), calm ? AGAIN_MS : AGAIN_SOON_MS);
    };
    void read();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client]);
  return channels;
}

async function readOnce(client: DeskClient): Promise<Channels> {
  try {
    return { view: await client.channels(), failure: null };
  } catch (error) {
    const notAllowed = error instanceof RequestError && error.status === 403;
    return notAllowed ? { view: 'not-allowed', failure: null } : { view: null, failure: failureText(error) };
  }
}
