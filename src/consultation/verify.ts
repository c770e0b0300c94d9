import type { Answer, Citation, CitedAnswer, ServiceAnswer } from '../domain/answer.js';
import { REGIONS, provisionKey } from '../domain/law.js';
import { supportedKeys, unsupportedBy } from '../domain/quantities.js';
import type { Library, LibraryProvision } from '../knowledge/library.js';

/** Why an answer may not be sent. `part` names the sentence at fault: `points.2`. */
export type VerificationFault =
  | { readonly fault: 'no-citation' }
  | { readonly fault: 'unknown-provision'; readonly key: string }
  | { readonly fault: 'not-citable'; readonly key: string; readonly standing: string }
  | { readonly fault: 'not-yet-in-force'; readonly key: string; readonly on: string }
  | { readonly fault: 'other-region'; readonly key: string }
  | { readonly fault: 'altered-citation'; readonly key: string }
  | { readonly fault: 'only-unverified' }
  | { readonly fault: 'uncited-source'; readonly source: string; readonly part: string }
  | { readonly fault: 'unsupported-figure'; readonly figure: string; readonly part: string }
  | { readonly fault: 'forbidden-promise'; readonly words: string; readonly part: string }
  | { readonly fault: 'unlawful-advice'; readonly words: string; readonly part: string };

/** What an answer is checked against besides the library. */
export interface VerificationContext {
  /** ISO day on which law has to be in force. */
  readonly day: string;
  /** ISO day of what happened, where the law of that day decides (an injury, a death); null: not known. */
  readonly eventDay?: string | null;
  /** The person speaks of a place outside Sichuan. */
  readonly otherRegion?: boolean;
  /** Texts that figures may come from besides the cited provisions: a calculator's trace, a figure's slot, the person's own words. */
  readonly figureSources?: readonly string[];
}

/** What somebody else is quoted to promise (“包赢”) is no promise of ours. */
const PROMISES =
  /(?<!“)(?:赢定了|(?<!不)一定能?赢|必赢|包赢|稳赢|(?<!不)一定(?:能|会)?赔|肯定(?:能|会)?(?:赔|赢|判)|保证(?:能|你)?(?:赔|赢|要回|拿到)|百分之百(?:能|会)|稳拿|包你(?:赢|拿)|打包票|(?:律师|工作人员)(?:已经|正在)(?:联系|给你打电话|赶来)|已经?(?:帮|替|为)你(?:提交|申请|报案|立案|投诉))/;
const UNLAWFUL =
  /(?<!(?:不要|别|不能|不得|不准|不可|严禁|禁止|不许|莫|不应当?|不该)[^，。；]{0,12})(?:伪造(?:证据|签名|公章|合同)|做假证|作伪证|找人(?:冒充|作假)|假装受伤|堵(?:路|门|大门)|拉横幅闹|打砸|扣(?:人|住老板)|威胁(?:老板|他|对方)|行贿|塞红包|送红包|跳楼讨薪|假离婚)/;

/** A sentence that calls the police or says that something is forbidden does not advise it. */
const FORBIDS = /110|报警|不得|不准|不许|不能|不要|禁止|违法|犯罪|处罚|拘留/;

/**
 * Checks an answer against the library before it is sent (promises 1 and 2 of the product): every citation is a provision
 * that the library knows, says what the library says, holds here, may be cited on the day, and did hold on the day of what
 * happened; statements known only at second hand never stand alone; every figure of a sentence stands in the provisions
 * that the sentence names, or, where it names none, in a cited one; nothing is promised and nothing unlawful advised. The
 * same code checks answers by rules and by a language model.
 * @returns faults; empty means that the answer may be sent
 */
export function verifyAnswer(answer: Answer, library: Library, context: VerificationContext | string): VerificationFault[] {
  const { day, eventDay = null, otherRegion = false, figureSources = [] } = typeof context === 'string' ? { day: context } : context;
  const sentences = sentencesOf(answer);
  const words = sentences.flatMap(faultsOfWords);
  if (answer.kind === 'clarify' || answer.kind === 'handoff') return words;

  const faults: VerificationFault[] = [];
  if (answer.kind === 'cited' && answer.citations.length === 0) faults.push({ fault: 'no-citation' });
  const sources = new Map<string, ReadonlySet<string>>();
  for (const { citation, main } of citationsOf(answer)) {
    const key = provisionKey(citation);
    const provision = library.byKey.get(key);
    if (!provision) {
      faults.push({ fault: 'unknown-provision', key });
      continue;
    }
    const standing = library.standing(provision, day);
    const unverified = standing === 'unverified' && !citation.verified;
    if ((standing !== 'citable' && !unverified) || !REGIONS.includes(provision.law.region))
      faults.push({ fault: 'not-citable', key, standing });
    if (otherRegion && provision.law.region !== '全国') faults.push({ fault: 'other-region', key });
    if (main && eventDay !== null && provision.law.inForceFrom !== null && provision.law.inForceFrom > eventDay) {
      faults.push({ fault: 'not-yet-in-force', key, on: eventDay });
    }
    if (!saysWhatTheLibrarySays(citation, provision)) faults.push({ fault: 'altered-citation', key });
    sources.set(`${citation.law}${citation.article}`, figuresOf(provision));
  }
  if (answer.citations.length > 0 && answer.citations.every((citation) => !citation.verified)) faults.push({ fault: 'only-unverified' });
  const besides = supportedKeys(figureSources);
  const all = [...sources.values(), besides];
  for (const sentence of sentences) {
    const named = sourcesNamed(sentence.text);
    for (const source of named) if (!sources.has(source)) faults.push({ fault: 'uncited-source', source, part: sentence.part });
    const own = named.length === 0 ? all : [...named.flatMap((source) => sources.get(source) ?? []), besides];
    for (const figure of unsupportedBy(withoutSources(sentence.text), own)) {
      faults.push({ fault: 'unsupported-figure', figure: figure.text, part: sentence.part });
    }
  }
  return [...faults, ...words];
}

/**
 * Takes out the sentences at fault, where an answer can do without them; null where it cannot. The result has to be verified
 * again.
 */
export function repairAnswer(answer: Answer, faults: readonly VerificationFault[]): Answer | null {
  if (answer.kind !== 'cited') return null;
  const parts = new Set<string>();
  for (const fault of faults) {
    if (!('part' in fault) || !REPAIRABLE.test(fault.part)) return null;
    parts.add(fault.part);
  }
  const kept = <T>(name: string, list: readonly T[]): T[] => list.filter((_, at) => !parts.has(`${name}.${String(at)}`));
  return {
    ...answer,
    points: kept('points', answer.points),
    steps: kept('steps', answer.steps),
    deadlines: kept('deadlines', answer.deadlines),
    evidence: kept('evidence', answer.evidence),
    further: kept('further', answer.further),
    caveats: kept('caveats', answer.caveats),
  };
}

const REPAIRABLE = /^(?:points|steps|deadlines|evidence|further|caveats)\.\d+$/;

/** Everything a provision states, as the source of figures. */
export function sourceTexts(provision: LibraryProvision): string[] {
  return [provision.gist?.plain, provision.gist?.rule, provision.official].filter((text) => text !== undefined && text !== null);
}

const figures = new WeakMap<LibraryProvision, ReadonlySet<string>>();

/** Every figure a provision states; worked out once. */
function figuresOf(provision: LibraryProvision): ReadonlySet<string> {
  let known = figures.get(provision);
  if (!known) figures.set(provision, (known = supportedKeys(sourceTexts(provision))));
  return known;
}

/** `main`: what the first sentence rests on. */
function citationsOf(answer: CitedAnswer | ServiceAnswer): { readonly citation: Citation; readonly main: boolean }[] {
  const further = answer.kind === 'cited' ? answer.furtherCitations : [];
  return [
    ...answer.citations.map((citation, at) => ({ citation, main: at === 0 })),
    ...further.map((citation) => ({ citation, main: false })),
  ];
}

function saysWhatTheLibrarySays(citation: Citation, provision: LibraryProvision): boolean {
  const known = new Set(sourceTexts(provision));
  const stands = (text: string | null): boolean => text === null || text === '' || known.has(text);
  return (
    stands(citation.rule) &&
    stands(citation.official) &&
    (stands(citation.plain) || provision.official?.startsWith(citation.plain) === true) &&
    citation.verified === (provision.basis === 'official' || provision.verification !== null)
  );
}

interface Sentence {
  readonly part: string;
  readonly text: string;
}

/** The sentences of an answer that are not the text of a citation. */
function sentencesOf(answer: Answer): Sentence[] {
  const list = (name: string, texts: readonly string[]): Sentence[] => texts.map((text, at) => ({ part: `${name}.${String(at)}`, text }));
  const one = (part: string, text: string): Sentence => ({ part, text });
  switch (answer.kind) {
    case 'cited':
      return [
        one('headline', answer.headline),
        ...list('points', answer.points),
        ...list('steps', answer.steps),
        ...list('deadlines', answer.deadlines),
        ...list('evidence', answer.evidence),
        ...list('further', answer.further),
        ...(answer.guide?.sections ?? []).flatMap(({ title, lines }) => list(`guide.${title}`, lines)),
        ...list('caveats', answer.caveats),
        ...(answer.calculation === null ? [] : list('calculation', [answer.calculation.headline, ...answer.calculation.lines])),
        ...(answer.ask === null ? [] : [one('ask', answer.ask.text)]),
      ];
    case 'service':
      return [
        one('headline', answer.headline),
        ...list('steps', answer.steps),
        ...answer.sections.flatMap(({ title, lines }) => list(`sections.${title}`, lines)),
      ];
    case 'clarify':
      return [
        one('text', answer.text),
        ...list(
          'questions',
          answer.questions.map((question) => question.text),
        ),
      ];
    case 'handoff':
      return [one('text', answer.text)];
  }
}

/** A mark that a figure has not been verified (〔待核实：…〕) is no source. */
const SOURCES = /〔(?!待核实)([^〕]+)〕\s*$/;

/** What a sentence says that it rests on: “……。〔工伤保险条例第十七条；……〕”. */
function sourcesNamed(text: string): string[] {
  return SOURCES.exec(text)?.[1]?.split('；') ?? [];
}

const withoutSources = (text: string): string => text.replace(SOURCES, '');

function faultsOfWords({ part, text }: Sentence): VerificationFault[] {
  const promise = PROMISES.exec(text)?.[0];
  const unlawful = FORBIDS.test(text) ? undefined : UNLAWFUL.exec(text)?.[0];
  return [
    ...(promise === undefined ? [] : [{ fault: 'forbidden-promise', words: promise, part } as const]),
    ...(unlawful === undefined ? [] : [{ fault: 'unlawful-advice', words: unlawful, part } as const]),
  ];
}
