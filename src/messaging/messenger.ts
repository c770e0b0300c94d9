import type { Consult } from '../consultation/consult.js';
import type { Answer } from '../domain/answer.js';
import type { Changes, Inbox, Outbox } from './channel.js';
import type { MessagingStore } from './ports.js';
import { createTurn, type Turn } from './turn.js';

export interface MessengerDeps {
  readonly store: MessagingStore;
  readonly consult: Consult;
  readonly changes: Changes;
  readonly now: () => number;
  /** ISO day at a time, in China. */
  readonly dayOf: (at: number) => string;
  /**
   * Called with what broke a turn, after nothing of the turn was stored: true where the cause is gone, so that the turn is
   * begun again at once. For what must not be waited for inside a unit of work.
   */
  readonly remedy?: ((error: unknown) => Promise<boolean>) | undefined;
  readonly onTurn?: (turn: { readonly answer: Answer | null; readonly ms: number }) => void;
  readonly onError: (error: unknown, context: { readonly messageId: number | null }) => void;
}

export interface Messenger extends Inbox, Outbox {
  /** Takes up what was stored and not answered before the last stop. */
  resume(): Promise<number>;
  /** Resolves when nothing is being worked on. */
  idle(): Promise<void>;
}

/** Pauses between tries of a broken turn, in milliseconds; after the last one the message waits for the next start. */
const RETRY_PAUSES = [20, 100, 500, 2000, 5000];

/**
 * Carries messages: inbox → one queue per conversation → turn → outbox. A message is answered exactly once, because
 * the answer, the ticket and the mark that the message is done are one unit of work.
 */
export function createMessenger(deps: MessengerDeps): Messenger {
  const { store, changes, now } = deps;
  const runTurn = createTurn(deps.consult);
  const working = new Map<string, Promise<void>>();

  /** One turn; false: nothing was waiting. */
  const oneTurn = async (conversationId: string): Promise<boolean> => {
    const started = performance.now();
    const current: { messageId: number | null } = { messageId: null };
    try {
      const turn = await store.work(async (stores): Promise<Turn | null> => {
        const message = await stores.nextPending(conversationId);
        if (!message) return null;
        current.messageId = message.messageId;
        const at = now();
        const context: Turn = {
          stores,
          message,
          at,
          day: deps.dayOf(at),
          conversation: await stores.conversation(conversationId),
          outcome: null,
        };
        await runTurn(context);
        await stores.finish(message.messageId);
        return context;
      });
      if (!turn) return false;
      changes.publish({ type: 'thread', conversationId });
      const ticket = turn.outcome?.ticket;
      if (ticket) changes.publish({ type: 'ticket', number: ticket.number, conversationId });
      deps.onTurn?.({ answer: turn.outcome?.answer ?? null, ms: performance.now() - started });
      return true;
    } catch (error) {
      if (await deps.remedy?.(error)) return true;
      deps.onError(error, current);
      if (current.messageId !== null) await store.countAttempt(current.messageId);
      throw error;
    }
  };

  const drain = async (conversationId: string): Promise<void> => {
    let broken = 0;
    for (;;) {
      try {
        if (!(await oneTurn(conversationId))) return;
        broken = 0;
      } catch {
        // nothing of the turn was stored and the message is still in the inbox: wait, then try again
        const pause = RETRY_PAUSES[broken++];
        if (pause === undefined) return;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  };

  /** Starts work on a conversation, after what is under way in it. */
  const wake = (conversationId: string): void => {
    const before = working.get(conversationId) ?? Promise.resolve();
    const work = before.then(() => drain(conversationId));
    working.set(conversationId, work);
    void work.finally(() => {
      if (working.get(conversationId) === work) working.delete(conversationId);
    });
  };

  return {
    async receive(inbound) {
      const received = await store.receive(inbound, now());
      if (!received.duplicate) changes.publish({ type: 'thread', conversationId: received.conversationId });
      wake(received.conversationId);
      return received;
    },
    conversationId: (channel, conversationKey) => store.conversationId(channel, conversationKey),
    messagesAfter: (conversationId, afterId) => store.messagesAfter(conversationId, afterId),
    markDelivered: (conversationId, upToId) => store.markDelivered(conversationId, upToId, now()),
    async resume() {
      const waiting = await store.conversationsWithPending();
      waiting.forEach(wake);
      return waiting.length;
    },
    async idle() {
      while (working.size > 0) await Promise.all(working.values());
    },
  };
}
