import { definitionOf, type Fact, type FactId, type FactValue, makeFact, type Reading } from './fact.js';
import { readPlace } from './places.js';
import { sayDate, sayMoney, sayMonths, sayNumber, sayYesNo, saysUnknown, type SaidValue } from './read-value.js';
import type { Told } from './told.js';

const CORRECTION = /(?:不是|不对,?不是|并不是)(?<wrong>[^,，。;；□]{1,16}?)(?:[,，、]|而)?(?:应该)?(?:而)?是(?<right>[^,，。;；]{1,20})/g;

/** "不是5000，是5500": the known fact that says 5000 now says 5500. Nothing where none or several say it. */
export function readCorrections({ raw, day }: Pick<Told, 'raw' | 'day'>, known: readonly Fact[]): Reading[] {
  return [...raw.matchAll(CORRECTION)].flatMap((match): Reading[] => {
    const { wrong = '', right = '' } = match.groups ?? {};
    const meant = known.filter(({ id, value }) => readAs(id, wrong, day)?.value === value);
    const [fact] = meant;
    const said = fact === undefined ? null : readAs(fact.id, right, day);
    if (!fact || meant.length > 1 || said === null || /吗|[?？]/.test(right)) return [];
    return [{ id: fact.id, words: match[0], ...said }];
  });
}

/**
 * The facts after the person has corrected one of them in their own words; without it where they say that they do not
 * know. Null where the words cannot be read as that fact.
 * @param day ISO day in China
 */
export function correctFact(facts: readonly Fact[], id: FactId, text: string, day: string): readonly Fact[] | null {
  const others = facts.filter((fact) => fact.id !== id);
  const words = text.normalize('NFKC').trim();
  if (saysUnknown(words) || /^(?:删掉|删除|去掉|不要|没有这回事|没这回事)/.test(words)) return others;
  const said = readAs(id, words, day);
  return said === null ? null : [...others, makeFact({ id, words: text, ...said })];
}

function readAs(id: FactId, text: string, day: string): (SaidValue<FactValue> & { readonly display?: string }) | null {
  const { kind, names } = definitionOf(id);
  switch (kind) {
    case 'money':
      return sayMoney(text);
    case 'date': {
      const said = sayDate(text, day);
      return said === null || said.value > day ? null : { value: said.value, exact: said.exact && said.value.length === 10 };
    }
    case 'months':
      return sayMonths(text);
    case 'number':
      return sensible(id, sayNumber(text));
    case 'yes-no': {
      const yes = sayYesNo(text);
      return yes === null ? null : { value: yes, exact: true };
    }
    case 'text':
      return text === '' || text.length > 12 ? null : { value: text, exact: true };
    case 'choice': {
      if (id === 'place') {
        const place = readPlace(text);
        return place === null
          ? null
          : { value: place.value, exact: true, display: place.value === 'other' ? `${place.name}（四川以外）` : place.name };
      }
      const named = Object.entries(names ?? {}).filter(([, name]) => name.includes(text) || text.includes(name));
      const [only] = named;
      return only && named.length === 1 ? { value: only[0], exact: true } : null;
    }
  }
}

const BOUNDS: Partial<Readonly<Record<FactId, readonly [low: number, high: number]>>> = { grade: [1, 10], age: [14, 110] };

function sensible(id: FactId, said: SaidValue<number> | null): SaidValue<number> | null {
  const [low, high] = BOUNDS[id] ?? [0, 100_000];
  return said !== null && said.value >= low && said.value <= high ? said : null;
}
