import { useCallback, useState } from 'react';
import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';
import { ClusterItem } from './ClusterItem.js';
import { useLoaded } from './use-loaded.js';

const PERIODS = [7, 30, 90] as const;

/** Questions that the machine could not answer, or answered badly, put together by what they ask. */
export function UnansweredSection({ client }: { readonly client: DeskClient }) {
  const [days, setDays] = useState<number>(30);
  const { value, failure } = useLoaded(useCallback(() => client.unanswered(days), [client, days]));

  return (
    <main className="section" data-testid="unanswered">
      <div className="section-column">
        <h2>答不上的问题</h2>
        <p className="section-about">机器没把握、转给律师的问题，和群众说“没用”的答复。问得差不多的归成一类，问得最多的在最前面。</p>
        <div className="periods" role="group" aria-label="多久以来">
          {PERIODS.map((period) => (
            <button
              key={period}
              type="button"
              className="period"
              data-testid={`period-${String(period)}`}
              aria-pressed={period === days}
              onClick={() => {
                setDays(period);
              }}
            >
              近 {period} 天
            </button>
          ))}
        </div>
        <FormFailure text={failure} />
        {value === null ? (
          failure === null && <p className="section-empty">正在归类…</p>
        ) : (
          <>
            <p className="section-sum" data-testid="unanswered-sum">
              {value.questions} 个问题，归成 {value.clusters.length} 类。群众评价：有用 {value.rated.useful}，没用 {value.rated.useless}。
            </p>
            {value.clusters.length === 0 && <p className="section-empty">这段时间没有答不上的问题。</p>}
            <ol className="clusters">
              {value.clusters.map((cluster) => (
                <ClusterItem key={`${cluster.representative}${String(cluster.newest)}`} cluster={cluster} />
              ))}
            </ol>
          </>
        )}
      </div>
    </main>
  );
}
