import { useState } from 'react';
import { REOPEN_DAYS } from '../../domain/ticket.js';
import type { TicketExtras } from '../../domain/desk-views.js';
import type { TicketView } from '../../domain/views.js';
import { CloseDialog } from './dialogs/CloseDialog.js';
import { ColleagueDialog } from './dialogs/ColleagueDialog.js';
import { Dialog } from './dialogs/Dialog.js';
import { PapersDialog } from './dialogs/PapersDialog.js';
import type { DeskClient, TicketMove } from './desk-client.js';
import type { OpenTicket } from './use-ticket.js';

interface Props {
  readonly client: DeskClient;
  readonly ticket: TicketView;
  readonly extras: TicketExtras | null;
  readonly busy: boolean;
  /** On a phone: all but the most needed behind one button. */
  readonly compact: boolean;
  readonly act: OpenTicket['act'];
}

type Window = 'menu' | 'close' | 'transfer' | 'invite' | 'assign' | 'papers';

/** What can be done to the ticket as it stands. */
export function TicketActions({ client, ticket, extras, busy, compact, act }: Props) {
  const { number, state, mine, handedBack, holderName, history } = ticket;
  const [window, setWindow] = useState<Window | null>(null);
  const done = (): void => {
    setWindow(null);
  };
  const move = (kind: TicketMove, text: string, style = 'button-plain') => (
    <button
      type="button"
      className={`button ${style}`}
      data-testid={kind}
      disabled={busy}
      onClick={() => {
        done();
        void act((one) => one.move(number, kind));
      }}
    >
      {text}
    </button>
  );
  const opener = (kind: Exclude<Window, 'menu'>, text: string) => (
    <button
      type="button"
      className="button button-plain"
      data-testid={kind === 'close' ? 'close-ticket' : kind}
      disabled={busy}
      onClick={() => {
        setWindow(kind);
      }}
    >
      {text}
    </button>
  );
  const assign = extras?.mayAssign === true && state !== 'closed' && opener('assign', '分派');
  const windows = (
    <>
      {window === 'close' && <CloseDialog ticket={ticket} act={act} onDone={done} />}
      {window === 'papers' && <PapersDialog number={number} papers={extras?.papers ?? []} act={act} onDone={done} />}
      {(window === 'transfer' || window === 'invite' || window === 'assign') && (
        <ColleagueDialog client={client} ticket={ticket} move={window} act={act} onDone={done} />
      )}
    </>
  );

  if (state === 'closed') {
    const closedAt = Math.max(0, ...history.flatMap(({ event, at }) => (event === 'close' ? [at] : [])));
    const inTime = Date.now() - closedAt <= REOPEN_DAYS * 86_400_000;
    return (
      <div className="actions">
        {inTime && move('reopen', '重新打开', 'button-quiet')}
        <p className="actions-note">
          {inTime ? `结案后 ${String(REOPEN_DAYS)} 天内可以重新打开。` : `结案已经超过 ${String(REOPEN_DAYS)} 天，不能重新打开了。`}
        </p>
      </div>
    );
  }
  if (state === 'queued') {
    return (
      <div className="actions">
        {move('claim', '领取这张工单', 'button-primary button-large')}
        {assign}
        {opener('close', '结案')}
        {windows}
      </div>
    );
  }
  if (!mine) {
    return (
      <div className="actions">
        <p className="actions-note" data-testid="held-by-other">
          {holderName ?? '别人'}正在办这张工单，您只能看。
        </p>
        {assign}
        {windows}
      </div>
    );
  }
  const moves = (
    <div className="actions">
      {opener('papers', '要材料')}
      {opener('transfer', '转交')}
      {opener('invite', '请人一起看')}
      {!handedBack && move('hand-back', '交还机器人')}
      {move('release', '放回待办')}
      {assign}
      {opener('close', '结案')}
    </div>
  );
  if (!compact) {
    return (
      <>
        {moves}
        {windows}
      </>
    );
  }
  return (
    <>
      <button
        type="button"
        className="button button-plain actions-menu"
        data-testid="moves"
        disabled={busy}
        onClick={() => {
          setWindow('menu');
        }}
      >
        转交、要材料、结案…
      </button>
      {window === 'menu' && (
        <Dialog title="办理" look="sheet" testId="moves-sheet" onClose={done}>
          {moves}
        </Dialog>
      )}
      {windows}
    </>
  );
}
