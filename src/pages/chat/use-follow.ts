import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { ChatState } from './chat-state.js';

const NEAR_END_PX = 160;
/** So much of what stands before stays in view. */
const SHOWN_BEFORE_PX = 56;

interface Follow {
  readonly list: RefObject<HTMLDivElement | null>;
  /** Something new stands below what the person is reading. */
  readonly unseen: boolean;
  readonly onScroll: () => void;
  readonly showNewest: () => void;
}

/** Keeps the newest message in view: its beginning, for an answer can be longer than the screen. */
export function useFollow({ messages, pending, waiting }: ChatState): Follow {
  const list = useRef<HTMLDivElement>(null);
  const nearEnd = useRef(true);
  const shownId = useRef(0);
  const [unseen, setUnseen] = useState(false);

  const newest = messages.at(-1);
  const newestId = newest?.id ?? 0;
  const fromCitizen = newest?.author === 'citizen';
  const pendingCount = pending.length;

  const showNewest = useCallback(() => {
    setUnseen(false);
    const items = list.current?.querySelectorAll<HTMLElement>('[data-message]');
    const item = items?.[items.length - 1];
    // Not scrollIntoView: it moves the page around the list as well.
    if (item !== undefined) list.current?.scrollTo({ top: item.offsetTop - SHOWN_BEFORE_PX });
  }, []);

  // before the browser reports the scrolling that an answer's own height causes: it would look like the person's
  useLayoutEffect(() => {
    const isNew = newestId > shownId.current;
    const follow = shownId.current === 0 || nearEnd.current;
    shownId.current = Math.max(shownId.current, newestId);
    if (!isNew || fromCitizen) return;
    if (follow) showNewest();
    else setUnseen(true);
  }, [newestId, fromCitizen, showNewest]);

  useLayoutEffect(() => {
    const element = list.current;
    if (element === null || (pendingCount === 0 && !waiting)) return;
    element.scrollTop = element.scrollHeight;
    nearEnd.current = true;
  }, [pendingCount, waiting]);

  const onScroll = useCallback(() => {
    const element = list.current;
    if (element === null) return;
    nearEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
    if (nearEnd.current) setUnseen(false);
  }, []);

  return { list, unseen, onScroll, showNewest };
}
