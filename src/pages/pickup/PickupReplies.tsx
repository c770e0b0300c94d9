import type { PickupView } from '../../domain/views.js';
import { TICKET_STATE_NAMES } from '../../domain/ticket.js';
import { EventLine } from '../chat/EventLine.js';
import { StaffBubble } from '../chat/StaffBubble.js';
import { momentText } from '../shared/times.js';
import { MyData } from './MyData.js';
import { useMarkRead } from '../shared/use-mark-read.js';
import type { PickupState } from './use-pickup.js';

/** The lawyer's words and the state of the ticket, to be read only. */
export function PickupReplies({ view, pickup }: { readonly view: PickupView; readonly pickup: PickupState }) {
  const { ticket, replies, resumable, mine } = view;
  if (mine !== undefined) return <MyData text={mine} />;
  useMarkRead(replies, pickup.markRead);
  return (
    <div className="pickup-replies" data-testid="pickup-replies">
      {ticket !== null && (
        <p className="pickup-ticket" data-testid="pickup-ticket">
          工单 {ticket.number} · <strong>{TICKET_STATE_NAMES[ticket.state]}</strong>
        </p>
      )}
      {replies.length === 0 && <p>{ticket === null ? '这次咨询没有转给律师。' : '律师还没有答复。请过些时候再来看，取件码还能用。'}</p>}
      {replies.map((message) => (
        <div key={message.id} className="thread-item" data-message={message.id}>
          <p className="time-line">{momentText(message.at, Date.now())}</p>
          {message.body.type === 'answer' ? null : message.author === 'staff' ? (
            <StaffBubble name={message.staffName} text={message.body.text} />
          ) : (
            <EventLine text={message.body.text} />
          )}
        </div>
      ))}
      {resumable && (
        <button type="button" className="button button-primary" data-testid="pickup-resume" disabled={pickup.busy} onClick={pickup.resume}>
          在这里接着问
        </button>
      )}
      <p className="pickup-hint">这一页只能看。别人拿到取件码也能看，请不要告诉别人。</p>
    </div>
  );
}
