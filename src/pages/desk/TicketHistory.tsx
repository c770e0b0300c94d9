import type { TicketExtras } from '../../domain/desk-views.js';
import { REFERRAL_NAMES, TICKET_OUTCOME_NAMES, type CaseResult } from '../../domain/ticket.js';
import type { TicketView } from '../../domain/views.js';
import { momentText } from '../shared/times.js';
import { eventName } from './names.js';
import { referralAddress } from './tools/tool-requests.js';

function CaseResultLine({ result: { referral, amount, agreed, migrantWorker } }: { readonly result: CaseResult }) {
  const parts = [
    referral === null ? '' : `转到${REFERRAL_NAMES[referral]}`,
    agreed === null ? '' : agreed ? '达成调解协议' : '没有达成协议',
    amount === null ? '' : `金额 ${amount.toLocaleString('zh-CN')} 元`,
    migrantWorker ? '农民工' : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : <p data-testid="case-result">{parts.join(' · ')}</p>;
}

/** How the ticket ended, and what happened to it. */
export function TicketHistory({ ticket, extras }: { readonly ticket: TicketView; readonly extras: TicketExtras | null }) {
  const { outcome, note, history } = ticket;
  const result = extras?.result ?? null;
  const satisfaction = extras?.satisfaction ?? null;
  const now = Date.now();
  return (
    <>
      {outcome !== null && (
        <div className="outcome" data-testid="outcome">
          <p>
            <strong>结案：{TICKET_OUTCOME_NAMES[outcome]}</strong>
          </p>
          {result !== null && <CaseResultLine result={result} />}
          {note !== null && note !== '' && <p className="lines">{note}</p>}
          {outcome === 'referred' && (
            <a
              className="text-button outcome-print"
              data-testid="referral"
              href={referralAddress(ticket.number)}
              target="_blank"
              rel="noreferrer"
            >
              打开转介单（可打印）
            </a>
          )}
          {satisfaction !== null && (
            <p data-testid="satisfaction">
              当事人评价：{satisfaction.score}
              {satisfaction.words !== '' && <span className="lines">“{satisfaction.words}”</span>}
            </p>
          )}
        </div>
      )}
      {history.length > 0 && (
        <details className="history">
          <summary>办理记录（{history.length}）</summary>
          <ol>
            {history.map((entry, index) => (
              <li key={`${String(entry.at)}-${String(index)}`}>
                <time dateTime={new Date(entry.at).toISOString()}>{momentText(entry.at, now)}</time>
                <span>{eventName(entry.event)}</span>
                {entry.by !== null && <span>{entry.by}</span>}
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}
