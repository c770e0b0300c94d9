import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { GrowingTextarea } from '../shared/GrowingTextarea.js';
import { isComposing } from '../shared/is-composing.js';
import { draft } from './draft.js';
import { SendIcon } from './icons.js';

/** The server takes no longer message. */
const MAX_LENGTH = 10_000;

interface Props {
  readonly toLawyer: boolean;
  readonly ready: boolean;
  readonly onSend: (text: string) => void;
}

/** Where the citizen writes; the draft outlives a reload. */
export function Composer({ toLawyer, ready, onSend }: Props) {
  const [text, setText] = useState(draft.read);
  const tooLong = text.length > MAX_LENGTH;
  const sendable = ready && !tooLong && text.trim() !== '';

  const change = (next: string): void => {
    setText(next);
    draft.write(next);
  };
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
      <form
        className="column composer-row"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <label className="visually-hidden" htmlFor="composer">
          {toLawyer ? '写给律师' : '说说您遇到的事'}
        </label>
        <GrowingTextarea
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
