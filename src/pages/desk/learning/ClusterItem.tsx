import { UNANSWERED_REASON_NAMES } from '../../../domain/unanswered.js';
import type { QuestionCluster, UnansweredReason } from '../../../domain/unanswered.js';
import { momentText } from '../../shared/times.js';

const REASONS = Object.keys(UNANSWERED_REASON_NAMES) as readonly UnansweredReason[];

/** Questions that ask the same: how many, why they were not answered, and the tickets they led to. */
export function ClusterItem({ cluster }: { readonly cluster: QuestionCluster }) {
  const { representative, size, reasons, newest, others, tickets } = cluster;
  return (
    <li className="cluster" data-testid="cluster">
      <p className="cluster-size">
        <b>{size}</b> 次
      </p>
      <div className="cluster-body">
        <p className="cluster-text lines">{representative}</p>
        <p className="cluster-facts">
          {REASONS.filter((reason) => reasons[reason] !== undefined).map((reason) => (
            <span key={reason} className={`badge ${reason === 'disliked' ? 'badge-amber' : 'badge-grey'}`}>
              {UNANSWERED_REASON_NAMES[reason]} {reasons[reason]}
            </span>
          ))}
          <span>最近：{momentText(newest, Date.now())}</span>
        </p>
        {others.length > 0 && (
          <details>
            <summary>别的问法（{others.length}）</summary>
            <ul className="cluster-others">
              {others.map((text) => (
                <li key={text} className="lines">
                  {text}
                </li>
              ))}
            </ul>
          </details>
        )}
        {tickets.length > 0 && (
          <p className="cluster-tickets">
            工单：
            {tickets.map((number) => (
              <a key={number} href={`#${encodeURIComponent(number)}`} data-testid="cluster-ticket">
                {number}
              </a>
            ))}
          </p>
        )}
      </div>
    </li>
  );
}
