import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { concealPersonalData, maskPersonalData } from '../../src/domain/mask.js';
import { personalTexts, type PersonalText } from '../support/personal-data.js';

const TEXTS = personalTexts(20_260_101, 2000);

/** Which units of a text are masked. */
function maskedUnits({ text }: PersonalText): boolean[] {
  const masked = Array.from({ length: text.length }, () => false);
  for (const { index, length } of concealPersonalData(text).found) masked.fill(true, index, index + length);
  return masked;
}

/** "name 0.99 (198 of 200)" for each kind, and the spans of which a letter or digit remains. */
function recall(texts: readonly PersonalText[]): { share: number; byKind: string[]; left: string[] } {
  const counts = new Map<string, [hidden: number, all: number]>();
  const left: string[] = [];
  for (const text of texts) {
    const masked = maskedUnits(text);
    for (const { kind, index, text: value } of text.spans) {
      const hidden = Array.from(value).every((char, unit) => masked[index + unit] === true || !/[\p{L}\p{N}]/u.test(char));
      const [before, all] = counts.get(kind) ?? [0, 0];
      counts.set(kind, [before + Number(hidden), all + 1]);
      if (!hidden) left.push(`${kind} ${value} in ${text.text}`);
    }
  }
  const total = [...counts.values()].reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
  return {
    share: total[0] / total[1],
    byKind: [...counts].map(([kind, [hidden, all]]) => `${kind} ${(hidden / all).toFixed(4)} (${String(hidden)} of ${String(all)})`),
    left,
  };
}

describe('2,000 texts of people who tell too much', () => {
  it('lose 99 % of their personal data at least', () => {
    const { share, byKind, left } = recall(TEXTS);
    expect(share, [...byKind, ...left.slice(0, 30)].join('\n')).toBeGreaterThanOrEqual(0.99);
  });

  it('lose 98 % of each kind at least', () => {
    const { byKind, left } = recall(TEXTS);
    expect(
      byKind.filter((line) => Number(line.split(' ')[1]) < 0.98),
      left.slice(0, 30).join('\n'),
    ).toEqual([]);
  });

  it('keep every word and figure that is not personal', () => {
    const wrong = TEXTS.flatMap((text) =>
      concealPersonalData(text.text)
        .found.filter(({ index, length }) => text.mustStay.slice(index, index + length).includes(true))
        .map(({ kind, index, length }) => `${kind} ${text.text.slice(index, index + length)} in ${text.text}`),
    );
    expect(wrong).toEqual([]);
  });

  it('come back letter for letter, and are masked once and for all', () => {
    for (const { text } of TEXTS) {
      const concealed = concealPersonalData(text);
      expect(concealed.restore(concealed.text)).toBe(text);
      const masked = maskPersonalData(text);
      expect(maskPersonalData(masked)).toBe(masked);
    }
  });

  it('are of every kind, and many', () => {
    const { byKind } = recall(TEXTS);
    expect(byKind).toHaveLength(11);
    expect(TEXTS.flatMap(({ spans }) => spans).length).toBeGreaterThan(3000);
  });
});

describe('the texts of the pack name nobody', () => {
  const knowledge = resolve(import.meta.dirname, '../../knowledge');
  const files = ['matters', 'guides'].flatMap((folder) =>
    readdirSync(join(knowledge, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => join(knowledge, folder, file)),
  );

  it('and come through unchanged', () => {
    expect(files.length).toBeGreaterThan(100);
    const changed = files.flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      return concealPersonalData(text).found.map(({ kind, index, length }) => `${file}: ${kind} ${text.slice(index, index + length)}`);
    });
    expect(changed).toEqual([]);
  });
});
