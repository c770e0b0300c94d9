import { TICKET_OUTCOME_NAMES, applyTicketEvent, type TicketEvent } from '../domain/ticket.js';
import type { MessageBody } from '../domain/message.js';
import type { Actor, HandoffResult, HandoffUnitOfWork, HandoffWork, StoredTicket, Tickets } from './ports.js';

/**
 * Use cases of the desk. Each is one unit of work: the ticket moves and the citizen is told, or neither happens.
 * @param onMove told after each ticket that moved
 */
export function createTickets(store: HandoffUnitOfWork, now: () => number, onMove: (ticket: StoredTicket) => void): Tickets {
  const move = async (
    number: string,
    by: Actor,
    event: TicketEvent,
    then: { readonly body?: MessageBody; readonly note?: string; readonly key?: string } = {},
  ): Promise<HandoffResult> => {
    const result = await store.handoff(async (stores): Promise<HandoffResult> => {
      if (then.key !== undefined && (await stores.thread.replyByKey(then.key)) !== null) {
        const ticket = await stores.tickets.byNumber(number);
        return ticket ? { ok: true, ticket, changed: false } : { ok: false, refusal: { reason: 'not-found' } };
      }
      const at = now();
      const moved = await moveTicket(stores, number, event, by.id, at, then.note === undefined ? {} : { note: then.note });
      if (!moved.ok || !then.body) return moved;
      const author = then.body.type === 'text' ? 'staff' : 'system';
      const message = await stores.thread.send(moved.ticket.conversationId, author, by.id, then.body, at);
      if (then.key !== undefined) await stores.thread.rememberReply(then.key, message.id);
      return moved;
    });
    if (result.ok && result.changed) onMove(result.ticket);
    return result;
  };

  const tell = (event: Extract<MessageBody, { type: 'event' }>['event'], text: string): MessageBody => ({ type: 'event', event, text });

  return {
    claim: (number, by) =>
      move(number, by, { type: 'claim', by: by.id }, { body: tell('claimed', `${by.name}已经看到你的问题，正在为你办理。`) }),
    release: (number, by) =>
      move(
        number,
        by,
        { type: 'release', by: by.id },
        { body: tell('released', '律师暂时走不开，你的工单已经放回队列，会有别的律师接着办。') },
      ),
    transfer: (number, by, to) =>
      move(
        number,
        by,
        { type: 'transfer', by: by.id, to: to.id },
        { body: tell('claimed', `你的工单已经转给${to.name}，由${to.name}接着为你办理。`) },
      ),
    reply: (number, by, { key, text, ask }) =>
      move(number, by, ask ? { type: 'ask-citizen', by: by.id } : { type: 'reply', by: by.id }, { body: { type: 'text', text }, key }),
    handBack: (number, by) =>
      move(
        number,
        by,
        { type: 'hand-back', by: by.id },
        { body: tell('handed-back', '律师先答复到这里。你可以接着问我；还想找律师，就点“找律师”。') },
      ),
    close: (number, by, outcome, note) =>
      move(
        number,
        by,
        { type: 'close', by: by.id, outcome, at: now() },
        { note, body: tell('closed', `工单 ${number} 已经结案：${TICKET_OUTCOME_NAMES[outcome]}。7 天内还有问题，点“找律师”就能接着办。`) },
      ),
    reopen: (number, by) =>
      move(number, by, { type: 'reopen', at: now() }, { body: tell('reopened', `工单 ${number} 已经重新打开，律师会接着办。`) }),
  };
}

/** Applies an event inside a unit of work, by compare-and-set. */
export async function moveTicket(
  stores: HandoffWork,
  number: string,
  event: TicketEvent,
  staffId: string | null,
  at: number,
  change: Partial<Pick<StoredTicket, 'note' | 'reason' | 'brief'>> = {},
): Promise<HandoffResult> {
  const current = await stores.tickets.byNumber(number);
  if (!current) return { ok: false, refusal: { reason: 'not-found' } };
  const result = applyTicketEvent(current, event);
  if (!result.ok) return result;
  const next: StoredTicket = { ...current, ...result.ticket, ...change };
  const stored = await stores.tickets.update(next, event.type, staffId, at);
  if (stored) return { ok: true, ticket: stored, changed: true };
  const winner = await stores.tickets.byNumber(number);
  const again = winner ? applyTicketEvent(winner, event) : null;
  return { ok: false, refusal: again && !again.ok ? again.refusal : { reason: 'wrong-state', state: winner?.state ?? current.state } };
}
