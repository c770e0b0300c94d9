import type { CitedAnswer } from '../../../domain/answer.js';
import { arrangeAnswer } from './arrange-answer.js';
import { AskBack } from './AskBack.js';
import { CalculationHeadline, CalculationLines } from './Calculation.js';
import { Citations } from './Citations.js';
import { MoreOfAnswer } from './MoreOfAnswer.js';
import { StatementList } from './StatementList.js';
import { Steps } from './Steps.js';

interface Props {
  readonly answer: CitedAnswer;
  readonly over: boolean;
  readonly onSay: (text: string) => void;
}

/**
 * An answer with its reasons, what to do and until when; the rest behind a button; a question back; and its provisions, last,
 * for each sentence names its own.
 */
export function CitedContent({ answer, over, onSay }: Props) {
  const { points, steps, deadlines, asked, more } = arrangeAnswer(answer);
  const guideTitle = answer.guide?.title ?? '';
  return (
    <>
      <h2 className="headline lines">{answer.headline}</h2>
      {answer.calculation !== null && (
        <section className="calculation" data-testid="calculation">
          <h3>按您说的算一算</h3>
          <CalculationHeadline text={answer.calculation.headline} alone={false} />
          <CalculationLines lines={answer.calculation.lines} alone={false} />
        </section>
      )}
      <StatementList title={null} lines={points} />
      <Steps title="现在怎么做" steps={steps} />
      <StatementList title="别过了期限" lines={deadlines} className="deadlines" testId="deadlines" />
      {asked.map(({ title, lines }) => (
        <StatementList key={title} title={`${guideTitle}：${title}`} lines={lines} className="bulleted" testId="asked-section" />
      ))}
      <MoreOfAnswer more={more} guideTitle={guideTitle} />
      {answer.ask !== null && !over && <AskBack ask={answer.ask} onSay={onSay} />}
      <Citations title="法律依据" citations={answer.citations} folded={false} />
      <Citations title="办事和期限的依据" citations={answer.furtherCitations} folded />
    </>
  );
}
