import { NOTICE, TOPIC_NAMES, type Answer, type ConsultationTopic } from '../domain/answer.js';
import type { ClarifyRule } from '../knowledge/clarify-rules.js';
import type { Library } from '../knowledge/library.js';
import type { Guide } from '../knowledge/parse-guide.js';
import type { TriageRules } from '../knowledge/triage-rules.js';
import type { MatterHit, MatterSearch } from '../retrieval/matter-search.js';
import type { SearchEngine, SearchHit } from '../retrieval/search.js';
import {
  DEFAULT_COMPOSE_PARAMETERS,
  agreeingMatters,
  caveatsFor,
  chooseCitations,
  chooseGuide,
  fitsGrades,
  citationOf,
  rankForTopic,
  saidByMatter,
  stepsOf,
  type ComposeParameters,
} from './compose.js';
import { confidenceFeatures, confidenceOf, type ConfidenceFeatures, type ConfidenceModel } from './confidence.js';
import { NEW_CONSULTATION, continueConsultation, type ConsultationState } from './continue-consultation.js';
import { readQuestion } from './read-question.js';
import { REPLIES, handoffAnswer } from './replies.js';
import { triage, type TriageSignals } from './triage.js';
import { verifyAnswer, type VerificationFault } from './verify.js';

/** What led to an answer, for the lawyer's brief, for evaluation and for counting. */
export interface ConsultationTrace {
  readonly topic: ConsultationTopic | null;
  /** Keys of the provisions found, best first, at most 10. */
  readonly found: readonly string[];
  /** Files of the matters found, best first, with their scores. */
  readonly matters: readonly { readonly file: string; readonly score: number }[];
  readonly features: ConfidenceFeatures | null;
  readonly faults: readonly VerificationFault[];
}

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
  readonly compose?: ComposeParameters;
}

/** A message in, an answer out. Deterministic: the same message, state and day give the same answer. */
export type Consult = (message: string, state: ConsultationState, day: string) => ConsultationResult;

const SEARCH_DEPTH = 60;
const MATTER_DEPTH = 30;
/** How much nearer a matter of another topic has to be to decide the topic. */
const OTHER_TOPIC_LEAD = 0.1;
/** While a fact that decides is missing, the provisions found seldom settle the question. */
const CONFIDENCE_WITHOUT_FACTS = 0.2;

export function createConsult(deps: ConsultationDeps): Consult {
  const { library, search, matters, rules, clarify, guides, confidence } = deps;
  const parameters = deps.compose ?? DEFAULT_COMPOSE_PARAMETERS;
  const noTrace: ConsultationTrace = { topic: null, found: [], matters: [], features: null, faults: [] };

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
      parameters.matterAgreement,
    );
    // words of one topic, a story of another ("工钱" of a man who was burned): the nearest matter decides, where it is far nearer
    const best = near[0]?.matter.topic;
    const own = near.find((hit) => hit.matter.topic === sortedTopic)?.score ?? 0;
    const topic = best !== undefined && best !== 'services' && (near[0]?.score ?? 0) > own + OTHER_TOPIC_LEAD ? best : sortedTopic;
    const matterHits = near.filter((hit) => hit.matter.topic === topic);
    const ranked = rankForTopic(hits, matterHits, topic, { library, rules, parameters });
    const features = confidenceFeatures(question, ranked, matterHits, signals);
    const probability = confidenceOf(features, confidence);
    const trace = {
      topic,
      found: ranked.slice(0, 10).map((hit) => hit.provision.key),
      matters: matterHits.slice(0, 5).map((hit) => ({ file: hit.matter.file, score: hit.score })),
      features,
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
      reason: 'not-confident' | 'unverified' | 'failed-verification',
      faults: VerificationFault[] = [],
    ): ConsultationResult => ({
      answer: handoffAnswer(reason, probability),
      state: { ...NEW_CONSULTATION, facts: state.facts },
      trace: { ...trace, faults },
    });
    const { citable, unverified } = chooseCitations(ranked, library, day, parameters);
    // what the question names, or what is nearest to it, may no longer be cited: nothing else is offered in its place
    const blocked = ranked.some((hit, index) => {
      const standing = hit.exact || index === 0 ? library.standing(hit.provision, day) : 'citable';
      return standing !== 'citable' && standing !== 'unverified';
    });
    if (blocked) return handoff('not-confident');
    const first = citable[0];
    if (!first) return handoff(unverified.length > 0 ? 'unverified' : 'not-confident');
    if (!first.exact && probability < confidence.threshold) return handoff('not-confident');

    const curated = first.exact ? null : composeFromMatter(matterHits, topic, signals, unverified, probability, day);
    const answer = curated ?? composeCited(question, topic, signals, citable, unverified, probability, day);
    const faults = verifyAnswer(answer, library, day);
    if (faults.length > 0) return handoff('failed-verification', faults);
    return { answer, state: { ...NEW_CONSULTATION, facts: state.facts }, trace };
  };

  /** The answer of the nearest matter; null where none is near enough. */
  const composeFromMatter = (
    hits: readonly MatterHit[],
    topic: ConsultationTopic,
    signals: TriageSignals,
    unverified: readonly SearchHit[],
    probability: number,
    day: string,
  ): Answer | null => {
    const best = hits[0];
    if (!best || best.score < parameters.matterThreshold) return null;
    const said = saidByMatter(best.matter, library, day);
    if (!said) return null;
    return {
      kind: 'cited',
      topic,
      headline: said.headline,
      points: said.points,
      citations: [...said.provisions, ...unverified.map((hit) => hit.provision)].map(citationOf),
      steps: said.steps,
      caveats: [...said.caveats, ...caveatsFor(topic, signals, unverified)],
      confidence: probability,
      notice: NOTICE,
    };
  };

  const composeCited = (
    question: string,
    topic: ConsultationTopic,
    signals: TriageSignals,
    citable: readonly SearchHit[],
    unverified: readonly SearchHit[],
    probability: number,
    day: string,
  ): Answer => {
    const cited = citable.map((hit) => hit.provision);
    const guide = chooseGuide(
      guides,
      topic,
      question,
      cited.map((provision) => ({ law: provision.law.title, article: provision.article })),
    );
    const { steps, provisions } = guide ? stepsOf(guide, library, day) : { steps: [], provisions: [] };
    const keys = new Set(cited.map((provision) => provision.key));
    const citations = [
      ...cited,
      ...unverified.map((hit) => hit.provision),
      ...provisions.filter((provision) => !keys.has(provision.key)),
    ].map(citationOf);
    return {
      kind: 'cited',
      topic,
      headline: citations[0]?.plain ?? '',
      points: [],
      citations,
      steps:
        steps.length > 0 ? steps : ['把合同、通知、票据、照片、聊天记录留好。', `拿不准，点“找律师”，说明是${TOPIC_NAMES[topic]}的事。`],
      caveats: caveatsFor(topic, signals, unverified),
      confidence: probability,
      notice: NOTICE,
    };
  };

  return (message, state, day) => {
    const read = readQuestion(message);
    const reply = (answer: Answer, next: ConsultationState = state): ConsultationResult => ({ answer, state: next, trace: noTrace });
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
      return { answer: handoffAnswer(heard.reason), state, trace: { ...noTrace, topic: heard.topic } };
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
        return reply(serviceAnswer(about.service, day));
      case 'greeting':
      case 'thanks':
      case 'vague':
        if (exact.length > 0) return answerNamed(question, continued.state, day);
        return reply(REPLIES.vague(), { ...continued.state, question: null, pending: null });
      case 'handoff': {
        if (about.reason === 'out-of-scope' && exact.length > 0) return answerNamed(question, continued.state, day);
        // no word of a topic was heard, but the story may be that of a matter
        const near = about.signals === null ? undefined : matters.search(question, 1)[0];
        if (near && about.signals !== null && near.matter.topic !== 'services' && near.score >= parameters.matterThreshold) {
          return answerTopic(question, near.matter.topic, about.signals, continued.state, day);
        }
        return { answer: handoffAnswer(about.reason), state: continued.state, trace: { ...noTrace, topic: about.topic } };
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

  function serviceAnswer(service: 'mediation' | 'legal-aid' | 'notary' | 'lawyer', day: string): Answer {
    const guide = guides.find((candidate) => candidate.service === service);
    if (!guide) return handoffAnswer('human-wanted');
    const { steps, provisions } = stepsOf(guide, library, day);
    const answer: Answer = {
      kind: 'service',
      service,
      headline: guide.lead,
      steps,
      citations: provisions.map(citationOf),
      options: ['找律师'],
      confidence: 1,
      notice: NOTICE,
    };
    return verifyAnswer(answer, library, day).length === 0 ? answer : handoffAnswer('failed-verification');
  }
}
