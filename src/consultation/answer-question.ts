import { NOTICE, type Answer, type CitedAnswer, type AnswerTopic, type HandoffReason } from '../domain/answer.js';
import { provisionKey } from '../domain/law.js';
import { FORM_STARTS } from '../domain/service-form.js';
import type { Library, LibraryProvision } from '../knowledge/library.js';
import type { Guide } from '../knowledge/parse-guide.js';
import type { Matter } from '../knowledge/parse-matter.js';
import type { ServiceName, TriageRules } from '../knowledge/triage-rules.js';
import type { MatterHit, MatterSearch } from '../retrieval/matter-search.js';
import type { SearchEngine, SearchHit } from '../retrieval/search.js';
import { citationCandidates, rateCandidates, type CitationModel, type RatedCandidate } from './citation-model.js';
import { casesIn, citationOf, composeAnswer, guideOf, statementsOf, stepsOf } from './compose.js';
import { confidenceFeatures, confidenceOf, type ConfidenceModel } from './confidence.js';
import { TOPIC_PARAMETERS, agreeingMatters, fitsGrades, rankForTopic } from './rank-for-topic.js';
import { handoffAnswer } from './replies.js';
import type { Fact } from './model-drafts.js';
import { redraft } from './redraft.js';
import type { ConsultationTrace } from './trace.js';
import type { TriageSignals } from './triage.js';
import type { TurnHelp } from './turn-help.js';
import { repairAnswer, verifyAnswer, type VerificationContext, type VerificationFault } from './verify.js';

export interface AnswererDeps {
  readonly library: Library;
  readonly search: SearchEngine;
  readonly matters: MatterSearch;
  readonly rules: TriageRules;
  readonly guides: readonly Guide[];
  readonly confidence: ConfidenceModel;
  readonly citations: CitationModel;
}

/** A question on a topic, as it is looked up. */
export interface TopicQuestion {
  /** With what was said before, where it follows on something. */
  readonly question: string;
  /** The latest words alone. */
  readonly asking: string;
  readonly topic: AnswerTopic;
  readonly signals: TriageSignals;
  /** The latest words follow on an answer ("那要多久？"). */
  readonly follows: boolean;
  /** File of the matter that the conversation is about; null: the nearest. */
  readonly matter: string | null;
  /** Cases of that matter which the person has said hold. */
  readonly cases: readonly string[];
  /** The case that the latest words were the reply to; null: they were none. */
  readonly tapped: string | null;
  /** What is known of the person's case, by the facts' names. */
  readonly known: ReadonlyMap<string, string | number | boolean>;
  /** What the person has told, for a language model. */
  readonly facts: readonly Fact[];
  /** ISO day of what happened, where it is known. */
  readonly eventDay: string | null;
  /** ISO day on which law has to be in force. */
  readonly day: string;
}

/** What was found for a question, before anything is decided. */
export interface Found {
  readonly topic: AnswerTopic;
  readonly ranked: readonly SearchHit[];
  readonly matters: readonly MatterHit[];
  readonly rated: readonly RatedCandidate[];
  /** Probability, 0 to 1, that what would be cited settles the question. */
  readonly probability: number;
  readonly trace: ConsultationTrace;
}

/** An answer or a hand-over, with the matter that answered. */
export interface Answered {
  readonly answer: Answer;
  readonly matter: Matter | null;
  readonly trace: ConsultationTrace;
}

/** Answers one question, without regard to what was said before but for what the question tells. */
export interface Answerer {
  look(asked: TopicQuestion): Found;
  /**
   * What is found by the question in a language model's words as well, where that settles the question better; what was found
   * before, where it does not, or where the rules alone can tell.
   * @throws ModelWanted
   */
  lookAgain(asked: TopicQuestion, found: Found, help: TurnHelp): Found;
  /** @param help words the answer, where it is given; then @throws ModelWanted */
  answer(asked: TopicQuestion, found: Found, help?: TurnHelp | null): Answered;
  /** A guide to a service of the bureau. */
  service(service: ServiceName, asking: string, follows: boolean, day: string): Answer;
}

const SEARCH_DEPTH = 60;
const MATTER_DEPTH = 30;
/** How much nearer a matter of another topic has to be to decide the topic. */
const OTHER_TOPIC_LEAD = 0.1;
/** A question longer than this tells a story, which is looked up in fewer words as well. */
const STORY_LENGTH = 60;
/** What a fact that a matter is made for adds to its nearness, and what one that it is not for takes away. */
const FITS = 0.1;
const MISFITS = 0.2;
/** A provision known at second hand is shown beside others from this share of the best score on. */
const UNVERIFIED_SHARE = 0.75;

export function createAnswerer(deps: AnswererDeps): Answerer {
  const { library, search, matters, rules, guides, confidence, citations } = deps;

  const look = ({ question, topic: sortedTopic, signals, matter, known, day }: TopicQuestion, words = question): Found => {
    const hits = search.search(words, SEARCH_DEPTH);
    const fits = fitsGrades(question);
    const near = agreeingMatters(
      matters
        .search(words, MATTER_DEPTH)
        .filter((hit) => (hit.matter.topic === 'services') === (sortedTopic === 'services') && fits(hit.matter)),
      hits,
      TOPIC_PARAMETERS.matterAgreement,
    )
      .map((hit) => ({ ...hit, score: hit.score + fitOf(hit.matter, known) }))
      .sort((a, b) => b.score - a.score);
    // words of one topic, a story of another ("工钱" of a man who was burned): the nearest matter decides, where it is far nearer
    const best = near[0]?.matter.topic;
    const own = near.find((hit) => hit.matter.topic === sortedTopic)?.score ?? 0;
    const topic = best !== undefined && (near[0]?.score ?? 0) > own + OTHER_TOPIC_LEAD ? best : sortedTopic;
    const ofTopic = near.filter((hit) => hit.matter.topic === topic);
    const goneOn = matter === null ? undefined : ofTopic.find((hit) => hit.matter.file === matter);
    const matterHits = goneOn ? [goneOn, ...ofTopic.filter((hit) => hit !== goneOn)] : ofTopic;
    const ranked = rankForTopic(hits, matterHits, topic, { library, rules, parameters: TOPIC_PARAMETERS });
    const candidates = citationCandidates({ hits, ranked, matters: matterHits, topic }, library, day);
    const rated = rateCandidates(candidates, citations);
    const features = confidenceFeatures(question, ranked, matterHits, rated, signals);
    return {
      topic,
      ranked,
      matters: matterHits,
      rated,
      // a matter of services answers where it is near enough; the confidence model knows the topics only
      probability: topic === 'services' ? Math.max(confidence.threshold, near[0]?.score ?? 0) : confidenceOf(features, confidence),
      trace: {
        topic,
        found: ranked.slice(0, 10).map((hit) => hit.provision.key),
        matters: matterHits.slice(0, 5).map((hit) => ({ file: hit.matter.file, score: hit.score })),
        features,
        candidates,
        faults: [],
      },
    };
  };

  const lookAgain = (asked: TopicQuestion, found: Found, help: TurnHelp): Found => {
    const { question, follows, facts, day } = asked;
    const told = follows || Array.from(question).length > STORY_LENGTH || found.probability < confidence.threshold;
    if (!told || found.rated[0]?.exact === true || isBlocked(found, day)) return found;
    const words = help.rewrite(question, facts);
    if (words === null) return found;
    const again = look(asked, words);
    // other words for the question are no other topic, and free nothing that may not be cited
    return again.topic === found.topic && !isBlocked(again, day) && again.probability > found.probability ? again : found;
  };

  /** What the question names, or what is nearest to it, may no longer be cited. */
  const isBlocked = ({ ranked }: Found, day: string): boolean =>
    ranked.some((hit, index) => {
      const standing = hit.exact || index === 0 ? library.standing(hit.provision, day) : 'citable';
      return standing !== 'citable' && standing !== 'unverified';
    });

  const answer = (asked: TopicQuestion, found: Found, help: TurnHelp | null = null): Answered => {
    const { question, day, eventDay, signals } = asked;
    const { ranked, rated, probability, trace } = found;
    const handoff = (
      reason: HandoffReason,
      about: readonly LibraryProvision[] = [],
      faults: readonly VerificationFault[] = [],
    ): Answered => ({
      answer: handoffAnswer(reason, { confidence: probability, about: about.map(titleOf) }),
      matter: null,
      trace: { ...trace, faults },
    });
    // nothing else is offered in its place
    if (isBlocked(found, day)) return handoff('not-confident');
    const unverified = unverifiedBeside(ranked, day);
    const exact = rated[0]?.exact === true;
    if (rated.length === 0 || (!exact && probability < confidence.threshold)) {
      return unverified.length > 0 ? handoff('unverified', unverified) : handoff('not-confident');
    }

    const matter = exact ? null : matterThatAnswers(found.matters, asked);
    const composed = composeAnswer(
      {
        question,
        asking: asked.asking,
        follows: asked.follows,
        topic: found.topic,
        signals,
        rated,
        matter,
        cases: matter ? [...casesOf(matter, asked), ...casesIn(matter, question)] : [],
        tapped: asked.tapped,
        known: [...asked.known.keys()],
        unverified: signals.otherRegion ? [] : unverified,
        confidence: probability,
      },
      { library, guides, citations, day },
    );
    if (!composed) return handoff('not-confident');
    const context = { day, eventDay, otherRegion: signals.otherRegion };
    const checked = verified(composed, context);
    if (!checked.answer) {
      const older = checked.faults.some(({ fault }) => fault === 'not-yet-in-force');
      return handoff(older ? 'older-law' : 'failed-verification', [], checked.faults);
    }
    // a provision that was asked for by its number is told as it stands
    const worded =
      help === null || exact ? checked.answer : redraft(checked.answer, { question, facts: asked.facts, rated, context, library, help });
    return { answer: turnsOnUnverified(worded, ranked, day), matter, trace: { ...trace, faults: checked.faults } };
  };

  /** The matter that the conversation is about, or else the nearest, where it is near enough and may say what it says. */
  const matterThatAnswers = (hits: readonly MatterHit[], asked: TopicQuestion): Matter | null => {
    const best = hits[0];
    if (!best || (best.score < TOPIC_PARAMETERS.matterThreshold && best.matter.file !== asked.matter)) return null;
    return statementsOf(best.matter, [], { library, day: asked.day }) ? best.matter : null;
  };

  /** Verified, or repaired once and verified again; null where neither passes. */
  const verified = (answer: CitedAnswer, context: VerificationContext): { answer: CitedAnswer | null; faults: VerificationFault[] } => {
    const faults = verifyAnswer(answer, library, context);
    if (faults.length === 0) return { answer, faults };
    const repaired = repairAnswer(answer, faults);
    if (repaired?.kind !== 'cited' || verifyAnswer(repaired, library, context).length > 0) return { answer: null, faults };
    return { answer: repaired, faults };
  };

  /** What is known at second hand and is about as near to the question as the best that may be cited: at most one. */
  const unverifiedBeside = (ranked: readonly SearchHit[], day: string): LibraryProvision[] => {
    const best = ranked[0]?.score ?? 0;
    const found = ranked.find((hit) => hit.score >= best * UNVERIFIED_SHARE && library.standing(hit.provision, day) === 'unverified');
    return found ? [found.provision] : [];
  };

  /** A question that a provision known at second hand fits best is answered by what is certain, and goes to a lawyer too. */
  const turnsOnUnverified = (answer: CitedAnswer, ranked: readonly SearchHit[], day: string): CitedAnswer => {
    const nearest = ranked.reduce<SearchHit | null>((best, hit) => (best && asked(best) >= asked(hit) ? best : hit), null);
    const first = [ranked[0], nearest].find((hit) => hit && library.standing(hit.provision, day) === 'unverified');
    if (!first || answer.citations.every(({ verified }) => verified)) return answer;
    return {
      ...answer,
      alsoHandoff: 'unverified',
      caveats: [...answer.caveats, `你问的要看《${titleOf(first.provision)}》的原文，已经请律师核对，律师会在这里回复你。`],
    };
  };

  const service = (name: ServiceName, asking: string, follows: boolean, day: string): Answer => {
    const guide = guides.find((candidate) => candidate.service === name);
    if (!guide) return handoffAnswer('human-wanted');
    const { steps, provisions } = stepsOf(guide, { library, day });
    const { guide: parts, statements } = guideOf(guide, asking, { library, day });
    const asked = parts.sections.filter((part) => part.asked);
    const cited = new Map(provisions.map((provision) => [provision.key, provision]));
    for (const ref of statements.flatMap(({ cites }) => cites)) {
      const provision = library.byKey.get(provisionKey(ref));
      if (provision) cited.set(provision.key, provision);
    }
    const answer: Answer = {
      kind: 'service',
      service: name,
      // a follow-up is told the part that it asks for
      ...(follows && asked.length > 0
        ? {
            headline: asked[0]?.lines[0] ?? guide.lead,
            steps: [],
            sections: asked.map((part) => ({ ...part, lines: part.lines.slice(1) })),
          }
        : { headline: guide.lead, steps, sections: parts.sections }),
      citations: [...cited.values()].map(citationOf),
      alsoHandoff: null,
      options: [...FORM_STARTS[name], '找律师'],
      confidence: 1,
      notice: NOTICE,
    };
    return verifyAnswer(answer, library, { day }).length === 0 ? answer : handoffAnswer('failed-verification');
  };

  return { look: (asked) => look(asked), lookAgain, answer, service };
}

/** How near the ways of asking for a provision are to the question. */
const asked = ({ questionScore, denseQuestionScore }: SearchHit): number => questionScore + denseQuestionScore;

/** How well a matter suits what is known of the person's case: above 0 where it is made for it, below where it is for others. */
function fitOf(matter: Matter, known: TopicQuestion['known']): number {
  return Object.entries(matter.fits).reduce((sum, [fact, values]) => {
    const value = known.get(fact);
    return value === undefined ? sum : sum + (values.includes(value) ? FITS : -MISFITS);
  }, 0);
}

const titleOf = (provision: LibraryProvision): string => provision.law.title;

/** Cases that were said to hold, where they are of this matter. */
function casesOf(matter: Matter, asked: TopicQuestion): readonly string[] {
  return matter.file === asked.matter ? asked.cases : [];
}
