import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { QueueItem, QueueView } from '../../../domain/desk-views.js';
import { failureText } from '../../shared/request.js';
import type { DeskClient } from '../desk-client.js';
import { queryOf, type QueueFilter } from './queue-filter.js';
import { cursorOf, itemsOf, NO_PAGES, pageToRead, withPage, type QueuePages } from './queue-pages.js';

export interface Queue {
  /** Null while it has not been read. */
  readonly items: readonly QueueItem[] | null;
  /** Of the whole filter. */
  readonly total: number;
  readonly counts: QueueView['counts'];
  readonly failure: string | null;
  readonly refresh: () => void;
  /** Told which rows are in view, so that they are read, and kept true. */
  readonly onRange: (from: number, to: number) => void;
}

/** A page that could not be read is asked for again by itself. */
const RETRY_AFTER_MS = 5000;

/** The queue under a filter, a page at a time as it is scrolled; read again at each tick where it is looked at. */
export function useQueue(client: DeskClient, filter: QueueFilter, tick: number): Queue {
  const query = queryOf(filter);
  const [read, setRead] = useState<{ readonly query: string; readonly pages: QueuePages }>({ query: '', pages: NO_PAGES });
  const [failure, setFailure] = useState<string | null>(null);
  const [own, setOwn] = useState(0);
  const [range, setRange] = useState({ from: 0, to: 0 });
  const pages = read.query === query ? read.pages : NO_PAGES;
  const now = tick + own;
  const flight = useRef<{ readonly query: string } | null>(null);
  const [landed, setLanded] = useState(0);

  const wanted = pageToRead(pages, range.from, range.to, now);
  const cursor = wanted === null ? null : cursorOf(pages, wanted);
  useEffect(() => {
    // one at a time: where news comes faster than pages, each page still arrives
    if (wanted === null || flight.current?.query === query) return;
    const mine = { query };
    flight.current = mine;
    const land = (how: () => void): void => {
      if (flight.current !== mine) return; // another filter is asked for by now
      flight.current = null;
      how();
    };
    client.get<QueueView>(`/queue?${query}${cursor === null ? '' : `&after=${encodeURIComponent(cursor)}`}`).then(
      (view) => {
        land(() => {
          setRead((before) => ({ query, pages: withPage(before.query === query ? before.pages : NO_PAGES, wanted, view, now) }));
          setFailure(null);
          setLanded((before) => before + 1);
        });
      },
      (error: unknown) => {
        land(() => {
          setFailure(failureText(error));
        });
      },
    );
  }, [client, query, wanted, cursor, now, landed]);
  useEffect(() => {
    if (failure === null) return undefined;
    const again = setInterval(() => {
      setOwn((before) => before + 1);
    }, RETRY_AFTER_MS);
    return () => {
      clearInterval(again);
    };
  }, [failure]);

  const items = useMemo(() => (pages.pages.length === 0 ? null : itemsOf(pages)), [pages]);
  const refresh = useCallback(() => {
    setOwn((before) => before + 1);
  }, []);
  const onRange = useCallback((from: number, to: number) => {
    setRange((before) => (before.from === from && before.to === to ? before : { from, to }));
  }, []);
  // the numbers stay while another filter is being read
  const counts = (pages.pages.length === 0 ? read.pages : pages).counts;
  return { items, total: pages.total, counts, failure, refresh, onRange };
}
