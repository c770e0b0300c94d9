import { NOTICE, type Answer, type CitedAnswer, type ConsultationTopic, type HandoffReason } from '../domain/answer.js';
import type { ClarifyRule } from '../knowledge/clarify-rules.js';
import { provisionKey } from '../domain/law.js';
import type { Library, LibraryProvision } from '../knowledge/library.js';
import type { Guide } from '../knowledge/parse-guide.js';
import type { Matter } from '../knowledge/parse-matter.js';
import type { TriageRules } from '../knowledge/triage-rules.js';
import type { MatterHit, MatterSearch } from '../retrieval/matter-search.js';
import type { SearchEngine, SearchHit } from '../retrieval/search.js';
import { citationCandidates, rateCandidates, type CitationCandidate, type CitationModel, type RatedCandidate } from './citation-model.js';
import { casesIn, citationOf, composeAnswer, guideOf, statementsOf, stepsOf } from './compose.js';
import { confidenceFeatures, confidenceOf, type ConfidenceFeatures, type ConfidenceModel } from './confidence.js';
import { NEW_CONSULTATION, continueConsultation, type ConsultationState } from './continue-consultation.js';
import { readQuestion } from './read-question.js';
import { TOPIC_PARAMETERS, agreeingMatters, fitsGrades, rankForTopic } from './rank-for-topic.js';
import { REPLIES, handoffAnswer } from './replies.js';
import { triage, type TriageSignals } from './triage.js';
import { repairAnswer, verifyAnswer, type VerificationFault } from './verify.js';

/** What led to an answer, for the lawyer's brief, for evaluation and for counting. */
export interface ConsultationTrace {
  readonly topic: ConsultationTopic | null;
  /** Keys of the provisions found, best first, at most 10. */
  readonly found: readonly string[];
  /** Files of the matters found, best first, with their scores. */
  readonly matters: readonly { readonly file: string; readonly score: number }[];
  readonly features: ConfidenceFeatures | null;
  /** What might have been cited, with what the citation model saw. */
  readonly candidates: readonly CitationCandidate[];
  readonly faults: readonly VerificationFault[];
}

/** Of a turn that looked nothing up. */
export const NO_TRACE: ConsultationTrace = { topic: null, found: [], matters: [], features: null, candidates: [], faults: [] };

export interface ConsultationResult {
  readonly answer: Answer;
  readonly state: ConsultationState;
  readonly trace: ConsultationTrace;
}

export interface ConsultationDeps {
  readonly library: Library;
  readonly search: SearchEngine;
  readonly matters: MatterSearch;
  readonly rules: TriageRules;
  readonly clarify: readonly ClarifyRule[];
  readonly guides: readonly Guide[];
  readonly confidence: ConfidenceModel;
  readonly citations: CitationModel;
}

/** A message in, an answer out. Deterministic: the same message, state and day give the same answer. */
export type Consult = (message: string, state: ConsultationState, day: string) => ConsultationResult;

const SEARCH_DEPTH = 60;
const MATTER_DEPTH = 30;
/** How much nearer a matter of another topic has to be to decide the topic. */
const OTHER_TOPIC_LEAD = 0.1;
/** A provision known at second hand is shown beside others from this share of the best score on. */
const UNVERIFIED_SHARE = 0.75;
/** While a fact that decides is missing, the provisions found seldom settle the question. */
const CONFIDENCE_WITHOUT_FACTS = 0.2;

export function createConsult(deps: ConsultationDeps): Consult {
  const { library, search, matters, rules, clarify, guides, confidence } = deps;

  const answerTopic = (
    question: string,
    sortedTopic: ConsultationTopic,
    signals: TriageSignals,
    state: ConsultationState,
    day: string,
  ): ConsultationResult => {
    const hits = search.search(question, SEARCH_DEPTH);
    const near = agreeingMatters(
      matters.search(question, MATTER_DEPTH).filter(({ matter }) => matter.topic !== 'services' && fitsGrades(matter, question)),
      hits,
      TOPIC_PARAMETERS.matterAgreement,
    );
    // words of one topic, a story of another ("工钱" of a man who was burned): the nearest matter decides, where it is far nearer
    const best = near[0]?.matter.topic;
    const own = near.find((hit) => hit.matter.topic === sortedTopic)?.score ?? 0;
    const topic = best !== undefined && best !== 'services' && (near[0]?.score ?? 0) > own + OTHER_TOPIC_LEAD ? best : sortedTopic;
    const matterHits = near.filter((hit) => hit.matter.topic === topic);
    const ranked = rankForTopic(hits, matterHits, topic, { library, rules, parameters: TOPIC_PARAMETERS });
    const candidates = citationCandidates({ hits, ranked, matters: matterHits, topic }, library, day);
    const rated = rateCandidates(candidates, deps.citations);
    const features = confidenceFeatures(question, ranked, matterHits, rated, signals);
    const probability = confidenceOf(features, confidence);
    const trace = {
      topic,
      found: ranked.slice(0, 10).map((hit) => hit.provision.key),
      matters: matterHits.slice(0, 5).map((hit) => ({ file: hit.matter.file, score: hit.score })),
      features,
      candidates,
      faults: [],
    };

    const rule = clarify.find(
      (candidate) => candidate.topic === sortedTopic && !state.asked.includes(candidate.id) && candidate.applies(question),
    );
    if (rule && state.asked.length < 2) {
      return {
        answer: {
          kind: 'clarify',
          text: '要说准，还得先问你一件事。',
          questions: [{ id: rule.id, text: rule.text, options: rule.options }],
          confidence: probability * CONFIDENCE_WITHOUT_FACTS,
          notice: NOTICE,
        },
        state: { ...state, question: state.question ?? question, pending: rule.id, asked: [...state.asked, rule.id] },
        trace,
      };
    }

    const handoff = (
      reason: HandoffReason,
      about: readonly string[] = [],
      faults: readonly VerificationFault[] = [],
    ): ConsultationResult => ({
      answer: handoffAnswer(reason, { confidence: probability, about }),
      state: { ...NEW_CONSULTATION, facts: state.facts },
      trace: { ...trace, faults },
    });
    // what the question names, or what is nearest to it, may no longer be cited: nothing else is offered in its place
    const blocked = ranked.some((hit, index) => {
      const standing = hit.exact || index === 0 ? library.standing(hit.provision, day) : 'citable';
      return standing !== 'citable' && standing !== 'unverified';
    });
    if (blocked) return handoff('not-confident');
    const unverified = unverifiedBeside(ranked, day);
    const exact = rated[0]?.exact === true;
    if (rated.length === 0) return handoff(unverified.length > 0 ? 'unverified' : 'not-confident', unverified.map(titleOf));
    if (!exact && probability < confidence.threshold) {
      return unverified.length > 0 ? handoff('unverified', unverified.map(titleOf)) : handoff('not-confident');
    }

    const matter = exact ? null : matterThatAnswers(matterHits, question, day);
    const composed = composeAnswer(
      { question, topic, signals, rated, matter, cases: matter ? casesIn(matter, question) : [], unverified, confidence: probability },
      { library, guides, citations: deps.citations, day },
    );
    if (!composed) return handoff('not-confident');
    const { answer, faults } = checked(composed, day);
    if (!answer) return handoff('failed-verification', [], faults);
    return {
      answer: turnsOnUnverified(answer, ranked, day),
      state: { ...NEW_CONSULTATION, facts: state.facts },
      trace: { ...trace, faults },
    };
  };

  /** The nearest matter, where it is near enough and may say what it says on that day. */
  const matterThatAnswers = (hits: readonly MatterHit[], question: string, day: string): Matter | null => {
    const best = hits[0];
    if (!best || best.score < TOPIC_PARAMETERS.matterThreshold) return null;
    return statementsOf(best.matter, casesIn(best.matter, question), { library, day }) ? best.matter : null;
  };

  /** Verified, or repaired once and verified again; null where neither passes. */
  const checked = (answer: CitedAnswer, day: string): { answer: CitedAnswer | null; faults: VerificationFault[] } => {
    const faults = verifyAnswer(answer, library, { day });
    if (faults.length === 0) return { answer, faults };
    const repaired = repairAnswer(answer, faults);
    if (repaired?.kind !== 'cited' || verifyAnswer(repaired, library, { day }).length > 0) return { answer: null, faults };
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
    const first = ranked[0];
    if (!first || library.standing(first.provision, day) !== 'unverified') return answer;
    return {
      ...answer,
      alsoHandoff: 'unverified',
      caveats: [...answer.caveats, `你问的要看《${titleOf(first.provision)}》的原文，已经请律师核对，律师会在这里回复你。`],
    };
  };

  const titleOf = (provision: LibraryProvision): string => provision.law.title;

  return (message, state, day) => {
    const read = readQuestion(message);
    const reply = (answer: Answer, next: ConsultationState = state): ConsultationResult => ({ answer, state: next, trace: NO_TRACE });
    switch (read.form) {
      case 'empty':
        return reply(REPLIES.empty());
      case 'no-words':
        return reply(REPLIES.noWords());
      case 'foreign':
        return reply(REPLIES.foreign());
      case 'too-long':
        return reply(REPLIES.tooLong());
      case 'question':
        break;
    }

    const heard = triage(read.text, rules);
    // said at any time, in the middle of a question back too; what is known of the matter stays for the lawyer
    if (heard.type === 'handoff' && (heard.reason === 'danger' || heard.reason === 'human-wanted')) {
      return { answer: handoffAnswer(heard.reason), state, trace: { ...NO_TRACE, topic: heard.topic } };
    }
    if (heard.type === 'greeting') return reply(REPLIES.greeting());
    if (heard.type === 'thanks') return reply(REPLIES.thanks());

    const continued = continueConsultation(read.text, message.trim(), heard, state, clarify);
    const { question } = continued;
    const exact = search.exact.provisions(question);
    const absent = search.exact.missing(question)[0];
    if (absent && exact.length === 0) return reply(REPLIES.noSuchArticle(absent.law, absent.article), continued.state);

    const about = question === read.text ? heard : triage(question, rules);
    switch (about.type) {
      case 'topic':
        return answerTopic(question, about.topic, about.signals, continued.state, day);
      case 'service':
        return reply(serviceAnswer(about.service, question, day));
      case 'greeting':
      case 'thanks':
      case 'vague':
        if (exact.length > 0) return answerNamed(question, continued.state, day);
        return reply(REPLIES.vague(), { ...continued.state, question: null, pending: null });
      case 'handoff': {
        if (about.reason === 'out-of-scope' && exact.length > 0) return answerNamed(question, continued.state, day);
        // no word of a topic was heard, but the story may be that of a matter
        const near = about.signals === null ? undefined : matters.search(question, 1)[0];
        if (near && about.signals !== null && near.matter.topic !== 'services' && near.score >= TOPIC_PARAMETERS.matterThreshold) {
          return answerTopic(question, near.matter.topic, about.signals, continued.state, day);
        }
        return { answer: handoffAnswer(about.reason), state: continued.state, trace: { ...NO_TRACE, topic: about.topic } };
      }
    }
  };

  /** The question names a provision but no topic: the provision itself is the answer. */
  function answerNamed(question: string, state: ConsultationState, day: string): ConsultationResult {
    const provision = library.byKey.get(search.exact.provisions(question)[0] ?? '');
    const topic = provision?.topic;
    const consultationTopic = topic === 'expropriation' || topic === 'injury' || topic === 'wages' ? topic : 'wages';
    const signals = { strong: 1, weak: 0, otherTopics: 0, outOfScope: 0, asksAmount: false, otherRegion: false };
    return answerTopic(question, consultationTopic, signals, state, day);
  }

  function serviceAnswer(service: 'mediation' | 'legal-aid' | 'notary' | 'lawyer', question: string, day: string): Answer {
    const guide = guides.find((candidate) => candidate.service === service);
    if (!guide) return handoffAnswer('human-wanted');
    const { steps, provisions } = stepsOf(guide, { library, day });
    const { guide: parts, statements } = guideOf(guide, question, { library, day });
    const keys = new Set(provisions.map(({ key }) => key));
    const further = statements.flatMap(({ cites }) => cites.map((ref) => provisionKey(ref)));
    for (const key of further) {
      const provision = library.byKey.get(key);
      if (provision && !keys.has(key)) provisions.push(provision);
      keys.add(key);
    }
    const answer: Answer = {
      kind: 'service',
      service,
      headline: guide.lead,
      steps,
      sections: parts.sections,
      citations: provisions.map(citationOf),
      alsoHandoff: null,
      options: ['找律师'],
      confidence: 1,
      notice: NOTICE,
    };
    return verifyAnswer(answer, library, day).length === 0 ? answer : handoffAnswer('failed-verification');
  }
}
