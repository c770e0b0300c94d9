import { takesOn } from '../../domain/access.js';
import type { TicketKind } from '../../domain/answer.js';
import type { Absence } from '../organisation/ports.js';
import type { Candidate } from './ports.js';

export interface Choice {
  readonly kind: TicketKind;
  /** Name of the topic as staff's skills have it; null: none. */
  readonly topic: string | null;
  /** The lawyer whom the person picked. */
  readonly wanted: string | null;
  readonly notTo: string | null;
  /** Everybody who reaches the point where it waits. */
  readonly candidates: readonly Candidate[];
  /** Staff ids of those with a shift under way. */
  readonly onDuty: ReadonlySet<string>;
  readonly absences: readonly Absence[];
  readonly loads: ReadonlyMap<string, number>;
}

/**
 * Whom a ticket is offered to. Whom the person picked, or their deputy, comes first. Else: who takes on this kind and is not
 * away; those on duty, where there are any, a deputy standing in for whoever is away; then whose skills fit, who is nearest to
 * the place, who has least to do.
 */
export function chooseCandidate(choice: Choice): string | null {
  const able = new Map(choice.candidates.flatMap((one) => (takesOn(one, choice.kind) && one.id !== choice.notTo ? [[one.id, one]] : [])));
  const deputies = new Map(choice.absences.map(({ staffId, deputy }) => [staffId, deputy]));
  const wanted = choice.wanted === null ? null : present(choice.wanted, deputies);
  if (wanted !== null && able.has(wanted)) return wanted;

  const ids = (of: Iterable<string>): Candidate[] =>
    [...new Set([...of].flatMap((id) => present(id, deputies) ?? []))].flatMap((id) => able.get(id) ?? []);
  const onDuty = ids(choice.onDuty);
  const from = onDuty.length > 0 ? onDuty : [...able.values()].filter(({ id }) => !deputies.has(id));
  const fits = ({ skills }: Candidate): number =>
    choice.topic !== null && skills.includes(choice.topic) ? 0 : skills.length === 0 ? 1 : 2;
  const load = ({ id }: Candidate): number => choice.loads.get(id) ?? 0;
  const [best] = [...from].sort(
    (a, b) => fits(a) - fits(b) || b.reach.length - a.reach.length || load(a) - load(b) || (a.id < b.id ? -1 : 1),
  );
  return best?.id ?? null;
}

/** Somebody, or who stands in for them; null: away, and nobody does. */
function present(id: string, deputies: ReadonlyMap<string, string | null>): string | null {
  const seen = new Set<string>();
  let who: string | null = id;
  while (who !== null && deputies.has(who)) {
    if (seen.has(who)) return null;
    seen.add(who);
    who = deputies.get(who) ?? null;
  }
  return who;
}
