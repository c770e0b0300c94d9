import type { Role } from '../../domain/access.js';
import type { TicketKind, HandoffReason } from '../../domain/answer.js';
import type { ServiceForm } from '../../domain/service-form.js';
import type { ServicePoint } from '../../domain/service-point.js';
import type { IntakeBrief } from '../../domain/views.js';
import type { Absence, Shift } from '../organisation/ports.js';
import type { HandoffWork, StoredTicket } from '../ports.js';

/** Where somebody is, as far as a conversation tells. */
export interface Whereabouts {
  /** Code of the service point whose QR code was scanned, whose kiosk it is, or whose group. */
  readonly servicePoint: string | null;
  /** The last location that they sent; degrees. */
  readonly location: { readonly latitude: number; readonly longitude: number } | null;
  /** The village that they told us for their data; empty: none. */
  readonly village: string;
}

/** Somebody to whom tickets can be offered. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly reach: string;
  readonly skills: readonly string[];
}

/** Minutes within which a ticket is to be claimed, by its priority. */
export interface ClaimLimits {
  /** Danger: on the clock, day and night. */
  readonly danger: number;
  /** A time limit of law is near: working minutes. */
  readonly near: number;
  /** Working minutes. */
  readonly usual: number;
}

/** What routing reads and keeps, inside a unit of work. */
export interface RoutingStore {
  points(): Promise<readonly ServicePoint[]>;
  whereabouts(conversationId: string): Promise<Whereabouts>;
  /** Remembers the service point of a conversation. */
  bind(conversationId: string, pointCode: string): Promise<void>;
  /** What the consultation remembers of a conversation, as it was stored. */
  consultationState(conversationId: string): Promise<unknown>;
  /** Everybody not blocked who reaches a path. */
  reaching(path: string): Promise<readonly Candidate[]>;
  /** Somebody who is not blocked; null: there is none of that id. */
  staff(id: string): Promise<Candidate | null>;
  /** Tickets that somebody holds, or that wait for them. */
  loads(staffIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Shifts under way. */
  shiftsAt(at: number): Promise<readonly Shift[]>;
  absencesOn(day: string): Promise<readonly Absence[]>;
  /** As entered under the setting `claim-limits`; empty: none was. */
  claimLimits(): Promise<Partial<ClaimLimits>>;
  /** Numbers of tickets that nobody has claimed in time, or for which no time was set. */
  overdue(at: number, most: number): Promise<readonly string[]>;
  /** Numbers of tickets that are not closed. */
  open(): Promise<readonly string[]>;
  /** Compare-and-set of what routing reckons, without a move of the ticket. @returns false: somebody else was first */
  adjust(ticket: StoredTicket, change: Partial<Routing>): Promise<boolean>;
  /** Officers whose account is not blocked. */
  officers(): Promise<readonly Candidate[]>;
  notify(staffIds: readonly string[], ticketNumber: string | null, text: string, at: number): Promise<void>;
}

/** A ticket that is about to wait. */
export interface TicketToRoute {
  readonly conversationId: string;
  readonly kind: TicketKind;
  readonly reason: HandoffReason;
  readonly brief: IntakeBrief;
  readonly details: ServiceForm | null;
  readonly wantedStaff: string | null;
  /** Where it waits already; null: to be found out. */
  readonly pointPath: string | null;
  /** Not to be offered to them again. */
  readonly notTo: string | null;
}

/** Where a ticket waits, and for whom. */
export interface Routing {
  readonly pointPath: string;
  readonly offeredTo: string | null;
  readonly dueAt: number | null;
  readonly priority: 0 | 1 | 2;
  readonly deadlineDay: string | null;
}

export interface TicketRouter {
  route(stores: HandoffWork, ticket: TicketToRoute, at: number): Promise<Routing>;
  /** When somebody will look at it, in words for the citizen, and what to do until then; empty: nothing can be said. */
  waitingText(stores: HandoffWork, ticket: StoredTicket, at: number): Promise<string>;
  /** Whether a service point is open, and until when or from when; empty: nothing can be said. */
  openingText(stores: HandoffWork, path: string, at: number): Promise<string>;
  /** The nearest time limit of law that still runs, an ISO day. */
  deadlineDay(stores: HandoffWork, ticket: Pick<TicketToRoute, 'conversationId' | 'brief'>, at: number): Promise<string | null>;
}
