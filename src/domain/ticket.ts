import type { HandoffReason, TicketKind } from './answer.js';

export const TICKET_STATES = ['queued', 'claimed', 'answered', 'waiting-citizen', 'closed'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export const TICKET_STATE_NAMES: Readonly<Record<TicketState, string>> = {
  queued: '待领取',
  claimed: '办理中',
  answered: '已答复',
  'waiting-citizen': '等当事人回复',
  closed: '已结案',
};

export const TICKET_OUTCOMES = ['resolved', 'referred', 'withdrawn'] as const;
export type TicketOutcome = (typeof TICKET_OUTCOMES)[number];

export const TICKET_OUTCOME_NAMES: Readonly<Record<TicketOutcome, string>> = {
  resolved: '已解决',
  referred: '已转介（仲裁、法院、法援、调解等）',
  withdrawn: '当事人撤回',
};

/** Where a referred case went on. */
export const REFERRALS = ['arbitration', 'court', 'legal-aid', 'mediation', 'other'] as const;
export type Referral = (typeof REFERRALS)[number];

export const REFERRAL_NAMES: Readonly<Record<Referral, string>> = {
  arbitration: '劳动仲裁',
  court: '法院',
  'legal-aid': '法律援助',
  mediation: '人民调解',
  other: '其他部门',
};

/** What a closed case came to, as the bureau counts it. */
export interface CaseResult {
  /** Set for the outcome `referred`. */
  readonly referral: Referral | null;
  /** Yuan recovered, paid or agreed on; null: none, or not known. */
  readonly amount: number | null;
  /** Of a mediation: whether the parties agreed. */
  readonly agreed: boolean | null;
  /** The person is a migrant worker (农民工). */
  readonly migrantWorker: boolean;
}

export const NO_RESULT: CaseResult = { referral: null, amount: null, agreed: null, migrantWorker: false };

/** Days after closing within which a ticket can be reopened. */
export const REOPEN_DAYS = 7;

/** What decides how a ticket may move. Times are milliseconds since the epoch. */
export interface Ticket {
  readonly number: string;
  readonly kind: TicketKind;
  readonly reason: HandoffReason;
  readonly state: TicketState;
  /** Staff id of the lawyer who holds it; null while queued. */
  readonly holder: string | null;
  /** The lawyer gave the conversation back to the bot without closing. */
  readonly handedBack: boolean;
  readonly outcome: TicketOutcome | null;
  readonly closedAt: number | null;
  readonly result: CaseResult | null;
  /** Staff ids of colleagues who were asked to help. */
  readonly members: readonly string[];
  /** Who typed it in (a call, a visit); null: it came by a channel. */
  readonly openedBy: string | null;
  /** Path of the service point that it waits at; "/" where none is known. */
  readonly pointPath: string;
}

export type TicketEvent =
  | { readonly type: 'claim'; readonly by: string }
  | { readonly type: 'release'; readonly by: string }
  | { readonly type: 'transfer'; readonly by: string; readonly to: string }
  | { readonly type: 'reply'; readonly by: string }
  | { readonly type: 'ask-citizen'; readonly by: string }
  | { readonly type: 'hand-back'; readonly by: string }
  /** The officer gives a ticket to somebody, whoever has it. */
  | { readonly type: 'assign'; readonly by: string; readonly to: string }
  | { readonly type: 'invite'; readonly by: string; readonly who: string }
  | { readonly type: 'uninvite'; readonly by: string; readonly who: string }
  | {
      readonly type: 'close';
      readonly by: string;
      readonly outcome: TicketOutcome;
      readonly at: number;
      readonly result?: CaseResult;
    }
  /** Nobody took it in time: it waits at the point above from now on. */
  | { readonly type: 'escalate'; readonly pointPath: string }
  | { readonly type: 'citizen-message' }
  | { readonly type: 'human-wanted' }
  | { readonly type: 'reopen'; readonly at: number };
export type TicketEventType = TicketEvent['type'];

/** Why an event did not happen. `already-claimed` names who holds the ticket. */
export type TicketRefusal =
  | { readonly reason: 'already-claimed'; readonly holder: string }
  | { readonly reason: 'not-holder'; readonly holder: string | null }
  | { readonly reason: 'wrong-state'; readonly state: TicketState }
  | { readonly reason: 'too-late'; readonly days: number }
  /** Their role or reach does not allow it. */
  | { readonly reason: 'not-allowed' }
  /** A colleague who is blocked, or whose role does not take on this kind. */
  | { readonly reason: 'unsuitable-colleague' };

export type TicketResult = { readonly ok: true; readonly ticket: Ticket } | { readonly ok: false; readonly refusal: TicketRefusal };

/** Whether a human holds the conversation: the bot says nothing in it. */
export function isHeldByHuman(ticket: Ticket): boolean {
  return (ticket.state === 'claimed' || ticket.state === 'answered' || ticket.state === 'waiting-citizen') && !ticket.handedBack;
}

/**
 * The one place where tickets move:
 *
 *     queued ─claim→ claimed ─reply→ answered ⇄ waiting-citizen ─close→ closed ─reopen (7 days)→ queued
 *               ←release─        a citizen's message brings answered and waiting-citizen back to claimed
 */
export function applyTicketEvent(ticket: Ticket, event: TicketEvent): TicketResult {
  const open = ticket.state === 'claimed' || ticket.state === 'answered' || ticket.state === 'waiting-citizen';
  const done = (change: Partial<Ticket>): TicketResult => ({ ok: true, ticket: { ...ticket, ...change } });
  const refuse = (refusal: TicketRefusal): TicketResult => ({ ok: false, refusal });
  const wrongState = (): TicketResult => refuse({ reason: 'wrong-state', state: ticket.state });
  const asHolder = (by: string, change: Partial<Ticket>): TicketResult => {
    if (!open) return wrongState();
    return by === ticket.holder ? done(change) : refuse({ reason: 'not-holder', holder: ticket.holder });
  };

  switch (event.type) {
    case 'claim':
      if (ticket.state === 'queued') return done({ state: 'claimed', holder: event.by, handedBack: false });
      if (open && ticket.holder !== null) return refuse({ reason: 'already-claimed', holder: ticket.holder });
      return wrongState();
    case 'release':
      return asHolder(event.by, { state: 'queued', holder: null, handedBack: false });
    case 'transfer':
      return asHolder(event.by, { holder: event.to, members: ticket.members.filter((id) => id !== event.to) });
    case 'assign':
      if (ticket.state === 'closed') return wrongState();
      return done({
        state: ticket.state === 'queued' ? 'claimed' : ticket.state,
        holder: event.to,
        members: ticket.members.filter((id) => id !== event.to),
      });
    case 'invite':
      return asHolder(event.by, { members: [...ticket.members.filter((id) => id !== event.who), event.who] });
    case 'uninvite':
      return asHolder(event.by, { members: ticket.members.filter((id) => id !== event.who) });
    case 'escalate':
      return ticket.state === 'queued' ? done({ pointPath: event.pointPath }) : wrongState();
    case 'reply':
      return asHolder(event.by, { state: 'answered', handedBack: false });
    case 'ask-citizen':
      return asHolder(event.by, { state: 'waiting-citizen', handedBack: false });
    case 'hand-back':
      return asHolder(event.by, { state: 'answered', handedBack: true });
    case 'close': {
      const end = {
        state: 'closed',
        outcome: event.outcome,
        closedAt: event.at,
        handedBack: false,
        result: event.result ?? NO_RESULT,
      } as const;
      return ticket.state === 'queued' ? done({ ...end, holder: event.by }) : asHolder(event.by, end);
    }
    case 'citizen-message':
      if (ticket.state === 'closed') return wrongState();
      return done(isHeldByHuman(ticket) ? { state: 'claimed' } : {});
    case 'human-wanted':
      if (ticket.state === 'closed') return wrongState();
      return done(ticket.handedBack ? { state: 'claimed', handedBack: false } : {});
    case 'reopen': {
      if (ticket.state !== 'closed' || ticket.closedAt === null) return wrongState();
      const days = (event.at - ticket.closedAt) / 86_400_000;
      if (days > REOPEN_DAYS) return refuse({ reason: 'too-late', days: Math.floor(days) });
      return done({ state: 'queued', holder: null, outcome: null, closedAt: null, result: null });
    }
  }
}

/** A refusal in words for the desk. `name` gives the name of a staff id. */
export function refusalText(refusal: TicketRefusal, name: (staffId: string) => string): string {
  switch (refusal.reason) {
    case 'already-claimed':
      return `${name(refusal.holder)}已经领取了这张工单。`;
    case 'not-holder':
      return refusal.holder === null ? '请先领取这张工单。' : `这张工单在${name(refusal.holder)}手里，请先请对方转交。`;
    case 'wrong-state':
      return `工单现在是“${TICKET_STATE_NAMES[refusal.state]}”，不能这样操作。请刷新后再看。`;
    case 'too-late':
      return `结案已超过 ${String(REOPEN_DAYS)} 天，不能重新打开。请新建一张工单。`;
    case 'not-allowed':
      return '这张工单不在您的职责范围内。请找值班负责人分派。';
    case 'unsuitable-colleague':
      return '这位同事现在接不了这类工单。请换一位。';
  }
}
