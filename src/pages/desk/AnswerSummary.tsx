import type { Answer, Citation, CitedAnswer, ServiceAnswer } from '../../domain/answer.js';
import { HANDOFF_REASON_NAMES } from '../../domain/answer.js';
import { sourceNames, splitSource } from '../shared/source-names.js';

interface LinesProps {
  readonly title: string;
  readonly lines: readonly string[];
}

function Line({ text }: { readonly text: string }) {
  const { sentence, source } = splitSource(text);
  return (
    <li className="lines">
      {sentence}
      {source !== null && <small> {source.startsWith('待核实') ? source : sourceNames(source)}</small>}
    </li>
  );
}

/** What the citizen was told under a heading, in short. */
function Lines({ title, lines }: LinesProps) {
  if (lines.length === 0) return null;
  return (
    <div className="summary-lines">
      <b>{title}</b>
      <ul>
        {lines.map((line) => (
          <Line key={line} text={line} />
        ))}
      </ul>
    </div>
  );
}

/** The same, to be opened: what a lawyer seldom needs. */
function FoldedLines({ title, lines }: LinesProps) {
  if (lines.length === 0) return null;
  return (
    <details>
      <summary>
        {title}（{lines.length}）
      </summary>
      <ol className="summary-steps">
        {lines.map((line) => (
          <Line key={line} text={line} />
        ))}
      </ol>
    </details>
  );
}

function CitationLines({ title, citations }: { readonly title: string; readonly citations: readonly Citation[] }) {
  if (citations.length === 0) return null;
  return (
    <div className="summary-lines">
      <b>{title}</b>
      <ul className="summary-citations">
        {citations.map((citation) => (
          <li key={`${citation.law}${citation.article}`}>
            《{citation.law}》{citation.article}
            {!citation.verified && <span className="badge badge-amber">待核实</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

const sectionLines = (sections: ServiceAnswer['sections']): string[] =>
  sections.flatMap(({ title, lines }) => lines.map((line) => `${title}：${line}`));

function CitedSummary({ answer }: { readonly answer: CitedAnswer }) {
  const { headline, points, calculation, deadlines, steps, evidence, further, guide, caveats, citations, furtherCitations, ask } = answer;
  const others = [
    ...evidence.map((text) => `证据：${text}`),
    ...further.map((text) => `还要知道：${text}`),
    ...sectionLines(guide?.sections ?? []),
  ];
  return (
    <>
      <p className="lines summary-headline">{headline}</p>
      <Lines title="理由" lines={points} />
      {calculation !== null && <Lines title={`算账：${calculation.headline}`} lines={calculation.lines} />}
      <Lines title="期限" lines={deadlines} />
      <Lines title="请注意" lines={caveats} />
      <FoldedLines title="告诉当事人的步骤" lines={steps} />
      <FoldedLines title="告诉当事人的其余内容" lines={others} />
      <CitationLines title="依据" citations={citations} />
      <FoldedLines title="办事和期限的依据" lines={furtherCitations.map(({ law, article }) => `《${law}》${article}`)} />
      {ask !== null && (
        <p className="summary-ask">
          反问：{ask.text}（{ask.options.join(' / ')}）
        </p>
      )}
    </>
  );
}

function ServiceSummary({ answer }: { readonly answer: ServiceAnswer }) {
  const calculated = answer.service === 'calculator';
  return (
    <>
      <p className="lines summary-headline">{answer.headline}</p>
      {calculated && answer.sections.map(({ title, lines }) => <Lines key={title} title={title} lines={lines} />)}
      <FoldedLines title="告诉当事人的步骤" lines={answer.steps} />
      {!calculated && <FoldedLines title="告诉当事人的办事指南" lines={sectionLines(answer.sections)} />}
      <CitationLines title="依据" citations={answer.citations} />
    </>
  );
}

function summary(answer: Answer) {
  switch (answer.kind) {
    case 'cited':
      return <CitedSummary answer={answer} />;
    case 'service':
      return <ServiceSummary answer={answer} />;
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

/** What the bot said, compactly: a lawyer reads the point, its reasons, what runs out, and the sources. */
export function AnswerSummary({ answer }: { readonly answer: Answer }) {
  const { noted = [] } = answer;
  const alsoHandoff = answer.kind === 'cited' || answer.kind === 'service' ? answer.alsoHandoff : null;
  return (
    <div className="summary" data-testid="answer-summary">
      {summary(answer)}
      {alsoHandoff !== null && <p className="summary-reason">同时请律师看：{HANDOFF_REASON_NAMES[alsoHandoff]}</p>}
      {noted.length > 0 && <p className="summary-noted">记下的情况：{noted.join('；')}</p>}
    </div>
  );
}
