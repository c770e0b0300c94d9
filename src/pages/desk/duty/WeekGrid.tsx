import { useState } from 'react';
import type { DutyView, ShiftView } from '../../../domain/organisation-views.js';
import type { NewShift } from './duty-requests.js';
import { ShiftForm } from './ShiftForm.js';
import { chinaDay, chinaTime, dayTitle } from './week-days.js';

interface Props {
  readonly view: DutyView;
  readonly onAdd: (shift: NewShift) => Promise<boolean>;
  readonly onRemove: (id: string) => void;
}

/** Seven days: columns on a PC, one under the other on a phone. */
export function WeekGrid({ view, onAdd, onRemove }: Props) {
  const [adding, setAdding] = useState<string | null>(null);
  const { point } = view;
  return (
    <ol className="week-grid">
      {view.days.map(({ day, working }) => (
        <li key={day} className="week-day" data-working={working} data-testid={`day-${day}`}>
          <h3>
            {dayTitle(day)}
            {!working && <span className="badge badge-amber">休息日</span>}
          </h3>
          <ul>
            {view.shifts
              .filter(({ startsAt }) => chinaDay(startsAt) === day)
              .map((shift) => (
                <Shift key={shift.id} shift={shift} atPoint={point !== null} onRemove={view.mayArrange ? onRemove : null} />
              ))}
          </ul>
          {view.mayArrange && point !== null && adding !== day && (
            <button
              type="button"
              className="text-button"
              data-testid={`add-${day}`}
              onClick={() => {
                setAdding(day);
              }}
            >
              ＋ 排一班
            </button>
          )}
          {point !== null && adding === day && (
            <ShiftForm
              day={day}
              people={view.people}
              onCancel={() => {
                setAdding(null);
              }}
              onAdd={async (shift) => {
                if (await onAdd({ ...shift, pointCode: point.code })) setAdding(null);
              }}
            />
          )}
        </li>
      ))}
    </ol>
  );
}

interface ShiftProps {
  readonly shift: ShiftView;
  readonly atPoint: boolean;
  readonly onRemove: ((id: string) => void) | null;
}

function Shift({ shift, atPoint, onRemove }: ShiftProps) {
  return (
    <li className="week-shift" data-mine={shift.mine}>
      <span>
        {chinaTime(shift.startsAt)}–{chinaTime(shift.endsAt)} <strong>{shift.name}</strong>
      </span>
      {!atPoint && <span className="week-where">{shift.pointName}</span>}
      {shift.deputyName !== null && <span className="badge badge-amber">{shift.deputyName}代班</span>}
      {onRemove !== null && (
        <button
          type="button"
          className="text-button"
          aria-label={`去掉${shift.name}这一班`}
          onClick={() => {
            onRemove(shift.id);
          }}
        >
          去掉
        </button>
      )}
    </li>
  );
}
