import { useEffect, useState } from 'react';
import type { Rating } from '../../../domain/feedback.js';
import type { DeskClient } from '../desk-client.js';

const NONE: readonly Rating[] = [];

/** What the citizen said of the answers in a ticket's conversation; a side matter, so a failure leaves them out. */
export function useRatings(client: DeskClient, number: string, tick: number): readonly Rating[] {
  const [ratings, setRatings] = useState(NONE);
  useEffect(() => {
    let current = true;
    client.ratings(number).then(
      (read) => {
        if (current) setRatings(read);
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [client, number, tick]);
  return ratings;
}
