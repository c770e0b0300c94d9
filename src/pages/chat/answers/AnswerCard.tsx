import type { Answer, HandoffReason } from '../../../domain/answer.js';
import { canBeRated } from '../../../domain/feedback.js';
import { RateAnswer } from '../feedback/RateAnswer.js';
import type { Ratings } from '../feedback/use-ratings.js';
import { FindLawyerButton } from '../FindLawyerButton.js';
import type { ThreadActions } from '../thread-actions.js';
import { AlsoLawyer } from './AlsoLawyer.js';
import { CitedContent } from './CitedContent.js';
import { ClarifyContent } from './ClarifyContent.js';
import { HandoffContent } from './HandoffContent.js';
import { NotedFacts } from './NotedFacts.js';
import { ServiceContent } from './ServiceContent.js';

interface Props {
  readonly messageId: number;
  readonly ratings: Ratings;
  readonly answer: Answer;
  readonly ticketNumber: string | null;
  /** Something was said after it: its question back is no longer open. */
  readonly over: boolean;
  /** The last answer in the thread: what it has noted can be put right. */
  readonly newest: boolean;
  /** A lawyer is already on the way. */
  readonly ticketOpen: boolean;
  readonly actions: ThreadActions;
}

function content({ answer, ticketNumber, over, actions }: Props) {
  switch (answer.kind) {
    case 'cited':
      return <CitedContent answer={answer} over={over} onSay={actions.say} />;
    case 'clarify':
      return <ClarifyContent answer={answer} over={over} onSay={actions.say} />;
    case 'handoff':
      return <HandoffContent answer={answer} ticketNumber={ticketNumber} />;
    case 'service':
      return <ServiceContent answer={answer} onSay={actions.say} />;
  }
}

/** Why a lawyer is asked beside the answer; null: none is, or the answer is the hand-over itself. */
function alsoHandoff(answer: Answer): HandoffReason | null {
  return answer.kind === 'cited' || answer.kind === 'service' ? answer.alsoHandoff : null;
}

/** What the bot says, with who is speaking and the way to a human. */
export function AnswerCard(props: Props) {
  const { messageId, ratings, answer, ticketNumber, newest, ticketOpen, actions } = props;
  const lawyerAsked = alsoHandoff(answer);
  // below a rating of 没用 stands a 找律师 of its own
  const offersLawyer = !ticketOpen && answer.kind !== 'handoff' && ratings.of(messageId)?.verdict !== 'useless';
  return (
    <article className={`card card-${answer.kind}`} data-testid={`answer-${answer.kind}`}>
      {content(props)}
      {lawyerAsked !== null && ticketNumber !== null && <AlsoLawyer reason={lawyerAsked} ticketNumber={ticketNumber} />}
      {newest && answer.noted !== undefined && <NotedFacts noted={answer.noted} onCorrect={actions.correct} />}
      {canBeRated(answer) && (
        <RateAnswer messageId={messageId} ratings={ratings} ticketOpen={ticketOpen} onFindLawyer={actions.findLawyer} />
      )}
      <footer className="card-foot">
        <p className="notice">{answer.notice}</p>
        {offersLawyer && <FindLawyerButton testId="answer-find-lawyer" kind="quiet" onClick={actions.findLawyer} />}
      </footer>
    </article>
  );
}
