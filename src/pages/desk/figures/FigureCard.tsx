import { changeText, figureText, type Figure } from '../../../domain/figures.js';
import type { FigureLink } from './figures-requests.js';

interface Props {
  readonly figure: Figure;
  /** It stands among the few at the top. */
  readonly headline?: boolean;
  readonly onOpen: (link: FigureLink) => void;
}

/** A figure: what it comes to, how it stands to the month before, what it counts. A tap shows its tickets. */
export function FigureCard({ figure, headline = false, onOpen }: Props) {
  const { id, name, unit, value, before, definition } = figure;
  const change = changeText(value, before, unit);
  return (
    <li className="figure-card" data-testid={`${headline ? 'headline' : 'figure'}-${id}`}>
      <button
        type="button"
        className="figure-open"
        onClick={() => {
          onOpen({ figure: id });
        }}
      >
        <span className="figure-name">{name}</span>
        <strong className="figure-value">{figureText(value, unit)}</strong>
        <span className="figure-change">
          {before === null ? '　' : `上月 ${figureText(before, unit)}${change === '' ? '' : `，${change}`}`}
        </span>
      </button>
      <details className="figure-definition">
        <summary>怎么算的</summary>
        <p>{definition}</p>
      </details>
    </li>
  );
}
