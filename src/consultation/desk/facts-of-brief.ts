import { FACTS, definitionOf, makeFact, type Fact, type FactId, type FactValue } from '../facts/fact.js';
import { readFacts } from '../facts/index.js';

const IDS = Object.keys(FACTS) as FactId[];

/**
 * The facts of a brief, read back from how they are shown there. What cannot be told for sure is left out.
 * @param day ISO day for what is read anew
 */
export function factsOfBrief(lines: readonly { readonly label: string; readonly value: string }[], day: string): Fact[] {
  return lines.flatMap(({ label, value }): Fact[] => {
    const id = IDS.find((candidate) => definitionOf(candidate).label === label);
    if (id === undefined) return [];
    const read = valueOf(id, value, day);
    return read === null ? [] : [makeFact({ id, value: read, words: value, display: value, exact: !value.startsWith('大约') })];
  });
}

function valueOf(id: FactId, shown: string, day: string): FactValue | null {
  const { kind, names } = definitionOf(id);
  const named = Object.entries(names ?? {}).find(([, name]) => name === shown)?.[0];
  if (named !== undefined) return kind === 'yes-no' ? named === 'true' : named;
  if (kind === 'date') return dateOf(shown);
  const number = Number(/\d+(?:\.\d+)?/.exec(shown.replaceAll(',', ''))?.[0] ?? Number.NaN);
  if (kind === 'money') return Number.isNaN(number) ? null : Math.round(number * 100);
  if (kind === 'number') return Number.isNaN(number) ? null : number;
  return readFacts(shown, day).find((fact) => fact.id === id)?.value ?? (kind === 'text' ? shown : null);
}

/** 2025年3月5日 → 2025-03-05; 2025年3月 → 2025-03. */
function dateOf(shown: string): string | null {
  const [, year, month, date] = /^(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?$/.exec(shown) ?? [];
  if (year === undefined) return null;
  return [year, month, date].flatMap((part) => (part === undefined ? [] : [part.padStart(2, '0')])).join('-');
}
