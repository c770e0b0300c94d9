import type { Answer, Citation } from '../../domain/answer.js';

function CitationLines({ citations }: { readonly citations: readonly Citation[] }) {
  if (citations.length === 0) return null;
  return (
    <ul className="summary-citations">
      {citations.map((citation) => (
        <li key={`${citation.law}${citation.article}`}>
          《{citation.law}》{citation.article}
          {!citation.verified && <span className="badge badge-amber">待核实</span>}
        </li>
      ))}
    </ul>
  );
}

function StepLines({ steps }: { readonly steps: readonly string[] }) {
  if (steps.length === 0) return null;
  return (
    <details>
      <summary>告诉当事人的步骤（{steps.length}）</summary>
      <ol className="summary-steps">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </details>
  );
}

/** What the bot said, short: a lawyer reads the point and the sources. */
export function AnswerSummary({ answer }: { readonly answer: Answer }) {
  switch (answer.kind) {
    case 'cited':
    case 'service':
      return (
        <>
          <p className="lines">{answer.headline}</p>
          <CitationLines citations={answer.citations} />
          <StepLines steps={answer.steps} />
        </>
      );
    case 'clarify':
      return (
        <>
          <p className="lines">{answer.text}</p>
          <ul className="summary-questions">
            {answer.questions.map((question) => (
              <li key={question.id}>
                {question.text}
                {question.options.length > 0 && <span>（{question.options.join(' / ')}）</span>}
              </li>
            ))}
          </ul>
        </>
      );
    case 'handoff':
      return <p className="lines">{answer.text}</p>;
  }
}
