import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLaws } from '../../src/adapters/files/read-laws.js';
import { readPack } from '../../src/adapters/files/read-pack.js';
import { dayText, isDay } from '../../src/calculators/dates.js';
import { CALCULATORS, runCalculator, type InputValue } from '../../src/calculators/index.js';
import { yuan as yuanText } from '../../src/calculators/money.js';
import { sourceTexts } from '../../src/consultation/verify.js';
import { toChineseNumeral } from '../../src/domain/chinese-numerals.js';
import { provisionKey, type ProvisionRef } from '../../src/domain/law.js';
import { unsupportedQuantities } from '../../src/domain/quantities.js';
import { buildLibrary } from '../../src/knowledge/library.js';
import { converse, filled } from './conversations.js';
import { TODAY, random, shipped } from './support.js';

const pack = readPack(resolve(import.meta.dirname, '../../knowledge'));
const library = buildLibrary(pack.laws, [], pack.changes, pack.checksums);
const lawsFolder = resolve(import.meta.dirname, '../../../shared/laws');
const textsOf = (refs: readonly ProvisionRef[], from = library): string[] =>
  refs.flatMap((ref) => {
    const provision = from.byKey.get(provisionKey(ref));
    return provision ? sourceTexts(provision) : [];
  });

const ROUNDS = 250;
const conversations = CALCULATORS.flatMap((calculator, index) =>
  [shipped, filled].flatMap((figures, kind) => {
    const next = random(1000 * index + kind);
    return Array.from({ length: ROUNDS }, () => ({ calculator, ...converse(calculator, figures, next) }));
  }),
);
const results = conversations.flatMap(({ calculator, inputs, outcome }) =>
  outcome.kind === 'result' ? [{ calculator, inputs, result: outcome }] : [],
);
const lines = results.flatMap(({ calculator, inputs, result }) => result.lines.map((line) => ({ calculator, inputs, line })));
const distinct = (found: readonly string[]): string[] => [...new Set(found)].slice(0, 12);

/** Every way in which an input may stand in a formula. */
function spellings(inputs: Readonly<Record<string, InputValue>>): Set<string> {
  return new Set(
    Object.values(inputs).flatMap((value): string[] => {
      if (typeof value === 'number') {
        const grade = Number.isInteger(value) && value >= 1 && value <= 10 ? [`${toChineseNumeral(value)}级`] : [];
        const money = Number.isInteger(value) ? [yuanText(value)] : [];
        return [String(value), `${String(value)}个月`, `${String(value)}天`, `${String(value)}小时`, ...grade, ...money];
      }
      return typeof value === 'string' && isDay(value) ? [dayText(value)] : [];
    }),
  );
}

describe('any conversation with a calculator (seeded)', () => {
  it('ends, and for each calculator often enough in a result', () => {
    for (const { id } of CALCULATORS) {
      const own = conversations.filter(({ calculator }) => calculator.id === id);
      expect([id, own.length]).toEqual([id, 2 * ROUNDS]);
      expect([id, own.filter(({ outcome }) => outcome.kind === 'result').length > ROUNDS / 4]).toEqual([id, true]);
    }
  });

  it('brings amounts in whole fen, never negative, never NaN, and dates that exist', () => {
    const numbers = results.flatMap(({ result }) => [
      ...result.lines.flatMap((line) => [line.amount ?? 0, line.range?.low ?? 0, line.range?.high ?? 0]),
      ...[result.total.once, result.total.monthly].flatMap((sum) => [sum.known, sum.low, sum.high]),
    ]);
    expect(numbers.every((number) => Number.isSafeInteger(number) && number >= 0)).toBe(true);
    expect(lines.filter(({ line }) => line.date !== null && !isDay(line.date))).toEqual([]);
    expect(lines.filter(({ line }) => /NaN|undefined|null|Infinity/.test(line.formula)).map(({ line }) => line.formula)).toEqual([]);
  });

  it('adds up: the totals are the sums of the lines, apart lines aside', () => {
    for (const { result } of results) {
      for (const which of ['once', 'monthly'] as const) {
        const own = result.lines.filter(({ sum }) => sum === which);
        let known = 0;
        let low = 0;
        let high = 0;
        for (const line of own) {
          known += line.amount ?? 0;
          low += line.amount ?? line.range?.low ?? 0;
          high += line.amount ?? line.range?.high ?? 0;
        }
        expect(result.total[which]).toEqual({
          known,
          low,
          high,
          complete: !own.some((line) => line.amount === null && line.range === null),
        });
      }
    }
  });

  it('gives a range only in place of an amount, its ends in order', () => {
    expect(lines.filter(({ line }) => line.range !== null && (line.amount !== null || line.range.low > line.range.high))).toEqual([]);
  });

  it('has a provision that may be cited today under every line and every certain remark of law', () => {
    const refs = [
      ...lines.flatMap(({ line }) => line.cites),
      ...results.flatMap(({ result }) => result.notes.flatMap(({ cites }) => cites)),
    ];
    const wrong = refs.filter((ref) => {
      const provision = library.byKey.get(provisionKey(ref));
      return !provision || library.standing(provision, TODAY) !== 'citable';
    });
    expect(distinct(wrong.map(provisionKey))).toEqual([]);
    expect(lines.filter(({ line }) => line.cites.length === 0).map(({ line }) => line.id)).toEqual([]);
  });

  it('states no figure in a formula that is not traced or in its own provisions', () => {
    const wrong = lines.flatMap(({ calculator, line }) =>
      unsupportedQuantities(line.formula, [...line.trace.map(({ text }) => text), ...textsOf(line.cites)]).map(
        (figure) => `${calculator.id} ${line.id} ${figure.text}: ${line.formula}`,
      ),
    );
    expect(distinct(wrong)).toEqual([]);
  });

  it('states no figure in a certain remark that its provisions do not state, and none without provisions', () => {
    const wrong = results.flatMap(({ result }) =>
      result.notes
        .filter(({ verified }) => verified)
        .flatMap((note) => unsupportedQuantities(note.text, textsOf(note.cites)).map((figure) => `${figure.text}: ${note.text}`)),
    );
    expect(distinct(wrong)).toEqual([]);
  });

  it('traces each value to what it comes from: the input as given, the article, the slot', () => {
    const wrong = lines.flatMap(({ calculator, inputs, line }) => {
      const given = spellings(inputs);
      const slots = line.basis.kind === 'slot' ? line.basis.slots : [];
      const cited = new Set([...line.cites, ...line.alsoUnder].map(provisionKey));
      return line.trace
        .filter(({ from, text, source }) => {
          if (from === 'input') return !given.has(text);
          if (from === 'law')
            return (
              source === null ||
              !cited.has(source) ||
              !shipped.figures.some(
                (figure) => provisionKey(figure) === source && [`${String(figure.value)}${figure.unit}`, `半${figure.unit}`].includes(text),
              )
            );
          if (from === 'slot') return !slots.some((slot) => slot.id === source);
          return false;
        })
        .map((step) => `${calculator.id} ${line.id} ${step.from} ${step.text}`);
    });
    expect(distinct(wrong)).toEqual([]);
  });

  it('is certain of no amount that rests on a figure no one has verified', () => {
    const resting = lines.filter(({ line }) => line.basis.kind === 'slot');
    expect(resting.length).toBeGreaterThan(100);
    for (const { line } of resting) {
      if (line.basis.kind !== 'slot') continue;
      expect(line.basis.verified).toBe(line.basis.slots.every((slot) => slot.verified && slot.value !== null));
      if (line.basis.slots.some((slot) => slot.value === null)) expect([line.id, line.amount, line.range]).toEqual([line.id, null, null]);
    }
  });

  it('wants a human wherever a line has neither amount, range nor date because a figure is missing', () => {
    const silent = results.filter(
      ({ result }) =>
        result.needsHuman.length === 0 &&
        result.lines.some((line) => line.basis.kind === 'slot' && line.basis.slots.some((slot) => slot.value === null)),
    );
    expect(silent.map(({ calculator }) => calculator.id)).toEqual([]);
  });

  it('says the same again when asked again', () => {
    for (const { calculator, inputs, outcome } of conversations.filter((_, index) => index % 50 === 0)) {
      const again = [shipped, filled].map((figures) => runCalculator(calculator.id, inputs, figures, TODAY));
      expect(again).toContainEqual(outcome);
    }
  });
});

describe.skipIf(!existsSync(lawsFolder))('against the official texts (../shared/laws)', { timeout: 120_000 }, () => {
  it('every provision that a line names, cited or not, is an article of the official text', () => {
    const official = buildLibrary([], readLaws(lawsFolder).laws);
    const refs = lines.flatMap(({ line }) => [...line.cites, ...line.alsoUnder]);
    expect(distinct(refs.filter((ref) => textsOf([ref], official).length === 0).map(provisionKey))).toEqual([]);
  });
});
