import { useCallback, useState } from 'react';
import type { ColleagueView } from '../../../domain/desk-views.js';
import type { DutyView } from '../../../domain/organisation-views.js';
import type { DeskClient } from '../desk-client.js';
import { useLoaded } from '../learning/use-loaded.js';
import { dutyRequests } from './duty-requests.js';
import { chinaDay, dayTitle } from './week-days.js';

interface Props {
  readonly client: DeskClient;
  readonly view: DutyView;
  readonly act: (work: () => Promise<unknown>) => Promise<boolean>;
}

/** Who is away and who stands in; one's own leave is entered here. */
export function AbsenceList({ client, view, act }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <section className="absences" aria-labelledby="absences-title">
      <h3 id="absences-title">请假</h3>
      {view.absences.length === 0 && <p className="section-empty">没有人请假。</p>}
      <ul>
        {view.absences.map(({ id, name, fromDay, toDay, deputyName, reason, mine }) => (
          <li key={id} className="week-shift">
            <span>
              <strong>{mine ? '我' : name}</strong> {dayTitle(fromDay)}
              {toDay !== fromDay && ` 到 ${dayTitle(toDay)}`}
              {deputyName === null ? '，没有人代班' : `，${deputyName}代班`}
              {reason !== '' && `（${reason}）`}
            </span>
            {(mine || view.mayArrange) && (
              <button type="button" className="text-button" onClick={() => void act(() => dutyRequests.removeAbsence(client, id))}>
                取消
              </button>
            )}
          </li>
        ))}
      </ul>
      {open ? (
        <AbsenceForm
          client={client}
          people={view.mayArrange ? view.people : []}
          onSend={async (absence) => {
            if (await act(() => dutyRequests.addAbsence(client, absence))) setOpen(false);
          }}
        />
      ) : (
        <button
          type="button"
          className="button button-quiet"
          data-testid="absence-new"
          onClick={() => {
            setOpen(true);
          }}
        >
          请假
        </button>
      )}
    </section>
  );
}

interface FormProps {
  readonly client: DeskClient;
  /** Besides oneself. */
  readonly people: DutyView['people'];
  readonly onSend: (absence: Parameters<typeof dutyRequests.addAbsence>[1]) => Promise<void>;
}

function AbsenceForm({ client, people, onSend }: FormProps) {
  const today = chinaDay(Date.now());
  const [staffId, setStaffId] = useState('');
  const [fromDay, setFromDay] = useState(today);
  const [toDay, setToDay] = useState(today);
  const [deputy, setDeputy] = useState('');
  const [reason, setReason] = useState('');
  const load = useCallback(() => client.get<{ readonly colleagues: readonly ColleagueView[] }>('/colleagues'), [client]);
  const colleagues = useLoaded(load).value?.colleagues ?? [];
  return (
    <form
      className="shift-form"
      onSubmit={(event) => {
        event.preventDefault();
        void onSend({ staffId: staffId === '' ? null : staffId, fromDay, toDay, deputy: deputy === '' ? null : deputy, reason });
      }}
    >
      {people.length > 0 && (
        <label>
          谁请假
          <select
            value={staffId}
            onChange={(event) => {
              setStaffId(event.target.value);
            }}
          >
            <option value="">我自己</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        从哪天
        <input
          type="date"
          value={fromDay}
          required
          onChange={(event) => {
            setFromDay(event.target.value);
          }}
        />
      </label>
      <label>
        到哪天（这天也算）
        <input
          type="date"
          value={toDay}
          required
          onChange={(event) => {
            setToDay(event.target.value);
          }}
        />
      </label>
      <label>
        谁代班
        <select
          value={deputy}
          data-testid="absence-deputy"
          onChange={(event) => {
            setDeputy(event.target.value);
          }}
        >
          <option value="">没有人</option>
          {colleagues.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        事由（可以不写）
        <input
          value={reason}
          maxLength={100}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
      </label>
      <button type="submit" className="button button-primary" data-testid="absence-send">
        提交
      </button>
    </form>
  );
}
