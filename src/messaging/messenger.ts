import type { Consult } from '../consultation/consult.js';
import type { Answer } from '../domain/answer.js';
import type { ChannelName } from '../domain/message.js';
import { heldTicket } from '../handoff/open-ticket.js';
import { joined, oneTurnOf, settleFor, type Settling } from './bursts.js';
import type { Changes, Inbox, Outbox } from './channel.js';
import type { FormSources } from './forms/ports.js';
import type { MessagingStore } from './ports.js';
import { createTurn, type Turn } from './turn.js';
import { turnRecord } from './turn-record.js';

export interface MessengerDeps {
  readonly store: MessagingStore;
  readonly consult: Consult;
  /** The same without a language model, for a conversation that a lawyer holds, where the bot says nothing. */
  readonly alone?: Consult | undefined;
  /** What forms ask of the pack; left out: they state no law and name no papers. */
  readonly forms?: FormSources | undefined;
  /** Called after a person's words were erased. */
  readonly onErased?: (() => void) | undefined;
  readonly changes: Changes;
  readonly now: () => number;
  /** How long each channel waits for the rest of a burst of short messages; left out: every message is a turn of its own. */
  readonly settling?: Settling | undefined;
  /** ISO day at a time, in China. */
  readonly dayOf: (at: number) => string;
  /**
   * Called with what broke a turn, after nothing of the turn was stored: true where the cause is gone, so that the turn is
   * begun again at once. For what must not be waited for inside a unit of work.
   */
  readonly remedy?: ((error: unknown, turn: TurnUnderWay) => Promise<boolean>) | undefined;
  readonly onTurn?: (turn: { readonly answer: Answer | null; readonly channel: ChannelName; readonly ms: number }) => void;
  readonly onError: (error: unknown, context: { readonly messageId: number | null }) => void;
}

/** A turn that is begun again keeps its key, also where more messages have joined it. */
export interface TurnUnderWay {
  readonly key: string;
  readonly conversationId: string;
}

export interface Messenger extends Inbox, Outbox {
  /** Takes up what was stored and not answered before the last stop. */
  resume(): Promise<number>;
  /** Resolves when nothing is being worked on. */
  idle(): Promise<void>;
}

/** Waiting messages that are looked at for one turn. */
const LOOKED_AT = 10;

const NO_SOURCES: FormSources = { citable: () => false, papers: () => [] };

class AnsweredMeanwhile extends Error {}

/** Pauses between tries of a broken turn, in milliseconds; after the last one the message waits for the next start. */
const RETRY_PAUSES = [20, 100, 500, 2000, 5000];

/**
 * Carries messages: inbox → one queue per conversation → turn → outbox. A message is answered exactly once, because
 * the answer, the ticket and the mark that the message is done are one unit of work.
 */
export function createMessenger(deps: MessengerDeps): Messenger {
  const { store, changes, now } = deps;
  const citizen = { listen: deps.alone ?? deps.consult, sources: deps.forms ?? NO_SOURCES };
  const runTurn = createTurn(deps.consult, citizen);
  const runHeld = deps.alone ? createTurn(deps.alone, citizen) : runTurn;
  const working = new Map<string, Promise<void>>();
  /** The last message of each conversation after which there was a wait. */
  const settled = new Map<string, number | null>();

  /** One turn; false: nothing else is waiting. Whatever is stored meanwhile wakes its conversation anew. */
  const oneTurn = async (conversationId: string): Promise<boolean> => {
    const started = performance.now();
    const current: { messageId: number | null } = { messageId: null };
    let key = '';
    let more = true;
    try {
      const turn = await store.work(async (stores): Promise<Turn | number | null> => {
        const waiting = await stores.pending(conversationId, LOOKED_AT);
        if (waiting.length === 0) return null;
        const run = deps.settling ? oneTurnOf(waiting) : waiting.slice(0, 1);
        const conversation = await stores.conversation(conversationId);
        const at = now();
        const last = run.at(-1)?.messageId ?? null;
        const settle = deps.settling && settled.get(conversationId) !== last ? settleFor(run, conversation, at, deps.settling) : 0;
        if (settle > 0) {
          // each message is waited for once
          settled.set(conversationId, last);
          return settle;
        }
        more = waiting.length > run.length || waiting.length === LOOKED_AT;
        const message = joined(run);
        current.messageId = message.messageId;
        key = `${conversationId}:${String(run[0]?.messageId)}`;
        const context: Turn = {
          stores,
          message,
          at,
          day: deps.dayOf(at),
          conversation,
          outcome: null,
          notes: [],
          answered: false,
          asked: null,
          erased: false,
        };
        const held = runHeld !== runTurn && (await heldTicket(stores, conversationId)) !== null;
        await (held ? runHeld : runTurn)(context);
        await stores.recordTurn(turnRecord(context));
        for (const { messageId } of run) {
          // another process was first: nothing of this turn is stored
          if (!(await stores.finish(messageId))) throw new AnsweredMeanwhile();
        }
        return context;
      });
      if (turn === null) return false;
      if (typeof turn === 'number') {
        // more may come; what has come is stored
        await new Promise((resolve) => setTimeout(resolve, turn));
        return true;
      }
      if (turn.erased) deps.onErased?.();
      changes.publish({ type: 'thread', conversationId });
      const ticket = turn.outcome?.ticket;
      if (ticket) changes.publish({ type: 'ticket', number: ticket.number, conversationId });
      deps.onTurn?.({ answer: turn.outcome?.answer ?? null, channel: turn.conversation.channel, ms: performance.now() - started });
      return more;
    } catch (error) {
      if (error instanceof AnsweredMeanwhile) return true;
      if (await deps.remedy?.(error, { key, conversationId })) return true;
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
        // timers and sockets of others have their turn in a burst
        await new Promise((resolve) => setImmediate(resolve));
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
      if (working.get(conversationId) !== work) return;
      working.delete(conversationId);
      settled.delete(conversationId);
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
