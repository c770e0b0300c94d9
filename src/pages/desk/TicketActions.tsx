import { useState } from 'react';
import { REOPEN_DAYS } from '../../domain/ticket.js';
import type { TicketView } from '../../domain/views.js';
import { CloseDialog } from './CloseDialog.js';
import type { TicketMove } from './desk-client.js';
import type { OpenTicket } from './use-ticket.js';

interface Props {
  readonly ticket: TicketView;
  readonly busy: boolean;
  readonly act: OpenTicket['act'];
}

/** What can be done to the ticket as it stands. */
export function TicketActions({ ticket, busy, act }: Props) {
  const { number, state, mine, handedBack, holderName } = ticket;
  const [closing, setClosing] = useState(false);
  const move = (kind: TicketMove): void => {
    void act((client) => client.move(number, kind));
  };
  const button = (kind: TicketMove, text: string, style: string) => (
    <button
      type="button"
      className={`button ${style}`}
      data-testid={kind}
      disabled={busy}
      onClick={() => {
        move(kind);
      }}
    >
      {text}
    </button>
  );
  const closeButton = (
    <button
      type="button"
      className="button button-plain"
      data-testid="close-ticket"
      disabled={busy}
      onClick={() => {
        setClosing(true);
      }}
    >
      结案
    </button>
  );
  const dialog = closing && (
    <CloseDialog
      number={number}
      act={act}
      onDone={() => {
        setClosing(false);
      }}
    />
  );

  if (state === 'closed') {
    return (
      <div className="actions">
        {button('reopen', '重新打开', 'button-quiet')}
        <p className="actions-note">结案后 {REOPEN_DAYS} 天内可以重新打开。</p>
      </div>
    );
  }
  if (state === 'queued') {
    return (
      <div className="actions">
        {button('claim', '领取这张工单', 'button-primary button-large')}
        {closeButton}
        {dialog}
      </div>
    );
  }
  if (!mine) {
    return (
      <p className="actions actions-note" data-testid="held-by-other">
        {holderName ?? '别人'}正在办这张工单，您只能看。
      </p>
    );
  }
  return (
    <div className="actions">
      {button('release', '放回待办', 'button-plain')}
      {!handedBack && button('hand-back', '交还机器人', 'button-plain')}
      {closeButton}
      {dialog}
    </div>
  );
}
