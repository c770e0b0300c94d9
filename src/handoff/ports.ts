import type { Clearance, Role } from '../domain/access.js';
import type { Message, MessageBody } from '../domain/message.js';
import type { ServiceForm } from '../domain/service-form.js';
import type { CaseResult, Ticket, TicketEventType, TicketOutcome, TicketRefusal } from '../domain/ticket.js';
import type { SatisfactionStore } from './satisfaction/ports.js';
import type { IntakeBrief } from '../domain/views.js';
import type { SessionLine, SignInRequest, SignInResult, WithPassword } from './accounts/ports.js';
import type { AuditTrail } from './audit/ports.js';
import type { RoutingStore, TicketRouter } from './routing/ports.js';

/** A ticket as it is stored. */
export interface StoredTicket extends Ticket {
  readonly conversationId: string;
  readonly brief: IntakeBrief;
  readonly note: string | null;
  /** Grows with each change; a change names the version it was made from. */
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Staff id of the lawyer whom the person picked; they are offered it first. */
  readonly wantedStaff: string | null;
  /** Staff id of whom routing offered it to. */
  readonly offeredTo: string | null;
  /** What a service asked for: parties, papers, wishes. */
  readonly details: ServiceForm | null;
  /** 2: danger; 1: a time limit is near; 0. */
  readonly priority: 0 | 1 | 2;
  /** Last ISO day of the nearest time limit of law. */
  readonly deadlineDay: string | null;
  /** By when somebody is to claim it. */
  readonly dueAt: number | null;
  /** How many tiers it has gone up. */
  readonly escalations: number;
  /** First claim, first reply. */
  readonly claimedAt: number | null;
  readonly repliedAt: number | null;
}

/** What a new ticket can do without. */
type Later =
  | 'result'
  | 'members'
  | 'openedBy'
  | 'pointPath'
  | 'wantedStaff'
  | 'offeredTo'
  | 'details'
  | 'priority'
  | 'deadlineDay'
  | 'dueAt'
  | 'escalations'
  | 'claimedAt'
  | 'repliedAt';

export type NewTicket = Omit<StoredTicket, 'number' | 'version' | 'updatedAt' | Later> & Partial<Pick<StoredTicket, Later>>;

export interface TicketHistoryEntry {
  readonly at: number;
  readonly event: TicketEventType | 'open';
  readonly staffId: string | null;
}

/** What tickets need of a store. All calls of one unit of work happen together or not at all. */
export interface TicketStore {
  /** Stores a new ticket under the next free number of its day. */
  open(ticket: NewTicket): Promise<StoredTicket>;
  byNumber(number: string): Promise<StoredTicket | null>;
  /** The newest ticket of a conversation, open or closed. */
  latestOf(conversationId: string): Promise<StoredTicket | null>;
  /** Tickets of a conversation that are not closed, newest first. */
  openOf(conversationId: string): Promise<StoredTicket[]>;
  /** Urgent first, then oldest; closed ones newest first. */
  list(filter: 'open' | 'closed' | { readonly heldBy: string }): Promise<StoredTicket[]>;
  /**
   * Compare-and-set: stores `next` if the ticket still has `version`.
   * @returns the stored ticket, or null where somebody else was first
   */
  update(next: StoredTicket, event: TicketEventType, staffId: string | null, at: number): Promise<StoredTicket | null>;
  history(number: string): Promise<TicketHistoryEntry[]>;
}

/** What hand-off needs of the thread. */
export interface ThreadStore {
  messages(conversationId: string): Promise<Message[]>;
  /** Stores a message to the citizen and queues its delivery. */
  send(conversationId: string, author: 'staff' | 'system', staffId: string | null, body: MessageBody, at: number): Promise<Message>;
  /** The message that this key has brought before, so that a repeated click is one reply. */
  replyByKey(key: string): Promise<number | null>;
  rememberReply(key: string, messageId: number): Promise<void>;
}

export interface HandoffWork {
  readonly tickets: TicketStore;
  readonly thread: ThreadStore;
  readonly satisfaction: SatisfactionStore;
  readonly audit: AuditTrail;
  readonly routing: RoutingStore;
  /** Finds out where a ticket waits and for whom; left out: at the top, for everybody. */
  readonly router?: TicketRouter | undefined;
}

export interface HandoffUnitOfWork {
  handoff<T>(work: (stores: HandoffWork) => Promise<T>): Promise<T>;
}

/** A ticket that moved, or why it did not. `not-found`: no such number. */
export type HandoffResult =
  | { readonly ok: true; readonly ticket: StoredTicket; /** False for a repeated click. */ readonly changed: boolean }
  | { readonly ok: false; readonly refusal: TicketRefusal | { readonly reason: 'not-found' } };

/** A member of staff, as far as tickets need to know one. */
export interface Actor extends Clearance {
  readonly name: string;
}

export interface Tickets {
  /** Two lawyers at once: one gets it, the other is told who has it. */
  claim(number: string, by: Actor): Promise<HandoffResult>;
  release(number: string, by: Actor): Promise<HandoffResult>;
  /** Gives it to a colleague; the citizen is told who goes on. */
  transfer(number: string, by: Actor, to: Actor): Promise<HandoffResult>;
  /** @param key of the page; the same key again is the same reply */
  reply(number: string, by: Actor, reply: { readonly key: string; readonly text: string; readonly ask: boolean }): Promise<HandoffResult>;
  handBack(number: string, by: Actor): Promise<HandoffResult>;
  /** The officer gives it to somebody, whoever has it. */
  assign(number: string, by: Actor, to: Actor): Promise<HandoffResult>;
  /** A colleague reads along and helps from now on. */
  invite(number: string, by: Actor, who: Actor): Promise<HandoffResult>;
  uninvite(number: string, by: Actor, who: Actor): Promise<HandoffResult>;
  close(number: string, by: Actor, outcome: TicketOutcome, note: string, result?: CaseResult): Promise<HandoffResult>;
  reopen(number: string, by: Actor): Promise<HandoffResult>;
}

/** Least length of a password, in characters. */
export const PASSWORD_MIN_LENGTH = 10;

export interface StaffMember {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly mustChangePassword: boolean;
  readonly roles: readonly Role[];
  /** Code of the service point that they serve; null: the whole bureau. */
  readonly servicePoint: string | null;
  /** Its path; "/" reaches everything. */
  readonly reach: string;
  /** Topics (AnswerTopic) that they know best; empty: all alike. */
  readonly skills: readonly string[];
  readonly phone: string;
  /** Milliseconds since the epoch; null: not blocked. */
  readonly blockedAt: number | null;
  /** Base32 secret of the second factor; null: none. */
  readonly totpSecret: string | null;
}

/** What a new account can do without. */
type StaffLater = 'roles' | 'servicePoint' | 'reach' | 'skills' | 'phone' | 'blockedAt' | 'totpSecret';
export type NewStaff = Omit<StaffMember, StaffLater> & Partial<Pick<StaffMember, StaffLater>>;

export interface StaffSession {
  /** By which it is listed and ended; no secret. */
  readonly id: string;
  readonly staff: StaffMember;
  readonly csrf: string;
}

/** Where a session was opened from, as it is listed. */
export interface SessionOrigin {
  /** Browser and system, in a few words. */
  readonly device: string;
  readonly address: string;
}

export interface NewSession extends SessionOrigin {
  readonly id: string;
  readonly csrf: string;
  readonly at: number;
  readonly expiresAt: number;
}

/** What accounts need of a store. */
export interface StaffStore {
  count(): Promise<number>;
  all(): Promise<StaffMember[]>;
  byLogin(login: string): Promise<StaffMember | null>;
  /** @returns false where the login is taken */
  add(staff: NewStaff, at: number): Promise<boolean>;
}

/** Accounts of the desk, for whoever they belong to. What asks for a password counts wrong ones. */
export interface Accounts {
  /** Password first, then the code of the second factor where there is one; wrong ones of both count towards the lock. */
  signIn(request: SignInRequest): Promise<SignInResult>;
  session(token: string): Promise<StaffSession | null>;
  signOut(session: StaffSession): Promise<void>;
  /** Sets a new password, ends all sessions and opens a new one. */
  changePassword(
    session: StaffSession,
    current: string,
    next: string,
    origin: SessionOrigin,
  ): Promise<WithPassword<{ readonly token: string; readonly session: StaffSession }>>;
  sessions(staffId: string): Promise<readonly SessionLine[]>;
  /** Ends one of one's own sessions. @returns whether there was such a one */
  endSession(session: StaffSession, id: string): Promise<boolean>;
  /** Ends all of one's own but this. @returns how many */
  endOtherSessions(session: StaffSession): Promise<number>;
  /** A secret for a second factor, which holds once it is confirmed. */
  beginTotp(session: StaffSession, password: string): Promise<WithPassword<{ readonly secret: string; readonly uri: string }>>;
  /** @returns the recovery codes, shown once; null where the code is wrong or nothing was begun */
  confirmTotp(session: StaffSession, code: string): Promise<readonly string[] | null>;
  removeTotp(session: StaffSession, password: string): Promise<WithPassword<null>>;
  /** New recovery codes, shown once; the old ones are good no more. Null: no second factor. */
  renewRecoveryCodes(session: StaffSession, password: string): Promise<WithPassword<readonly string[] | null>>;
}
