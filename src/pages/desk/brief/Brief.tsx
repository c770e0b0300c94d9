import { HANDOFF_REASON_NAMES } from '../../../domain/answer.js';
import type { TicketExtras } from '../../../domain/desk-views.js';
import type { TicketView } from '../../../domain/views.js';
import { channelName, topicName } from '../names.js';
import { Deadlines } from './Deadlines.js';
import { FormDetails } from './FormDetails.js';
import { Papers } from './Papers.js';

interface Props {
  readonly ticket: TicketView;
  readonly extras: TicketExtras | null;
  readonly onUninvite: (staffId: string) => void;
}

/** What a lawyer needs at a glance; time limits stay in view when it is folded, once a lawyer has spoken. */
export function Brief({ ticket, extras, onUninvite }: Props) {
  const { brief, messages, reason } = ticket;
  const spoken = messages.some((message) => message.author === 'staff');
  const place = [channelName(brief.channel), brief.topic === null ? null : topicName(brief.topic), extras?.pointName ?? null];
  return (
    <div className="brief" data-testid="brief">
      {extras !== null && <Deadlines deadlines={extras.deadlines} />}
      <details open={!spoken}>
        <summary>
          <span className="brief-title">咨询摘要</span>
          <span className="brief-source">来自{place.filter((part) => part !== null).join(' · ')}</span>
        </summary>
        <div className="brief-body">
          <p className="brief-question lines">{brief.question}</p>
          <dl>
            <div className="brief-reason">
              <dt>为什么转来</dt>
              <dd>{HANDOFF_REASON_NAMES[reason]}</dd>
            </div>
            {extras !== null && extras.wantedName !== null && (
              <div>
                <dt>当事人想找</dt>
                <dd>{extras.wantedName}</dd>
              </div>
            )}
            {extras !== null && extras.members.length > 0 && (
              <div>
                <dt>一起办的</dt>
                <dd data-testid="members">
                  {extras.members.map(({ id, name }) => (
                    <span key={id} className="member">
                      {name}
                      {ticket.mine && (
                        <button
                          type="button"
                          className="text-button"
                          data-testid="uninvite"
                          aria-label={`不再请${name}一起看`}
                          onClick={() => {
                            onUninvite(id);
                          }}
                        >
                          不再请
                        </button>
                      )}
                    </span>
                  ))}
                </dd>
              </div>
            )}
            {brief.facts.map((fact) => (
              <div key={`${fact.label}${fact.value}`}>
                <dt>{fact.label}</dt>
                <dd className="lines">{fact.value}</dd>
              </div>
            ))}
            {extras?.details && <FormDetails details={extras.details} />}
            {extras !== null && <Papers papers={extras.papers} />}
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
    </div>
  );
}
