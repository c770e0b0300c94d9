import { unsupportedQuantities } from '../domain/quantities.js';
import type { OfficialText } from './parse-official-markdown.js';
import type { Gist, PackLaw } from './parse-pack-law.js';
import { normaliseTitle } from '../domain/law.js';

/** What a statement known at second hand turns out to be, once the official text of its law is at hand. */
export interface SecondaryMatch {
  readonly law: string;
  /** As the pack names it: an article number, or a name while the number is not known. */
  readonly article: string;
  readonly file: string;
  readonly line: number;
  /**
   * `agrees`: one article states all its figures in much the same words; `differs`: its own article is there and lacks a
   * figure; `not-found`: no article fits.
   */
  readonly outcome: 'agrees' | 'differs' | 'not-found';
  /** The article of the official text that it restates; null where none fits. */
  readonly official: string | null;
  /** Figures of the statement that the article does not state. */
  readonly missing: readonly string[];
}

/** Least share of a statement's pairs of characters that an article has to hold to be the one it restates. */
const LEAST_OVERLAP = 0.3;
/** By how much the best article has to be ahead of the next where the number is not known. */
const LEAST_LEAD = 0.04;

/** Compares every statement known at second hand with the official text of its law, for the laws whose text is at hand. */
export function matchSecondary(pack: readonly PackLaw[], official: ReadonlyMap<string, OfficialText>): SecondaryMatch[] {
  return pack.flatMap((entry) => {
    const text = entry.basis === 'secondary' ? official.get(normaliseTitle(entry.law.title)) : undefined;
    return text ? entry.gists.map((gist) => matchGist(entry, gist, text)) : [];
  });
}

/** Compares one statement with the official text of its law. */
export function matchGist(entry: PackLaw, gist: Gist, text: OfficialText): SecondaryMatch {
  const about = { law: entry.law.title, article: gist.article, file: entry.file, line: gist.line };
  const claim = `${gist.plain}\n${gist.rule}`;
  const own = text.provisions.find((provision) => provision.article === gist.article);
  if (own) {
    const missing = missingFigures(claim, own.text);
    return { ...about, outcome: missing.length === 0 ? 'agrees' : 'differs', official: own.article, missing };
  }
  const said = pairsOf(gist.plain);
  const pairs = pairsOf(claim.replace(HEDGES, ''));
  const ranked = text.provisions
    .map((provision) => ({ provision, overlap: overlapOf([said, pairs], pairsOf(provision.text)) }))
    .sort((a, b) => b.overlap - a.overlap);
  const [best, next] = ranked;
  if (!best || best.overlap < LEAST_OVERLAP || best.overlap - (next?.overlap ?? 0) < LEAST_LEAD) {
    return { ...about, outcome: 'not-found', official: null, missing: [] };
  }
  const missing = missingFigures(claim, best.provision.text);
  return { ...about, outcome: missing.length === 0 ? 'agrees' : 'not-found', official: missing.length === 0 ? best.provision.article : null, missing };
}

/** Sentences on where a statement was read say nothing of the rule. */
const HEDGES = /[^。\n]*(?:转述|条号|原文)[^。\n]*。?/gu;

function overlapOf(claims: readonly ReadonlySet<string>[], held: ReadonlySet<string>): number {
  return Math.max(...claims.map((claim) => share(claim, held)));
}

function missingFigures(claim: string, official: string): string[] {
  return [...new Set(unsupportedQuantities(claim, [official]).map((figure) => figure.text))];
}

/** Pairs of neighbouring Chinese characters, which is what a restatement keeps of its original. */
function pairsOf(text: string): Set<string> {
  const han = text.replace(/[^\p{Script=Han}]/gu, '');
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < han.length; at++) pairs.add(han.slice(at, at + 2));
  return pairs;
}

function share(of: ReadonlySet<string>, held: ReadonlySet<string>): number {
  let common = 0;
  for (const pair of of) if (held.has(pair)) common++;
  return of.size === 0 ? 0 : common / of.size;
}
