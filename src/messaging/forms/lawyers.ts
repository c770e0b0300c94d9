import { TOPIC_NAMES, type AnswerTopic } from '../../domain/answer.js';
import type { Turn } from '../turn.js';

export interface LawyerToPick {
  readonly id: string;
  /** As it is offered: "李律师（工伤，石桥镇工作站）". */
  readonly shown: string;
}

/** More would fill a telephone's screen. */
const MOST_OFFERED = 8;

/** Lawyers who are on duty now and not away; where nobody is on duty, all who are not away. */
export async function lawyersToPick({ stores, at, day }: Pick<Turn, 'stores' | 'at' | 'day'>): Promise<readonly LawyerToPick[]> {
  const { routing } = stores;
  const [all, shifts, absences, points] = await Promise.all([
    routing.reaching('/'),
    routing.shiftsAt(at),
    routing.absencesOn(day),
    routing.points(),
  ]);
  const away = new Set(absences.map(({ staffId }) => staffId));
  const onDuty = new Set(shifts.map(({ staffId }) => staffId));
  const lawyers = all.filter(({ id, roles }) => roles.includes('lawyer') && !away.has(id));
  const now = lawyers.filter(({ id }) => onDuty.has(id));
  const pointAt = new Map(points.map(({ path, name }) => [path, name]));
  return (now.length > 0 ? now : lawyers).slice(0, MOST_OFFERED).map(({ id, name, skills, reach }) => {
    const known = skills.map((skill) => (skill in TOPIC_NAMES ? TOPIC_NAMES[skill as AnswerTopic] : skill));
    const about = [...known, ...(pointAt.has(reach) ? [pointAt.get(reach) ?? ''] : [])];
    return { id, shown: about.length === 0 ? name : `${name}（${about.join('，')}）` };
  });
}

/** The lawyer whom words name: as offered, or by the only such name. */
export function lawyerNamed(lawyers: readonly LawyerToPick[], words: string): LawyerToPick | null {
  const hits = lawyers.filter(({ shown }) => shown === words || shown.split('（')[0] === words);
  return hits.length === 1 ? (hits[0] ?? null) : null;
}
