import { codeOfPath, parentPath } from '../../domain/point-paths.js';
import { POINT_TIER_NAMES } from '../../domain/service-point.js';
import type { DutyCalendar } from '../organisation/ports.js';
import type { HandoffUnitOfWork, HandoffWork, StoredTicket } from '../ports.js';
import { moveTicket } from '../tickets.js';
import { isoDay, workingTime } from '../working-time.js';
import { priorityOf } from './create-router.js';
import { hoursOfPoint } from './find-point.js';
import type { TicketRouter } from './ports.js';

/** Tickets that go up in one round; the rest in the next. */
const MOST_A_ROUND = 200;

export interface EscalationDeps {
  readonly store: HandoffUnitOfWork;
  readonly router: TicketRouter;
  readonly calendar: DutyCalendar;
  readonly now: () => number;
  /** A ticket has moved, and these have been told. */
  readonly onEscalated: (ticket: StoredTicket, told: readonly string[]) => void;
  readonly onError: (error: unknown, ticketNumber: string) => void;
}

export interface Escalation {
  /** Each ticket that nobody has claimed in time goes up a tier. @returns how many did, or were told of again */
  run(): Promise<number>;
  /** Reckons time limits and priorities of all open tickets anew. @returns how many changed */
  recompute(): Promise<number>;
}

/** What happens to tickets that wait. Each is one unit of work, decided by compare-and-set: two processes move it once. */
export function createEscalation(deps: EscalationDeps): Escalation {
  const { store, router, calendar, now } = deps;

  const eachOf = async (numbers: readonly string[], act: (number: string) => Promise<boolean>): Promise<number> => {
    let count = 0;
    for (const number of numbers) {
      try {
        if (await act(number)) count++;
      } catch (error) {
        deps.onError(error, number);
      }
    }
    return count;
  };

  const escalate = async (number: string): Promise<boolean> => {
    const done = await store.handoff(async (stores) => {
      const at = now();
      const ticket = await stores.tickets.byNumber(number);
      if (ticket?.state !== 'queued' || (ticket.dueAt !== null && ticket.dueAt > at)) return null;
      if (ticket.dueAt === null) {
        const routed = await routeLate(stores, ticket, at);
        return routed && { ticket: routed, told: [] };
      }
      const above = parentPath(ticket.pointPath);
      const moved = above === null ? await remindAtTop(stores, ticket, at) : await goUp(stores, ticket, above, at);
      return moved && { ticket: moved, told: await tellOfficers(stores, moved, at) };
    });
    if (!done) return false;
    deps.onEscalated(done.ticket, done.told);
    return true;
  };

  /** It came back to the queue, or was opened, where nothing routes. */
  const routeLate = async (stores: HandoffWork, ticket: StoredTicket, at: number): Promise<StoredTicket | null> => {
    const pointPath = ticket.pointPath === '/' ? null : ticket.pointPath;
    const routed = await router.route(stores, { ...ticket, pointPath, notTo: null }, at);
    if (routed.dueAt === null) return null;
    return (await stores.routing.adjust(ticket, routed)) ? { ...ticket, ...routed, version: ticket.version + 1 } : null;
  };

  const goUp = async (stores: HandoffWork, ticket: StoredTicket, above: string, at: number): Promise<StoredTicket | null> => {
    const routed = await router.route(stores, { ...ticket, pointPath: above, wantedStaff: null, notTo: null }, at);
    const { offeredTo, dueAt, priority, deadlineDay } = routed;
    const change = { offeredTo, dueAt, priority, deadlineDay, escalations: ticket.escalations + 1 };
    const moved = await moveTicket(stores, ticket.number, { type: 'escalate', pointPath: above }, null, at, change);
    return moved.ok ? moved.ticket : null;
  };

  /** There is nobody above: the officers are told again on each working day. */
  const remindAtTop = async (stores: HandoffWork, ticket: StoredTicket, at: number): Promise<StoredTicket | null> => {
    const time = workingTime(hoursOfPoint(await stores.routing.points(), ticket.pointPath), calendar);
    const dueAt = time.nextDay(at);
    return (await stores.routing.adjust(ticket, { dueAt })) ? { ...ticket, dueAt, version: ticket.version + 1 } : null;
  };

  const tellOfficers = async (stores: HandoffWork, ticket: StoredTicket, at: number): Promise<readonly string[]> => {
    const [officers, away] = [await stores.routing.officers(), await stores.routing.absencesOn(isoDay(at))];
    const onDuty = new Set((await stores.routing.shiftsAt(at)).map(({ staffId }) => staffId));
    const here = officers.filter(({ id }) => !away.some(({ staffId }) => staffId === id));
    const told = [here.filter(({ id }) => onDuty.has(id)), here, officers].find((some) => some.length > 0) ?? [];
    const ids = told.map(({ id }) => id);
    await stores.routing.notify(ids, ticket.number, await textOf(stores, ticket), at);
    return ids;
  };

  const reckonAnew = (number: string): Promise<boolean> =>
    store.handoff(async (stores) => {
      const at = now();
      const ticket = await stores.tickets.byNumber(number);
      if (!ticket || ticket.state === 'closed') return false;
      const deadlineDay = await router.deadlineDay(stores, ticket, at);
      const priority = priorityOf(ticket.reason === 'danger' || ticket.priority === 2, deadlineDay, isoDay(at));
      if (deadlineDay === ticket.deadlineDay && priority === ticket.priority) return false;
      return stores.routing.adjust(ticket, { deadlineDay, priority });
    });

  return {
    run: async () => eachOf(await store.handoff((stores) => stores.routing.overdue(now(), MOST_A_ROUND)), escalate),
    recompute: async () => eachOf(await store.handoff((stores) => stores.routing.open()), reckonAnew),
  };
}

async function textOf({ routing }: HandoffWork, ticket: StoredTicket): Promise<string> {
  const code = codeOfPath(ticket.pointPath);
  const point = (await routing.points()).find((one) => one.code === code);
  const where = point ? `${POINT_TIER_NAMES[point.tier]}（${point.name}）` : '全局';
  const again = ticket.escalations === 0 || parentPath(ticket.pointPath) === null;
  return again
    ? `工单 ${ticket.number} 还没有人领取，现在等在${where}。请分派。`
    : `工单 ${ticket.number} 超时没人领取，已经上转到${where}。请留意，必要时分派。`;
}
