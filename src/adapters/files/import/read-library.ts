import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inForceOn, type Law } from '../../../domain/law.js';
import { versionsOn } from '../../../domain/law-versions.js';
import type { OfficialLaw } from '../../../knowledge/library.js';
import { openLawStore, type StoredLaw } from './law-store.js';

/** Written anew once an import, and the index over it, is whole. */
const READY = 'ready';

/** Says to running services that the library has changed and its index is built. */
export function announceLibrary(folder: string): void {
  writeFileSync(join(folder, READY), `${new Date().toISOString()}\n`);
}

/** Changes with every announcement; empty where there was none. */
export function libraryStamp(folder: string): string {
  const about = statSync(join(folder, READY), { throwIfNoEntry: false });
  return about ? `${String(about.mtimeMs)},${String(about.ino)}` : '';
}

/** The versions of one title in the library. */
export interface LibraryVersions {
  readonly title: string;
  /** The one in use; null where all wait. */
  readonly current: StoredLaw | null;
  /** Not yet in force, the next one first. */
  readonly waiting: readonly StoredLaw[];
  /** Newest first. */
  readonly older: readonly StoredLaw[];
}

export interface LibraryRead {
  /** One version a title: the newest in force; else the next one that waits. */
  readonly laws: readonly OfficialLaw[];
  readonly versions: readonly LibraryVersions[];
  /** Laws that are named but cannot be read, in Chinese with the remedy. */
  readonly problems: readonly string[];
  /** The next day on which another version comes into force, so that the library is to be read again; null: none known. */
  readonly nextChange: string | null;
}

/**
 * Reads the imported laws as they stand on `today` (ISO day). A law whose newest version cannot be read is left out, not
 * replaced by an older one.
 * @param folder `<data>/laws`; where there is none, nothing was imported
 * @throws BaimiError `bad-law-text` where the manifest or a text is damaged
 */
export function readLibrary(folder: string, today: string): LibraryRead {
  const store = openLawStore(folder);
  const byTitle = new Map<string, StoredLaw[]>();
  for (const entry of store.entries()) byTitle.set(entry.title, [...(byTitle.get(entry.title) ?? []), entry]);
  const laws: OfficialLaw[] = [];
  const problems: string[] = [];
  const versions = [...byTitle].map(([title, entries]) => ({ title, ...versionsOn(entries, today) }));
  for (const { current, waiting } of versions) {
    const entry = current ?? waiting[0];
    if (!entry) continue;
    const text = store.text(entry);
    if (text) laws.push({ law: lawOf(entry, today), text });
    else problems.push(`《${entry.officialTitle}》的条文文件 ${entry.file} 不见了，暂不使用。怎么改：重新导入 ${entry.originalFile}`);
  }
  const days = versions.flatMap(({ waiting }) => waiting.map(({ inForceFrom, published }) => inForceFrom ?? published ?? today)).sort();
  return { laws, versions, problems, nextChange: days[0] ?? null };
}

function lawOf(entry: StoredLaw, today: string): Law {
  const from = entry.inForceFrom ?? entry.published;
  const begun = inForceOn({ status: 'in-force', inForceFrom: from }, today);
  return {
    title: entry.title,
    aliases: [],
    issuer: entry.issuer,
    number: entry.number,
    level: entry.level,
    published: entry.published,
    inForceFrom: entry.inForceFrom,
    status: entry.status === 'repealed' ? 'repealed' : begun ? 'in-force' : 'not-yet',
    region: entry.region,
  };
}
