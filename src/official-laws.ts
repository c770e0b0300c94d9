import { join } from 'node:path';
import { readLibrary } from './adapters/files/import/read-library.js';
import { readLaws } from './adapters/files/read-laws.js';
import { normaliseTitle } from './domain/law.js';
import type { OfficialLaw } from './knowledge/library.js';

/** The official texts at hand. */
export interface OfficialLaws {
  readonly laws: readonly OfficialLaw[];
  /** Files that could not be read, with the reason. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** The next day on which another imported version comes into force; null: none known. */
  readonly nextChange: string | null;
}

/** Folder of the imported library below the data folder. */
export function libraryFolder(dataFolder: string): string {
  return join(dataFolder, 'laws');
}

/**
 * Reads what was imported and, where one is given, a folder of texts; of a title that both hold, the version published later,
 * or else the imported one.
 * @param day ISO day on which imported versions have to be in force
 * @throws BaimiError `bad-law-text` where the folder or the library cannot be read
 */
export function readOfficialLaws(
  dataFolder: string,
  lawsFolder: string | null,
  day: string,
  onProgress?: (done: number, all: number) => void,
): OfficialLaws {
  const library = readLibrary(libraryFolder(dataFolder), day);
  const read = lawsFolder === null ? null : readLaws(lawsFolder, onProgress);
  const laws = new Map((read?.laws ?? []).map((entry) => [normaliseTitle(entry.law.title), entry]));
  for (const entry of library.laws) {
    const title = normaliseTitle(entry.law.title);
    const other = laws.get(title);
    if (!other || (entry.law.published ?? '') >= (other.law.published ?? '')) laws.set(title, entry);
  }
  const problems = library.problems.map((reason) => ({ file: libraryFolder(dataFolder), reason }));
  return { laws: [...laws.values()], skipped: [...(read?.skipped ?? []), ...problems], nextChange: library.nextChange };
}
