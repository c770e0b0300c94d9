import { useMemo, useState } from 'react';
import { DIMENSION_NAMES, type Dimension, type Figure, type FigureBreakdown } from '../../../domain/figures.js';
import { BreakdownList } from './BreakdownList.js';
import { Chart } from './Chart.js';
import type { ChartData } from './draw-chart.js';
import type { FigureLink } from './figures-requests.js';
import { daysOf } from './months.js';

/** Told in tables of their own, over several figures. */
export const IN_TABLES: readonly Dimension[] = ['point', 'staff'];
/** Along these there is an order in time: a chart says more than a list. */
const IN_TIME: readonly Dimension[] = ['day', 'weekday', 'hour'];

interface Props {
  readonly figure: Figure;
  readonly month: string;
  readonly onOpen: (link: FigureLink) => void;
}

/** A figure taken apart, by one dimension at a time. */
export function BreakdownPanel({ figure, month, onOpen }: Props) {
  const breakdowns = figure.breakdowns.filter(({ by, rows }) => !IN_TABLES.includes(by) && rows.length > 0);
  const [chosen, setChosen] = useState<Dimension | null>(null);
  const breakdown = breakdowns.find(({ by }) => by === chosen) ?? breakdowns[0];
  if (breakdown === undefined) return null;
  const open = (key: string): void => {
    onOpen({ figure: figure.id, by: breakdown.by, key });
  };
  return (
    <section className="breakdown" data-testid={`breakdown-${figure.id}`}>
      <h4>{breakdowns.length === 1 ? `${figure.name}，按${DIMENSION_NAMES[breakdown.by]}` : figure.name}</h4>
      <div className="breakdown-ways" hidden={breakdowns.length === 1} role="group" aria-label={`${figure.name}按什么分`}>
        {breakdowns.map(({ by }) => (
          <button
            key={by}
            type="button"
            className="period"
            aria-pressed={by === breakdown.by}
            data-testid={`by-${by}`}
            onClick={() => {
              setChosen(by);
            }}
          >
            按{DIMENSION_NAMES[by]}
          </button>
        ))}
      </div>
      {IN_TIME.includes(breakdown.by) ? (
        <TimeChart figure={figure} breakdown={breakdown} month={month} onOpen={open} />
      ) : (
        <BreakdownList key={breakdown.by} rows={breakdown.rows} unit={figure.unit} onOpen={open} />
      )}
    </section>
  );
}

interface TimeChartProps {
  readonly figure: Figure;
  readonly breakdown: FigureBreakdown;
  readonly month: string;
  readonly onOpen: (key: string) => void;
}

function TimeChart({ figure, breakdown, month, onOpen }: TimeChartProps) {
  const { by, rows } = breakdown;
  const keys = useMemo(() => (by === 'day' ? daysOf(month) : rows.map(({ key }) => key)), [by, rows, month]);
  const data = useMemo((): ChartData => {
    const byKey = new Map(rows.map((row) => [row.key, row]));
    return {
      kind: by === 'day' ? 'line' : 'bar',
      labels: keys.map((key) => (by === 'day' ? String(Number(key.slice(8))) : (byKey.get(key)?.name ?? key))),
      values: keys.map((key) => byKey.get(key)?.value ?? 0),
      before: by === 'day' ? null : keys.map((key) => byKey.get(key)?.before ?? 0),
    };
  }, [by, rows, keys]);
  return (
    <>
      <Chart
        data={data}
        label={`${figure.name}，按${DIMENSION_NAMES[by]}`}
        onPick={(index) => {
          const key = keys[index];
          if (key !== undefined) onOpen(key);
        }}
      />
      {data.before !== null && <p className="bar-before">浅色的是上个月</p>}
      <details className="figure-definition">
        <summary>看数字</summary>
        <BreakdownList rows={rows} unit={figure.unit} onOpen={onOpen} />
      </details>
    </>
  );
}
