import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLaws } from '../../src/adapters/files/read-laws.js';
import { readPack } from '../../src/adapters/files/read-pack.js';
import { CALCULATORS } from '../../src/calculators/index.js';
import { sourceTexts } from '../../src/consultation/verify.js';
import { provisionKey } from '../../src/domain/law.js';
import { figureText, unsupportedQuantities } from '../../src/domain/quantities.js';
import { buildLibrary } from '../../src/knowledge/library.js';
import { TODAY, shipped } from './support.js';

const shared = resolve(import.meta.dirname, '../../../shared');
const lawsFolder = resolve(shared, 'laws');
const factsFile = resolve(shared, 'sichuan/facts.json');
const pack = readPack(resolve(import.meta.dirname, '../../knowledge'));
const library = buildLibrary(pack.laws, [], pack.changes, pack.checksums);

const textsOf = (key: string, from: ReturnType<typeof buildLibrary>): string[] => {
  const provision = from.byKey.get(key);
  return provision ? sourceTexts(provision) : [];
};

describe('a figure of law that is shipped', () => {
  it('stands in the gist of its article', () => {
    const inPack = shipped.figures.filter((figure) => figure.inPack);
    const wrong = inPack
      .filter((figure) => unsupportedQuantities(figureText(figure), textsOf(provisionKey(figure), library)).length > 0)
      .map((figure) => `${figure.table} ${figure.key} ${figureText(figure)} ${provisionKey(figure)}`);
    expect(wrong).toEqual([]);
    expect(inPack.length).toBeGreaterThan(100);
  });

  it('is written so that it can be found: the check sees a figure in each of them', () => {
    expect(shipped.figures.filter((figure) => unsupportedQuantities(figureText(figure), []).length !== 1).map(figureText)).toEqual([]);
  });

  it('rests on a provision that may be cited, unless it says that the pack has no gist of it', () => {
    const wrong = shipped.figures.filter((figure) => {
      const provision = library.byKey.get(provisionKey(figure));
      return figure.inPack && (!provision || library.standing(provision, TODAY) !== 'citable');
    });
    expect(wrong.map((figure) => `${figure.table} ${provisionKey(figure)}`)).toEqual([]);
  });

  it.skipIf(!existsSync(lawsFolder))('stands in the official text of its article (../shared/laws)', { timeout: 120_000 }, () => {
    const official = buildLibrary([], readLaws(lawsFolder).laws);
    const wrong = shipped.figures
      .filter((figure) => unsupportedQuantities(figureText(figure), textsOf(provisionKey(figure), official)).length > 0)
      .map((figure) => `${figure.table} ${figure.key} ${figureText(figure)} ${provisionKey(figure)}`);
    expect(wrong).toEqual([]);
  });
});

interface Fact {
  readonly claim: string;
  readonly quote: string;
  readonly source: string;
  readonly confidence: string;
}

describe('a slot that is shipped', () => {
  it('is verified by no one yet, and has a source where it has a value', () => {
    expect(shipped.slots.filter((slot) => slot.verified)).toEqual([]);
    expect(shipped.slots.filter((slot) => slot.value !== null && slot.source === null)).toEqual([]);
    expect(shipped.slots.length).toBeGreaterThan(60);
  });

  it('of the subsidies on which the sources disagree is empty', () => {
    const subsidies = shipped.slots.filter((slot) => slot.series.includes('subsidy'));
    expect([subsidies.length, subsidies.filter((slot) => slot.value !== null || slot.base !== null)]).toEqual([12, []]);
  });

  it.skipIf(!existsSync(factsFile))('has no value that its source does not state (../shared/sichuan)', () => {
    const facts = JSON.parse(readFileSync(factsFile, 'utf8')) as Fact[];
    const wrong = shipped.slots.filter((slot) => {
      if (slot.value === null) return false;
      const value = String(slot.value);
      const spelled = new RegExp(`(?<![\\d,.])(?:${value}|${value.replace(/\B(?=(\d{3})+$)/g, ',')})(?![\\d]|,\\d)`);
      return !facts.some(
        (fact) => fact.confidence !== 'low' && slot.source?.includes(fact.source) && spelled.test(`${fact.claim} ${fact.quote}`),
      );
    });
    expect(wrong.map((slot) => slot.id)).toEqual([]);
  });
});

describe('the calculators', () => {
  it('have distinct ids, titles, and inputs', () => {
    const ids = CALCULATORS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(7);
    for (const { inputs } of CALCULATORS) expect(new Set(inputs.map(({ id }) => id)).size).toBe(inputs.length);
  });

  it('name only provisions that may be cited', () => {
    const wrong = CALCULATORS.flatMap(({ id, cites }) =>
      cites
        .filter((ref) => {
          const provision = library.byKey.get(provisionKey(ref));
          return !provision || library.standing(provision, TODAY) !== 'citable';
        })
        .map((ref) => `${id} ${provisionKey(ref)}`),
    );
    expect(wrong).toEqual([]);
  });

  it('ask a choice only with options, two at least, that differ', () => {
    for (const { inputs } of CALCULATORS) {
      for (const input of inputs) {
        expect([input.id, (input.options?.length ?? 0) >= 2]).toEqual([input.id, input.kind === 'choice']);
        expect(new Set(input.options?.map(({ value }) => value)).size).toBe(input.options?.length ?? 0);
      }
    }
  });
});
