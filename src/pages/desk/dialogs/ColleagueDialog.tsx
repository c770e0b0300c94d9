import { useCallback, useState } from 'react';
import { ROLE_NAMES } from '../../../domain/access.js';
import type { ColleagueView } from '../../../domain/desk-views.js';
import type { TicketView } from '../../../domain/views.js';
import type { DeskClient } from '../desk-client.js';
import { FormFailure } from '../FormFailure.js';
import { useLoaded } from '../learning/use-loaded.js';
import { toolRequests, type ColleagueMove } from '../tools/tool-requests.js';
import type { OpenTicket } from '../use-ticket.js';
import { Dialog } from './Dialog.js';

const TITLES: Readonly<Record<Exclude<ColleagueMove, 'uninvite'>, string>> = {
  transfer: '转给谁接着办',
  invite: '请谁一起看',
  assign: '分派给谁',
};

interface Props {
  readonly client: DeskClient;
  readonly ticket: TicketView;
  readonly move: Exclude<ColleagueMove, 'uninvite'>;
  readonly act: OpenTicket['act'];
  readonly onDone: () => void;
}

/** Who is there first, then who has least on the desk. */
function byReadiness(a: ColleagueView, b: ColleagueView): number {
  return Number(a.away) - Number(b.away) || Number(b.onDuty) - Number(a.onDuty) || a.load - b.load;
}

const MOST_SHOWN = 40;

/** Colleagues who take on this kind of ticket: on duty, away, and how much they have in hand. */
export function ColleagueDialog({ client, ticket, move, act, onDone }: Props) {
  const { value, failure } = useLoaded(useCallback(() => toolRequests.colleagues(client, ticket.kind), [client, ticket.kind]));
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const found = (value ?? []).filter(({ name }) => name.includes(words.trim())).sort(byReadiness);
  const give = async (staffId: string): Promise<void> => {
    setBusy(true);
    await act((one) => toolRequests.giveTo(one, ticket.number, move, staffId));
    onDone(); // a refusal is told above the ticket
  };
  return (
    <Dialog title={TITLES[move]} onClose={onDone} look="sheet" testId="colleague-dialog">
      <input
        type="search"
        className="tool-search"
        aria-label="找同事"
        placeholder="找同事的名字"
        data-testid="colleague-search"
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
        }}
      />
      <FormFailure text={failure} />
      {value === null && failure === null && <p className="tool-about">正在读取…</p>}
      {value !== null && found.length === 0 && <p className="tool-about">没有能接这类工单的同事。</p>}
      <ul className="colleagues">
        {found.slice(0, MOST_SHOWN).map((colleague) => (
          <li key={colleague.id}>
            <button type="button" className="colleague" data-testid="colleague" disabled={busy} onClick={() => void give(colleague.id)}>
              <b>{colleague.name}</b>
              <span>{colleague.roles.map((role) => ROLE_NAMES[role]).join('、')}</span>
              <span className="colleague-state">
                {colleague.away ? (
                  <span className="badge badge-amber">不在</span>
                ) : colleague.onDuty ? (
                  <span className="badge">在值班</span>
                ) : (
                  <span className="badge badge-grey">不当班</span>
                )}
                手里 {colleague.load} 张
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found.length > MOST_SHOWN && <p className="tool-about">还有 {found.length - MOST_SHOWN} 位，写名字找。</p>}
    </Dialog>
  );
}
