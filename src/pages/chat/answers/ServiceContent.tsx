import type { ServiceAnswer } from '../../../domain/answer.js';
import { Citations } from './Citations.js';
import { Options } from './Options.js';
import { Steps } from './Steps.js';

interface Props {
  readonly answer: ServiceAnswer;
  readonly onSay: (text: string) => void;
}

/** A guide to a service, or what the assistant is for. */
export function ServiceContent({ answer, onSay }: Props) {
  const talk = answer.steps.length === 0 && answer.citations.length === 0;
  return (
    <>
      {talk ? <p className="card-text lines">{answer.headline}</p> : <h2 className="headline lines">{answer.headline}</h2>}
      <Steps title="怎么办理" steps={answer.steps} />
      <Citations citations={answer.citations} />
      {answer.options.length > 0 && <p className="card-hint">您可以点一个接着问：</p>}
      <Options options={answer.options} onlyOne={false} label="可以接着问" onSay={onSay} />
    </>
  );
}
