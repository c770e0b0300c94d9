import { useState } from 'react';
import type { DutyView } from '../../../domain/organisation-views.js';
import type { NewShift } from './duty-requests.js';
import { spanOf } from './week-days.js';

interface Props {
  readonly day: string;
  readonly people: DutyView['people'];
  readonly onAdd: (shift: Omit<NewShift, 'pointCode'>) => Promise<void>;
  readonly onCancel: () => void;
}

/** Who, from when until when; an end before the start is on the next day. */
export function ShiftForm({ day, people, onAdd, onCancel }: Props) {
  const [staffId, setStaffId] = useState(people[0]?.id ?? '');
  const [from, setFrom] = useState('09:00');
  const [to, setTo] = useState('17:00');
  const [busy, setBusy] = useState(false);
  if (people.length === 0) return <p className="section-empty">这个服务点还没有人员。</p>;
  return (
    <form
      className="shift-form"
      onSubmit={(event) => {
        event.preventDefault();
        setBusy(true);
        void onAdd({ staffId, ...spanOf(day, from, to) }).finally(() => {
          setBusy(false);
        });
      }}
    >
      <select
        value={staffId}
        aria-label="谁"
        data-testid="shift-who"
        onChange={(event) => {
          setStaffId(event.target.value);
        }}
      >
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <div className="shift-times">
        <input
          type="time"
          value={from}
          required
          aria-label="几点上班"
          onChange={(event) => {
            setFrom(event.target.value);
          }}
        />
        <input
          type="time"
          value={to}
          required
          aria-label="几点下班"
          onChange={(event) => {
            setTo(event.target.value);
          }}
        />
      </div>
      <button type="submit" className="button button-primary" data-testid="shift-add" disabled={busy}>
        排上
      </button>
      <button type="button" className="text-button" onClick={onCancel}>
        不排了
      </button>
    </form>
  );
}
