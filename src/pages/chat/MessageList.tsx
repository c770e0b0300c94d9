import { useMarkRead } from '../shared/use-mark-read.js';
import { markRead } from './chat-requests.js';
import type { ChatState, Pending } from './chat-state.js';
import type { Ratings } from './feedback/use-ratings.js';
import { MessageItem } from './MessageItem.js';
import { PendingBubble } from './PendingBubble.js';
import type { ThreadActions } from './thread-actions.js';
import { TimeLine } from './TimeLine.js';
import { useFollow } from './use-follow.js';
import { WaitingLine } from './WaitingLine.js';

interface Props {
  readonly state: ChatState;
  readonly ratings: Ratings;
  readonly actions: ThreadActions;
  readonly onResend: (pending: Pending) => void;
}

/** The thread, oldest first. */
export function MessageList({ state, ratings, actions, onResend }: Props) {
  const { messages, pending, ticket, waiting } = state;
  const { list, unseen, onScroll, showNewest } = useFollow(state);
  useMarkRead(messages, markRead);
  const ticketOpen = ticket !== null && ticket.state !== 'closed';
  const lastSaid = pending.length === 0 ? messages.at(-1)?.id : undefined;
  const lastAnswer = messages.filter(({ body }) => body.type === 'answer').at(-1)?.id;

  return (
    <main className="chat-body-frame">
      <div className="chat-body" ref={list} onScroll={onScroll} tabIndex={0} aria-label="对话">
        <div className="column thread" role="log" aria-live="polite">
          {messages.map((message, index) => (
            <div key={message.id} className="thread-item" data-message={message.id}>
              <TimeLine at={message.at} previous={messages[index - 1]?.at ?? null} />
              <MessageItem
                message={message}
                over={message.id !== lastSaid}
                newest={message.id === lastAnswer}
                ratings={ratings}
                ticketOpen={ticketOpen}
                actions={actions}
              />
            </div>
          ))}
          {pending.map((one) => (
            <PendingBubble key={one.key} pending={one} onResend={onResend} />
          ))}
          {waiting && <WaitingLine toLawyer={ticket?.held === true} />}
        </div>
      </div>
      {unseen && (
        <button type="button" className="button button-primary new-message" data-testid="new-message" onClick={showNewest}>
          有新消息 ↓
        </button>
      )}
    </main>
  );
}
