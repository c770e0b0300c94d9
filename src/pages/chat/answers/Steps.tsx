import { Statement } from './Statement.js';

interface Props {
  readonly title: string;
  readonly steps: readonly string[];
}

/** What to do, in order. */
export function Steps({ title, steps }: Props) {
  if (steps.length === 0) return null;
  return (
    <section className="steps">
      <h3>{title}</h3>
      <ol>
        {steps.map((step, index) => (
          <li key={step}>
            <span className="steps-number" aria-hidden="true">
              {index + 1}
            </span>
            <span className="lines">
              <Statement text={step} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
