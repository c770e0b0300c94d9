import { useCallback, useState } from 'react';
import type { KnowledgeDeskView } from '../../../domain/knowledge-views.js';
import { failureText } from '../../shared/request.js';
import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';
import { useLoaded } from '../learning/use-loaded.js';
import { FigureItem } from './FigureItem.js';
import { knowledgeRequests } from './knowledge-requests.js';
import { StatementItem } from './StatementItem.js';

const TABS = {
  statements: ['待核实的规定', '只见过转述的规定。对照原文，一字不差的才核实；核实以前标“待核实”，从不单独作依据。'],
  figures: ['每年变的数据', '空着的只给算法、转律师，不猜。一个人填数、写来源，另一个人对照来源核实，核实了才用。'],
  stale: ['失效的要旨', '原文变了，要旨先停用，问到的转律师。要对照新原文改知识库里的文件，再登记校验值。'],
} as const;
type Tab = keyof typeof TABS;

/** What of the pack wants looking after, and who does it. */
export function KnowledgeSection({ client }: { readonly client: DeskClient }) {
  const [tab, setTab] = useState<Tab>('statements');
  const [changed, setChanged] = useState<KnowledgeDeskView | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { value, failure } = useLoaded(useCallback(() => knowledgeRequests.view(client), [client]));
  const view = changed ?? value;

  const act = (request: Promise<KnowledgeDeskView>): void => {
    setBusy(true);
    request
      .then(
        (after) => {
          setChanged(after);
          setRefused(null);
        },
        (error: unknown) => {
          setRefused(failureText(error));
        },
      )
      .finally(() => {
        setBusy(false);
      });
  };
  const counts: Readonly<Record<Tab, number>> = {
    statements: view?.statements.filter(({ verified }) => verified === null).length ?? 0,
    figures: view?.figures.filter(({ verifiedBy }) => verifiedBy === null).length ?? 0,
    stale: view?.stale.length ?? 0,
  };

  return (
    <main className="section" data-testid="knowledge">
      <div className="section-column">
        <h2>知识</h2>
        <div className="periods" role="group" aria-label="看哪一类">
          {(Object.keys(TABS) as Tab[]).map((one) => (
            <button
              key={one}
              type="button"
              className="period"
              data-testid={`knowledge-${one}`}
              aria-pressed={one === tab}
              onClick={() => {
                setTab(one);
              }}
            >
              {TABS[one][0]} {view === null ? '' : counts[one]}
            </button>
          ))}
        </div>
        <p className="section-about">{TABS[tab][1]}</p>
        <FormFailure text={refused ?? failure} />
        {view === null ? (
          failure === null && <p className="section-empty">正在读取…</p>
        ) : (
          <ol className="knowledge-list">
            {tab === 'statements' &&
              view.statements.map((statement) => (
                <StatementItem
                  key={`${statement.key}${statement.verified === null ? '' : '+'}`}
                  statement={statement}
                  busy={busy}
                  onVerify={(against) => {
                    act(knowledgeRequests.verify(client, statement.key, against));
                  }}
                  onWithdraw={() => {
                    act(knowledgeRequests.withdraw(client, statement.key));
                  }}
                />
              ))}
            {tab === 'figures' &&
              view.figures.map((figure) => (
                <FigureItem
                  key={`${figure.id}${String(figure.history.length)}`}
                  figure={figure}
                  busy={busy}
                  onEnter={(entry) => {
                    act(knowledgeRequests.enter(client, figure.id, entry));
                  }}
                  onVerify={() => {
                    act(knowledgeRequests.verifyFigure(client, figure.id));
                  }}
                />
              ))}
            {tab === 'stale' &&
              view.stale.map(({ law, article, says }) => (
                <li key={`${law}${article}`} className="knowledge-item">
                  <h3>
                    《{law}》{article}
                  </h3>
                  <p>{says}</p>
                </li>
              ))}
          </ol>
        )}
        {view !== null && tab === 'stale' && view.stale.length === 0 && <p className="section-empty">没有失效的要旨。</p>}
      </div>
    </main>
  );
}
