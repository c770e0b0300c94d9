import type { Answer } from '../../../domain/answer.js';
import { canBeRated } from '../../../domain/feedback.js';
import { RateAnswer } from '../feedback/RateAnswer.js';
import type { Ratings } from '../feedback/use-ratings.js';
import { FindLawyerButton } from '../FindLawyerButton.js';
import { CitedContent } from './CitedContent.js';
import { ClarifyContent } from './ClarifyContent.js';
import { HandoffContent } from './HandoffContent.js';
import { ServiceContent } from './ServiceContent.js';

interface Props {
  readonly messageId: number;
  readonly ratings: Ratings;
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
  const { messageId, ratings, answer, ticketOpen, onFindLawyer } = props;
  // below a rating of 没用 stands a 找律师 of its own
  const offersLawyer = !ticketOpen && answer.kind !== 'handoff' && ratings.of(messageId)?.verdict !== 'useless';
  return (
    <article className={`card card-${answer.kind}`} data-testid={`answer-${answer.kind}`}>
      {content(props)}
      {canBeRated(answer) && <RateAnswer messageId={messageId} ratings={ratings} ticketOpen={ticketOpen} onFindLawyer={onFindLawyer} />}
      <footer className="card-foot">
        <p className="notice">{answer.notice}</p>
        {offersLawyer && <FindLawyerButton testId="answer-find-lawyer" kind="quiet" onClick={onFindLawyer} />}
      </footer>
    </article>
  );
}
