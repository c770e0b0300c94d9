import { definitionOf, FACTS, type Fact, type FactId } from './fact.js';

/** A fact that is now told differently; to be shown, so that a misunderstanding is seen. */
export interface FactCorrection {
  readonly id: FactId;
  readonly label: string;
  /** As they were and are shown. */
  readonly before: string;
  readonly after: string;
}

export interface MergedFacts {
  readonly facts: readonly Fact[];
  readonly corrections: readonly FactCorrection[];
}

/** Joins what was known with what a message says. Later words stand; what only tells less ("去年" after a day of it) changes nothing. */
export function mergeFacts(known: readonly Fact[], fresh: readonly Fact[]): MergedFacts {
  const facts = new Map(known.map((fact) => [fact.id, fact]));
  const corrections: FactCorrection[] = [];
  for (const fact of fresh) {
    const before = facts.get(fact.id);
    if (before && tellsNoMore(before, fact)) continue;
    facts.set(fact.id, fact);
    if (before && before.value !== fact.value && !tellsNoMore(fact, before))
      corrections.push({ id: fact.id, label: fact.label, before: before.display, after: fact.display });
  }
  return { facts: inOrder([...facts.values()]), corrections };
}

/** Whether `later` says the same as `earlier`, or the same less exactly. */
function tellsNoMore(earlier: Fact, later: Fact): boolean {
  const { kind } = definitionOf(earlier.id);
  if (kind === 'date') return String(earlier.value).startsWith(String(later.value));
  if (earlier.value === later.value) return earlier.exact || !later.exact;
  if (typeof earlier.value !== 'number' || typeof later.value !== 'number' || later.exact || !earlier.exact) return false;
  // 六千多 after 6200: the rough number is of the same size
  return Math.abs(later.value - earlier.value) <= 0.17 * earlier.value;
}

/** What a new matter of the same person keeps: where, and for whom. Dates, grades, amounts and employers are asked anew. */
export function carryOver(facts: readonly Fact[]): readonly Fact[] {
  return facts.filter(({ id }) => !definitionOf(id).risky);
}

/** The facts as short phrases, for “我记下的：…”: ["月工资5500元", "2025年3月5日受伤"]. */
export function describeFacts(facts: readonly Fact[]): string[] {
  return inOrder(facts).map(({ id, label, display }) => {
    const { names, phrase } = definitionOf(id);
    return phrase ? phrase(display) : names ? display : `${label}${display}`;
  });
}

const ORDER = Object.keys(FACTS);

function inOrder(facts: readonly Fact[]): Fact[] {
  return [...facts].sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id));
}
