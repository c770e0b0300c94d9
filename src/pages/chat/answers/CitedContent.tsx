import type { CitedAnswer } from '../../../domain/answer.js';
import { Citations } from './Citations.js';
import { Statement } from './Statement.js';
import { Steps } from './Steps.js';

/** An answer with its provisions, what to do next, and its limits. */
export function CitedContent({ answer }: { readonly answer: CitedAnswer }) {
  return (
    <>
      <h2 className="headline lines">{answer.headline}</h2>
      {answer.points.map((point) => (
        <p key={point} className="card-text lines">
          <Statement text={point} />
        </p>
      ))}
      <Steps title="接下来怎么做" steps={answer.steps} />
      {answer.caveats.length > 0 && (
        <section className="caveats">
          <h3>请注意</h3>
          <ul>
            {answer.caveats.map((caveat) => (
              <li key={caveat} className="lines">
                <Statement text={caveat} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Citations citations={answer.citations} />
    </>
  );
}
