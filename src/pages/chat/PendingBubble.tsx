import { contentText } from './chat-state.js';
import type { Pending } from './chat-state.js';

interface Props {
  readonly pending: Pending;
  readonly onResend: (pending: Pending) => void;
}

/** Key of what stands in for an answer that is being written. */
export const PARTIAL_KEY = 'partial-answer';

/** A message under way, or one that did not get through; or the sentences of an answer that are there already. */
export function PendingBubble({ pending, onResend }: Props) {
  if (pending.key === PARTIAL_KEY) {
    return (
      <p className="bubble bubble-bot lines" data-testid="partial-answer">
        {contentText(pending.content)}
      </p>
    );
  }
  const failed = pending.failure !== null;
  return (
    <div className="pending" data-message="pending">
      <p className={`bubble bubble-mine lines ${failed ? 'bubble-failed' : 'bubble-sending'}`}>{contentText(pending.content)}</p>
      {failed && (
        <div className="pending-failure" role="alert" data-testid="send-failed">
          <span>没发出去。{pending.failure}</span>
          <button
            type="button"
            className="button button-quiet"
            data-testid="resend"
            onClick={() => {
              onResend(pending);
            }}
          >
            重发
          </button>
        </div>
      )}
    </div>
  );
}
