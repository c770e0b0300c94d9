import { TOPIC_NAMES } from '../../domain/answer.js';
import { daysUntil } from '../../domain/iso-days.js';
import type { DutyCalendar } from '../organisation/ports.js';
import type { HandoffWork } from '../ports.js';
import { isoDay, workingTime, type WorkingTime } from '../working-time.js';
import { chooseCandidate } from './choose-candidate.js';
import { activePoint, hoursOfPoint, namedPoint, nearestPoints } from './find-point.js';
import type { ClaimLimits, Routing, TicketRouter, TicketToRoute } from './ports.js';
import { openingText, waitingText } from './waiting-text.js';

/** How long a ticket waits before it goes up, in minutes; the setting `claim-limits` has others. */
export const CLAIM_LIMITS: ClaimLimits = { danger: 15, near: 120, usual: 240 };
/** A time limit of law with no more days left raises a ticket. */
export const NEAR_DAYS = 30;
/** Words of the person that are looked through for the name of a place. */
const MOST_WORDS = 4000;

export interface RouterDeps {
  readonly calendar: DutyCalendar;
  /** The nearest time limit that runs by what a conversation's consultation has understood; null: none is known. */
  readonly deadline: (consultationState: unknown, question: string, today: string) => string | null;
}

export function createRouter({ calendar, deadline }: RouterDeps): TicketRouter {
  const timeAt = async ({ routing }: HandoffWork, path: string): Promise<WorkingTime> =>
    workingTime(hoursOfPoint(await routing.points(), path), calendar);

  const deadlineDay: TicketRouter['deadlineDay'] = async ({ routing }, { conversationId, brief }, at) =>
    deadline(await routing.consultationState(conversationId), brief.question, isoDay(at));

  return {
    deadlineDay,
    async route(stores, ticket, at): Promise<Routing> {
      const { routing } = stores;
      const wantedReach = await reachOfWanted(stores, ticket);
      const found = ticket.pointPath ?? (await whereItBelongs(stores, ticket));
      // whom the person picked has to be able to take it
      const pointPath = wantedReach !== null && !found.startsWith(wantedReach) ? wantedReach : found;
      const candidates = await routing.reaching(pointPath);
      const ids = candidates.map(({ id }) => id);
      const day = await deadlineDay(stores, ticket, at);
      const priority = priorityOf(ticket.reason === 'danger', day, isoDay(at));
      const offeredTo = chooseCandidate({
        kind: ticket.kind,
        topic: topicOf(ticket),
        wanted: ticket.wantedStaff,
        notTo: ticket.notTo,
        candidates,
        onDuty: new Set((await routing.shiftsAt(at)).map(({ staffId }) => staffId)),
        absences: await routing.absencesOn(isoDay(at)),
        loads: await routing.loads(ids),
      });
      return { pointPath, offeredTo, priority, deadlineDay: day, dueAt: await dueAt(stores, priority, pointPath, at) };
    },
    async waitingText(stores, ticket, at) {
      const time = await timeAt(stores, ticket.pointPath);
      const reaching = new Set((await stores.routing.reaching(ticket.pointPath)).map(({ id }) => id));
      const onDuty = (await stores.routing.shiftsAt(at)).some(({ staffId }) => reaching.has(staffId));
      return waitingText({ time, onDuty, at, dueAt: ticket.dueAt, danger: ticket.priority === 2 });
    },
    openingText: async (stores, path, at) => openingText(await timeAt(stores, path), at),
  };

  async function dueAt(stores: HandoffWork, priority: Routing['priority'], path: string, at: number): Promise<number | null> {
    const limits = { ...CLAIM_LIMITS, ...(await stores.routing.claimLimits()) };
    if (priority === 2) return at + limits.danger * 60_000;
    return (await timeAt(stores, path)).after(at, priority === 1 ? limits.near : limits.usual);
  }
}

/** 2: danger; 1: a time limit of law is near; 0. */
export function priorityOf(danger: boolean, deadlineDay: string | null, today: string): Routing['priority'] {
  if (danger) return 2;
  return deadlineDay !== null && daysUntil(deadlineDay, today) <= NEAR_DAYS ? 1 : 0;
}

function topicOf({ brief }: TicketToRoute): string | null {
  return Object.entries(TOPIC_NAMES).find(([, name]) => name === brief.topic)?.[0] ?? null;
}

async function reachOfWanted({ routing }: HandoffWork, { wantedStaff }: TicketToRoute): Promise<string | null> {
  if (wantedStaff === null) return null;
  const wanted = await routing.staff(wantedStaff);
  return wanted?.reach ?? null;
}

/** The place of a conversation: its service point, a place that the person named or sent, else the city centre. */
async function whereItBelongs(stores: HandoffWork, ticket: TicketToRoute): Promise<string> {
  const points = await stores.routing.points();
  if (points.length === 0) return '/';
  const { servicePoint, location, village } = await stores.routing.whereabouts(ticket.conversationId);
  const bound = activePoint(points, servicePoint);
  if (bound) return bound.path;
  const told = namedPoint(points, [village, ...(ticket.details?.answers.map(({ value }) => value) ?? [])].join('\n'));
  if (told) return told.path;
  const thread = await stores.thread.messages(ticket.conversationId);
  const words = thread.flatMap(({ author, body }) => (author === 'citizen' && body.type === 'text' ? [body.text] : []));
  const named = namedPoint(points, words.join('\n').slice(-MOST_WORDS));
  if (named) return named.path;
  const [near] = location === null ? [] : nearestPoints(points, location, 1);
  return near?.point.path ?? points.find(({ tier, active }) => tier === 'city' && active)?.path ?? '/';
}
