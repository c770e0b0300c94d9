import type { TicketKind } from '../../../domain/answer.js';
import type { QueueQuery } from '../../../domain/desk-views.js';

/** What of the queue is shown; empty strings: all. */
export interface QueueFilter {
  readonly show: QueueQuery['show'];
  readonly kind: TicketKind | '';
  readonly topic: string;
  /** Code of a township; `none`: no township known. */
  readonly township: string;
  readonly only: NonNullable<QueueQuery['only']> | '';
  readonly q: string;
}

export const SHOWS = ['open', 'waiting', 'mine', 'closed'] as const satisfies readonly QueueQuery['show'][];
export const SHOW_NAMES: Readonly<Record<QueueQuery['show'], string>> = { open: '待办', waiting: '待领取', mine: '我的', closed: '已结案' };

export const ONLY = ['for-me', 'overdue', 'deadline'] as const satisfies readonly NonNullable<QueueQuery['only']>[];
export const ONLY_NAMES: Readonly<Record<NonNullable<QueueQuery['only']>, string>> = {
  'for-me': '找我的',
  overdue: '超时没人领',
  deadline: '期限快到',
};

export const EVERYTHING: QueueFilter = { show: 'open', kind: '', topic: '', township: '', only: '', q: '' };

/** How many of the folded-away filters are set. */
export function narrowed({ kind, topic, township }: QueueFilter): number {
  return [kind, topic, township].filter((one) => one !== '').length;
}

/** "show=open&kind=mediation": as the server reads it. */
export function queryOf(filter: QueueFilter): string {
  const query = new URLSearchParams({ show: filter.show });
  for (const name of ['kind', 'topic', 'township', 'only', 'q'] as const) {
    if (filter[name].trim() !== '') query.set(name, filter[name].trim());
  }
  return query.toString();
}
