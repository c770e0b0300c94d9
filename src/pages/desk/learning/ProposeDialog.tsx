import { useEffect, useId, useRef, useState } from 'react';
import { CONSULTATION_TOPICS, TOPIC_NAMES } from '../../../domain/answer.js';
import type { TicketView } from '../../../domain/views.js';
import { failureText } from '../../shared/request.js';
import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';
import { draftFrom, objectionTo, proposalOf, withLine } from './proposal-draft.js';
import type { ProposalDraft } from './proposal-draft.js';

interface Props {
  readonly client: DeskClient;
  readonly ticket: TicketView;
  readonly onClose: (proposed: boolean) => void;
}

type TextField = Exclude<keyof ProposalDraft, 'topic'>;

const FIELDS: readonly { readonly name: TextField; readonly label: string; readonly hint: string; readonly rows: number }[] = [
  { name: 'asks', label: '群众怎么问', hint: '一行一种问法，写得越全，认得越准。字面几乎一样才会用这条答复。', rows: 3 },
  { name: 'headline', label: '一句话答复', hint: '先说结论，用大白话。', rows: 2 },
  { name: 'points', label: '要点', hint: '一行一条：条件、数额、怎么办。数字都要在依据的条文里找得到。', rows: 4 },
  { name: 'cites', label: '依据', hint: '一行一条，比如“工伤保险条例第十四条”。', rows: 3 },
];

/** The form in which a lawyer's reply becomes an answer for everyone who asks the same. */
export function ProposeDialog({ client, ticket, onClose }: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [draft, setDraft] = useState(() => draftFrom(ticket));
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close();
    };
  }, []);

  const submit = async (): Promise<void> => {
    const proposal = proposalOf(ticket.number, draft);
    const objection = objectionTo(proposal);
    setFailure(objection);
    if (objection !== null) return;
    setBusy(true);
    try {
      await client.propose(proposal);
      onClose(true);
    } catch (error) {
      setFailure(failureText(error));
      setBusy(false);
    }
  };

  return (
    <dialog
      ref={dialog}
      className="dialog dialog-wide"
      aria-labelledby={`${id}-title`}
      onCancel={() => {
        onClose(false);
      }}
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h2 id={`${id}-title`}>收作常用答复</h2>
        <p className="dialog-about">请去掉姓名、电话和只跟这一个人有关的话。另一位律师批准后才启用。</p>
        <div className="field">
          <label htmlFor={`${id}-topic`}>哪方面的事</label>
          <select
            id={`${id}-topic`}
            data-testid="propose-topic"
            value={draft.topic}
            onChange={(event) => {
              setDraft({ ...draft, topic: CONSULTATION_TOPICS.find((topic) => topic === event.target.value) ?? draft.topic });
            }}
          >
            {CONSULTATION_TOPICS.map((topic) => (
              <option key={topic} value={topic}>
                {TOPIC_NAMES[topic]}
              </option>
            ))}
          </select>
        </div>
        {FIELDS.map(({ name, label, hint, rows }) => (
          <div key={name} className="field">
            <label htmlFor={`${id}-${name}`}>{label}</label>
            <textarea
              id={`${id}-${name}`}
              rows={rows}
              data-testid={`propose-${name}`}
              aria-describedby={`${id}-${name}-hint`}
              value={draft[name]}
              onChange={(event) => {
                setDraft({ ...draft, [name]: event.target.value });
              }}
            />
            <p id={`${id}-${name}-hint`}>{hint}</p>
          </div>
        ))}
        {ticket.brief.provisions.length > 0 && (
          <div className="suggestions" role="group" aria-label="机器查到的条文">
            <p>机器查到的，点一下就加上：</p>
            {ticket.brief.provisions.slice(0, 6).map((provision) => (
              <button
                key={provision}
                type="button"
                className="suggestion"
                data-testid="propose-suggestion"
                onClick={() => {
                  setDraft({ ...draft, cites: withLine(draft.cites, provision.replace(' ', '')) });
                }}
              >
                {provision}
              </button>
            ))}
          </div>
        )}
        <FormFailure text={failure} />
        <div className="dialog-row">
          <button
            type="button"
            className="button button-plain"
            data-testid="propose-cancel"
            onClick={() => {
              onClose(false);
            }}
          >
            取消
          </button>
          <button type="submit" className="button button-primary" data-testid="propose-submit" disabled={busy}>
            {busy ? '正在核对…' : '提交'}
          </button>
        </div>
      </form>
    </dialog>
  );
}
