import { useState } from 'react';
import { failureText } from '../../shared/request.js';

export interface Sending {
  readonly busy: boolean;
  readonly failure: string | null;
  /** Runs a request, one at a time; what goes wrong is in `failure`. */
  readonly send: (work: () => Promise<void>) => void;
}

/** A request that a person waits for. */
export function useSending(): Sending {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const send = (work: () => Promise<void>): void => {
    setBusy(true);
    setFailure(null);
    work()
      .catch((error: unknown) => {
        setFailure(failureText(error));
      })
      .finally(() => {
        setBusy(false);
      });
  };
  return { busy, failure, send };
}
