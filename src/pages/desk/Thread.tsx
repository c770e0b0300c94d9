import type { Message } from '../../domain/message.js';
import { ThreadMessage } from './ThreadMessage.js';

/** The whole conversation, oldest first. */
export function Thread({ messages }: { readonly messages: readonly Message[] }) {
  return (
    <div className="desk-thread" role="log" aria-live="polite" aria-label="对话">
      {messages.map((message) => (
        <ThreadMessage key={message.id} message={message} />
      ))}
    </div>
  );
}
