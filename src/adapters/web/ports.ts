import type { Accounts, StoredTicket, TicketHistoryEntry, Tickets } from '../../handoff/ports.js';
import type { Message } from '../../domain/message.js';
import type { Changes, Inbox, Outbox } from '../../messaging/channel.js';

/** What the desk reads. */
export interface DeskReader {
  list(filter: 'open' | 'closed' | { readonly heldBy: string }): Promise<StoredTicket[]>;
  ticket(number: string): Promise<{ ticket: StoredTicket; messages: Message[]; history: TicketHistoryEntry[] } | null>;
  latestOf(conversationId: string): Promise<StoredTicket | null>;
  staffNames(): Promise<ReadonlyMap<string, string>>;
}

/** Everything the web server is handed. */
export interface WebDeps {
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly changes: Changes;
  readonly tickets: Tickets;
  readonly accounts: Accounts;
  readonly desk: DeskReader;
  /** Whether the process can serve (readiness). */
  readonly ready: () => Promise<boolean>;
  /** Folder of the built pages. */
  readonly pagesFolder: string;
  /** Set the Secure flag on cookies; for service behind HTTPS. */
  readonly secureCookies: boolean;
  /** Number of proxies in front whose X-Forwarded-For is believed. */
  readonly trustedProxies: number;
  readonly now: () => number;
  readonly onError: (error: unknown, route: string) => void;
}
