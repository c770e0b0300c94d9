import { useId, useState } from 'react';
import {
  NO_RESULT,
  REFERRALS,
  REFERRAL_NAMES,
  TICKET_OUTCOME_NAMES,
  TICKET_OUTCOMES,
  type Referral,
  type TicketOutcome,
} from '../../../domain/ticket.js';
import type { TicketView } from '../../../domain/views.js';
import { FormFailure } from '../FormFailure.js';
import { toolRequests } from '../tools/tool-requests.js';
import type { OpenTicket } from '../use-ticket.js';
import { Dialog } from './Dialog.js';

interface Props {
  readonly ticket: TicketView;
  readonly act: OpenTicket['act'];
  /** Closed or called off. */
  readonly onDone: () => void;
}

/** Yuan with up to two decimals; null where it is no sum. */
function amountOf(text: string): number | null {
  return /^\d{1,9}(\.\d{1,2})?$/.test(text) ? Number(text) : null;
}

/** How the matter ended, asked before a ticket is closed: what the bureau counts, and a note for the file. */
export function CloseDialog({ ticket: { number, kind }, act, onDone }: Props) {
  const id = useId();
  const [outcome, setOutcome] = useState<TicketOutcome>('resolved');
  const [referral, setReferral] = useState<Referral | ''>('');
  const [amount, setAmount] = useState('');
  const [agreed, setAgreed] = useState<'' | 'yes' | 'no'>('');
  const [migrantWorker, setMigrantWorker] = useState(false);
  const [note, setNote] = useState('');
  const [objection, setObjection] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const close = async (): Promise<void> => {
    const sum = amount.trim().replace(/[,，]/g, '');
    const wrong =
      outcome === 'referred' && referral === ''
        ? '请选转到哪里。'
        : sum !== '' && amountOf(sum) === null
          ? '金额请写数字，单位是元，例如 12000。'
          : null;
    setObjection(wrong);
    if (wrong !== null) return;
    setBusy(true);
    const result = {
      ...NO_RESULT,
      referral: outcome === 'referred' && referral !== '' ? referral : null,
      amount: sum === '' ? null : amountOf(sum),
      agreed: agreed === '' ? null : agreed === 'yes',
      migrantWorker,
    };
    await act((client) => toolRequests.close(client, number, { outcome, note: note.trim(), result }));
    onDone(); // a refusal is told above the ticket
  };

  return (
    <Dialog title={`结案 ${number}`} onClose={onDone} look="sheet" testId="close-dialog">
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void close();
        }}
      >
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
        {outcome === 'referred' && (
          <div className="field">
            <label htmlFor={`${id}-referral`}>转到哪里</label>
            <select
              id={`${id}-referral`}
              data-testid="close-referral"
              value={referral}
              onChange={(event) => {
                setReferral(REFERRALS.find((one) => one === event.target.value) ?? '');
              }}
            >
              <option value="">请选</option>
              {REFERRALS.map((one) => (
                <option key={one} value={one}>
                  {REFERRAL_NAMES[one]}
                </option>
              ))}
            </select>
            <p>结案以后可以打印转介单。</p>
          </div>
        )}
        {kind === 'mediation' && (
          <div className="field">
            <label htmlFor={`${id}-agreed`}>调解成了吗</label>
            <select
              id={`${id}-agreed`}
              data-testid="close-agreed"
              value={agreed}
              onChange={({ target }) => {
                setAgreed(target.value === 'yes' || target.value === 'no' ? target.value : '');
              }}
            >
              <option value="">没有调解</option>
              <option value="yes">达成协议</option>
              <option value="no">没有达成协议</option>
            </select>
          </div>
        )}
        <div className="field">
          <label htmlFor={`${id}-amount`}>涉及或者追回的金额（元，可以不写）</label>
          <input
            id={`${id}-amount`}
            inputMode="decimal"
            data-testid="close-amount"
            value={amount}
            onChange={(event) => {
              setAmount(event.target.value);
            }}
          />
        </div>
        <label className="check">
          <input
            type="checkbox"
            data-testid="close-migrant"
            checked={migrantWorker}
            onChange={(event) => {
              setMigrantWorker(event.target.checked);
            }}
          />
          当事人是农民工
        </label>
        <div className="field">
          <label htmlFor={`${id}-note`}>办理备注（可以不写，当事人看不到）</label>
          <textarea
            id={`${id}-note`}
            rows={3}
            maxLength={2000}
            data-testid="close-note"
            value={note}
            onChange={(event) => {
              setNote(event.target.value);
            }}
          />
        </div>
        <FormFailure text={objection} />
        <div className="dialog-row">
          <button type="button" className="button button-plain" data-testid="close-cancel" onClick={onDone}>
            取消
          </button>
          <button type="submit" className="button button-primary" data-testid="close-confirm" disabled={busy}>
            确定结案
          </button>
        </div>
      </form>
    </Dialog>
  );
}
