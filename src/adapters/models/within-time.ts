/**
 * Runs `work` and stops waiting for it after `ms`, or as soon as the caller's `signal` is aborted, whether or not the work
 * heeds the signal that it is given.
 * @param over what to give instead
 */
export function withinTime<T>(
  ms: number,
  caller: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
  over: (why: 'time' | 'caller') => T,
): Promise<T> {
  // a controller of its own: signals that are joined or timed by the platform can be collected while they are waited for
  const controller = new AbortController();
  return new Promise((resolve, reject) => {
    const end = (why: 'time' | 'caller'): void => {
      resolve(over(why));
      controller.abort();
    };
    const stop = (): void => {
      end('caller');
    };
    const timer = setTimeout(end, Math.max(0, ms), 'time');
    caller?.addEventListener('abort', stop, { once: true });
    if (caller?.aborted) stop();
    work(controller.signal)
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
        caller?.removeEventListener('abort', stop);
      });
  });
}

export interface SilenceGuard {
  /** Aborted with `outer`, or where nothing was heard for too long. */
  readonly signal: AbortSignal;
  heard(): void;
  end(): void;
}

/** For a stream, where each piece is due within `ms` of the last. */
export function silenceGuard(ms: number, outer: AbortSignal): SilenceGuard {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  const timer = setTimeout(abort, ms);
  outer.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    heard: () => void timer.refresh(),
    end() {
      clearTimeout(timer);
      outer.removeEventListener('abort', abort);
    },
  };
}
