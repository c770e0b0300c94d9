import { useId, useRef, useState } from 'react';
import { newId } from '../../shared/new-id.js';
import { failureText } from '../../shared/request.js';
import { momentText } from '../../shared/times.js';
import { FormFailure } from '../FormFailure.js';
import type { ToolProps } from './tool.js';
import { toolRequests } from './tool-requests.js';

/** What colleagues tell each other; no channel carries it to the citizen. */
export function NotesTool({ client, ticket, extras, refresh }: ToolProps) {
  const id = useId();
  const [text, setText] = useState('');
  /** The same note sent again after a failure is one note. */
  const attempt = useRef(newId());
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const add = async (): Promise<void> => {
    if (text.trim() === '') return;
    setBusy(true);
    setFailure(null);
    try {
      await toolRequests.addNote(client, ticket.number, { id: attempt.current, text: text.trim() });
      attempt.current = newId();
      setText('');
      refresh();
    } catch (error) {
      setFailure(failureText(error));
    }
    setBusy(false);
  };
  return (
    <div className="notes">
      <p className="notes-warning">
        <strong>内部备注</strong> 当事人看不到，哪个渠道都不会发出去。
      </p>
      <ol className="notes-list" aria-label="内部备注">
        {extras?.notes.map((note) => (
          <li key={note.id} className="note" data-testid="note">
            <p className="note-by">
              <strong>{note.by}</strong>
              <time dateTime={new Date(note.at).toISOString()}>{momentText(note.at, Date.now())}</time>
            </p>
            <p className="lines">{note.text}</p>
          </li>
        ))}
      </ol>
      {extras?.notes.length === 0 && <p className="tool-about">还没有备注。</p>}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <div className="field">
          <label htmlFor={`${id}-note`}>写给同事看的话</label>
          <textarea
            id={`${id}-note`}
            rows={3}
            maxLength={2000}
            data-testid="note-text"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
        </div>
        <FormFailure text={failure} />
        <button type="submit" className="button note-button" data-testid="note-add" disabled={busy || text.trim() === ''}>
          存为内部备注
        </button>
      </form>
    </div>
  );
}
