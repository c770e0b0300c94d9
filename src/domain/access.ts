import type { TicketKind } from './answer.js';
import type { Ticket } from './ticket.js';

export const ROLES = ['lawyer', 'mediator', 'operator', 'officer', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  lawyer: '律师',
  mediator: '调解员',
  operator: '12348 话务员',
  officer: '值班负责人',
  admin: '管理员',
};

/** Kinds of tickets that a role takes on; the officer distributes them and takes on none. */
const KINDS_OF_ROLE: Readonly<Record<Role, readonly TicketKind[]>> = {
  lawyer: ['consultation', 'legal-aid', 'notary', 'appointment'],
  mediator: ['mediation', 'appointment'],
  operator: [],
  officer: [],
  admin: [],
};

/** A member of staff, as far as rights go. */
export interface Clearance {
  readonly id: string;
  readonly roles: readonly Role[];
  /** Path of the service point that they serve; "/" reaches everything. */
  readonly reach: string;
}

/** What of a ticket decides who may see it. */
export type Guarded = Pick<Ticket, 'kind' | 'state' | 'holder' | 'members' | 'openedBy' | 'pointPath'>;

/** What a member of staff may do besides work on tickets. */
export const DUTIES = {
  /** Types in 12348 calls. */
  'open-ticket': ['operator', 'lawyer', 'mediator', 'officer'],
  /** Gives tickets to others. */
  assign: ['officer'],
  /** Service points, staff, duty, leave. */
  organise: ['officer', 'admin'],
  /** Makes, blocks and resets accounts, gives roles. */
  accounts: ['admin'],
  /** Figures of the bureau and their exports. */
  figures: ['officer'],
  audit: ['officer', 'admin'],
  /** What a citizen asked to be erased, how long what is kept. */
  'personal-data': ['officer'],
  /** Curated answers, unanswered questions, figures of the pack. */
  knowledge: ['lawyer', 'officer'],
  /** Library, calculators, canned replies, drafts. */
  tools: ['lawyer', 'mediator', 'operator', 'officer'],
  channels: ['officer', 'admin'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type Duty = keyof typeof DUTIES;

export function mayDo(staff: Pick<Clearance, 'roles'>, duty: Duty): boolean {
  const allowed: readonly Role[] = DUTIES[duty];
  return staff.roles.some((role) => allowed.includes(role));
}

/** Whether a member of staff takes on tickets of a kind. */
export function takesOn(staff: Pick<Clearance, 'roles'>, kind: TicketKind): boolean {
  return staff.roles.some((role) => KINDS_OF_ROLE[role].includes(kind));
}

/** Kinds that a member of staff takes on. */
export function kindsOf(staff: Pick<Clearance, 'roles'>): TicketKind[] {
  return [...new Set(staff.roles.flatMap((role) => KINDS_OF_ROLE[role]))];
}

/** A ticket that nobody holds, of a kind that they take on, at their service point or below it. */
export function mayClaim(staff: Clearance, ticket: Guarded): boolean {
  return ticket.state === 'queued' && takesOn(staff, ticket.kind) && ticket.pointPath.startsWith(staff.reach);
}

/** Theirs: they hold it, were invited to it, or typed it in. */
export function isTheirs(staff: Clearance, ticket: Guarded): boolean {
  return ticket.holder === staff.id || ticket.members.includes(staff.id) || ticket.openedBy === staff.id;
}

/**
 * The officer reads and gives to others whatever is at their service point or below it, in whoever's hands: an officer of the
 * bureau all, one of a township what is of that township.
 */
export function oversees(staff: Clearance, ticket: Pick<Guarded, 'pointPath'>): boolean {
  return staff.roles.includes('officer') && ticket.pointPath.startsWith(staff.reach);
}

/** Each reads what is theirs or waits in their reach; the officer what they oversee. */
export function mayRead(staff: Clearance, ticket: Guarded): boolean {
  return isTheirs(staff, ticket) || mayClaim(staff, ticket) || oversees(staff, ticket);
}

/** Roles whose accounts open most: a second factor is urged on them, and can be made a must. */
export function needsSecondFactor(staff: Pick<Clearance, 'roles'>): boolean {
  return staff.roles.includes('officer') || staff.roles.includes('admin');
}

/** What the page shows a member of staff. */
export function dutiesOf(staff: Pick<Clearance, 'roles'>): Duty[] {
  return (Object.keys(DUTIES) as Duty[]).filter((duty) => mayDo(staff, duty));
}
