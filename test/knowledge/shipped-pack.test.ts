import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPack } from '../../src/adapters/files/read-pack.js';
import { dayInChina } from '../../src/app.js';
import { sourceTexts } from '../../src/consultation/verify.js';
import { provisionKey } from '../../src/domain/law.js';
import { unsupportedQuantities } from '../../src/domain/quantities.js';
import { buildLibrary } from '../../src/knowledge/library.js';
import { SERVICES } from '../../src/knowledge/triage-rules.js';

const pack = readPack(resolve(import.meta.dirname, '../../knowledge'));
const library = buildLibrary(pack.laws, [], pack.changes, pack.checksums);
const today = dayInChina(Date.now());

/** Every step and statement of every guide, with its place for a message. */
const steps = pack.guides.flatMap((guide) => [
  ...guide.steps.map((step, index) => ({ ...step, at: `${guide.file} ${String(index + 1)}.` })),
  ...guide.sections.flatMap(({ title, statements }) =>
    statements.map((statement, index) => ({ ...statement, at: `${guide.file} ${title} ${String(index + 1)}` })),
  ),
]);

describe('the knowledge that is shipped', () => {
  it('has laws on each topic that is answered, guides, triage rules and clarifying questions', () => {
    expect(new Set(pack.laws.map((law) => law.topic))).toEqual(new Set(['expropriation', 'injury', 'wages', 'civil', 'services']));
    expect([pack.guides.length > 0, pack.clarify.length > 0, pack.triage.danger.any('不想活了')]).toEqual([true, true, true]);
  });

  it('has a checksum for every gist that was written from an official text', () => {
    const without = pack.laws
      .filter((law) => law.basis === 'official')
      .flatMap((law) => law.gists.map((gist) => provisionKey({ law: law.law.title, article: gist.article })))
      .filter((key) => !/^[0-9a-f]{64}$/.test(pack.checksums[key] ?? ''));
    expect(without).toEqual([]);
  });

  it('has no checksum that belongs to no gist', () => {
    expect(Object.keys(pack.checksums).filter((key) => library.byKey.get(key)?.gist === undefined)).toEqual([]);
  });

  it('has every provision under one key', () => {
    expect(library.byKey.size).toBe(library.provisions.length);
  });

  it('has no name that means two laws', () => {
    const names = pack.laws.flatMap((law) => [law.law.title, ...law.law.aliases]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('has no two clarifying questions with one id', () => {
    const ids = pack.clarify.map((rule) => rule.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('has one guide for each service of the bureau', () => {
    const services = pack.guides.flatMap((guide) => (guide.service === null ? [] : [guide.service]));
    expect(services.sort()).toEqual([...SERVICES].sort());
  });
});

describe('a step of a guide', () => {
  it('rests only on provisions that exist and may be cited today', () => {
    const broken = steps.flatMap(({ at, cites }) =>
      cites.flatMap((ref) => {
        const provision = library.byKey.get(provisionKey(ref));
        const standing = provision ? library.standing(provision, today) : 'missing';
        return standing === 'citable' ? [] : [`${at} ${provisionKey(ref)} ${standing}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  it('states no figure that its provisions do not state', () => {
    const wrong = steps.flatMap(({ at, text, cites }) => {
      const sources = cites.flatMap((ref) => {
        const provision = library.byKey.get(provisionKey(ref));
        return provision ? sourceTexts(provision) : [];
      });
      return unsupportedQuantities(text, sources).map((figure) => `${at} ${figure.text}`);
    });
    expect(wrong).toEqual([]);
  });

  it('has its citation taken out of its text', () => {
    expect(steps.filter(({ text }) => text === '' || /[〔〕]/.test(text)).map(({ at }) => at)).toEqual([]);
  });
});

it('the opening sentence of a guide states no figure: it cites nothing', () => {
  const wrong = pack.guides.flatMap((guide) => unsupportedQuantities(guide.lead, []).map((figure) => `${guide.file} ${figure.text}`));
  expect(wrong).toEqual([]);
});

it('a guide is called for only by provisions that exist', () => {
  const missing = pack.guides.flatMap((guide) =>
    guide.after.filter((ref) => !library.byKey.has(provisionKey(ref))).map((ref) => `${guide.file} ${provisionKey(ref)}`),
  );
  expect(missing).toEqual([]);
});
