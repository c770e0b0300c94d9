import { useState } from 'react';
import { figureText, type Dimension, type Figure, type FiguresView } from '../../../domain/figures.js';
import type { FigureLink } from './figures-requests.js';

const SHOWN = 15;

interface Props {
  readonly view: FiguresView;
  readonly by: Dimension;
  readonly title: string;
  readonly about: string;
  /** Figures that are its columns, the first one orders the rows. */
  readonly columns: readonly { readonly figure: string; readonly name: string }[];
  readonly onOpen: (link: FigureLink) => void;
}

/** Several figures side by side, a row for each service point or member of staff. */
export function JoinedTable({ view, by, title, about, columns, onOpen }: Props) {
  const [all, setAll] = useState(false);
  const figures = columns.flatMap(({ figure, name }) => {
    const found = view.groups.flatMap((group) => group.figures).find(({ id }) => id === figure);
    return found ? [{ figure: found, name, values: valuesOf(found, by) }] : [];
  });
  const names = new Map(figures.flatMap(({ figure }) => rowsOf(figure, by)).map(({ key, name }) => [key, name]));
  const first = figures[0]?.values;
  const keys = [...names.keys()].sort((a, b) => (first?.get(b) ?? 0) - (first?.get(a) ?? 0));
  if (keys.length === 0) return null;
  return (
    <section className="joined" data-testid={`joined-${by}`}>
      <h3>{title}</h3>
      <p className="section-about">{about}</p>
      <div className="joined-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{by === 'staff' ? '人员' : '服务点'}</th>
              {figures.map(({ figure, name }) => (
                <th key={figure.id} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(all ? keys : keys.slice(0, SHOWN)).map((key) => (
              <tr key={key}>
                <th scope="row">{names.get(key)}</th>
                {figures.map(({ figure, values }) => (
                  <td key={figure.id}>
                    <button
                      type="button"
                      className="cell-button"
                      disabled={values.get(key) === undefined}
                      onClick={() => {
                        onOpen({ figure: figure.id, by, key });
                      }}
                    >
                      {figureText(values.get(key) ?? (figure.unit === 'count' ? 0 : null), figure.unit)}
                    </button>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {keys.length > SHOWN && (
        <button
          type="button"
          className="text-button"
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? '收起' : `全部 ${String(keys.length)} 行`}
        </button>
      )}
    </section>
  );
}

function rowsOf(figure: Figure, by: Dimension) {
  return figure.breakdowns.find((breakdown) => breakdown.by === by)?.rows ?? [];
}

function valuesOf(figure: Figure, by: Dimension): ReadonlyMap<string, number | null> {
  return new Map(rowsOf(figure, by).map(({ key, value }) => [key, value]));
}
