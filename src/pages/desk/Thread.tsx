import type { Rating } from '../../domain/feedback.js';
import type { Message } from '../../domain/message.js';
import type { MessageDelivery } from '../../domain/views.js';
import { ThreadMessage } from './ThreadMessage.js';

interface Props {
  readonly messages: readonly Message[];
  readonly ratings: readonly Rating[];
  readonly deliveries: readonly MessageDelivery[];
}

/** The whole conversation, oldest first. */
export function Thread({ messages, ratings, deliveries }: Props) {
  return (
    <div className="desk-thread" role="log" aria-live="polite" aria-label="对话">
      {messages.map((message) => (
        <ThreadMessage
          key={message.id}
          message={message}
          rating={ratings.find(({ messageId }) => messageId === message.id) ?? null}
          delivery={deliveries.find(({ messageId }) => messageId === message.id) ?? null}
        />
      ))}
    </div>
  );
}
