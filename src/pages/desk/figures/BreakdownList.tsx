import { useState } from 'react';
import { figureText, type FigureRow, type FigureUnit } from '../../../domain/figures.js';

const SHOWN = 8;

interface Props {
  readonly rows: readonly FigureRow[];
  readonly unit: FigureUnit;
  readonly onOpen: (key: string) => void;
}

/** Rows with a bar as long as they count; a tap shows the tickets of a row. */
export function BreakdownList({ rows, unit, onOpen }: Props) {
  const [all, setAll] = useState(false);
  const largest = Math.max(...rows.map(({ value }) => value ?? 0), unit === 'share' ? 1 : 0);
  return (
    <>
      <ul className="bars">
        {(all ? rows : rows.slice(0, SHOWN)).map(({ key, name, value, before }) => (
          <li key={key}>
            <button
              type="button"
              className="bar-row"
              data-testid={`row-${key}`}
              onClick={() => {
                onOpen(key);
              }}
            >
              <span className="bar-name">{name}</span>
              <span className="bar" aria-hidden="true">
                <span style={{ width: `${String(largest === 0 ? 0 : ((value ?? 0) / largest) * 100)}%` }} />
              </span>
              <span className="bar-value">{figureText(value, unit)}</span>
              <span className="bar-before">{before === null ? '' : `上月 ${figureText(before, unit)}`}</span>
            </button>
          </li>
        ))}
      </ul>
      {rows.length > SHOWN && (
        <button
          type="button"
          className="text-button"
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? '收起' : `全部 ${String(rows.length)} 项`}
        </button>
      )}
    </>
  );
}
