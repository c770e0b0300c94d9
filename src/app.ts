import { VectorWanted, type RemoteVectors } from './retrieval/remote-vectors.js';
import type { Consult } from './consultation/consult.js';
import { ModelWanted, type ModelHelp } from './consultation/model-help.js';
import type { Actor, HandoffUnitOfWork, StaffStore, StoredTicket, TicketHistoryEntry, Tickets } from './handoff/ports.js';
import { createTickets } from './handoff/tickets.js';
import type { Answer } from './domain/answer.js';
import type { ChannelName, Message } from './domain/message.js';
import type { Settling } from './messaging/bursts.js';
import { createChanges } from './messaging/changes.js';
import type { Changes } from './messaging/channel.js';
import { createMessenger, type Messenger } from './messaging/messenger.js';
import type { FormSources } from './messaging/forms/ports.js';
import type { MessagingStore } from './messaging/ports.js';

/** Everything from outside, handed in once. */
export interface AppDeps {
  readonly store: MessagingStore & HandoffUnitOfWork;
  readonly staff: StaffStore;
  readonly consult: Consult;
  readonly now: () => number;
  /** How long each channel waits for the rest of a burst of short messages. */
  readonly settling?: Settling | undefined;
  /** Where questions are embedded elsewhere: what the consultation's search asks for. */
  readonly remote?: (() => RemoteVectors | undefined) | undefined;
  /** Where a language model helps: what the consultation asks it for. */
  readonly help?: ModelHelp | undefined;
  /** The consultation without it. */
  readonly alone?: Consult | undefined;
  /** What forms ask of the pack. */
  readonly forms?: FormSources | undefined;
  /** Called after a person's words were erased. */
  readonly onErased?: (() => void) | undefined;
  readonly onTurn?: (turn: { readonly answer: Answer | null; readonly channel: ChannelName; readonly ms: number }) => void;
  /** Broken machinery. `context` holds ids and names, never what people wrote. */
  readonly onError: (error: unknown, context: Readonly<Record<string, unknown>>) => void;
}

/** What the desk shows. */
export interface Desk {
  list(filter: 'open' | 'closed' | { readonly heldBy: string }): Promise<StoredTicket[]>;
  ticket(number: string): Promise<{ ticket: StoredTicket; messages: Message[]; history: TicketHistoryEntry[] } | null>;
  /** What of a ticket decides who may read it. */
  guarded(number: string): Promise<StoredTicket | null>;
  latestOf(conversationId: string): Promise<StoredTicket | null>;
  staffNames(): Promise<ReadonlyMap<string, string>>;
  /** Everybody whose account is not blocked. */
  colleagues(): Promise<readonly Actor[]>;
}

export interface App {
  readonly messenger: Messenger;
  readonly tickets: Tickets;
  readonly desk: Desk;
  readonly changes: Changes;
}

const DAY_IN_CHINA = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

/** ISO day in China at a time (milliseconds since the epoch). */
export function dayInChina(at: number): string {
  return DAY_IN_CHINA.format(at);
}

/** Wires the inner parts; the one door for main, tests and evaluation. No work is done before it is asked for. */
export function buildApp(deps: AppDeps): App {
  const changes = createChanges((error) => {
    deps.onError(error, { part: 'changes' });
  });
  const messenger = createMessenger({
    store: deps.store,
    consult: deps.consult,
    alone: deps.alone,
    forms: deps.forms,
    onErased: deps.onErased,
    changes,
    now: deps.now,
    dayOf: dayInChina,
    settling: deps.settling,
    onError: (error, context) => {
      deps.onError(error, { part: 'turn', ...context });
    },
    remedy: async (error, { key, conversationId }) => {
      const remote = deps.remote?.();
      if (remote && error instanceof VectorWanted) {
        await remote.prepare(error.question);
        return true;
      }
      if (!deps.help || !(error instanceof ModelWanted)) return false;
      const onSentence = (text: string): void => {
        changes.publish({ type: 'partial', conversationId, text });
      };
      await deps.help.prepare(error.request, { key, onSentence });
      return true;
    },
    ...(deps.onTurn ? { onTurn: deps.onTurn } : {}),
  });
  const tickets = createTickets(deps.store, deps.now, ({ number, conversationId }) => {
    changes.publish({ type: 'thread', conversationId });
    changes.publish({ type: 'ticket', number, conversationId });
  });
  const desk: Desk = {
    list: (filter) => deps.store.handoff((stores) => stores.tickets.list(filter)),
    ticket: (number) =>
      deps.store.handoff(async ({ tickets: store, thread }) => {
        const ticket = await store.byNumber(number);
        if (!ticket) return null;
        return { ticket, messages: await thread.messages(ticket.conversationId), history: await store.history(number) };
      }),
    guarded: (number) => deps.store.handoff((stores) => stores.tickets.byNumber(number)),
    latestOf: (conversationId) => deps.store.handoff((stores) => stores.tickets.latestOf(conversationId)),
    colleagues: async () =>
      (await deps.staff.all()).flatMap(({ id, name, roles, reach, blockedAt }) => (blockedAt === null ? [{ id, name, roles, reach }] : [])),
    staffNames: async () => new Map((await deps.staff.all()).map((member) => [member.id, member.name])),
  };
  return { messenger, tickets, desk, changes };
}
