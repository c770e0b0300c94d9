import type { RunningDeadline } from '../../../domain/desk-views.js';
import { dayText } from '../../shared/times.js';
import { daysLeftText } from '../queue/row-facts.js';

const NEAR_DAYS = 30;

/** Time limits that run, the nearest first: the day, what is left, the article, and what it was reckoned from. */
export function Deadlines({ deadlines }: { readonly deadlines: readonly RunningDeadline[] }) {
  if (deadlines.length === 0) return null;
  const sorted = [...deadlines].sort((a, b) => a.daysLeft - b.daysLeft);
  return (
    <ul className="deadlines" aria-label="正在走的期限">
      {sorted.map((one) => (
        <li key={`${one.label}${one.day}`} className={one.daysLeft <= NEAR_DAYS ? 'deadline-near' : ''} data-testid="deadline">
          <p>
            <b>{one.label}</b> <strong className="deadline-left">{daysLeftText(one.daysLeft)}</strong>
          </p>
          <p className="deadline-why">
            {dayText(one.day)}到期 · {one.source} · 按{one.from}算
          </p>
        </li>
      ))}
    </ul>
  );
}
