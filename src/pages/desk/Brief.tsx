import { HANDOFF_REASON_NAMES } from '../../domain/answer.js';
import type { TicketView } from '../../domain/views.js';
import { channelName, topicName } from './names.js';

/** What a lawyer needs at a glance. Folded once a lawyer has spoken. */
export function Brief({ ticket }: { readonly ticket: TicketView }) {
  const { brief, messages, reason } = ticket;
  const spoken = messages.some((message) => message.author === 'staff');
  return (
    <details className="brief" data-testid="brief" open={!spoken}>
      <summary>
        <span className="brief-title">咨询摘要</span>
        <span className="brief-source">
          来自{channelName(brief.channel)}
          {brief.topic !== null && ` · ${topicName(brief.topic)}`}
        </span>
      </summary>
      <div className="brief-body">
        <p className="brief-question lines">{brief.question}</p>
        <dl>
          <div className="brief-reason">
            <dt>为什么转来</dt>
            <dd>{HANDOFF_REASON_NAMES[reason]}</dd>
          </div>
          {brief.facts.map((fact) => (
            <div key={`${fact.label}${fact.value}`}>
              <dt>{fact.label}</dt>
              <dd className="lines">{fact.value}</dd>
            </div>
          ))}
          {brief.botSaid !== '' && (
            <div>
              <dt>机器人说过</dt>
              <dd className="lines">{brief.botSaid}</dd>
            </div>
          )}
          {brief.provisions.length > 0 && (
            <div>
              <dt>查过的条文</dt>
              <dd>
                <ul>
                  {brief.provisions.map((provision) => (
                    <li key={provision}>{provision}</li>
                  ))}
                </ul>
              </dd>
            </div>
          )}
        </dl>
      </div>
    </details>
  );
}
