import { REPLIES } from '../../consultation/replies.js';
import type { ServiceAnswer } from '../../domain/answer.js';
import { isoDay } from '../../handoff/working-time.js';
import { activePoint } from '../../handoff/routing/find-point.js';
import type { Middleware } from '../compose.js';
import type { MessagingWork } from '../ports.js';
import type { Turn } from '../turn.js';
import { describePoint } from './describe-point.js';

/** Whose QR code was scanned, whose kiosk it is, or whose group: the conversation belongs there from now on. */
export const bindServicePoint: Middleware<Turn> = async ({ stores, conversation, message }, next) => {
  const { content } = message;
  if (content.type === 'join' && content.servicePoint !== null) {
    const points = await stores.routing.points();
    // a code that was printed before the list was imported is kept until then
    if (points.length === 0 || activePoint(points, content.servicePoint)) {
      await stores.routing.bind(conversation.id, content.servicePoint);
    }
  }
  return next();
};

/** The greeting, which names the service point and who is there. */
export async function greetingAt(stores: MessagingWork, pointCode: string | null, at: number): Promise<ServiceAnswer> {
  const greeting = REPLIES.greeting();
  const point = pointCode === null ? null : activePoint(await stores.routing.points(), pointCode);
  if (!point) return greeting;
  const onDuty = await namesOnDuty(stores, point.code, point.path, at);
  const { lines, ...section } = await describePoint(stores, point, at);
  return {
    ...greeting,
    headline: `这里是${point.name}。${greeting.headline}`,
    sections: [{ ...section, lines: [...lines, ...(onDuty.length === 0 ? [] : [`现在值班：${onDuty.join('、')}`])] }],
  };
}

/** Who has a shift at the point now; a deputy for whoever is away. */
async function namesOnDuty({ routing }: MessagingWork, code: string, path: string, at: number): Promise<string[]> {
  const shifts = (await routing.shiftsAt(at)).filter(({ pointCode }) => pointCode === code);
  if (shifts.length === 0) return [];
  const deputies = new Map((await routing.absencesOn(isoDay(at))).map(({ staffId, deputy }) => [staffId, deputy]));
  const names = new Map((await routing.reaching(path)).map(({ id, name }) => [id, name]));
  return [...new Set(shifts.flatMap(({ staffId }) => names.get(deputies.has(staffId) ? (deputies.get(staffId) ?? '') : staffId) ?? []))];
}
