import type { Message } from '../../domain/message.js';
import { completeAnswer } from '../shared/complete-answer.js';
import { AnswerCard } from './answers/AnswerCard.js';
import { EventLine } from './EventLine.js';
import type { Ratings } from './feedback/use-ratings.js';
import { StaffBubble } from './StaffBubble.js';
import type { ThreadActions } from './thread-actions.js';

interface Props {
  readonly message: Message;
  /** Something was said after it. */
  readonly over: boolean;
  /** The last answer in the thread. */
  readonly newest: boolean;
  readonly ratings: Ratings;
  readonly ticketOpen: boolean;
  readonly actions: ThreadActions;
}

/** One message, in the form of who says it. */
export function MessageItem({ message, over, newest, ratings, ticketOpen, actions }: Props) {
  const { body, author } = message;
  if (body.type === 'answer') {
    return (
      <AnswerCard
        messageId={message.id}
        ratings={ratings}
        answer={completeAnswer(body.answer)}
        ticketNumber={body.ticketNumber}
        over={over}
        newest={newest}
        ticketOpen={ticketOpen}
        actions={actions}
      />
    );
  }
  if (body.type === 'event' || author === 'system') return <EventLine text={body.text} />;
  if (author === 'staff') return <StaffBubble name={message.staffName} text={body.text} />;
  if (author === 'bot') {
    return (
      <p className="bubble bubble-bot lines" data-testid="message-bot">
        {body.text}
      </p>
    );
  }
  return (
    <p className="bubble bubble-mine lines" data-testid="message-citizen">
      <span className="visually-hidden">您说：</span>
      {body.text}
    </p>
  );
}
