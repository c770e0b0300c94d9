import { basename } from 'node:path';
import { parseNumeral, toChineseNumeral } from '../../../domain/chinese-numerals.js';
import { BaimiError } from '../../../domain/errors.js';
import { isSameVersion, versionsOn } from '../../../domain/law-versions.js';
import type { OfficialProvision } from '../../../knowledge/parse-official-text.js';
import { encodeText, type LawStore, type StoredLaw } from './law-store.js';
import { joinParts, type SourceDocument } from './join-parts.js';
import { readDocument } from './read-document.js';
import { findSourceFiles, readSourceFile } from './source-files.js';

export interface ImportOptions {
  /** ISO day. */
  readonly today: string;
  /** Takes a version that is clearly shorter than the one stored. */
  readonly replace: boolean;
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * What became of a document: `new` in the library; `replaced` the one in use; `unchanged`; `older` than the one in use;
 * `waiting` for its day in force; `refused`.
 */
export type ImportOutcome = 'new' | 'replaced' | 'unchanged' | 'older' | 'waiting' | 'refused';

export interface ImportedFile {
  /** Below the folder; several where a law came in parts. */
  readonly files: readonly string[];
  readonly outcome: ImportOutcome;
  /** Null where the file was not read as far as its title. */
  readonly title: string | null;
  readonly published: string | null;
  readonly inForceFrom: string | null;
  readonly articles: number;
  readonly warnings: readonly string[];
  /** Cause and remedy, where it was refused. */
  readonly reason: string | null;
}

export interface ImportReport extends Readonly<Record<ImportOutcome, number>> {
  /** Files looked at. */
  readonly read: number;
  /** Provisions of the documents that are in the library, annexes among them. */
  readonly articles: number;
  readonly files: readonly ImportedFile[];
}

/** Fewer provisions or letters than this share of the stored version looks like a download that was cut off. */
const CUT_OFF_BELOW = { provisions: 0.9, letters: 0.8 };

/**
 * Imports every official text below `folder` into the library: all is read first, then stored in one step. What cannot
 * be used is in the report with cause and remedy, and changes nothing.
 * @throws BaimiError `bad-law-text` where the folder, its manifest, or the library cannot be read; `conflict` where
 *   another process imports; `unavailable` where the library cannot be written
 */
export function importLaws(folder: string, store: LawStore, options: ImportOptions): Promise<ImportReport> {
  return store.exclusively(async () => {
    const files = findSourceFiles(folder);
    const refused: ImportedFile[] = [];
    const documents: SourceDocument[] = [];
    for (const [index, { path, stated, refused: reason }] of files.entries()) {
      options.onProgress?.(index, files.length);
      try {
        if (reason !== null) throw new BaimiError('bad-law-text', reason);
        documents.push({ ...(await readDocument(path, readSourceFile(folder, path), stated, options.today)), files: [path] });
      } catch (error) {
        refused.push(refusal([path], reasonOf(error)));
      }
    }
    const outcomes = addToLibrary(joinParts(documents), store, options);
    options.onProgress?.(files.length, files.length);
    return reportOf(files.length, [...outcomes, ...refused]);
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof BaimiError) return error.message;
  const code = error instanceof Error && 'code' in error ? `（${String(error.code)}）` : '';
  return `读不了这个文件${code}。怎么改：检查文件权限，或者重新下载`;
}

function refusal(files: readonly string[], reason: string, document?: SourceDocument): ImportedFile {
  return {
    files,
    outcome: 'refused',
    title: document?.officialTitle ?? null,
    published: document?.published ?? null,
    inForceFrom: document?.inForceFrom ?? null,
    articles: 0,
    warnings: [],
    reason,
  };
}

interface Added {
  readonly document: SourceDocument;
  readonly entry: StoredLaw;
  readonly unchanged: boolean;
  readonly warnings: readonly string[];
}

function addToLibrary(documents: readonly SourceDocument[], store: LawStore, options: ImportOptions): ImportedFile[] {
  const before = store.entries();
  const library = byTitle(before);
  const texts = new Map<string, string>();
  const added: Added[] = [];
  const refused: ImportedFile[] = [];
  for (const document of documents) {
    const versions = library.get(document.title) ?? [];
    const reason = whyNot(document, versions, store, texts, options);
    if (reason !== null) {
      refused.push(refusal(document.files, reason, document));
      continue;
    }
    const { content, file, sha256 } = encodeText(document.officialTitle, document.provisions);
    const same = sameVersion(document, versions, file);
    const entry = entryOf(document, { file, sha256 }, same, options.today);
    texts.set(file, content);
    library.set(document.title, [...versions.filter((version) => version !== same), entry]);
    added.push({
      document,
      entry,
      unchanged: same !== undefined && isEqual(same, entry),
      warnings: warningsOf(document, versions, options),
    });
  }
  const after = [...library.values()].flat();
  if (added.length > 0) store.commit(after, texts);
  const earlier = byTitle(before);
  return [
    ...added.map((item) =>
      imported(item, outcomeOf(item, earlier.get(item.entry.title) ?? [], library.get(item.entry.title) ?? [], options)),
    ),
    ...refused,
  ];
}

function byTitle(entries: readonly StoredLaw[]): Map<string, StoredLaw[]> {
  const map = new Map<string, StoredLaw[]>();
  for (const entry of entries) map.set(entry.title, [...(map.get(entry.title) ?? []), entry]);
  return map;
}

/** The stored version that a document is; one without any day is the version whose text it has. */
function sameVersion(document: SourceDocument, versions: readonly StoredLaw[], file: string): StoredLaw | undefined {
  const undated = document.published === null && document.inForceFrom === null;
  return (
    versions.find((version) => isSameVersion(version, document)) ??
    (undated ? versions.find((version) => version.file === file) : undefined)
  );
}

/** Cause and remedy where a document may not enter the library; null where it may. */
function whyNot(
  document: SourceDocument,
  versions: readonly StoredLaw[],
  store: LawStore,
  texts: ReadonlyMap<string, string>,
  { replace }: ImportOptions,
): string | null {
  const { file } = encodeText(document.officialTitle, document.provisions);
  const same = sameVersion(document, versions, file);
  if (!same && versions.length > 0 && document.published === null && document.inForceFrom === null) {
    return `文件里没有日期，看不出是《${document.officialTitle}》的哪一版。怎么改：把公布日期写进文件名，例如“${document.title}_20101220”`;
  }
  if (!same || replace || same.file === file) return null;
  const letters = (provisions: readonly OfficialProvision[]): number => provisions.reduce((sum, { text }) => sum + text.length, 0);
  const stored = texts.has(same.file) ? (JSON.parse(texts.get(same.file) ?? '') as { provisions: OfficialProvision[] }) : store.text(same);
  const shorter =
    document.provisions.length < CUT_OFF_BELOW.provisions * same.articles ||
    (stored !== null && letters(document.provisions) < CUT_OFF_BELOW.letters * letters(stored.provisions));
  if (!shorter) return null;
  return `同一版已有 ${String(same.articles)} 条，这份只有 ${String(document.provisions.length)} 条，像是没有下载完整。怎么改：重新下载；确认这份才是对的，加 --replace 再导入`;
}

function entryOf(
  document: SourceDocument,
  { file, sha256 }: { readonly file: string; readonly sha256: string },
  same: StoredLaw | undefined,
  today: string,
): StoredLaw {
  const entry: StoredLaw = {
    title: document.title,
    officialTitle: document.officialTitle,
    file,
    issuer: document.issuer ?? same?.issuer ?? null,
    number: document.number ?? same?.number ?? null,
    level: document.level ?? same?.level ?? null,
    published: document.published ?? same?.published ?? null,
    inForceFrom: document.inForceFrom ?? same?.inForceFrom ?? null,
    status: document.status ?? same?.status ?? 'in-force',
    region: document.region,
    originalFile: document.files.map((path) => basename(path)).join('、'),
    sha256,
    importedAt: today,
    articles: document.provisions.length,
  };
  return same && isEqual(same, entry) ? same : entry;
}

/** Whether two entries say the same of a law, wherever and whenever they came from. */
function isEqual(a: StoredLaw, b: StoredLaw): boolean {
  const said = (entry: StoredLaw): string => JSON.stringify({ ...entry, originalFile: null, importedAt: null });
  return said(a) === said(b);
}

function outcomeOf(item: Added, before: readonly StoredLaw[], after: readonly StoredLaw[], { today }: ImportOptions): ImportOutcome {
  if (item.unchanged) return 'unchanged';
  const { current, waiting } = versionsOn(after, today);
  if (waiting.some((entry) => isSameVersion(entry, item.entry))) return 'waiting';
  if (current === null || !isSameVersion(current, item.entry)) return 'older';
  return versionsOn(before, today).current === null ? 'new' : 'replaced';
}

function imported({ document, entry, warnings }: Added, outcome: ImportOutcome): ImportedFile {
  return {
    files: document.files,
    outcome,
    title: document.officialTitle,
    published: entry.published,
    inForceFrom: entry.inForceFrom,
    articles: entry.articles,
    warnings: [...document.warnings, ...warnings],
    reason: null,
  };
}

function warningsOf(document: SourceDocument, versions: readonly StoredLaw[], { today }: ImportOptions): string[] {
  const warnings: string[] = [];
  const gaps = gapsIn(document.provisions);
  if (gaps.length > 0) warnings.push(`条号不连续，缺 ${gaps.slice(0, 5).join('、')}${gaps.length > 5 ? ' 等' : ''}，请与原文核对`);
  const last = document.provisions.findLast(({ article }) => !article.startsWith('附'))?.text ?? '';
  if (!/[。”）)》：:；|…]$/.test(last)) warnings.push('结尾不像一句完整的话，请核对是否下载完整');
  const { current } = versionsOn([...versions, document], today);
  const before = versionsOn(versions, today).current;
  if (
    before &&
    current === document &&
    !isSameVersion(before, document) &&
    document.provisions.length < CUT_OFF_BELOW.provisions * before.articles
  ) {
    warnings.push(`比现有的一版（${String(before.articles)} 条）少了许多，请核对是否下载完整`);
  }
  return warnings;
}

/** Article numbers that are missing between the first and the last. */
function gapsIn(provisions: readonly OfficialProvision[]): string[] {
  const numbers = new Set(provisions.flatMap(({ article }) => parseNumeral(/^第(.+?)条/.exec(article)?.[1] ?? '') ?? []));
  const gaps: string[] = [];
  const last = Math.max(0, ...numbers);
  for (let number = 1; number < last; number++) if (!numbers.has(number)) gaps.push(`第${toChineseNumeral(number)}条`);
  return gaps;
}

function reportOf(read: number, files: readonly ImportedFile[]): ImportReport {
  const count = (outcome: ImportOutcome): number => files.filter((file) => file.outcome === outcome).length;
  return {
    read,
    new: count('new'),
    replaced: count('replaced'),
    unchanged: count('unchanged'),
    older: count('older'),
    waiting: count('waiting'),
    refused: count('refused'),
    articles: files.reduce((sum, file) => sum + file.articles, 0),
    files,
  };
}
