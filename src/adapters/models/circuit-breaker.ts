/** `closed`: all may pass; `open`: none; `half-open`: one is trying whether it works again. */
export type CircuitState = 'closed' | 'open' | 'half-open';

/** Leave to make one request; one of the three has to be called when it is over. */
export interface CircuitPass {
  succeeded(): void;
  failed(): void;
  /** Ended for a reason that says nothing of the service. */
  abandoned(): void;
}

export interface CircuitBreaker {
  state(): CircuitState;
  /** Null: not now. */
  enter(): CircuitPass | null;
}

export interface CircuitOptions {
  /** Failures in a row after which it opens. */
  readonly failures: number;
  readonly openMs: number;
  /** Milliseconds, from any beginning. */
  readonly now: () => number;
  readonly onChange?: (state: CircuitState) => void;
}

/** Keeps a service that fails from being asked again and again while people wait for it. */
export function createCircuitBreaker({ failures, openMs, now, onChange }: CircuitOptions): CircuitBreaker {
  let inARow = 0;
  let openedAt: number | null = null;
  let trying = false;
  const state = (): CircuitState => (openedAt === null ? 'closed' : trying ? 'half-open' : 'open');
  const change = (alter: () => void): void => {
    const before = state();
    alter();
    if (state() !== before) onChange?.(state());
  };

  return {
    state,
    enter() {
      const trial = openedAt !== null;
      if (openedAt !== null) {
        if (trying || now() - openedAt < openMs) return null;
        change(() => (trying = true));
      }
      let over = false;
      const end = (alter: () => void) => (): void => {
        if (over) return;
        over = true;
        // what began before it opened says nothing of the service as it is now
        if (trial || openedAt === null) change(alter);
      };
      const stopTrying = (): void => {
        if (trial) trying = false;
      };
      return {
        succeeded: end(() => {
          stopTrying();
          inARow = 0;
          openedAt = null;
        }),
        failed: end(() => {
          stopTrying();
          inARow++;
          if (trial || inARow >= failures) openedAt = now();
        }),
        abandoned: end(stopTrying),
      };
    },
  };
}
