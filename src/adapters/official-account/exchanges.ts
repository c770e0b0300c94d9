/** What a push is answered with. */
export interface Reply {
  /** Null: only acknowledged. */
  readonly text: string | null;
  /** Told once whether the platform took it. */
  settle(accepted: boolean): Promise<void>;
  /** Not the last word: another attempt of the same push is worked out anew. */
  readonly again: boolean;
}

/** The attempts of one push: the platform repeats it until it gets a reply, also while an earlier attempt is still open. */
export interface Exchanges {
  /**
   * @param key of the push
   * @param work works the reply out, once for all attempts that wait for it
   * @param attempt sends it; whether the platform took it
   */
  run(key: string, work: () => Promise<Reply>, attempt: (reply: Reply) => Promise<boolean>): Promise<void>;
}

/** The platform repeats a push within about fifteen seconds. */
const KEPT_MS = 60_000;
const MOST_KEPT = 50_000;

interface Exchange {
  readonly reply: Promise<Reply>;
  readonly begunAt: number;
  attempts: number;
  /** Undefined: not settled. */
  accepted: boolean | undefined;
}

/** @param now milliseconds since the epoch */
export function createExchanges(now: () => number): Exchanges {
  const known = new Map<string, Exchange>();

  const begin = (key: string, work: () => Promise<Reply>): Exchange => {
    for (const [old, { begunAt, attempts }] of known) {
      if (attempts > 0 || (begunAt > now() - KEPT_MS && known.size < MOST_KEPT)) break;
      known.delete(old);
    }
    const exchange: Exchange = { reply: work(), begunAt: now(), attempts: 0, accepted: undefined };
    known.delete(key);
    known.set(key, exchange);
    return exchange;
  };

  /** The first attempt that the platform took settles the reply; none did when the last of them has ended. */
  const settle = async (key: string, exchange: Exchange, accepted: boolean): Promise<void> => {
    if (exchange.accepted !== undefined || (!accepted && exchange.attempts > 0)) return;
    exchange.accepted = accepted;
    if (!accepted && known.get(key) === exchange) known.delete(key);
    await (await exchange.reply).settle(accepted);
  };

  return {
    async run(key, work, attempt) {
      const exchange = known.get(key) ?? begin(key, work);
      exchange.attempts++;
      let accepted = false;
      try {
        const reply = await exchange.reply;
        accepted = await attempt(reply);
        if (reply.again && known.get(key) === exchange) known.delete(key);
      } finally {
        exchange.attempts--;
        await settle(key, exchange, accepted);
      }
    },
  };
}
