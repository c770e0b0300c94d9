import type { ClarifyingQuestion } from '../../../domain/answer.js';
import { Question } from './Question.js';

interface Props {
  readonly ask: ClarifyingQuestion;
  readonly onSay: (text: string) => void;
}

/** What would make the answer more exact. */
export function AskBack({ ask, onSay }: Props) {
  return (
    <div className="ask" data-testid="ask">
      <Question question={ask} over={false} onSay={onSay} />
      <p className="card-hint">点一个，我接着往下说；也可以自己写。</p>
    </div>
  );
}
