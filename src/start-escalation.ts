import { dutyCalendar } from './adapters/calendar/duty-calendar.js';
import type { HandoffUnitOfWork } from './handoff/ports.js';
import { createEscalation } from './handoff/routing/escalate.js';
import type { TicketRouter } from './handoff/routing/ports.js';
import { isoDay } from './handoff/working-time.js';
import type { Changes } from './messaging/channel.js';

/** How often it is looked which tickets nobody has claimed in time. */
const ESCALATE_EVERY_MS = 30_000;

export interface EscalationStart {
  readonly store: HandoffUnitOfWork;
  readonly router: TicketRouter;
  readonly changes: Changes;
  readonly now: () => number;
  readonly onError: (error: unknown, ticketNumber: string | null) => void;
}

export interface RunningEscalation {
  /** One look, as it is taken by itself every so often. */
  look(): Promise<void>;
  /** Ends after what is under way. */
  stop(): Promise<void>;
}

/** Moves tickets up that nobody claims, tells the officers, and reckons time limits anew every day. */
export function startEscalation({ store, router, changes, now, onError }: EscalationStart): RunningEscalation {
  const escalation = createEscalation({
    store,
    router,
    calendar: dutyCalendar,
    now,
    onEscalated: ({ number, conversationId }, told) => {
      changes.publish({ type: 'ticket', number, conversationId });
      changes.publish({ type: 'notice', staffIds: told, number });
    },
    onError,
  });
  let reckonedOn = '';
  let looking: Promise<void> | null = null;
  const lookNow = async (): Promise<void> => {
    const today = isoDay(now());
    if (today !== reckonedOn) {
      await escalation.recompute();
      reckonedOn = today;
    }
    await escalation.run();
  };
  const look = (): Promise<void> => (looking ??= lookNow().finally(() => (looking = null)));
  const timer = setInterval(() => {
    look().catch((error: unknown) => {
      onError(error, null);
    });
  }, ESCALATE_EVERY_MS).unref();
  return {
    look,
    async stop() {
      clearInterval(timer);
      await looking?.catch(() => undefined);
    },
  };
}
