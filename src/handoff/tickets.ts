import { isTheirs, mayClaim, oversees, takesOn } from '../domain/access.js';
import type { AuditDetail } from '../domain/audit.js';
import { NO_RESULT, TICKET_OUTCOME_NAMES, applyTicketEvent, type TicketEvent } from '../domain/ticket.js';
import type { MessageBody } from '../domain/message.js';
import { SATISFACTION_SCORES } from './satisfaction/ports.js';
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
    then: { readonly body?: MessageBody; readonly note?: string; readonly key?: string; /** Who gets it. */ readonly to?: Actor } = {},
  ): Promise<HandoffResult> => {
    const result = await store.handoff(async (stores): Promise<HandoffResult> => {
      const before = await stores.tickets.byNumber(number);
      if (before && !allowed(by, event, before)) return { ok: false, refusal: { reason: 'not-allowed' } };
      if (before && then.to && !takesOn(then.to, before.kind)) return { ok: false, refusal: { reason: 'unsuitable-colleague' } };
      if (then.key !== undefined && (await stores.thread.replyByKey(then.key)) !== null) {
        return before ? { ok: true, ticket: before, changed: false } : { ok: false, refusal: { reason: 'not-found' } };
      }
      const at = now();
      const moved = await moveTicket(stores, number, event, by.id, at, then.note === undefined ? {} : { note: then.note });
      if (!moved.ok) return moved;
      if (then.body) {
        const author = then.body.type === 'text' ? 'staff' : 'system';
        const asks = event.type === 'close' && event.outcome !== 'withdrawn' && (await stores.satisfaction.ask(number, at));
        const body = asks ? askedForSatisfaction(then.body) : then.body;
        const message = await stores.thread.send(moved.ticket.conversationId, author, by.id, body, at);
        if (asks) await stores.satisfaction.askedBy(number, message.id);
        if (then.key !== undefined) await stores.thread.rememberReply(then.key, message.id);
      }
      await recordMove(stores, number, event, by, at);
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
        { to, body: tell('claimed', `你的工单已经转给${to.name}，由${to.name}接着为你办理。`) },
      ),
    assign: (number, by, to) =>
      move(number, by, { type: 'assign', by: by.id, to: to.id }, { to, body: tell('claimed', `${to.name}会为你办理，请等回复。`) }),
    invite: (number, by, who) => move(number, by, { type: 'invite', by: by.id, who: who.id }),
    uninvite: (number, by, who) => move(number, by, { type: 'uninvite', by: by.id, who: who.id }),
    reply: (number, by, { key, text, ask }) =>
      move(number, by, ask ? { type: 'ask-citizen', by: by.id } : { type: 'reply', by: by.id }, { body: { type: 'text', text }, key }),
    handBack: (number, by) =>
      move(
        number,
        by,
        { type: 'hand-back', by: by.id },
        { body: tell('handed-back', '律师先答复到这里。你可以接着问我；还想找律师，就点“找律师”。') },
      ),
    close: (number, by, outcome, note, result = NO_RESULT) =>
      move(
        number,
        by,
        { type: 'close', by: by.id, outcome, at: now(), result },
        { note, body: tell('closed', `工单 ${number} 已经结案：${TICKET_OUTCOME_NAMES[outcome]}。7 天内还有问题，点“找律师”就能接着办。`) },
      ),
    reopen: (number, by) =>
      move(number, by, { type: 'reopen', at: now() }, { body: tell('reopened', `工单 ${number} 已经重新打开，律师会接着办。`) }),
  };
}

/** The message about the closing, with the one question that is asked after it. */
function askedForSatisfaction(body: MessageBody): MessageBody {
  return body.type === 'event' ? { ...body, text: `${body.text}\n这次办得怎么样？点一个就行。`, options: SATISFACTION_SCORES } : body;
}

/**
 * Whether a role and a reach allow a move. Who holds a ticket is for the state machine to say; a ticket in the hands of
 * somebody else refuses with their name only where the asker could have claimed it.
 */
function allowed(by: Actor, event: TicketEvent, ticket: StoredTicket): boolean {
  // of a closed ticket of somebody else they learn nothing
  const couldHave = ticket.state !== 'closed' && mayClaim(by, { ...ticket, state: 'queued' });
  switch (event.type) {
    case 'claim':
      return couldHave || (ticket.state === 'closed' && isTheirs(by, ticket));
    case 'assign':
      return oversees(by, ticket);
    case 'reopen':
      return isTheirs(by, ticket) || oversees(by, ticket);
    default:
      return isTheirs(by, ticket) || couldHave;
  }
}

/** What the log says of a move by somebody at the desk. */
async function recordMove({ audit }: HandoffWork, number: string, event: TicketEvent, by: Actor, at: number): Promise<void> {
  if (event.type === 'citizen-message' || event.type === 'human-wanted') return;
  const detail: AuditDetail =
    event.type === 'close'
      ? { outcome: event.outcome, referral: event.result?.referral ?? null }
      : { ...('to' in event ? { to: event.to } : {}), ...('who' in event ? { who: event.who } : {}) };
  await audit.append({ staffId: by.id, action: `ticket-${event.type}`, subject: `ticket:${number}`, detail }, at);
}

/** Applies an event inside a unit of work, by compare-and-set. */
export async function moveTicket(
  stores: HandoffWork,
  number: string,
  event: TicketEvent,
  staffId: string | null,
  at: number,
  change: Partial<
    Pick<StoredTicket, 'note' | 'reason' | 'brief' | 'dueAt' | 'offeredTo' | 'escalations' | 'priority' | 'deadlineDay'>
  > = {},
): Promise<HandoffResult> {
  const current = await stores.tickets.byNumber(number);
  if (!current) return { ok: false, refusal: { reason: 'not-found' } };
  const result = applyTicketEvent(current, event);
  if (!result.ok) return result;
  const waits =
    result.ticket.state === 'queued' && (current.state !== 'queued' || (change.reason === 'danger' && current.reason !== 'danger'));
  const routed = waits ? await routeAgain(stores, { ...current, ...change }, event, at) : {};
  const next: StoredTicket = {
    ...current,
    ...result.ticket,
    ...routed,
    ...change,
    ...(change.reason === 'danger' ? { priority: 2 as const } : {}),
    claimedAt: current.claimedAt ?? (result.ticket.holder === null ? null : at),
    repliedAt: current.repliedAt ?? (event.type === 'reply' || event.type === 'ask-citizen' ? at : null),
    // back in the queue, its time to be claimed is set anew by routing
    dueAt: change.dueAt ?? routed.dueAt ?? (result.ticket.state === 'queued' && current.state === 'queued' ? current.dueAt : null),
  };
  const stored = await stores.tickets.update(next, event.type, staffId, at);
  if (stored) return { ok: true, ticket: stored, changed: true };
  const winner = await stores.tickets.byNumber(number);
  const again = winner ? applyTicketEvent(winner, event) : null;
  return { ok: false, refusal: again && !again.ok ? again.refusal : { reason: 'wrong-state', state: winner?.state ?? current.state } };
}

/** Whom a ticket that waits again is offered to, and by when it is to be claimed; it stays where it is. */
async function routeAgain(
  stores: HandoffWork,
  ticket: StoredTicket,
  event: TicketEvent,
  at: number,
): Promise<Partial<Pick<StoredTicket, 'offeredTo' | 'dueAt' | 'priority' | 'deadlineDay'>>> {
  const notTo = event.type === 'release' ? event.by : null;
  const routed = await stores.router?.route(stores, { ...ticket, notTo }, at);
  if (!routed) return {};
  const { offeredTo, dueAt, priority, deadlineDay } = routed;
  return { offeredTo, dueAt, priority, deadlineDay };
}
