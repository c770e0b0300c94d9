import { withinTime } from './within-time.js';

/** One after the other, by key. */
export interface Turns {
  /** @returns what ends the turn; null where its time did not come within `ms` */
  take(key: string, ms: number): Promise<(() => void) | null>;
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>();
  return {
    async take(key, ms) {
      const before = last.get(key) ?? Promise.resolve();
      let end: () => void = () => undefined;
      const over = new Promise<void>((resolve) => {
        end = resolve;
      });
      const mine = before.then(() => over);
      last.set(key, mine);
      void mine.then(() => {
        if (last.get(key) === mine) last.delete(key);
      });
      if ((await withinTime(before, ms)) === 'late') {
        // whoever comes after does not wait for who gave up
        end();
        return null;
      }
      return end;
    },
  };
}
