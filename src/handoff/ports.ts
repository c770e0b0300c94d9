import type { Message, MessageBody } from '../domain/message.js';
import type { Ticket, TicketEventType, TicketOutcome, TicketRefusal } from '../domain/ticket.js';
import type { IntakeBrief } from '../domain/views.js';

/** A ticket as it is stored. */
export interface StoredTicket extends Ticket {
  readonly conversationId: string;
  readonly brief: IntakeBrief;
  readonly note: string | null;
  /** Grows with each change; a change names the version it was made from. */
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type NewTicket = Omit<StoredTicket, 'number' | 'version' | 'updatedAt'>;

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
}

export interface HandoffUnitOfWork {
  handoff<T>(work: (stores: HandoffWork) => Promise<T>): Promise<T>;
}

/** A ticket that moved, or why it did not. `not-found`: no such number. */
export type HandoffResult =
  | { readonly ok: true; readonly ticket: StoredTicket; /** False for a repeated click. */ readonly changed: boolean }
  | { readonly ok: false; readonly refusal: TicketRefusal | { readonly reason: 'not-found' } };

/** A lawyer, as far as tickets need to know one. */
export interface Actor {
  readonly id: string;
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
  close(number: string, by: Actor, outcome: TicketOutcome, note: string): Promise<HandoffResult>;
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
}

export interface StaffSession {
  readonly staff: StaffMember;
  readonly csrf: string;
}

/** What accounts need of a store. */
export interface StaffStore {
  count(): Promise<number>;
  all(): Promise<StaffMember[]>;
  byLogin(login: string): Promise<StaffMember | null>;
  /** @returns false where the login is taken */
  add(staff: StaffMember, at: number): Promise<boolean>;
  /** Sets a password and ends all sessions of the account. */
  setPassword(staffId: string, passwordHash: string, mustChange: boolean): Promise<void>;
  addSession(tokenHash: string, staffId: string, csrf: string, expiresAt: number): Promise<void>;
  session(tokenHash: string, at: number): Promise<StaffSession | null>;
  endSession(tokenHash: string): Promise<void>;
}

/** Accounts of the desk. */
export interface Accounts {
  /** @returns session token for the cookie, or null for a wrong login or password */
  signIn(login: string, password: string): Promise<{ readonly token: string; readonly session: StaffSession } | null>;
  session(token: string): Promise<StaffSession | null>;
  signOut(token: string): Promise<void>;
  /** Sets a new password, ends the old sessions and opens a new one; null where the current password is wrong. */
  changePassword(
    staff: StaffMember,
    current: string,
    next: string,
  ): Promise<{ readonly token: string; readonly session: StaffSession } | null>;
}
