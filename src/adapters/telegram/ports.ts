import type { Message } from '../../domain/message.js';
import type { Actor, StoredTicket } from '../../handoff/ports.js';

/** A group that became a supergroup has a new id; conversations and configuration keep the first one. */
export interface ChatMoveStore {
  moved(from: number, to: number): Promise<void>;
  /** The id under which a chat is reached now. */
  currentOf(chatId: number): Promise<number>;
  /** The id under which a chat was known first. */
  firstOf(chatId: number): Promise<number>;
}

/** Which Telegram user is which lawyer. */
export interface StaffLinkStore {
  /** A code of which only the hash is kept; an account's earlier codes end. */
  addLinkCode(codeHash: string, staffId: string, expiresAt: number): Promise<void>;
  /** Uses a code up and links its account to the user, whose earlier link ends. Null: no such code, used, or too late. */
  redeemLinkCode(codeHash: string, userId: number, at: number): Promise<Actor | null>;
  cancelLinkCode(codeHash: string): Promise<void>;
  staffOf(userId: number): Promise<Actor | null>;
  /** Since when an account is linked; null: it is not. */
  linkedAt(staffId: string): Promise<number | null>;
  /** @returns whether the account was linked */
  unlink(staffId: string): Promise<boolean>;
}

/** Where a ticket stands in the lawyers' group. */
export interface TicketCard {
  readonly ticketNumber: string;
  readonly chatId: number;
  /** Null: its topic is there, the card is not yet. */
  readonly messageId: number | null;
  /** Topic of the ticket; null in a group without topics. */
  readonly threadId: number | null;
  /** Hash of what the card shows, so that only changes are edited. */
  readonly digest: string;
  /** Id of the last message of the conversation that the group has seen, or need not see. */
  readonly shownUpTo: number;
  /** The ticket is closed, the card says so, and its topic takes no more words. */
  readonly final: boolean;
}

/** What stands in the lawyers' group, and for which ticket. Tickets are found by these ids alone, never by a text. */
export interface StaffGroupStore {
  card(ticketNumber: string): Promise<TicketCard | null>;
  /** Stores a card and, where it stands already, its message as one of the ticket's. */
  saveCard(card: TicketCard): Promise<void>;
  /** Numbers of the tickets whose card does not say yet that they are closed. */
  unfinishedCards(): Promise<string[]>;
  addPost(chatId: number, messageId: number, ticketNumber: string): Promise<void>;
  ticketOfPost(chatId: number, messageId: number): Promise<string | null>;
  ticketOfTopic(chatId: number, threadId: number): Promise<string | null>;
}

/** Conversations in groups for which something waits until the person opens the private chat. */
export interface PointerStore {
  pointTo(conversationKey: string, userId: number, at: number): Promise<void>;
  /** When the person was last pointed to the private chat; null: never, or it is settled. */
  pointedAt(conversationKey: string): Promise<number | null>;
  waitingFor(userId: number): Promise<string[]>;
  settlePointer(conversationKey: string): Promise<void>;
  /** What the person writes in the private chat from now on goes on with a conversation that began in a group. */
  goOnInPrivate(userId: number, conversationKey: string, at: number): Promise<void>;
  /** The conversation that goes on in the private chat since a time, if one does. */
  goingOnInPrivate(userId: number, since: number): Promise<string | null>;
}

export type TelegramStore = ChatMoveStore & StaffLinkStore & StaffGroupStore & PointerStore;

/** What the lawyers' group reads of tickets. */
export interface TicketReader {
  list(filter: 'open'): Promise<StoredTicket[]>;
  ticket(number: string): Promise<{ readonly ticket: StoredTicket; readonly messages: readonly Message[] } | null>;
  staffNames(): Promise<ReadonlyMap<string, string>>;
  colleagues(): Promise<readonly Actor[]>;
}
