import { useEffect, useId, useRef, useState } from 'react';
import { TICKET_OUTCOME_NAMES, TICKET_OUTCOMES } from '../../domain/ticket.js';
import type { TicketOutcome } from '../../domain/ticket.js';
import type { OpenTicket } from './use-ticket.js';

interface Props {
  readonly number: string;
  readonly act: OpenTicket['act'];
  /** Closed or called off. */
  readonly onDone: () => void;
}

/** How the matter ended, asked before a ticket is closed. */
export function CloseDialog({ number, act, onDone }: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [outcome, setOutcome] = useState<TicketOutcome>('resolved');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close();
    };
  }, []);

  const close = async (): Promise<void> => {
    setBusy(true);
    await act((client) => client.close(number, { outcome, note: note.trim() }));
    onDone(); // a refusal is told above the ticket
  };

  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={`${id}-title`} onCancel={onDone}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void close();
        }}
      >
        <h2 id={`${id}-title`}>结案 {number}</h2>
        <div className="field">
          <label htmlFor={`${id}-outcome`}>结果</label>
          <select
            id={`${id}-outcome`}
            data-testid="close-outcome"
            value={outcome}
            onChange={(event) => {
              setOutcome(TICKET_OUTCOMES.find((one) => one === event.target.value) ?? 'resolved');
            }}
          >
            {TICKET_OUTCOMES.map((one) => (
              <option key={one} value={one}>
                {TICKET_OUTCOME_NAMES[one]}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${id}-note`}>办理备注（可以不写）</label>
          <textarea
            id={`${id}-note`}
            rows={4}
            data-testid="close-note"
            value={note}
            onChange={(event) => {
              setNote(event.target.value);
            }}
          />
        </div>
        <div className="dialog-row">
          <button type="button" className="button button-plain" data-testid="close-cancel" onClick={onDone}>
            取消
          </button>
          <button type="submit" className="button button-primary" data-testid="close-confirm" disabled={busy}>
            确定结案
          </button>
        </div>
      </form>
    </dialog>
  );
}
