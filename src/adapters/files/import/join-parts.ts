import { parseNumeral } from '../../../domain/chinese-numerals.js';
import { isSameVersion } from '../../../domain/law-versions.js';
import type { ReadDocument } from './read-document.js';

/** A document with the files it was read from, below the folder. */
export interface SourceDocument extends ReadDocument {
  readonly files: readonly string[];
}

/**
 * Joins documents that are parts of one version of a law (the 编 of the Civil Code, a file each): same title, same days,
 * no article in common. They stand in the order of their articles.
 */
export function joinParts(documents: readonly SourceDocument[]): SourceDocument[] {
  const groups: SourceDocument[][] = [];
  const byTitle = new Map<string, SourceDocument[][]>();
  for (const document of documents) {
    const known = byTitle.get(document.title) ?? [];
    const group = known.find((parts) => parts.every((part) => arePartsOfOne(part, document)));
    if (group) {
      group.push(document);
      continue;
    }
    const fresh = [document];
    groups.push(fresh);
    byTitle.set(document.title, [...known, fresh]);
  }
  return groups.map(joined);
}

function arePartsOfOne(a: SourceDocument, b: SourceDocument): boolean {
  const articles = new Set(a.provisions.map(({ article }) => article));
  return (
    isSameVersion(a, b) && a.provisions.length > 0 && b.provisions.every(({ article }) => /^第/.test(article) && !articles.has(article))
  );
}

function joined(parts: readonly SourceDocument[]): SourceDocument {
  const ordered = [...parts].sort((a, b) => firstNumber(a) - firstNumber(b));
  const [first, ...others] = ordered;
  if (!first) throw new RangeError('a document has at least one part');
  if (others.length === 0) return first;
  return {
    ...first,
    files: ordered.flatMap(({ files }) => files),
    provisions: ordered.flatMap(({ provisions }) => provisions),
    warnings: [...new Set(ordered.flatMap(({ warnings }) => warnings))],
  };
}

function firstNumber({ provisions }: SourceDocument): number {
  return parseNumeral(/^第(.+?)条/.exec(provisions[0]?.article ?? '')?.[1] ?? '') ?? 0;
}
