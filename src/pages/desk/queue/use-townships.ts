import { useEffect, useState } from 'react';
import type { DeskClient } from '../desk-client.js';

export interface Township {
  readonly code: string;
  readonly name: string;
}

const NONE: readonly Township[] = [];

/** Townships that tickets can be filtered by; a failure leaves them out. */
export function useTownships(client: DeskClient): readonly Township[] {
  const [townships, setTownships] = useState(NONE);
  useEffect(() => {
    let current = true;
    client.get<{ readonly townships: readonly Township[] }>('/townships').then(
      (read) => {
        if (current) setTownships(read.townships);
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [client]);
  return townships;
}
