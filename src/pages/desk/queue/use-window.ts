import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

/** Rows kept in the page above and below what is in view. */
const BEYOND = 6;

export interface Window {
  readonly area: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  /** Rows to be in the page; `to` is not included. */
  readonly from: number;
  readonly to: number;
  readonly reveal: (index: number) => void;
}

/**
 * Which rows of a long list of equally high rows have to be in the page. The row that stands first in view stays where
 * it is when rows are added or removed above it; at the very top, what is new comes into view.
 * @param keys of all rows, in order
 * @param rowHeight pixels
 */
export function useWindow(keys: readonly string[], rowHeight: number): Window {
  const area = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  const anchor = useRef<{ readonly key: string; readonly offset: number } | null>(null);

  const measure = useCallback((): void => {
    const element = area.current;
    if (element === null) return;
    const { scrollTop, clientHeight } = element;
    // whole rows: scrolling inside of one changes nothing in the page
    const top = Math.floor(scrollTop / rowHeight) * rowHeight;
    setView((before) => (before.top === top && before.height === clientHeight ? before : { top, height: clientHeight }));
  }, [rowHeight]);

  const onScroll = useCallback(() => {
    const element = area.current;
    if (element === null) return;
    const index = Math.floor(element.scrollTop / rowHeight);
    const key = keys[index];
    anchor.current = element.scrollTop < rowHeight / 2 || key === undefined ? null : { key, offset: element.scrollTop - index * rowHeight };
    measure();
  }, [keys, rowHeight, measure]);

  useLayoutEffect(() => {
    const element = area.current;
    const held = anchor.current;
    if (element === null || held === null) return;
    const index = keys.indexOf(held.key);
    if (index < 0) return;
    const place = index * rowHeight + held.offset;
    if (Math.abs(element.scrollTop - place) > 1) element.scrollTop = place;
  }, [keys, rowHeight]);

  useEffect(() => {
    const element = area.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [measure]);

  const reveal = useCallback(
    (index: number) => {
      const element = area.current;
      if (element === null || index < 0) return;
      const top = index * rowHeight;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + rowHeight > element.scrollTop + element.clientHeight) element.scrollTop = top + rowHeight - element.clientHeight;
    },
    [rowHeight],
  );

  const from = Math.max(0, Math.floor(view.top / rowHeight) - BEYOND);
  const to = Math.min(keys.length, Math.ceil((view.top + view.height) / rowHeight) + 1 + BEYOND);
  return { area, onScroll, from, to, reveal };
}
