import { useState, type KeyboardEvent } from 'react';
import { GrowingTextarea } from '../shared/GrowingTextarea.js';
import { isComposing } from '../shared/is-composing.js';
import { AttachButton } from './AttachButton.js';
import { SendIcon } from './icons.js';
import type { Draft } from './use-draft.js';

/** The server takes no longer message. */
const MAX_LENGTH = 10_000;

interface Props {
  readonly draft: Draft;
  readonly toLawyer: boolean;
  /** A ticket is open: files can be put up for the lawyer. */
  readonly attachable: boolean;
  readonly ready: boolean;
  readonly onSend: (text: string) => void;
}

/** Where the citizen writes. */
export function Composer({ draft, toLawyer, attachable, ready, onSend }: Props) {
  const { text, field, change } = draft;
  const [notSent, setNotSent] = useState<string | null>(null);
  const tooLong = text.length > MAX_LENGTH;
  const sendable = ready && !tooLong && text.trim() !== '';

  const send = (): void => {
    if (!sendable) return;
    onSend(text.trim());
    change('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    send();
  };

  return (
    <footer className="composer">
      {tooLong && (
        <p className="column composer-hint" role="alert">
          写得太长了，最多 {MAX_LENGTH} 个字。请分几次发。
        </p>
      )}
      {notSent !== null && (
        <p className="column composer-hint" role="alert" data-testid="attach-failure">
          {notSent}
        </p>
      )}
      <form
        className="column composer-row"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {attachable && <AttachButton onFailure={setNotSent} />}
        <label className="visually-hidden" htmlFor="composer">
          {toLawyer ? '写给律师' : '说说您遇到的事'}
        </label>
        <GrowingTextarea
          field={field}
          id="composer"
          data-testid="composer"
          value={text}
          placeholder={toLawyer ? '写给律师…' : '说说您遇到的事…'}
          enterKeyHint="send"
          autoComplete="off"
          onChange={(event) => {
            change(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
        <button type="submit" className="button button-primary composer-send" data-testid="send" disabled={!sendable}>
          <SendIcon />
          发送
        </button>
      </form>
    </footer>
  );
}
