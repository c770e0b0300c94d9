import { monthName, monthsBack, monthsFrom } from './months.js';

interface Props {
  readonly month: string;
  readonly onMonth: (month: string) => void;
}

/** The month whose figures are shown: one back, one on, or out of the last two years. */
export function MonthPicker({ month, onMonth }: Props) {
  const months = monthsBack(Date.now());
  const step = (by: number, name: string, id: string) => {
    const next = monthsFrom(month, by);
    return (
      <button
        type="button"
        className="button button-plain"
        data-testid={id}
        disabled={!months.includes(next)}
        onClick={() => {
          onMonth(next);
        }}
      >
        {name}
      </button>
    );
  };
  return (
    <div className="month-picker" role="group" aria-label="哪个月">
      {step(-1, '上个月', 'month-before')}
      <select
        aria-label="月份"
        data-testid="month"
        value={month}
        onChange={(event) => {
          onMonth(event.target.value);
        }}
      >
        {months.map((one) => (
          <option key={one} value={one}>
            {monthName(one)}
          </option>
        ))}
      </select>
      {step(1, '下个月', 'month-after')}
    </div>
  );
}
