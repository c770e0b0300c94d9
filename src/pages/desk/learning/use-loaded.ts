import { useCallback, useEffect, useRef, useState } from 'react';
import { failureText } from '../../shared/request.js';

export interface Loaded<T> {
  /** Null while it has not been read. */
  readonly value: T | null;
  readonly failure: string | null;
  readonly refresh: () => void;
}

/** Reads something now, when `load` or `tick` changes, and when asked to; the answer to the last reading counts. */
export function useLoaded<T>(load: () => Promise<T>, tick = 0): Loaded<T> {
  const [value, setValue] = useState<T | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const latest = useRef(0);
  const refresh = useCallback(() => {
    latest.current += 1;
    const turn = latest.current;
    load().then(
      (read) => {
        if (turn !== latest.current) return;
        setValue(read);
        setFailure(null);
      },
      (error: unknown) => {
        if (turn === latest.current) setFailure(failureText(error));
      },
    );
  }, [load]);
  useEffect(refresh, [refresh, tick]);
  return { value, failure, refresh };
}
