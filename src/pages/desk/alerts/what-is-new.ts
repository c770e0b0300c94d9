import type { QueueItem, QueueView } from '../../../domain/desk-views.js';

/** What waits for whoever sits here. */
export interface WaitingForMe {
  /** Nobody has them, and they are in my reach. */
  readonly waiting: number;
  readonly forMe: number;
  /** Mine in which the citizen spoke last: number → when. */
  readonly toAnswer: ReadonlyMap<string, number>;
}

export function waitingForMe(mine: QueueView): WaitingForMe {
  const toAnswer = mine.items.filter((item: QueueItem) => item.state === 'claimed' && !item.handedBack && (item.mine || item.invited));
  return {
    waiting: mine.counts.waiting,
    forMe: mine.counts.forMe,
    toAnswer: new Map(toAnswer.map(({ number, updatedAt }) => [number, updatedAt])),
  };
}

/**
 * What to say when something new waits; null: nothing does.
 * @param open the ticket in view: what is said there is seen
 */
export function newsBetween(before: WaitingForMe, after: WaitingForMe, open: string | null): string | null {
  if (after.forMe > before.forMe) return '有一张新工单找您。';
  if (after.waiting > before.waiting) return '来了一张新工单，等人领取。';
  const spoken = [...after.toAnswer].find(([number, at]) => number !== open && at > (before.toAnswer.get(number) ?? 0));
  return spoken === undefined ? null : `工单 ${spoken[0]} 的当事人来了新消息。`;
}

/** "(3) ": before the page's title. */
export function badgeText({ waiting, toAnswer }: WaitingForMe): string {
  const count = waiting + toAnswer.size;
  return count === 0 ? '' : `(${count > 99 ? '99+' : String(count)}) `;
}
