import { mayRead, type Clearance, type Guarded } from '../../domain/access.js';
import type { Changes } from '../../messaging/channel.js';
import type { DeskReader } from './ports.js';

export interface TicketListener {
  /** Null: their session has ended. */
  readonly staff: () => Promise<Clearance | null>;
  readonly send: (number: string) => void;
  /** Told once, when the session has ended. */
  readonly end: () => void;
}

/** Tickets whose last state is remembered, so that whoever could read one until now learns that it has moved. */
const MOST_REMEMBERED = 20_000;

/**
 * Tells desks of tickets that changed: only those who may read the ticket now or could until now. One look-up a change, shared by
 * all who listen; a change after the other.
 * @returns adds a listener, and gives a function that takes it away
 */
export function watchTickets(
  changes: Changes,
  desk: Pick<DeskReader, 'guarded'>,
  onError: (error: unknown) => void,
): (listener: TicketListener) => () => void {
  const listeners = new Set<TicketListener>();
  const before = new Map<string, Guarded>();

  const remember = (number: string, ticket: Guarded): void => {
    before.delete(number);
    before.set(number, ticket);
    const [oldest] = before.keys();
    if (before.size > MOST_REMEMBERED && oldest !== undefined) before.delete(oldest);
  };
  const tell = async (number: string): Promise<void> => {
    const ticket = await desk.guarded(number);
    if (!ticket) return;
    // what it was before this process saw it: waiting, as every ticket once was
    const earlier = before.get(number) ?? { ...ticket, state: 'queued', holder: null };
    remember(number, ticket);
    await Promise.all(
      [...listeners].map(async (listener) => {
        const staff = await listener.staff();
        if (!listeners.has(listener)) return;
        if (staff === null) {
          listeners.delete(listener);
          listener.end();
        } else if (mayRead(staff, ticket) || mayRead(staff, earlier)) listener.send(number);
      }),
    );
  };

  let last: Promise<void> = Promise.resolve();
  changes.subscribe((change) => {
    if (change.type !== 'ticket') return;
    last = last.then(() => tell(change.number)).catch(onError);
  });
  return (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
}
