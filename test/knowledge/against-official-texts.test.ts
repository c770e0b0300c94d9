import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readLaws } from '../../src/adapters/files/read-laws.js';
import { readPack } from '../../src/adapters/files/read-pack.js';
import { normaliseTitle } from '../../src/domain/law.js';
import { checkPack, type FindingKind, type PackCheck } from '../../src/knowledge/check-pack.js';

const root = resolve(import.meta.dirname, '../..');
/** The official texts are not part of the repository. */
const laws = resolve(root, '../shared/laws');
const missing = !existsSync(laws);

describe.skipIf(missing)(`the shipped pack against the official texts${missing ? `, skipped because ${laws} does not exist` : ''}`, () => {
  let check: PackCheck;

  beforeAll(() => {
    const pack = readPack(resolve(root, 'knowledge'));
    const official = new Map(readLaws(laws).laws.map((entry) => [normaliseTitle(entry.law.title), entry.text]));
    check = checkPack(pack.laws, official, pack.checksums);
  });

  const found = (...kinds: readonly FindingKind[]): string[] =>
    check.findings
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ kind, file, line, article, message }) => `${file}:${String(line)} ${article} ${kind}: ${message}`);

  it('is compared law by law: there is a text of each', () => {
    expect(found('no-official-text')).toEqual([]);
  });

  it('names only articles that exist, with their own figures, in our own words', () => {
    expect(found('missing-article', 'wrong-figure', 'copied')).toEqual([]);
  });

  it('was written from the texts that are there', () => {
    expect(found('no-checksum', 'stale')).toEqual([]);
  });

  it('was compared, and not passed over', () => {
    expect(check.compared).toBeGreaterThan(100);
    expect(Object.keys(check.checksums)).toHaveLength(check.compared);
  });
});
