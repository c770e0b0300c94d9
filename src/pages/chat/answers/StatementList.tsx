import { Statement } from './Statement.js';

interface Props {
  /** Null: what stands above says what they are. */
  readonly title: string | null;
  readonly lines: readonly string[];
  readonly className?: string;
  readonly testId?: string;
}

/** Sentences, one below the other. */
export function StatementList({ title, lines, className = '', testId }: Props) {
  if (lines.length === 0) return null;
  return (
    <section className={`statements ${className}`} data-testid={testId}>
      {title !== null && <h3>{title}</h3>}
      <ul>
        {lines.map((line) => (
          <li key={line} className="lines">
            <Statement text={line} />
          </li>
        ))}
      </ul>
    </section>
  );
}
