import { useCallback, useEffect, useState } from 'react';
import type { Rating } from '../../../domain/feedback.js';
import { failureText } from '../../shared/request.js';
import { loadRatings, sendRating } from './feedback-requests.js';

/** What the person says of the answers in view. */
export interface Ratings {
  readonly of: (messageId: number) => Rating | null;
  /** Shown at once, and taken back where the server did not keep it. Resolves to why it failed; null: it is kept. */
  readonly rate: (rating: Rating) => Promise<string | null>;
}

/** @param ready the conversation is there */
export function useRatings(ready: boolean): Ratings {
  const [given, setGiven] = useState<ReadonlyMap<number, Rating>>(new Map());

  const keep = useCallback((messageId: number, rating: Rating | null) => {
    setGiven((before) => {
      const after = new Map(before);
      if (rating === null) after.delete(messageId);
      else after.set(messageId, rating);
      return after;
    });
  }, []);

  useEffect(() => {
    if (!ready) return;
    loadRatings().then(
      (ratings) => {
        // what was tapped while they were on the way is newer
        setGiven((before) => new Map([...ratings.map((rating) => [rating.messageId, rating] as const), ...before]));
      },
      () => undefined, // the answers are then shown as not rated yet
    );
  }, [ready]);

  const rate = useCallback(
    async (rating: Rating) => {
      const before = given.get(rating.messageId) ?? null;
      keep(rating.messageId, rating);
      try {
        keep(rating.messageId, await sendRating(rating));
        return null;
      } catch (error) {
        keep(rating.messageId, before);
        return failureText(error);
      }
    },
    [given, keep],
  );

  return { of: (messageId) => given.get(messageId) ?? null, rate };
}
