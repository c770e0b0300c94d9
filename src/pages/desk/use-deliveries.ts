import { useEffect, useState } from 'react';
import type { MessageDelivery } from '../../domain/views.js';
import type { DeskClient } from './desk-client.js';

const NONE: readonly MessageDelivery[] = [];

/** What became of the messages of a ticket's conversation; a failure leaves it out. */
export function useDeliveries(client: DeskClient, number: string, tick: number): readonly MessageDelivery[] {
  const [deliveries, setDeliveries] = useState(NONE);
  useEffect(() => {
    let current = true;
    client.deliveries(number).then(
      (read) => {
        if (current) setDeliveries(read);
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [client, number, tick]);
  return deliveries;
}
