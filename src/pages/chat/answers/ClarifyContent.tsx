import type { ClarifyAnswer } from '../../../domain/answer.js';
import { Options } from './Options.js';

interface Props {
  readonly answer: ClarifyAnswer;
  readonly onSay: (text: string) => void;
}

/** Questions back, with replies to tap. */
export function ClarifyContent({ answer, onSay }: Props) {
  return (
    <>
      <p className="card-text lines">{answer.text}</p>
      {answer.questions.map((question) => (
        <section key={question.id} className="question">
          <h2 className="lines">{question.text}</h2>
          <Options options={question.options} onlyOne label={question.text} onSay={onSay} />
        </section>
      ))}
      <p className="card-hint">点一个就行；没有合适的，就在下面自己写。</p>
    </>
  );
}
