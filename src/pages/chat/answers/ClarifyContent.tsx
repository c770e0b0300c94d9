import type { ClarifyAnswer } from '../../../domain/answer.js';
import { Question } from './Question.js';

interface Props {
  readonly answer: ClarifyAnswer;
  readonly over: boolean;
  readonly onSay: (text: string) => void;
}

/** How the questions can be answered. */
function hint({ questions }: ClarifyAnswer): string {
  if (questions.some(({ options }) => options.length > 0)) return '点一个就行；没有合适的，就在下面自己写。';
  return questions.length > 1 ? '写在下面就行，可以一起写。' : '写在下面就行。';
}

/** Questions back, one below the other. */
export function ClarifyContent({ answer, over, onSay }: Props) {
  return (
    <>
      <p className="card-text lines">{answer.text}</p>
      {answer.questions.map((question) => (
        <Question key={question.id} question={question} over={over} onSay={onSay} />
      ))}
      {!over && <p className="card-hint">{hint(answer)}</p>}
    </>
  );
}
