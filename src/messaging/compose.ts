/** One step of a turn: does its part, and calls `next` for what comes after, or does not. */
export type Middleware<C> = (context: C, next: () => Promise<void>) => Promise<void>;

/** Runs steps in order; a step that does not call `next` ends the turn. Calling `next` twice is an error. */
export function compose<C>(...steps: readonly Middleware<C>[]): (context: C) => Promise<void> {
  const run = async (context: C, at: number): Promise<void> => {
    const step = steps[at];
    if (!step) return;
    let called = false;
    await step(context, () => {
      if (called) throw new Error('a step called next() twice');
      called = true;
      return run(context, at + 1);
    });
  };
  return (context) => run(context, 0);
}
