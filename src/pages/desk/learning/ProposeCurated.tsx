import { useState } from 'react';
import type { TicketView } from '../../../domain/views.js';
import type { DeskClient } from '../desk-client.js';
import { placeOf } from '../sections.js';
import { ProposeDialog } from './ProposeDialog.js';

interface Props {
  readonly client: DeskClient;
  readonly ticket: TicketView;
}

/** Once a lawyer has answered: the way to keep the answer for others who ask the same. */
export function ProposeCurated({ client, ticket }: Props) {
  const [step, setStep] = useState<'closed' | 'open' | 'done'>('closed');
  const answered = ticket.messages.some(({ author, body }) => author === 'staff' && body.type === 'text');
  if (!answered) return null;
  return (
    <div className="propose">
      {step === 'done' ? (
        <p role="status" data-testid="proposed">
          已经提交，等另一位律师批准。<a href={`#${encodeURIComponent(placeOf('curated') ?? '')}`}>看常用答复</a>
        </p>
      ) : (
        <button
          type="button"
          className="text-button"
          data-testid="propose"
          onClick={() => {
            setStep('open');
          }}
        >
          ＋ 收作常用答复
        </button>
      )}
      {step === 'open' && (
        <ProposeDialog
          client={client}
          ticket={ticket}
          onClose={(proposed) => {
            setStep(proposed ? 'done' : 'closed');
          }}
        />
      )}
    </div>
  );
}
