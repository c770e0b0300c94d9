import { useEffect, useState } from 'react';
import { openEventStream } from '../shared/event-stream.js';

/** A burst of events is one refetch. */
const GATHER_MS = 250;
const POLL_CONNECTED_MS = 60_000;
const POLL_LOST_MS = 12_000;

export interface DeskFeed {
  /** Grows whenever something may have changed: refetch. */
  readonly tick: number;
  readonly connected: boolean;
}

/** News of the queue: by events, and by asking again where events do not come. */
export function useDeskFeed(): DeskFeed {
  const [tick, setTick] = useState(0);
  const [connected, setConnected] = useState(true);

  useEffect(() => {
    let gathering: ReturnType<typeof setTimeout> | undefined;
    const changed = (): void => {
      clearTimeout(gathering);
      gathering = setTimeout(() => {
        setTick((before) => before + 1);
      }, GATHER_MS);
    };
    const close = openEventStream({
      url: () => '/api/desk/events',
      on: { ticket: changed, notice: changed },
      onConnected: (now) => {
        setConnected(now);
        if (now) changed();
      },
    });
    return () => {
      clearTimeout(gathering);
      close();
    };
  }, []);

  useEffect(() => {
    const timer = setInterval(
      () => {
        setTick((before) => before + 1);
      },
      connected ? POLL_CONNECTED_MS : POLL_LOST_MS,
    );
    return () => {
      clearInterval(timer);
    };
  }, [connected]);

  return { tick, connected };
}
