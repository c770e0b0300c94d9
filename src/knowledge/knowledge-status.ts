import { provisionKey, type ProvisionRef } from '../domain/law.js';
import type { Library, OfficialLaw, Standing } from './library.js';
import { matchSecondary } from './match-secondary.js';
import type { FigureBook } from './parse-figures.js';
import type { Guide } from './parse-guide.js';
import type { Matter } from './parse-matter.js';
import type { PackLaw } from './parse-pack-law.js';

/** What there is, and what wants looking after; counts, and names where someone has to act. */
export interface KnowledgeStatus {
  readonly laws: number;
  readonly gists: number;
  readonly questions: number;
  readonly matters: number;
  readonly asks: number;
  readonly guides: number;
  readonly officialLaws: number;
  readonly provisions: number;
  readonly citable: number;
  readonly stale: readonly string[];
  readonly repealed: number;
  readonly changed: readonly string[];
  readonly unverified: number;
  readonly conflicting: readonly string[];
  /** Known at second hand and displaced by an imported text. */
  readonly replaced: number;
  /** Of those, what the text does not bear out. */
  readonly replacedDiffering: readonly string[];
  readonly figures: number;
  readonly slots: number;
  readonly slotsEmpty: number;
  readonly slotsUnverified: number;
  /** Ways of asking whose provision, or all of whose matter's provisions, may not be cited today. */
  readonly questionsWithoutProvision: number;
  /** Matters that may not answer today, because the provision of their first sentence may not be cited. */
  readonly mattersSilent: readonly string[];
  readonly withoutChecksum: number;
}

/** Looks over the pack as it stands on a day (ISO). */
export function knowledgeStatus(
  pack: {
    readonly laws: readonly PackLaw[];
    readonly matters: readonly Matter[];
    readonly guides: readonly Guide[];
    readonly checksums: Readonly<Record<string, string>>;
  },
  library: Library,
  figures: FigureBook,
  official: readonly OfficialLaw[],
  day: string,
): KnowledgeStatus {
  const byStanding = new Map<Standing, string[]>();
  let questionsWithoutProvision = 0;
  for (const provision of library.provisions) {
    const standing = library.standing(provision, day);
    byStanding.set(standing, [...(byStanding.get(standing) ?? []), provision.key]);
    if (standing !== 'citable' && standing !== 'unverified' && standing !== 'replaced') questionsWithoutProvision += provision.questions.length;
  }
  const keys = (standing: Standing): readonly string[] => byStanding.get(standing) ?? [];
  const holds = (refs: readonly ProvisionRef[]): boolean =>
    refs.every((ref) => {
      const provision = library.byKey.get(provisionKey(ref));
      return provision !== undefined && library.standing(provision, day) === 'citable';
    });
  const silent = pack.matters.filter((matter) => !holds(matter.answer[0]?.cites ?? []));
  const gists = pack.laws.flatMap((law) => law.gists);
  const matches = matchSecondary(pack.laws, new Map(official.map(({ law, text }) => [law.title, text])));
  return {
    laws: pack.laws.length,
    gists: gists.length,
    questions: gists.reduce((sum, gist) => sum + gist.questions.length, 0),
    matters: pack.matters.length,
    asks: pack.matters.reduce((sum, matter) => sum + matter.asks.length, 0),
    guides: pack.guides.length,
    officialLaws: official.length,
    provisions: library.provisions.length,
    citable: keys('citable').length,
    stale: keys('stale'),
    repealed: keys('repealed').length,
    changed: keys('changed').filter((key) => Boolean(library.byKey.get(key)?.gist)),
    unverified: keys('unverified').length,
    conflicting: keys('conflicting'),
    replaced: keys('replaced').length,
    replacedDiffering: matches.filter(({ outcome }) => outcome !== 'agrees').map(({ law, article }) => provisionKey({ law, article })),
    figures: figures.figures.length,
    slots: figures.slots.length,
    slotsEmpty: figures.slots.filter(({ value }) => value === null).length,
    slotsUnverified: figures.slots.filter(({ value, verified }) => value !== null && !verified).length,
    questionsWithoutProvision: questionsWithoutProvision + silent.reduce((sum, matter) => sum + matter.asks.length, 0),
    mattersSilent: silent.map(({ file }) => file),
    withoutChecksum: pack.laws
      .filter((law) => law.basis === 'official')
      .flatMap((law) => law.gists.filter((gist) => pack.checksums[provisionKey({ law: law.law.title, article: gist.article })] === undefined)).length,
  };
}
