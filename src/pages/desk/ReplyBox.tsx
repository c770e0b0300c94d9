import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { TicketView } from '../../domain/views.js';
import { GrowingTextarea } from '../shared/GrowingTextarea.js';
import { isComposing } from '../shared/is-composing.js';
import { newId } from '../shared/new-id.js';
import { unfilled } from './tools/variables.js';
import type { ReplyText } from './use-reply-text.js';
import type { OpenTicket } from './use-ticket.js';

interface Props {
  readonly ticket: TicketView;
  readonly reply: ReplyText;
  readonly busy: boolean;
  readonly act: OpenTicket['act'];
}

/** The lawyer's words to the citizen. */
export function ReplyBox({ ticket, reply: { text, change, field }, busy, act }: Props) {
  const { number, handedBack } = ticket;
  const [ask, setAsk] = useState(false);
  /** The same text sent again after a failure is the same message. */
  const attempt = useRef({ id: newId(), text: '' });
  const open = unfilled(text);
  const sendable = !busy && text.trim() !== '' && open.length === 0;

  const send = async (): Promise<void> => {
    if (!sendable) return;
    const words = text.trim();
    if (attempt.current.text !== words) attempt.current = { id: newId(), text: words };
    const { id } = attempt.current;
    if (!(await act((client) => client.reply(number, { id, text: words, ask })))) return;
    attempt.current = { id: newId(), text: '' };
    change('');
    setAsk(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      // back to where shortcuts work
      event.currentTarget.closest<HTMLElement>('[data-testid="ticket"]')?.querySelector<HTMLElement>('.ticket-scroll')?.focus();
      return;
    }
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || isComposing(event)) return;
    event.preventDefault();
    void send();
  };

  return (
    <form
      className="reply"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {handedBack && <p className="reply-hint">现在由机器人接待。您一回复，就改由您接待。</p>}
      <label className="visually-hidden" htmlFor="reply">
        回复当事人
      </label>
      <GrowingTextarea
        id="reply"
        field={field}
        data-testid="reply"
        value={text}
        placeholder="回复当事人…"
        readOnly={busy}
        onChange={(event) => {
          change(event.target.value);
        }}
        onKeyDown={onKeyDown}
      />
      {open.length > 0 && <p className="reply-hint">还没填上：{open.join(' ')}。改好再发。</p>}
      <div className="reply-row">
        <label className="check">
          <input
            type="checkbox"
            data-testid="reply-ask"
            checked={ask}
            onChange={(event) => {
              setAsk(event.target.checked);
            }}
          />
          需要当事人补充
        </label>
        <span className="reply-key">Ctrl + Enter 发送</span>
        <button type="submit" className="button button-primary" data-testid="reply-send" disabled={!sendable}>
          发送回复
        </button>
      </div>
    </form>
  );
}
