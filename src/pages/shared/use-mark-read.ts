import { useEffect, useRef } from 'react';
import type { Message } from '../../domain/message.js';

/** How much of a message has to be in sight, where there is room for it: shares at which the browser looks again. */
const LOOKED_AT = [0, 0.25, 0.5, 0.75, 1];
const ENOUGH = 0.5;

/**
 * Says how far the words of lawyers were seen: a message counts once half of it, or half a screen of it, is in sight on a page
 * that is shown; whoever has seen one has seen those before it. Each message stands in an element `data-message` with its id.
 * What could not be said is said with the next one, or when the page is shown again.
 */
export function useMarkRead(messages: readonly Message[], report: (upTo: number) => Promise<void>): void {
  const told = useRef(0);
  const ids = messages.flatMap(({ author, id }) => (author === 'staff' ? [id] : [])).join(' ');

  useEffect(() => {
    if (ids === '') return undefined;
    const inSight = new Set<number>();
    const tell = (): void => {
      const before = told.current;
      const upTo = Math.max(before, ...inSight);
      if (upTo === before || document.visibilityState !== 'visible') return;
      told.current = upTo;
      report(upTo).catch(() => {
        told.current = before;
      });
    };
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, intersectionRatio, intersectionRect } of entries) {
          const id = Number(target.getAttribute('data-message'));
          const enough = intersectionRatio >= ENOUGH || intersectionRect.height >= window.innerHeight * ENOUGH;
          if (enough) inSight.add(id);
          else inSight.delete(id);
        }
        tell();
      },
      { threshold: LOOKED_AT },
    );
    for (const id of ids.split(' ')) {
      const element = document.querySelector(`[data-message="${id}"]`);
      if (element) observer.observe(element);
    }
    document.addEventListener('visibilitychange', tell);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', tell);
    };
  }, [ids, report]);
}
