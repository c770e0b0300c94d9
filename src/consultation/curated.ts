import { NOTICE, type CitedAnswer } from '../domain/answer.js';
import { normaliseArticleNumber } from '../domain/chinese-numerals.js';
import type { CuratedAnswer, CuratedDraft } from '../domain/curated-answer.js';
import { normaliseTitle, provisionKey, type ProvisionRef } from '../domain/law.js';
import { checksumOf } from '../knowledge/checksum.js';
import type { Library, LibraryProvision, Standing } from '../knowledge/library.js';
import { citationOf } from './compose.js';
import { verifyAnswer, type VerificationFault } from './verify.js';

/** Stands between the texts of a provision, so that no sentence can move from one to another unseen. */
const BETWEEN_TEXTS = '¶';

/** Checksum of everything a provision says: the gist's two parts and the official text. */
export function provisionChecksum(provision: LibraryProvision): string {
  return checksumOf([provision.gist?.plain ?? '', provision.gist?.rule ?? '', provision.official ?? ''].join(BETWEEN_TEXTS));
}

/** Checksums by provision key, to be kept with an answer when it is approved. Unknown provisions are left out. */
export function checksumsOf(cites: readonly ProvisionRef[], library: Library): Record<string, string> {
  const checksums: Record<string, string> = {};
  for (const cite of cites) {
    const provision = library.byKey.get(provisionKey(cite));
    if (provision) checksums[provision.key] = provisionChecksum(provision);
  }
  return checksums;
}

/**
 * Whether a curated answer may be given on a day: it is approved, and each provision it rests on may be cited and says word
 * for word what it said when the answer was approved.
 */
export function stillHolds(curated: CuratedAnswer, library: Library, day: string): boolean {
  return (
    curated.status === 'approved' &&
    curated.cites.length > 0 &&
    curated.cites.every((cite) => {
      const provision = library.byKey.get(provisionKey(cite));
      if (!provision || library.standing(provision, day) !== 'citable') return false;
      return curated.checksums[provision.key] === provisionChecksum(provision);
    })
  );
}

/**
 * A curated answer as it is sent; null where it may not be given. Passes the same checks as any other answer: what they
 * find is not sent.
 * @param confidence calibrated; the search's score is none
 */
export function answerOfCurated(curated: CuratedAnswer, library: Library, day: string, confidence: number): CitedAnswer | null {
  if (!stillHolds(curated, library, day)) return null;
  const answer = citedAnswer(curated, curated.cites, library, confidence);
  return verifyAnswer(answer, library, day).length === 0 ? answer : null;
}

/** What keeps a draft from being an answer, in words for its author; empty: nothing. */
export function draftFaults(draft: CuratedDraft, cites: readonly ProvisionRef[], library: Library, day: string): string[] {
  const standing = cites.flatMap((cite) => standingFault(cite, library, day) ?? []);
  if (standing.length > 0) return standing;
  return verifyAnswer(citedAnswer(draft, cites, library, 1), library, day).map(faultText);
}

function citedAnswer(draft: CuratedDraft, cites: readonly ProvisionRef[], library: Library, confidence: number): CitedAnswer {
  return {
    kind: 'cited',
    topic: draft.topic,
    headline: draft.headline,
    points: draft.points,
    citations: cites.flatMap((cite) => {
      const provision = library.byKey.get(provisionKey(cite));
      return provision ? [citationOf(provision)] : [];
    }),
    steps: [],
    deadlines: [],
    evidence: [],
    further: [],
    guide: null,
    furtherCitations: [],
    caveats: [],
    calculation: null,
    ask: null,
    alsoHandoff: null,
    confidence,
    notice: NOTICE,
  };
}

const UNREADABLE = '有一行依据认不出来。请写成“工伤保险条例第十四条”这样，一行一条，不带款、项。';

/**
 * Reads a provision as a lawyer writes it ("《工伤保险条例》第14条", by any name the law goes by).
 * @returns the provision, or what is wrong with the line
 */
export function readProvision(line: string, library: Library): { readonly ref: ProvisionRef } | { readonly fault: string } {
  const text = normaliseTitle(line.replace(/[《》〈〉]/g, ''));
  const name = [...library.names.keys()].filter((known) => text.startsWith(known)).sort((a, b) => b.length - a.length)[0];
  const law = library.names.get(name ?? '');
  if (name === undefined || law === undefined) {
    if (!/.第?[^第条]+条(?:之.+)?$/.test(text) || /^第/.test(text)) return { fault: UNREADABLE };
    return { fault: '有一行依据里的法律名称，知识库里没有。请核对全称，比如“工伤保险条例”。' };
  }
  const rest = text.slice(name.length);
  if (library.byKey.has(provisionKey({ law, article: rest }))) return { ref: { law, article: rest } };
  const article = normaliseArticleNumber(rest);
  if (article === null) return { fault: UNREADABLE };
  if (library.byKey.has(provisionKey({ law, article }))) return { ref: { law, article } };
  return { fault: `知识库里没有《${law}》${article}。请核对条号；条号没错的，先请管理员导入这部法的原文。` };
}

const STANDING_TEXTS: Readonly<Record<Exclude<Standing, 'citable'>, string>> = {
  repealed: '已经废止或者被代替',
  'not-yet-in-force': '还没有施行',
  changed: '已经修改，新的原文还没有导入',
  stale: '原文变了，要旨还没有对照改过来',
  unverified: '只见过转述，还没有人核实过',
  conflicting: '只见过转述，而且几处说法不一样',
  replaced: '只见过转述，现在要以导入的原文为准',
};

function standingFault(cite: ProvisionRef, library: Library, day: string): string | null {
  const provision = library.byKey.get(provisionKey(cite));
  const standing = provision ? library.standing(provision, day) : null;
  if (standing === 'citable') return null;
  const why = standing === null ? '知识库里没有了' : STANDING_TEXTS[standing];
  return `《${cite.law}》${cite.article}${why}，不能作依据。请换成现行有效的条文，或者先不收作常用答复。`;
}

function faultText(fault: VerificationFault): string {
  switch (fault.fault) {
    case 'unsupported-figure':
      return `答复里的“${fault.figure}”在所引的条文里找不到。请补上写着这个数字的条文，或者去掉这个数字。`;
    case 'forbidden-promise':
      return `答复里不要保证结果（“${fault.words}”）。请改成条件：具备什么，就可以怎样。`;
    case 'unlawful-advice':
      return `答复里不要出现“${fault.words}”这样的办法。请换成合法的办法，或者写明不能这样做。`;
    case 'uncited-source':
      return `答复里提到了“${fault.source}”，依据里却没有。请把它写进依据，或者去掉这一处。`;
    case 'no-citation':
      return '至少要有一条依据。请写上所依据的条文。';
    default:
      return '所引的条文没有通过核对。请逐条核对后再提交。';
  }
}
