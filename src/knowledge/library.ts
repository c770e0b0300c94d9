import { inForceOn, normaliseTitle, provisionKey, type Law, type LawTopic } from '../domain/law.js';
import { checksumOf } from './checksum.js';
import type { OfficialText } from './parse-official-markdown.js';
import type { Gist, PackLaw } from './parse-pack-law.js';

/** A law with its official text, newest version. */
export interface OfficialLaw {
  readonly law: Law;
  readonly text: OfficialText;
}

/** What is known to have happened to a law, or to one article of it, since its text was printed. */
export interface LawChange {
  readonly title: string;
  readonly article: string | null;
  /** `amended`: the printed text may be out of date, so it is not cited until the new text is there. */
  readonly event: 'repealed' | 'superseded' | 'amended';
  /** ISO day from which it holds; null: already. */
  readonly from: string | null;
  readonly by: string;
  readonly source: string;
}

/**
 * Whether a provision may carry an answer:
 * `citable`, or why not. `stale`: the gist was written from another text than the one imported.
 */
export type Standing = 'citable' | 'repealed' | 'not-yet-in-force' | 'changed' | 'stale' | 'unverified';

/** One provision that the library knows, from the pack, from an official text, or from both. */
export interface LibraryProvision {
  /** Position in `Library.provisions`. */
  readonly id: number;
  readonly key: string;
  readonly law: Law;
  readonly topic: LawTopic | null;
  readonly article: string;
  readonly chapter: string | null;
  readonly gist: Gist | null;
  readonly official: string | null;
  /** Where an unverified statement was read. */
  readonly source: string | null;
  readonly basis: 'official' | 'secondary';
}

export interface Library {
  readonly provisions: readonly LibraryProvision[];
  readonly byKey: ReadonlyMap<string, LibraryProvision>;
  /** Every name a law goes by → its title. */
  readonly names: ReadonlyMap<string, string>;
  /** Standing of a provision on a day (ISO). */
  standing(provision: LibraryProvision, day: string): Standing;
}

/**
 * Joins the pack and the official texts into one list of provisions: an article that both know is one provision with
 * a gist and a text.
 * @param checksums per provision key, the checksum of the text that its gist was written from
 */
export function buildLibrary(
  pack: readonly PackLaw[],
  official: readonly OfficialLaw[],
  changes: readonly LawChange[] = [],
  checksums: Readonly<Record<string, string>> = {},
): Library {
  const provisions: LibraryProvision[] = [];
  const byKey = new Map<string, LibraryProvision>();
  const names = new Map<string, string>();
  const stale = new Set<string>();
  const add = (provision: Omit<LibraryProvision, 'id' | 'key'>): void => {
    const key = provisionKey({ law: provision.law.title, article: provision.article });
    const complete = { ...provision, id: provisions.length, key };
    provisions.push(complete);
    byKey.set(key, complete);
  };

  const texts = new Map(official.map((entry) => [normaliseTitle(entry.law.title), entry]));
  for (const entry of pack) {
    names.set(entry.law.title, entry.law.title);
    for (const alias of entry.law.aliases) names.set(alias, entry.law.title);
    const articles = new Map(texts.get(entry.law.title)?.text.provisions.map((provision) => [provision.article, provision]));
    for (const gist of entry.gists) {
      const provision = articles.get(gist.article);
      const key = provisionKey({ law: entry.law.title, article: gist.article });
      const recorded = checksums[key];
      const changedText = provision ? recorded !== undefined && recorded !== checksumOf(provision.text) : texts.has(entry.law.title);
      if (changedText && entry.basis === 'official') stale.add(key);
      add({
        law: entry.law,
        topic: entry.topic,
        article: gist.article,
        chapter: provision?.chapter ?? gist.chapter,
        gist,
        official: provision?.text ?? null,
        source: entry.basis === 'secondary' ? (gist.source ?? entry.source) : null,
        basis: entry.basis,
      });
    }
  }
  const topicOf = new Map(pack.map((entry) => [entry.law.title, entry.topic]));
  const lawOf = new Map(pack.map((entry) => [entry.law.title, entry.law]));
  for (const entry of official) {
    const title = normaliseTitle(entry.law.title);
    if (!names.has(title)) names.set(title, title);
    for (const provision of entry.text.provisions) {
      if (byKey.has(provisionKey({ law: title, article: provision.article }))) continue;
      add({
        law: lawOf.get(title) ?? { ...entry.law, title },
        topic: topicOf.get(title) ?? null,
        article: provision.article,
        chapter: provision.chapter,
        gist: null,
        official: provision.text,
        source: null,
        basis: 'official',
      });
    }
  }

  const changed = new Map<string, LawChange[]>();
  for (const change of changes) {
    const key = change.article === null ? change.title : provisionKey({ law: change.title, article: change.article });
    changed.set(key, [...(changed.get(key) ?? []), change]);
  }
  return {
    provisions,
    byKey,
    names,
    standing: (provision, day) => {
      if (provision.gist?.repealed === true) return 'repealed';
      for (const change of [...(changed.get(provision.key) ?? []), ...(changed.get(provision.law.title) ?? [])]) {
        if (change.from === null || change.from <= day) return change.event === 'amended' ? 'changed' : 'repealed';
      }
      if (!inForceOn(provision.law, day)) return provision.law.status === 'repealed' ? 'repealed' : 'not-yet-in-force';
      if (stale.has(provision.key)) return 'stale';
      return provision.basis === 'secondary' ? 'unverified' : 'citable';
    },
  };
}
