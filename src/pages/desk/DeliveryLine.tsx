import { CHANNEL_NAMES } from '../../domain/message.js';
import type { MessageDelivery } from '../../domain/views.js';
import { momentText } from '../shared/times.js';

/** Whether a message has reached the citizen's channel, and if not, why; and whether it was seen, where that can be told. */
export function DeliveryLine({ delivery }: { readonly delivery: MessageDelivery }) {
  const { state, at, readAt, reason, needsMessage, by } = delivery;
  const channel = CHANNEL_NAMES[by];
  if (readAt !== null) {
    return (
      <p className="delivery" data-testid="delivery" data-state="read">
        已读 · {momentText(readAt, Date.now())}
        {/* seen with a pickup code, and still to be delivered */}
        {state !== 'delivered' && `（还没送到${channel}）`}
      </p>
    );
  }
  if (state === 'delivered') {
    return (
      <p className="delivery" data-testid="delivery" data-state={state}>
        已送达{channel}
        {at !== null && ` · ${momentText(at, Date.now())}`}
      </p>
    );
  }
  if (state === 'failed') {
    return (
      <p className="delivery delivery-failed" data-testid="delivery" data-state={state}>
        没送到{channel}：{reason ?? '渠道不接收'}。对方再说话时会再送一次，也可以打电话。
      </p>
    );
  }
  const why = needsMessage ? '渠道要等对方再说话才能送' : by === 'web' ? '对方还没有打开网页' : (reason ?? '正在送');
  return (
    <p className="delivery delivery-waiting" data-testid="delivery" data-state={state}>
      还没送到{channel}：{why}
    </p>
  );
}
