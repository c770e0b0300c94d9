import type { Guarded } from '../../domain/access.js';
import type { Audit } from '../../handoff/audit/ports.js';
import type { Accounts, Actor, StoredTicket, TicketHistoryEntry, Tickets } from '../../handoff/ports.js';
import type { Message } from '../../domain/message.js';
import type { ChannelState } from '../../domain/views.js';
import type { Changes, Inbox, Outbox } from '../../messaging/channel.js';

/** What the desk reads. */
export interface DeskReader {
  list(filter: 'open' | 'closed' | { readonly heldBy: string }): Promise<StoredTicket[]>;
  ticket(number: string): Promise<{ ticket: StoredTicket; messages: Message[]; history: TicketHistoryEntry[] } | null>;
  /** What of a ticket decides who may read it. */
  guarded(number: string): Promise<Guarded | null>;
  latestOf(conversationId: string): Promise<StoredTicket | null>;
  staffNames(): Promise<ReadonlyMap<string, string>>;
  colleagues(): Promise<readonly Actor[]>;
}

/** What the desk's routes are handed besides. */
export interface DeskDeps extends WebDeps {
  readonly accounts: Accounts;
  /** Nothing is shown, exported or changed whose line in the log could not be written. */
  readonly audit: Audit;
  /** Officers and administrators do nothing before they have set up a second factor. */
  readonly requireTotp: boolean;
  /** What a browser says of itself, in a few words. */
  readonly deviceName: (userAgent: string) => string;
}

export interface Readiness {
  readonly database: boolean;
  /** There are provisions to answer by. */
  readonly consultation: boolean;
  /** Those that are on. One that does not work keeps nobody from being served by the others. */
  readonly channels: readonly ChannelState[];
}

/** What all routes are handed. */
export interface WebDeps {
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly changes: Changes;
  readonly tickets: Tickets;
  readonly desk: DeskReader;
  /** What the process needs in order to serve, and how its channels are. */
  readonly ready: () => Promise<Readiness>;
  /** Folder of the built pages. */
  readonly pagesFolder: string;
  /** Set the Secure flag on cookies; for service behind HTTPS. */
  readonly secureCookies: boolean;
  /** Number of proxies in front whose X-Forwarded-For is believed. */
  readonly trustedProxies: number;
  readonly now: () => number;
  readonly onError: (error: unknown, route: string) => void;
}
