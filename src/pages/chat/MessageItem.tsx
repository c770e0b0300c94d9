import type { Message } from '../../domain/message.js';
import { completeAnswer } from '../shared/complete-answer.js';
import { AnswerCard } from './answers/AnswerCard.js';
import { Options } from './answers/Options.js';
import { EventLine } from './EventLine.js';
import { Footnote } from './Footnote.js';
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
    const card = (
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
    if (!body.footnote) return card;
    return (
      <>
        {card}
        <Footnote footnote={body.footnote} over={over} onSay={actions.say} />
      </>
    );
  }
  if (body.type === 'event' || author === 'system') {
    return (
      <>
        <EventLine text={body.text} />
        {!over && <Options options={body.options ?? []} onlyOne label="可以点一个" onSay={actions.say} />}
      </>
    );
  }
  if (author === 'staff') return <StaffBubble name={message.staffName} text={body.text} />;
  if (author === 'bot') {
    return (
      <div className="said">
        <p className="bubble bubble-bot lines" data-testid="message-bot">
          {body.text}
        </p>
        {body.download === 'my-data' && (
          <a className="button button-quiet" data-testid="download-my-data" href="/api/chat/my-data" download>
            下载我的信息
          </a>
        )}
        {!over && <Options options={body.options ?? []} onlyOne label="可以点一个" onSay={actions.say} />}
        {body.footnote && <Footnote footnote={body.footnote} over={over} onSay={actions.say} />}
      </div>
    );
  }
  return (
    <p className="bubble bubble-mine lines" data-testid="message-citizen">
      <span className="visually-hidden">您说：</span>
      {body.text}
    </p>
  );
}
