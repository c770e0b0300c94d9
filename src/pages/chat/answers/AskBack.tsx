import type { ClarifyingQuestion } from '../../../domain/answer.js';
import { Question } from './Question.js';

interface Props {
  readonly ask: ClarifyingQuestion;
  readonly onSay: (text: string) => void;
}

/** What would make the answer more exact, at its end. */
export function AskBack({ ask, onSay }: Props) {
  return (
    <div className="ask" data-testid="ask">
      <p className="card-hint">再说一件事，能答得更准：</p>
      <Question question={ask} over={false} onSay={onSay} />
    </div>
  );
}
