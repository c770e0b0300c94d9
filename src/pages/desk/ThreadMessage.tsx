import type { Rating } from '../../domain/feedback.js';
import type { Author, Message } from '../../domain/message.js';
import { completeAnswer } from '../shared/complete-answer.js';
import { momentText } from '../shared/times.js';
import type { MessageDelivery } from '../../domain/views.js';
import { AnswerSummary } from './AnswerSummary.js';
import { DeliveryLine } from './DeliveryLine.js';
import { RatingLine } from './learning/RatingLine.js';

const AUTHOR_NAMES: Readonly<Record<Author, string>> = {
  citizen: '当事人',
  bot: '机器人',
  staff: '律师',
  system: '系统',
};

interface Props {
  readonly message: Message;
  /** What the citizen said of it. */
  readonly rating: Rating | null;
  /** What became of it; null for what the citizen wrote. */
  readonly delivery: MessageDelivery | null;
}

/** One message with who said it and when. */
export function ThreadMessage({ message, rating, delivery }: Props) {
  const { author, body, staffName, at } = message;
  const time = momentText(at, Date.now());
  if (body.type === 'event' || author === 'system') {
    return (
      <p className="said-event">
        {body.type === 'answer' ? '' : body.text} · {time}
      </p>
    );
  }
  return (
    <div className={`said said-${author}`} data-testid={`said-${author}`}>
      <p className="said-by">
        <strong>{staffName ?? AUTHOR_NAMES[author]}</strong>
        <time dateTime={new Date(at).toISOString()}>{time}</time>
      </p>
      <div className="said-body">
        {body.type === 'text' ? <p className="lines">{body.text}</p> : <AnswerSummary answer={completeAnswer(body.answer)} />}
      </div>
      {delivery !== null && <DeliveryLine delivery={delivery} />}
      {rating !== null && <RatingLine rating={rating} />}
    </div>
  );
}
