import { useCallback, useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { TicketView } from '../../domain/views.js';

const NEAR_END_PX = 160;

/** Begins at the brief, or at the newest message once a lawyer has spoken; then follows what is new. */
export function useThreadScroll(ticket: TicketView | null): {
  readonly area: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
} {
  const area = useRef<HTMLDivElement>(null);
  const follow = useRef(false);
  const shownId = useRef(0);
  const newest = ticket?.messages.at(-1);
  const newestId = newest?.id ?? 0;
  const spoken = ticket?.messages.some((message) => message.author === 'staff') ?? false;
  const byStaff = newest?.author === 'staff';

  useLayoutEffect(() => {
    const element = area.current;
    if (element === null || newestId === shownId.current) return;
    const first = shownId.current === 0;
    shownId.current = newestId;
    if (first ? spoken : follow.current || byStaff) element.scrollTop = element.scrollHeight;
  }, [newestId, spoken, byStaff]);

  const onScroll = useCallback(() => {
    const element = area.current;
    if (element === null) return;
    follow.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
  }, []);
  return { area, onScroll };
}
