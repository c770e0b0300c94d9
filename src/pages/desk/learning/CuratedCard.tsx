import { useState } from 'react';
import { TOPIC_NAMES } from '../../../domain/answer.js';
import { CURATED_STATUS_NAMES } from '../../../domain/curated-answer.js';
import type { CuratedStatus, CuratedView } from '../../../domain/curated-answer.js';
import { momentText } from '../../shared/times.js';

interface Props {
  readonly curated: CuratedView;
  readonly busy: boolean;
  readonly onMove: (move: 'approve' | 'withdraw') => void;
}

const STYLES: Readonly<Record<CuratedStatus, string>> = {
  proposed: 'badge-amber',
  approved: '',
  withdrawn: 'badge-grey',
  expired: 'badge-red',
};

/** Who did what, and when. */
function historyOf(curated: CuratedView, now: number): readonly string[] {
  const { status, authorName, proposedAt, approvedByName, approvedAt, endedByName, endedAt } = curated;
  const lines = [`${authorName} 提出，${momentText(proposedAt, now)}`];
  if (approvedByName !== null && approvedAt !== null) lines.push(`${approvedByName} 批准，${momentText(approvedAt, now)}`);
  if (status === 'withdrawn' && endedAt !== null) lines.push(`${endedByName ?? ''} 撤回，${momentText(endedAt, now)}`);
  if (status === 'expired' && endedAt !== null) lines.push(`依据的条文变了，${momentText(endedAt, now)} 自动停用`);
  return lines;
}

/** One curated answer with everything its approver has to read. */
export function CuratedCard({ curated, busy, onMove }: Props) {
  const { asks, headline, points, cites, status, topic, mine, ticketNumber } = curated;
  const [withdrawing, setWithdrawing] = useState(false);
  const waits = status === 'proposed' || status === 'expired';

  return (
    <article className="curated" data-testid="curated-card" data-status={status}>
      <p className="curated-head">
        <span className={`badge ${STYLES[status]}`}>{CURATED_STATUS_NAMES[status]}</span>
        <span className="badge badge-grey">{TOPIC_NAMES[topic]}</span>
      </p>
      <ul className="curated-asks" aria-label="问法">
        {asks.map((ask) => (
          <li key={ask}>“{ask}”</li>
        ))}
      </ul>
      <div className="curated-answer">
        <h3 className="lines">{headline}</h3>
        {points.length > 0 && (
          <ul>
            {points.map((point) => (
              <li key={point} className="lines">
                {point}
              </li>
            ))}
          </ul>
        )}
      </div>
      {cites.map((cite) => (
        <details key={`${cite.law}${cite.article}`} className="curated-cite">
          <summary>
            《{cite.law}》{cite.article}
          </summary>
          <p className="lines">{cite.says ?? '知识库里没有这一条了。'}</p>
        </details>
      ))}
      <p className="curated-history">
        {historyOf(curated, Date.now()).map((line) => (
          <span key={line}>{line}</span>
        ))}
        <a href={`#${encodeURIComponent(ticketNumber)}`}>工单 {ticketNumber}</a>
      </p>
      {status !== 'withdrawn' && (
        <div className="actions">
          {waits && !mine && (
            <button
              type="button"
              className="button button-primary"
              data-testid="curated-approve"
              disabled={busy}
              onClick={() => {
                onMove('approve');
              }}
            >
              {status === 'expired' ? '复核过了，重新启用' : '批准'}
            </button>
          )}
          {waits && mine && <p className="actions-note">您自己提的，要请另一位律师批准。</p>}
          <button
            type="button"
            className="button button-plain"
            data-testid="curated-withdraw"
            disabled={busy}
            onClick={() => {
              if (withdrawing) onMove('withdraw');
              setWithdrawing(!withdrawing);
            }}
          >
            {withdrawing ? '确定撤回' : '撤回'}
          </button>
          {withdrawing && (
            <button
              type="button"
              className="text-button"
              onClick={() => {
                setWithdrawing(false);
              }}
            >
              不撤了
            </button>
          )}
        </div>
      )}
    </article>
  );
}
