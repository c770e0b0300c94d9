import { contentText } from './chat-state.js';
import type { Pending } from './chat-state.js';

interface Props {
  readonly pending: Pending;
  readonly onResend: (pending: Pending) => void;
}

/** A message under way, or one that did not get through. */
export function PendingBubble({ pending, onResend }: Props) {
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
