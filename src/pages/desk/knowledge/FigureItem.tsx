import { useState } from 'react';
import type { FigureView } from '../../../domain/knowledge-views.js';
import { Field } from '../Field.js';
import type { FigureEntry } from './knowledge-requests.js';

interface Props {
  readonly figure: FigureView;
  readonly busy: boolean;
  readonly onEnter: (entry: FigureEntry) => void;
  readonly onVerify: () => void;
}

const EMPTY = { value: '', source: '', sourceDate: '' };

/** A yearly number: its value with its source, who entered and who verified it, and the values before. */
export function FigureItem({ figure, busy, onEnter, onVerify }: Props) {
  const { title, unit, value, source, verifiedBy, enteredBy, mine, history } = figure;
  const [entry, setEntry] = useState<typeof EMPTY | null>(null);
  return (
    <li className="knowledge-item" data-testid="figure">
      <h3>{title}</h3>
      <p>
        {value === null ? '空着' : `${String(value)} ${unit}`}
        {source !== null && `，来源：${source}`}
      </p>
      {value !== null && <p className="section-about">{verifiedBy === null ? '待核实' : `${verifiedBy} 已核实`}</p>}
      {value !== null && verifiedBy === null && (mine ? (
        <p>您填的，要请另一位同事对照来源核实。</p>
      ) : (
        <button type="button" className="button button-quiet" disabled={busy} data-testid="figure-verify" onClick={onVerify}>
          {enteredBy === null ? '对照来源，核实' : `${enteredBy} 填的，我对照来源核实`}
        </button>
      ))}
      {entry === null ? (
        <button
          type="button"
          className="button button-quiet"
          data-testid="figure-begin"
          onClick={() => {
            setEntry(EMPTY);
          }}
        >
          {value === null ? '填数' : '数变了，填新的'}
        </button>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onEnter({ value: Number(entry.value), source: entry.source, sourceDate: entry.sourceDate });
          }}
        >
          {(
            [
              ['value', `数（${unit}）`, '只写数，不写单位'],
              ['source', '来源', '发文机关、文号或者网址'],
              ['sourceDate', '来源的日期', '例如 2026-07-01'],
            ] as const
          ).map(([part, label, hint]) => (
            <Field
              key={part}
              label={label}
              hint={hint}
              type="text"
              autoComplete="off"
              testId={`figure-${part}`}
              value={entry[part]}
              onChange={(text) => {
                setEntry({ ...entry, [part]: text });
              }}
            />
          ))}
          <button type="submit" className="button button-primary" disabled={busy} data-testid="figure-enter">
            存下，等另一位同事核实
          </button>
        </form>
      )}
      {history.length > 0 && (
        <details>
          <summary>填过的数</summary>
          <ul>
            {history.map((one, index) => (
              <li key={index}>
                {one.value} {unit}，{one.source}（{one.sourceDate}），{one.by}填
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
