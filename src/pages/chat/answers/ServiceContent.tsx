import type { ServiceAnswer } from '../../../domain/answer.js';
import { HUMAN_WANTED_TEXT } from '../chat-state.js';
import { CalculationHeadline, CalculationLines } from './Calculation.js';
import { Caveats } from './Caveats.js';
import { Citations } from './Citations.js';
import { GuideSections } from './GuideSections.js';
import { Options } from './Options.js';
import { Steps } from './Steps.js';

/** More provisions than this would fill a telephone's screen. */
const MOST_CITATIONS = 4;

interface Props {
  readonly answer: ServiceAnswer;
  readonly onSay: (text: string) => void;
}

/** A guide to a service, the result of a calculator, or what the assistant is for. */
export function ServiceContent({ answer, onSay }: Props) {
  // the card has a button of this name at its foot
  const options = answer.options.filter((option) => option !== HUMAN_WANTED_TEXT);
  return (
    <>
      {answer.service === 'calculator' ? <Sum answer={answer} /> : <Service answer={answer} />}
      <Citations title="法律依据" citations={answer.citations} folded={answer.citations.length > MOST_CITATIONS} />
      {options.length > 0 && <p className="card-hint">您可以点一个接着问：</p>}
      <Options options={options} onlyOne={false} label="可以接着问" onSay={onSay} />
    </>
  );
}

/** The first part of a result is how it comes about; what follows limits it. */
function Sum({ answer }: { readonly answer: ServiceAnswer }) {
  const [how, ...others] = answer.sections;
  return (
    <>
      <section className="calculation" data-testid="calculation">
        <CalculationHeadline text={answer.headline} alone />
        {how !== undefined && (
          <>
            <h3>{how.title}</h3>
            <CalculationLines lines={how.lines} alone />
          </>
        )}
      </section>
      <Caveats caveats={others.flatMap(({ lines }) => lines)} />
    </>
  );
}

function Service({ answer }: { readonly answer: ServiceAnswer }) {
  const talk = answer.steps.length === 0 && answer.citations.length === 0;
  return (
    <>
      {talk ? <p className="card-text lines">{answer.headline}</p> : <h2 className="headline lines">{answer.headline}</h2>}
      <Steps title="怎么办理" steps={answer.steps} />
      <GuideSections title="办事指南" sections={answer.sections} />
    </>
  );
}
