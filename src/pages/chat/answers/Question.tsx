import type { ClarifyingQuestion } from '../../../domain/answer.js';
import { Options } from './Options.js';

interface Props {
  readonly question: ClarifyingQuestion;
  /** Someone has spoken since: the replies are no longer offered. */
  readonly over: boolean;
  readonly onSay: (text: string) => void;
}

/** A question back, with replies to tap. */
export function Question({ question, over, onSay }: Props) {
  return (
    <section className="question">
      <h3 className="lines">{question.text}</h3>
      {!over && <Options options={question.options} onlyOne label={question.text} onSay={onSay} />}
    </section>
  );
}
