import { inForceOn, normaliseTitle, provisionKey, type Law, type LawTopic } from '../domain/law.js';
import { checksumOf } from './checksum.js';
import { matchGist } from './match-secondary.js';
import type { OfficialProvision, OfficialText } from './parse-official-markdown.js';
import type { Gist, PackLaw } from './parse-pack-law.js';
import { digestOfGist, type Verification } from './verification.js';

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
 * Whether a provision may carry an answer: `citable`, or why not.
 * - `stale`: the gist was written from another text than the one imported;
 * - `unverified`: known at second hand only; may stand beside others, marked, and never alone;
 * - `conflicting`: known at second hand, and the sources say different things;
 * - `replaced`: known at second hand, and the official text of its law has since been imported.
 */
export type Standing = 'citable' | 'repealed' | 'not-yet-in-force' | 'changed' | 'stale' | 'unverified' | 'conflicting' | 'replaced';

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
  /** Ways in which people ask for it. */
  readonly questions: readonly string[];
  readonly official: string | null;
  /** Where a statement known at second hand was read. */
  readonly source: string | null;
  readonly basis: 'official' | 'secondary';
  /** The lawyer who found a statement known at second hand to be right; null: no one has. */
  readonly verification: Verification | null;
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
 * a gist and a text. A statement known at second hand gives way to the official text of its law; the ways people ask for
 * it go over to the article that it turns out to restate.
 * @param checksums per provision key, the checksum of the text that its gist was written from
 * @param verifications what lawyers have found right of what is known at second hand
 */
export function buildLibrary(
  pack: readonly PackLaw[],
  official: readonly OfficialLaw[],
  changes: readonly LawChange[] = [],
  checksums: Readonly<Record<string, string>> = {},
  verifications: readonly Verification[] = [],
): Library {
  const provisions: LibraryProvision[] = [];
  const byKey = new Map<string, LibraryProvision>();
  const names = new Map<string, string>();
  const withheld = new Map<string, 'stale' | 'replaced'>();
  const texts = new Map(official.map((entry) => [normaliseTitle(entry.law.title), entry]));
  const laws = new Map<string, PackLaw>();
  const asked = new Map<string, readonly string[]>();
  const add = (provision: Omit<LibraryProvision, 'id' | 'key'>): void => {
    const key = provisionKey({ law: provision.law.title, article: provision.article });
    const complete = { ...provision, id: provisions.length, key };
    provisions.push(complete);
    byKey.set(key, complete);
  };

  for (const entry of pack) {
    const { title } = entry.law;
    const text = texts.get(title);
    const law = text ? lawOfBoth(entry, text.law) : entry.law;
    laws.set(title, { ...entry, law });
    names.set(title, title);
    for (const alias of law.aliases) names.set(alias, title);
    const articles = new Map(text?.text.provisions.map((provision) => [provision.article, provision]));
    for (const gist of entry.gists) {
      const key = provisionKey({ law: title, article: gist.article });
      const provision = articles.get(gist.article);
      const found = { law, topic: entry.topic, article: gist.article, chapter: provision?.chapter ?? gist.chapter, gist, questions: gist.questions };
      if (entry.basis === 'official') {
        const recorded = checksums[key];
        if (provision ? recorded !== undefined && !isText(recorded, provision, text?.text) : text !== undefined) withheld.set(key, 'stale');
        add({ ...found, official: provision?.text ?? null, source: null, basis: 'official', verification: null });
        continue;
      }
      if (text) {
        const { official: article } = matchGist(entry, gist, text.text);
        const to = provisionKey({ law: title, article: article ?? gist.article });
        asked.set(to, [...(asked.get(to) ?? []), ...gist.questions]);
        if (provision) continue;
        withheld.set(key, 'replaced');
      }
      const verification = verifications.find((candidate) => candidate.key === key && candidate.digest === digestOfGist(gist)) ?? null;
      add({ ...found, official: null, source: gist.source ?? entry.source, basis: 'secondary', verification });
    }
  }
  for (const entry of official) {
    const title = normaliseTitle(entry.law.title);
    if (!names.has(title)) names.set(title, title);
    const known = laws.get(title);
    for (const { article, chapter, text } of entry.text.provisions) {
      const key = provisionKey({ law: title, article });
      if (byKey.has(key)) continue;
      add({
        law: known?.law ?? { ...entry.law, title },
        topic: known?.topic ?? null,
        article,
        chapter,
        gist: null,
        questions: asked.get(key) ?? [],
        official: text,
        source: null,
        basis: 'official',
        verification: null,
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
      const why = withheld.get(provision.key);
      if (why !== undefined) return why;
      if (provision.basis === 'official') return 'citable';
      if (provision.gist && provision.gist.conflict !== null) return 'conflicting';
      return provision.verification === null ? 'unverified' : 'citable';
    },
  };
}

/**
 * Whether a checksum is that of an article, or of the last article with the annexes after it, which a document without a
 * heading above them counts to it.
 */
function isText(checksum: string, provision: OfficialProvision, law: OfficialText | undefined): boolean {
  if (checksum === checksumOf(provision.text)) return true;
  const at = law?.provisions.indexOf(provision) ?? -1;
  const after = law?.provisions.slice(at + 1) ?? [];
  if (at === -1 || after.length === 0 || after.some(({ article }) => !article.startsWith('附'))) return false;
  // with or without what stood above the annex
  return ['', '\n', '：\n'].some((mark) => {
    const annexes = after.map(({ article, text }) => (mark === '' ? text : `${article}${mark}${text}`));
    return checksum === checksumOf([provision.text, ...annexes].join('\n'));
  });
}

/**
 * What is known of a law from both: the pack's file was checked by hand, so that it counts, but for what it leaves open, and
 * but for the dates of a version that is newer than the one it was written from.
 */
function lawOfBoth({ law, basis }: PackLaw, official: Law): Law {
  const newer = basis === 'secondary' || (official.published !== null && law.published !== null && official.published > law.published);
  const dates = newer
    ? {
        published: official.published ?? law.published,
        inForceFrom: official.inForceFrom ?? law.inForceFrom,
        status: law.status === 'not-yet' ? official.status : law.status,
      }
    : {};
  return { ...law, issuer: law.issuer ?? official.issuer, number: law.number ?? official.number, level: law.level ?? official.level, ...dates };
}
