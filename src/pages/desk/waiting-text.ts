import type { TicketSummary } from '../../domain/views.js';
import { durationText } from '../shared/times.js';

const MINUTE = 60_000;

function since(at: number, now: number): string {
  return now - at < MINUTE ? '刚来' : `等了 ${durationText(now - at)}`;
}

/** “等了 12 分钟” where the citizen waits for a human; null where it is not our turn. */
export function waitingText(ticket: TicketSummary, now: number): string | null {
  if (ticket.state === 'queued') return since(ticket.createdAt, now);
  if (ticket.state === 'claimed' && !ticket.handedBack) return since(ticket.updatedAt, now);
  return null;
}
