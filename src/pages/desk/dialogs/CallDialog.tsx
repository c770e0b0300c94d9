import { useId, useRef, useState } from 'react';
import { TICKET_KINDS, TICKET_KIND_NAMES, type TicketKind } from '../../../domain/answer.js';
import type { CallView } from '../../../domain/desk-views.js';
import { newId } from '../../shared/new-id.js';
import { failureText } from '../../shared/request.js';
import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';
import { toolRequests } from '../tools/tool-requests.js';
import { Dialog } from './Dialog.js';

interface Props {
  readonly client: DeskClient;
  /** The number of the ticket that was opened; null: none was. */
  readonly onDone: (number: string | null) => void;
}

/** What a caller to 12348 says, typed in; then what is to be read out to them. */
export function CallDialog({ client, onDone }: Props) {
  const id = useId();
  const [call, setCall] = useState<Record<'name' | 'phone' | 'village' | 'words', string>>({ name: '', phone: '', village: '', words: '' });
  const [kind, setKind] = useState<TicketKind>('consultation');
  const [opened, setOpened] = useState<CallView | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const attempt = useRef(newId());

  const submit = async (): Promise<void> => {
    if (call.words.trim() === '') {
      setFailure('请写下来电人说了什么。');
      return;
    }
    setBusy(true);
    setFailure(null);
    const said = { name: call.name.trim(), phone: call.phone.trim(), village: call.village.trim(), words: call.words.trim() };
    try {
      setOpened(await toolRequests.openCall(client, { id: attempt.current, ...said, kind, servicePoint: null }));
    } catch (error) {
      setFailure(failureText(error));
    }
    setBusy(false);
  };
  const field = (name: 'name' | 'phone' | 'village', label: string, inputMode: 'text' | 'tel' = 'text') => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input
        id={`${id}-${name}`}
        data-testid={`call-${name}`}
        inputMode={inputMode}
        autoComplete="off"
        maxLength={60}
        value={call[name]}
        onChange={(event) => {
          setCall({ ...call, [name]: event.target.value });
        }}
      />
    </div>
  );

  if (opened !== null) {
    return (
      <Dialog
        title="已经建好工单"
        look="sheet"
        testId="call-opened"
        onClose={() => {
          onDone(opened.number);
        }}
      >
        <p>
          工单号 <strong data-testid="call-number">{opened.number}</strong>
        </p>
        {opened.pickupCode !== null && (
          <p>
            取件码 <strong data-testid="call-code">{opened.pickupCode}</strong>，请念给来电人：以后凭它在网页上看律师的回复。
          </p>
        )}
        {opened.readOut !== '' && (
          <>
            <h3>可以念给来电人听的</h3>
            <p className="call-read-out lines" data-testid="call-read-out">
              {opened.readOut}
            </p>
          </>
        )}
        <div className="dialog-row">
          <button
            type="button"
            className="button button-primary"
            data-testid="call-open-ticket"
            onClick={() => {
              onDone(opened.number);
            }}
          >
            打开工单
          </button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      title="新建来电"
      look="sheet"
      testId="call-dialog"
      onClose={() => {
        onDone(null);
      }}
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="field">
          <label htmlFor={`${id}-words`}>来电人说了什么</label>
          <textarea
            id={`${id}-words`}
            rows={5}
            maxLength={2000}
            data-testid="call-words"
            value={call.words}
            onChange={(event) => {
              setCall({ ...call, words: event.target.value });
            }}
          />
        </div>
        <div className="field-pair">
          {field('name', '怎么称呼（可以不写）')}
          {field('phone', '回电号码（可以不写）', 'tel')}
          {field('village', '镇、村（可以不写）')}
          <div className="field">
            <label htmlFor={`${id}-kind`}>类别</label>
            <select
              id={`${id}-kind`}
              data-testid="call-kind"
              value={kind}
              onChange={(event) => {
                setKind(TICKET_KINDS.find((one) => one === event.target.value) ?? 'consultation');
              }}
            >
              {TICKET_KINDS.map((one) => (
                <option key={one} value={one}>
                  {TICKET_KIND_NAMES[one]}
                </option>
              ))}
            </select>
          </div>
        </div>
        <FormFailure text={failure} />
        <div className="dialog-row">
          <button type="submit" className="button button-primary" data-testid="call-submit" disabled={busy}>
            {busy ? '正在建…' : '建工单'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
