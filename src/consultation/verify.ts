import type { Answer, Citation } from '../domain/answer.js';
import { REGIONS, provisionKey } from '../domain/law.js';
import { unsupportedQuantities } from '../domain/quantities.js';
import type { Library, LibraryProvision } from '../knowledge/library.js';

/** Why an answer may not be sent. */
export type VerificationFault =
  | { readonly fault: 'no-citation' }
  | { readonly fault: 'unknown-provision'; readonly key: string }
  | { readonly fault: 'not-citable'; readonly key: string; readonly standing: string }
  | { readonly fault: 'altered-citation'; readonly key: string }
  | { readonly fault: 'only-unverified' }
  | { readonly fault: 'unsupported-figure'; readonly figure: string }
  | { readonly fault: 'forbidden-promise'; readonly words: string };

const PROMISES = /赢定了|(?<!不)一定能?赢|必赢|包赢|稳赢|(?<!不)一定(?:能|会)?赔|肯定(?:能)?赔|保证(?:能)?(?:赔|赢|要回)|百分之百(?:能|会)/;

/**
 * Checks an answer against the library before it is sent (promises 1 and 2 of the product): every citation is a
 * provision that the library knows, says what the library says, and may be cited on `day`; statements known only at
 * second hand never stand alone; every figure of the answer's own sentences stands in a cited provision; nothing is
 * promised. The same code checks answers by rules and by a language model.
 * @returns faults; empty means that the answer may be sent
 */
export function verifyAnswer(answer: Answer, library: Library, day: string): VerificationFault[] {
  if (answer.kind === 'clarify' || answer.kind === 'handoff') return promises(ownSentences(answer));
  const faults: VerificationFault[] = [];
  if (answer.kind === 'cited' && answer.citations.length === 0) faults.push({ fault: 'no-citation' });
  const sources: string[] = [];
  for (const citation of answer.citations) {
    const key = provisionKey(citation);
    const provision = library.byKey.get(key);
    if (!provision) {
      faults.push({ fault: 'unknown-provision', key });
      continue;
    }
    const standing = library.standing(provision, day);
    const unverified = standing === 'unverified' && !citation.verified;
    if ((standing !== 'citable' && !unverified) || !REGIONS.includes(provision.law.region)) {
      faults.push({ fault: 'not-citable', key, standing });
    }
    if (!saysWhatTheLibrarySays(citation, provision)) faults.push({ fault: 'altered-citation', key });
    sources.push(...sourceTexts(provision));
  }
  if (answer.citations.length > 0 && answer.citations.every((citation) => !citation.verified)) faults.push({ fault: 'only-unverified' });
  const own = ownSentences(answer);
  for (const figure of unsupportedQuantities(own, sources)) faults.push({ fault: 'unsupported-figure', figure: figure.text });
  return [...faults, ...promises(own)];
}

/** Everything a provision states, as the source of figures. */
export function sourceTexts(provision: LibraryProvision): string[] {
  return [provision.gist?.plain, provision.gist?.rule, provision.official].filter((text) => text !== undefined && text !== null);
}

function saysWhatTheLibrarySays(citation: Citation, provision: LibraryProvision): boolean {
  const known = new Set(sourceTexts(provision));
  const stands = (text: string | null): boolean => text === null || text === '' || known.has(text);
  return (
    stands(citation.rule) &&
    stands(citation.official) &&
    (stands(citation.plain) || provision.official?.startsWith(citation.plain) === true) &&
    (citation.verified ? provision.basis === 'official' : provision.basis === 'secondary')
  );
}

/** The sentences of an answer that are not the text of a citation. */
function ownSentences(answer: Answer): string {
  switch (answer.kind) {
    case 'cited':
      return [answer.headline, ...answer.points, ...answer.steps, ...answer.caveats].join('\n');
    case 'service':
      return [answer.headline, ...answer.steps].join('\n');
    case 'clarify':
      return [answer.text, ...answer.questions.map((question) => question.text)].join('\n');
    case 'handoff':
      return answer.text;
  }
}

function promises(text: string): VerificationFault[] {
  const words = PROMISES.exec(text)?.[0];
  return words === undefined ? [] : [{ fault: 'forbidden-promise', words }];
}
