import type { Message } from '../../domain/message.js';
import { AnswerCard } from './answers/AnswerCard.js';
import { EventLine } from './EventLine.js';
import type { Ratings } from './feedback/use-ratings.js';
import { StaffBubble } from './StaffBubble.js';

interface Props {
  readonly message: Message;
  readonly ratings: Ratings;
  readonly ticketOpen: boolean;
  readonly onSay: (text: string) => void;
  readonly onFindLawyer: () => void;
}

/** One message, in the form of who says it. */
export function MessageItem({ message, ratings, ticketOpen, onSay, onFindLawyer }: Props) {
  const { body, author } = message;
  if (body.type === 'answer') {
    return (
      <AnswerCard
        messageId={message.id}
        ratings={ratings}
        answer={body.answer}
        ticketNumber={body.ticketNumber}
        ticketOpen={ticketOpen}
        onSay={onSay}
        onFindLawyer={onFindLawyer}
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
