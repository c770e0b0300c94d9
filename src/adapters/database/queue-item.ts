import type { HandoffReason, TicketKind } from '../../domain/answer.js';
import type { QueueItem } from '../../domain/desk-views.js';
import { titleOf } from '../../domain/ticket-title.js';
import type { TicketState } from '../../domain/ticket.js';
import type { IntakeBrief } from '../../domain/views.js';

/** What a line of the queue is made from. */
export const QUEUE_COLUMNS = [
  'tickets.number',
  'tickets.kind',
  'tickets.state',
  'tickets.reason',
  'tickets.brief',
  'tickets.holder',
  'tickets.members',
  'tickets.handed_back',
  'tickets.priority',
  'tickets.deadline_day',
  'tickets.due_at',
  'tickets.offered_to',
  'tickets.wanted_staff',
  'tickets.created_at',
  'tickets.updated_at',
  'tickets.closed_at',
  'holding.name as holder_name',
  'point.name as point_name',
  'township.name as township_name',
] as const;

export interface QueueRow {
  readonly number: string;
  readonly kind: string;
  readonly state: string;
  readonly reason: string;
  readonly brief: string;
  readonly holder: string | null;
  readonly members: string;
  readonly handed_back: number;
  readonly priority: number;
  readonly deadline_day: string | null;
  readonly due_at: number | null;
  readonly offered_to: string | null;
  readonly wanted_staff: string | null;
  readonly created_at: number;
  readonly updated_at: number;
  readonly closed_at: number | null;
  readonly holder_name: string | null;
  readonly point_name: string | null;
  readonly township_name: string | null;
}

const DAY_MS = 86_400_000;
const DAY_IN_CHINA = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

/** @param at milliseconds since the epoch */
export function toQueueItem(row: QueueRow, staffId: string, at: number): QueueItem {
  const brief = JSON.parse(row.brief) as IntakeBrief;
  const queued = row.state === 'queued';
  return {
    number: row.number,
    kind: row.kind as TicketKind,
    state: row.state as TicketState,
    reason: row.reason as HandoffReason,
    topic: brief.topic,
    title: titleOf(brief),
    holderName: row.holder_name,
    mine: row.holder === staffId,
    urgent: row.reason === 'danger',
    handedBack: row.handed_back === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    townshipName: row.township_name,
    pointName: row.point_name,
    priority: row.priority as QueueItem['priority'],
    deadlineDay: row.deadline_day,
    daysLeft: row.deadline_day === null ? null : daysUntil(row.deadline_day, at),
    dueAt: row.due_at,
    overdue: queued && row.due_at !== null && row.due_at < at,
    forMe: queued && (row.offered_to === staffId || row.wanted_staff === staffId),
    invited: (JSON.parse(row.members) as string[]).includes(staffId),
  };
}

/** Days from a time's day in China to an ISO day; negative: it is over. */
function daysUntil(day: string, at: number): number {
  return Math.round((Date.parse(day) - Date.parse(DAY_IN_CHINA.format(at))) / DAY_MS);
}
