import type { Answer } from '../../../domain/answer.js';
import { FindLawyerButton } from '../FindLawyerButton.js';
import { CitedContent } from './CitedContent.js';
import { ClarifyContent } from './ClarifyContent.js';
import { HandoffContent } from './HandoffContent.js';
import { ServiceContent } from './ServiceContent.js';

interface Props {
  readonly answer: Answer;
  readonly ticketNumber: string | null;
  /** A lawyer is already on the way. */
  readonly ticketOpen: boolean;
  readonly onSay: (text: string) => void;
  readonly onFindLawyer: () => void;
}

function content({ answer, ticketNumber, onSay }: Props) {
  switch (answer.kind) {
    case 'cited':
      return <CitedContent answer={answer} />;
    case 'clarify':
      return <ClarifyContent answer={answer} onSay={onSay} />;
    case 'handoff':
      return <HandoffContent answer={answer} ticketNumber={ticketNumber} />;
    case 'service':
      return <ServiceContent answer={answer} onSay={onSay} />;
  }
}

/** What the bot says, with who is speaking and the way to a human. */
export function AnswerCard(props: Props) {
  const { answer, ticketOpen, onFindLawyer } = props;
  return (
    <article className={`card card-${answer.kind}`} data-testid={`answer-${answer.kind}`}>
      {content(props)}
      <footer className="card-foot">
        <p className="notice">{answer.notice}</p>
        {!ticketOpen && answer.kind !== 'handoff' && <FindLawyerButton testId="answer-find-lawyer" kind="quiet" onClick={onFindLawyer} />}
      </footer>
    </article>
  );
}
