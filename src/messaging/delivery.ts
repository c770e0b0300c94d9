import type { ChannelName } from '../domain/message.js';
import type { Changes, Sent } from './channel.js';
import type { Collected, DeliveryAddress, DeliveryChannel, DeliveryService, DeliveryStore, WaitingMessage } from './delivery/ports.js';
import { renderMessage, type RenderTarget } from './delivery/render.js';

export interface DeliveryDeps {
  readonly store: DeliveryStore;
  readonly channels: readonly DeliveryChannel[];
  readonly changes: Changes;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** From 0 up to 1; spreads repeated tries. */
  readonly random?: (() => number) | undefined;
  /** Told when a message was delivered, or failed. */
  readonly onState?: ((conversationId: string) => void) | undefined;
  /** `context` holds ids, never what people wrote. */
  readonly onError: (error: unknown, context: { readonly conversationId: string }) => void;
}

/** Conversations that are sent to at the same time; within one, messages go one after the other. */
const MOST_AT_ONCE = 8;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10 * 60_000;
/** After broken machinery of our own (a locked database, an adapter that throws). */
const BROKEN_PAUSE_MS = 5000;
/** How long parts that were collected are kept from being pushed as well, until the channel says that it has them. */
const COLLECT_LEASE_MS = 15_000;
/** How often a collecting channel looks for an answer that another process may have stored. */
const LOOK_EVERY_MS = 500;

/** A timer can wait no longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Carries what is stored in the outbox to the channels, oldest first: pushes where a channel allows it, else keeps it until
 * the channel collects it. What a channel refuses waits or is shown as failed; nothing is dropped. A crash between sending
 * and the mark repeats one part at most.
 */
export function createDelivery(deps: DeliveryDeps): DeliveryService {
  const { store, changes, now } = deps;
  const channels = new Map<ChannelName, DeliveryChannel>(deps.channels.map((channel) => [channel.profile.name, channel]));
  const queued = new Set<string>();
  const active = new Map<string, Promise<void>>();
  const timers = new Map<string, NodeJS.Timeout>();
  /** Conversations that are being collected; not pushed to meanwhile. */
  const leases = new Map<string, Promise<void>>();
  /** Parts that were sent and could not be marked, by message. */
  const unmarked = new Map<number, number>();
  let running = false;
  let unsubscribe = (): void => undefined;

  const pushed = (): DeliveryChannel[] => [...channels.values()].filter(({ profile, send }) => send && profile.push !== 'never');

  const wake = (conversationId: string): void => {
    if (!running || pushed().length === 0) return;
    queued.add(conversationId);
    pump();
  };
  const pump = (): void => {
    for (const conversationId of queued) {
      if (!running || active.size >= MOST_AT_ONCE) return;
      if (active.has(conversationId)) continue;
      queued.delete(conversationId);
      const work = drain(conversationId)
        .catch((error: unknown) => {
          deps.onError(error, { conversationId });
          wakeAfter(conversationId, BROKEN_PAUSE_MS);
        })
        .finally(() => {
          active.delete(conversationId);
          pump();
        });
      active.set(conversationId, work);
    }
  };
  const wakeAfter = (conversationId: string, ms: number): void => {
    clearTimeout(timers.get(conversationId));
    const timer = setTimeout(
      () => {
        timers.delete(conversationId);
        wake(conversationId);
      },
      Math.min(Math.max(ms, 1), LONGEST_TIMER_MS),
    ).unref();
    timers.set(conversationId, timer);
  };

  /** Sends what waits in one conversation until it is empty, closed, or has to pause. */
  const drain = async (conversationId: string): Promise<void> => {
    while (running && !leases.has(conversationId)) {
      // read before sending: whoever writes meanwhile opens a channel that says it is closed
      const address = await store.address(conversationId);
      if (!address) return;
      const channel = channels.get(address.channel);
      if (!channel?.send || channel.profile.push === 'never') return;
      const [next] = await store.waiting(conversationId);
      if (!next || next.closed) return;
      if (next.notBefore !== null && next.notBefore > now()) {
        wakeAfter(conversationId, next.notBefore - now());
        return;
      }
      if (!(await sendOne(conversationId, address, channel, next))) return;
    }
  };

  /** @returns whether the next message may follow at once */
  const sendOne = async (
    conversationId: string,
    address: DeliveryAddress,
    channel: DeliveryChannel,
    waiting: WaitingMessage,
  ): Promise<boolean> => {
    const { id } = waiting.message;
    const parts = renderMessage(waiting.message, waiting.inReplyTo, targetOf(channel, address.conversationKey));
    let sent = Math.max(waiting.partsSent, unmarked.get(id) ?? 0);
    for (const part of parts.slice(sent)) {
      const result = await trySend(conversationId, () => channel.send?.(address.conversationKey, part));
      if (result.kind !== 'sent') {
        await keep(conversationId, waiting, address.lastInbound, result);
        return result.kind === 'failed';
      }
      sent += 1;
      unmarked.set(id, sent);
      if (sent < parts.length) await store.markPart(id, sent);
    }
    await store.markSent(id, now());
    unmarked.delete(id);
    deps.onState?.(conversationId);
    return true;
  };

  const trySend = async (conversationId: string, send: () => Promise<Sent> | undefined): Promise<Sent> => {
    try {
      return (await send()) ?? { kind: 'closed' };
    } catch (error) {
      deps.onError(error, { conversationId });
      return { kind: 'later', afterMs: BROKEN_PAUSE_MS, reason: '渠道出错，正在重试' };
    }
  };

  const keep = async (conversationId: string, waiting: WaitingMessage, lastInbound: number, result: Sent): Promise<void> => {
    const { id } = waiting.message;
    if (result.kind === 'closed') await store.markClosed(id, lastInbound);
    if (result.kind === 'failed') await store.markFailed(id, lastInbound, result.reason);
    if (result.kind === 'later') {
      const grown = Math.max(result.afterMs, Math.min(FIRST_PAUSE_MS * 2 ** waiting.attempts, LONGEST_PAUSE_MS));
      const pause = Math.ceil(grown * (1 + 0.2 * (deps.random ?? Math.random)()));
      await store.markLater(id, now() + pause, result.reason);
      wakeAfter(conversationId, pause);
    }
    deps.onState?.(conversationId);
    // the person may have written while it was being sent
    if (result.kind === 'closed') queued.add(conversationId);
  };

  /** Takes a conversation for collecting; null where it is taken until the time is over. */
  const lease = async (conversationId: string, left: () => number): Promise<(() => void) | null> => {
    for (let taken = leases.get(conversationId); taken; taken = leases.get(conversationId)) {
      if (left() <= 0) return null;
      await Promise.race([taken, pause(left())]);
    }
    let free = (): void => undefined;
    const freed = new Promise<void>((resolve) => {
      free = resolve;
    });
    leases.set(conversationId, freed);
    return () => {
      if (leases.get(conversationId) !== freed) return;
      leases.delete(conversationId);
      free();
      wake(conversationId);
    };
  };

  const collected = (
    conversationId: string,
    channel: DeliveryChannel,
    waiting: readonly WaitingMessage[],
    key: string,
  ): Pick<Collected, 'parts' | 'handedOver'> => {
    const planned = waiting.map(({ message, inReplyTo, partsSent }) => {
      const parts = renderMessage(message, inReplyTo, targetOf(channel, key));
      return { id: message.id, before: partsSent, all: parts.length, parts: parts.slice(partsSent) };
    });
    return {
      parts: planned.flatMap(({ parts }) => parts),
      async handedOver(count = Number.POSITIVE_INFINITY) {
        let left = count;
        for (const { id, before, all, parts } of planned) {
          const taken = Math.min(left, parts.length);
          left -= taken;
          if (before + taken === all) await store.markSent(id, now());
          else if (taken > 0) await store.markPart(id, before + taken);
        }
        if (planned.length > 0) deps.onState?.(conversationId);
      },
    };
  };

  /** Resolves when the conversation changes or the time is over. */
  const changed = (conversationId: string, ms: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        stopListening();
        resolve();
      };
      const timer = setTimeout(end, Math.max(0, ms));
      const stopListening = changes.subscribe((change) => {
        if (change.type === 'thread' && change.conversationId === conversationId) end();
      });
    });

  return {
    register(channel) {
      channels.set(channel.profile.name, channel);
      if (running) void resume([channel.profile.name]);
    },

    async collect(name, conversationKey, { waitMs }) {
      const end = performance.now() + waitMs;
      const left = (): number => end - performance.now();
      const channel = channels.get(name);
      const conversationId = await store.conversationId(name, conversationKey);
      if (!channel || conversationId === null) return nothing(false);
      const release = await lease(conversationId, left);
      if (!release) return nothing(true);
      try {
        // what is being pushed at this moment is marked before the rest is read
        await Promise.race([active.get(conversationId), pause(left())]);
        if (active.has(conversationId)) {
          release();
          return nothing(true);
        }
        let address = await store.address(conversationId);
        while (address?.pending === true && left() > 0) {
          await changed(conversationId, Math.min(left(), LOOK_EVERY_MS));
          address = await store.address(conversationId);
        }
        const result = collected(conversationId, channel, await store.waiting(conversationId), conversationKey);
        if (result.parts.length === 0) {
          release();
          return nothing(address?.pending === true);
        }
        const timer = setTimeout(release, COLLECT_LEASE_MS).unref();
        return {
          parts: result.parts,
          pending: address?.pending === true,
          async handedOver(count) {
            await result.handedOver(count);
            clearTimeout(timer);
            release();
          },
        };
      } catch (error) {
        release();
        throw error;
      }
    },

    async start() {
      running = true;
      unsubscribe = changes.subscribe((change) => {
        if (change.type === 'thread') wake(change.conversationId);
      });
      await resume([...channels.keys()]);
    },
    async stop() {
      running = false;
      unsubscribe();
      queued.clear();
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      await Promise.all(active.values());
    },
    async idle() {
      while (active.size > 0) await Promise.all(active.values());
    },
  };

  async function resume(names: readonly ChannelName[]): Promise<void> {
    const wanted = pushed().map(({ profile }) => profile.name);
    const waiting = await store.conversationsWaiting(names.filter((name) => wanted.includes(name)));
    waiting.forEach(wake);
  }
}

function nothing(pending: boolean): Collected {
  return { parts: [], pending, handedOver: () => Promise.resolve() };
}

function targetOf(channel: DeliveryChannel, conversationKey: string): RenderTarget {
  return { profile: channel.profile, group: channel.isGroup?.(conversationKey) ?? channel.profile.groups };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
