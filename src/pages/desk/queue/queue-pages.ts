import type { QueueItem, QueueView } from '../../../domain/desk-views.js';

interface QueuePage {
  readonly after: string | null;
  readonly items: readonly QueueItem[];
  /** At which tick it was read; an older one is read again when it comes into view. */
  readonly tick: number;
}

/** The pages of the queue that have been read, in order. */
export interface QueuePages {
  readonly pages: readonly QueuePage[];
  /** Cursor of the page that has not been read yet; null: there is none. */
  readonly next: string | null;
  readonly total: number;
  readonly counts: QueueView['counts'];
}

export const NO_PAGES: QueuePages = { pages: [], next: null, total: 0, counts: { waiting: 0, mine: 0, forMe: 0, overdue: 0 } };

/**
 * The pages with one of them read anew. The page behind it begins where this one now ends, so it counts as old; what
 * stands in two pages meanwhile is shown once, by `itemsOf`.
 */
export function withPage(before: QueuePages, index: number, view: QueueView, tick: number): QueuePages {
  const after = index === 0 ? null : (before.pages[index]?.after ?? before.next);
  const read: QueuePage = { after, items: view.items, tick };
  const common = { total: view.total, counts: view.counts };
  if (view.next === null) return { pages: [...before.pages.slice(0, index), read], next: null, ...common };
  const [following, ...rest] = before.pages.slice(index + 1);
  if (!following) return { pages: [...before.pages.slice(0, index), read], next: view.next, ...common };
  const moved: QueuePage = following.after === view.next ? following : { ...following, after: view.next, tick: -1 };
  return { pages: [...before.pages.slice(0, index), read, moved, ...rest], next: before.next, ...common };
}

/** What each page adds to the list: a ticket that has moved meanwhile stands in two pages, and is shown where it is met first. */
function shownOf({ pages }: QueuePages): QueueItem[][] {
  const seen = new Set<string>();
  return pages.map(({ items }) =>
    items.filter(({ number }) => {
      if (seen.has(number)) return false;
      seen.add(number);
      return true;
    }),
  );
}

/** All tickets read, each once. */
export function itemsOf(pages: QueuePages): QueueItem[] {
  return shownOf(pages).flat();
}

/**
 * The page to be read next, for rows `from` to `to` (ends included) to be true at a tick; null: all are.
 * Whoever stands at the end is given more before anything is read again. The first page is always kept true, for what is
 * most urgent and for the numbers.
 */
export function pageToRead(read: QueuePages, from: number, to: number, tick: number): number | null {
  const { pages, next } = read;
  if (pages.length === 0) return 0;
  // rows as they are shown, or the end would never come near while tickets stand in two pages
  const shown = shownOf(read);
  const rowsShown = shown.reduce((sum, { length }) => sum + length, 0);
  if (next !== null && to >= rowsShown - 1) return pages.length;
  if ((pages[0]?.tick ?? -1) < tick) return 0;
  let row = 0;
  for (const [index, page] of pages.entries()) {
    const rows = shown[index]?.length ?? 0;
    const inView = row <= to && row + rows > from;
    if (inView && page.tick < tick) return index;
    row += rows;
  }
  return next !== null && to >= rowsShown - READ_AHEAD ? pages.length : null;
}

/** Rows before the end at which the next page is fetched. */
const READ_AHEAD = 25;

export function cursorOf({ pages, next }: QueuePages, index: number): string | null {
  return index === 0 ? null : (pages[index]?.after ?? next);
}
