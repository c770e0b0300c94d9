/** A round takes one new connection only, and next to no time where there is nothing to do. */
const ROUNDS = 16;

/**
 * Lets one through per some rounds of the event loop. A turn is worked out without a pause; where many came at once, no timer
 * and no request would get its chance before all of them were done, and no deadline would hold.
 */
export function createTurnstile(): () => Promise<void> {
  let last = Promise.resolve();
  return () => {
    last = last.then(severalRounds);
    return last;
  };
}

async function severalRounds(): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) await new Promise((resolve) => setImmediate(resolve));
}
