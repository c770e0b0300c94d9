import type { Citation, CitedAnswer } from '../domain/answer.js';
import { REGIONS, provisionKey, type ProvisionRef } from '../domain/law.js';
import type { Library, LibraryProvision } from '../knowledge/library.js';
import type { RatedCandidate } from './citation-model.js';
import { citationOf, withSource } from './compose.js';
import type { DraftSentence, Fact } from './model-drafts.js';
import type { Excerpt, ModelFault } from './model-text.js';
import { contradicts } from './polarity.js';
import type { HelpedDraft, TurnHelp } from './turn-help.js';
import { repairAnswer, sourceTexts, verifyAnswer, type VerificationContext } from './verify.js';

/** What a redraft is made from besides the rules' answer. */
export interface Redrafting {
  readonly question: string;
  readonly facts: readonly Fact[];
  /** Provisions that may be cited, best first. */
  readonly rated: readonly RatedCandidate[];
  readonly context: VerificationContext;
  readonly library: Library;
  readonly help: TurnHelp;
}

/** Provisions that the model is shown. */
const MOST_EXCERPTS = 8;

/**
 * The rules' answer in a language model's words: headline, points and steps with what they rest on; all else stays. The
 * rules' answer as it is, where the model gives none, or none that passes.
 * @throws ModelWanted where the model has not been asked yet
 */
export function redraft(rules: CitedAnswer, parts: Redrafting): CitedAnswer {
  const { question, facts, library, context, help } = parts;
  const judge = (sentence: DraftSentence): ModelFault[] => [
    ...(sentence.part === 'headline' && contradicts(rules.headline, sentence.text)
      ? [{ fault: 'contradiction', words: sentence.text } as const]
      : []),
    ...verifyAnswer(alone(sentence, rules, library), library, context).map(({ fault }) => ({ fault: 'not-verified', why: fault }) as const),
  ];
  const draft = help.draft({ question, facts, excerpts: excerptsFor(rules, parts), draft: textOf(rules) }, { judge, shown });
  if (!draft) return rules;
  const answer = inWordsOf(draft, rules, library);
  const own = new Set(rules.citations.map(provisionKey));
  if (!answer.citations.some((citation) => citation.verified && own.has(provisionKey(citation)))) {
    help.refused('draft', 'other-provisions');
    return rules;
  }
  const faults = verifyAnswer(answer, library, context);
  if (faults.length === 0) return answer;
  for (const { fault } of faults) help.refused('draft', { fault: 'not-verified', why: fault });
  const repaired = repairAnswer(answer, faults);
  const usable = repaired?.kind === 'cited' && repaired.points.length > 0 && verifyAnswer(repaired, library, context).length === 0;
  return usable ? repaired : rules;
}

/** What the rules' answer rests on, then the best of what else may be cited, as the model is given it. */
function excerptsFor(rules: CitedAnswer, { rated, library, context }: Redrafting): Excerpt[] {
  const { day, eventDay = null, otherRegion = false } = context;
  const mayCarry = ({ law }: LibraryProvision): boolean =>
    (!otherRegion || law.region === '全国') && (eventDay === null || law.inForceFrom === null || law.inForceFrom <= eventDay);
  const found = new Map<string, LibraryProvision>();
  for (const citation of rules.citations) {
    const provision = library.byKey.get(provisionKey(citation));
    if (provision && library.standing(provision, day) === 'citable') found.set(provision.key, provision);
  }
  for (const { provision } of rated) if (mayCarry(provision)) found.set(provision.key, provision);
  return [...found.values()].slice(0, MOST_EXCERPTS).map((provision) => ({
    law: provision.law.title,
    article: provision.article,
    text: sourceTexts(provision).join(' '),
  }));
}

const SOURCE = /〔[^〕]*〕\s*$/;

/** The rules' answer as the model is shown it: without sources, which it is not to write itself. */
function textOf({ headline, points, steps }: CitedAnswer): string {
  return [headline, ...points, ...steps].map((text) => text.replace(SOURCE, '')).join('\n');
}

const shown = (sentence: DraftSentence): string => (sentence.part === 'headline' ? sentence.text : sourced(sentence));
const sourced = ({ text, provisions }: DraftSentence): string => withSource({ text, cites: provisions });

function inWordsOf(draft: HelpedDraft, rules: CitedAnswer, library: Library): CitedAnswer {
  const citations = byRegion([
    ...citationsOf(
      [draft.headline, ...draft.points].flatMap(({ provisions }) => provisions),
      library,
    ),
    // known at second hand, shown beside the answer, and marked
    ...rules.citations.filter(({ verified }) => !verified),
  ]);
  // a follow-up is told what it asks for, and no steps
  const stepping = rules.steps.length > 0 && draft.steps.length > 0;
  const answer = {
    ...rules,
    headline: draft.headline.text,
    points: draft.points.map(sourced),
    steps: stepping ? draft.steps.map(sourced) : rules.steps,
    citations,
  };
  const cited = new Set(citations.map(provisionKey));
  const named = new Set(
    [
      ...answer.steps,
      ...answer.deadlines,
      ...answer.further,
      ...answer.caveats,
      ...(answer.guide?.sections ?? []).flatMap(({ lines }) => lines),
    ].flatMap((text) => SOURCE.exec(text)?.[0].trim().slice(1, -1).split('；') ?? []),
  );
  const others = [
    ...rules.citations,
    ...rules.furtherCitations,
    ...citationsOf(
      draft.steps.flatMap(({ provisions }) => provisions),
      library,
    ),
  ];
  const further = new Map<string, Citation>();
  for (const citation of others) {
    const key = provisionKey(citation);
    if (!cited.has(key) && named.has(`${citation.law}${citation.article}`)) further.set(key, citation);
  }
  return { ...answer, furtherCitations: byRegion([...further.values()]) };
}

/** A sentence with what it rests on, as an answer of its own. */
function alone(sentence: DraftSentence, rules: CitedAnswer, library: Library): CitedAnswer {
  const { part, text, provisions } = sentence;
  return {
    ...rules,
    headline: part === 'headline' ? text : '',
    points: part === 'point' ? [sourced(sentence)] : [],
    steps: part === 'step' ? [sourced(sentence)] : [],
    citations: provisions.length > 0 ? citationsOf(provisions, library) : rules.citations,
    furtherCitations: provisions.length > 0 ? [] : rules.furtherCitations,
    deadlines: [],
    evidence: [],
    further: [],
    guide: null,
    caveats: [],
    calculation: null,
    ask: null,
  };
}

/** Each provision once, in the order given. */
function citationsOf(refs: readonly ProvisionRef[], library: Library): Citation[] {
  const found = new Map<string, Citation>();
  for (const ref of refs) {
    const provision = library.byKey.get(provisionKey(ref));
    if (provision) found.set(provision.key, citationOf(provision));
  }
  return [...found.values()];
}

/** National law first, then the province, the city, the county; the order within is kept. */
function byRegion(citations: readonly Citation[]): Citation[] {
  return [...citations].sort((a, b) => REGIONS.indexOf(a.region) - REGIONS.indexOf(b.region));
}
