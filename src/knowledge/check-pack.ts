import { unsupportedQuantities } from '../domain/quantities.js';
import { normaliseTitle, provisionKey } from '../domain/law.js';
import { checksumOf } from './checksum.js';
import { copiedRuns } from './copied-runs.js';
import type { PackLaw } from './parse-pack-law.js';
import type { OfficialText } from './parse-official-markdown.js';

export const FINDING_KINDS = ['no-official-text', 'missing-article', 'wrong-figure', 'copied', 'no-checksum', 'stale'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** One thing that the comparison with the official texts found. */
export interface Finding {
  readonly kind: FindingKind;
  readonly file: string;
  readonly line: number;
  readonly law: string;
  readonly article: string;
  readonly message: string;
}

export interface PackCheck {
  readonly laws: number;
  readonly gists: number;
  /** Gists that were compared with an official article. */
  readonly compared: number;
  readonly findings: readonly Finding[];
  /** Checksum of the official text of each compared provision, by provision key. */
  readonly checksums: Readonly<Record<string, string>>;
}

/**
 * Compares every gist of the pack with the official article it restates: the article exists, each figure of the gist
 * stands in it, no sentence is copied, and the checksum is that of the text the gist was written from.
 * @param official newest official text by normalised title
 * @param recorded checksums by provision key, as in `laws/checksums.json`
 */
export function checkPack(
  pack: readonly PackLaw[],
  official: ReadonlyMap<string, OfficialText>,
  recorded: Readonly<Record<string, string>>,
): PackCheck {
  const findings: Finding[] = [];
  const checksums: Record<string, string> = {};
  const titles = pack.map((entry) => entry.law.title).filter((title) => title.length >= 8);
  let compared = 0;
  for (const entry of pack) {
    if (entry.basis === 'secondary') continue;
    const text = official.get(normaliseTitle(entry.law.title));
    if (!text) {
      findings.push({
        kind: 'no-official-text',
        file: entry.file,
        line: 1,
        law: entry.law.title,
        article: '',
        message: `目录里没有《${entry.law.title}》的原文，没法对照；请先下载`,
      });
      continue;
    }
    const articles = new Map(text.provisions.map((provision) => [provision.article, provision]));
    for (const gist of entry.gists) {
      const at = { file: entry.file, line: gist.line, law: entry.law.title, article: gist.article };
      const provision = articles.get(gist.article);
      if (!provision) {
        findings.push({ ...at, kind: 'missing-article', message: `原文没有${gist.article}，条号写错了或者版本不对` });
        continue;
      }
      compared++;
      const own = `${gist.plain}\n${gist.rule}`;
      for (const figure of unsupportedQuantities(own, [provision.text])) {
        findings.push({ ...at, kind: 'wrong-figure', message: `“${figure.text}”在原文${gist.article}里找不到` });
      }
      for (const run of copiedRuns(own, provision.text, titles)) {
        findings.push({ ...at, kind: 'copied', message: `照抄了原文：${run}` });
      }
      const key = provisionKey(at);
      const checksum = checksumOf(provision.text);
      checksums[key] = checksum;
      const known = recorded[key];
      if (known === undefined) findings.push({ ...at, kind: 'no-checksum', message: '没有登记校验值；复核后用 --write-checksums 登记' });
      else if (known !== checksum) findings.push({ ...at, kind: 'stale', message: '原文变了：要旨已过期，请对照新原文改写' });
    }
  }
  return { laws: pack.length, gists: pack.reduce((sum, entry) => sum + entry.gists.length, 0), compared, findings, checksums };
}
