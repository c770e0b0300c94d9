import type { QueueItem } from '../../../domain/desk-views.js';
import { durationText } from '../../shared/times.js';

export interface RowFact {
  readonly id: 'danger' | 'overdue' | 'deadline' | 'for-me' | 'invited' | 'due';
  readonly text: string;
  readonly tone: 'red' | 'amber' | 'green' | 'grey';
}

/** Days left from which a time limit is shown in red. */
const VERY_NEAR_DAYS = 7;

/** "期限还剩 6 天", "期限今天到", "期限过了 3 天". */
export function daysLeftText(days: number): string {
  if (days < 0) return `过了 ${String(-days)} 天`;
  return days === 0 ? '今天到期' : `还剩 ${String(days)} 天`;
}

/** What a lawyer has to know of a ticket before opening it, the most pressing first. */
export function factsOf(item: QueueItem, now: number): RowFact[] {
  const facts: RowFact[] = [];
  if (item.urgent || item.priority === 2) facts.push({ id: 'danger', text: '人身安全', tone: 'red' });
  if (item.overdue && item.state === 'queued') {
    const late = item.dueAt === null ? '' : ` ${durationText(Math.max(0, now - item.dueAt))}`;
    facts.push({ id: 'overdue', text: `超时没人领${late}`, tone: 'red' });
  }
  if (item.daysLeft !== null && item.state !== 'closed') {
    facts.push({
      id: 'deadline',
      text: `法定期限${daysLeftText(item.daysLeft)}`,
      tone: item.daysLeft <= VERY_NEAR_DAYS ? 'red' : 'amber',
    });
  }
  if (item.forMe && item.state !== 'closed') facts.push({ id: 'for-me', text: '找您的', tone: 'green' });
  if (item.invited) facts.push({ id: 'invited', text: '请您一起看', tone: 'green' });
  return facts;
}

/** Where it comes from; a point whose name begins as the township's does ("青禾镇…") says it all. */
export function placeText({ townshipName, pointName }: Pick<QueueItem, 'townshipName' | 'pointName'>): string {
  if (townshipName === null || pointName?.startsWith(townshipName.slice(0, 3)) === true) return pointName ?? '';
  return [townshipName, pointName ?? ''].filter((name) => name !== '').join(' ');
}
