import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { BaimiError } from '../../domain/errors.js';
import { LAW_LEVELS, normaliseTitle, type LawLevel } from '../../domain/law.js';
import type { OfficialLaw } from '../../knowledge/library.js';
import { parseOfficialMarkdown } from '../../knowledge/parse-official-markdown.js';

const manifestEntry = z.object({
  title: z.string(),
  path: z.string(),
  published: z.string().nullish(),
  inForceFrom: z.string().nullish(),
  level: z.string().nullish(),
  expired: z.boolean().nullish(),
  newest: z.boolean().nullish(),
});
type ManifestEntry = z.infer<typeof manifestEntry>;

/** Names under which the parts (编) of one law carry their own document are joined into that law. */
export interface LawsRead {
  readonly laws: readonly OfficialLaw[];
  readonly documents: number;
  readonly provisions: number;
  /** Files that could not be read, with the reason. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

/**
 * Reads a folder of official texts in Markdown: every newest version that `manifest.json` lists, or, where there is no
 * manifest, every `.md` file except README.
 * @throws BaimiError `bad-law-text` where the folder or the manifest cannot be read
 */
export function readLaws(folder: string, onProgress?: (done: number, all: number) => void): LawsRead {
  if (!existsSync(folder)) {
    throw new BaimiError('bad-law-text', `找不到目录 ${folder}。怎么改：写原文所在的目录，例如 --laws ./laws`);
  }
  const entries = readManifest(folder);
  const byTitle = new Map<string, OfficialLaw>();
  const skipped: { file: string; reason: string }[] = [];
  let documents = 0;
  for (const [index, entry] of entries.entries()) {
    if (index % 50 === 0) onProgress?.(index, entries.length);
    try {
      const text = parseOfficialMarkdown(entry.path, readFileSync(join(folder, entry.path), 'utf8'));
      documents++;
      const title = normaliseTitle(entry.title === '' ? text.title : entry.title);
      const earlier = byTitle.get(title);
      byTitle.set(title, {
        law: earlier?.law ?? lawOf(title, entry),
        text: { title, provisions: [...(earlier?.text.provisions ?? []), ...text.provisions] },
      });
    } catch (error) {
      skipped.push({ file: entry.path, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  onProgress?.(entries.length, entries.length);
  const laws = [...byTitle.values()];
  return { laws, documents, provisions: laws.reduce((sum, law) => sum + law.text.provisions.length, 0), skipped };
}

function readManifest(folder: string): ManifestEntry[] {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md') && !/(^|[\\/])README\.md$/i.test(file))
      .sort()
      .map((file) => ({ title: '', path: relative(folder, join(folder, file)) }));
  }
  try {
    return z
      .array(manifestEntry)
      .parse(JSON.parse(readFileSync(path, 'utf8')))
      .filter((entry) => entry.newest !== false);
  } catch (cause) {
    throw new BaimiError('bad-law-text', `${path} 不是正确的目录清单。怎么改：重新生成，或者删掉它，改为读取全部 .md 文件`, { cause });
  }
}

function lawOf(title: string, entry: ManifestEntry): OfficialLaw['law'] {
  return {
    title,
    aliases: [],
    issuer: null,
    number: null,
    level: isLevel(entry.level) ? entry.level : null,
    published: entry.published || null,
    inForceFrom: entry.inForceFrom || null,
    status: entry.expired === true ? 'repealed' : 'in-force',
    region: '全国',
  };
}

function isLevel(level: string | null | undefined): level is LawLevel {
  return (LAW_LEVELS as readonly (string | null | undefined)[]).includes(level);
}
