import { NOTICE, type Answer, type AnswerTopic, type CitedAnswer } from '../domain/answer.js';
import type { ClarifyRule } from '../knowledge/clarify-rules.js';
import type { FigureBook } from '../knowledge/parse-figures.js';
import { chooseCalculator } from './calculation-choose.js';
import { createAnswerer, type Answered, type AnswererDeps, type TopicQuestion } from './answer-question.js';
import { continueReckoning, reckonBeside, startReckoning, type Reckoning } from './reckon.js';
import { NEW_CONSULTATION, continuationOf, type ConsultationState, type LastAnswer } from './continue-consultation.js';
import { carryOver, mergeFacts, readFacts } from './facts/index.js';
import { correctionOf, eventDay, liesOutside, noted, remember, repeats, withFacts } from './dialogue-state.js';
import type { WorkingCalendar } from './ports.js';
import type { ModelHelp } from './model-help.js';
import { twoMattersIn } from './other-matter.js';
import { readQuestion } from './read-question.js';
import { TOPIC_PARAMETERS } from './rank-for-topic.js';
import { REPLIES, handoffAnswer } from './replies.js';
import { heardNothing, humanCalled, topicHeard } from './second-opinion.js';
import { NO_TRACE, type ConsultationTrace } from './trace.js';
import { triage, type Triage, type TriageSignals } from './triage.js';
import { createTurnHelp, type TurnHelp } from './turn-help.js';

export interface ConsultationResult {
  readonly answer: Answer;
  readonly state: ConsultationState;
  readonly trace: ConsultationTrace;
}

/** Answers that lawyers have approved, by the question; null where none is asked in nearly these words, or none holds. */
export type CuratedAnswerFor = (question: string, day: string) => CitedAnswer | null;

export interface ConsultationDeps extends AnswererDeps {
  readonly clarify: readonly ClarifyRule[];
  readonly figures: FigureBook;
  readonly calendar?: WorkingCalendar | undefined;
  readonly curated?: CuratedAnswerFor | undefined;
  /** A language model's help; without it the rules alone. */
  readonly help?: ModelHelp | undefined;
}

/**
 * A message in, an answer out. Deterministic: the same message, state and day give the same answer. With a language model's
 * help it is so for the same results of the model, and throws ModelWanted for one that has not been prepared.
 */
export type Consult = (message: string, state: ConsultationState, day: string) => ConsultationResult;

/** While a fact that decides is missing, the provisions found seldom settle the question. */
const CONFIDENCE_WITHOUT_FACTS = 0.2;
/** How near a matter of services has to be, and how much nearer than those of the topics. */
const LEAST_SERVICE = 0.45;
const SERVICE_LEAD = 0.06;
/** Questions back before an answer is tried all the same. */
const MOST_QUESTIONS = 2;
const NO_SIGNALS: TriageSignals = { strong: 1, weak: 0, otherTopics: 0, outOfScope: 0, asksAmount: false, otherRegion: false };

/** One turn on its way. */
interface Turn {
  /** What the message says, and what is looked up for it. */
  readonly text: string;
  readonly question: string;
  readonly follows: boolean;
  readonly matter: string | null;
  readonly cases: readonly string[];
  /** The case that the message is the reply to. */
  readonly tapped: string | null;
  /** What was answered before this message. */
  readonly before: LastAnswer | null;
  readonly state: ConsultationState;
  readonly day: string;
  readonly help: TurnHelp | null;
}

export function createConsult(deps: ConsultationDeps): Consult {
  const { library, search, matters, rules, clarify, figures } = deps;
  const answerer = createAnswerer(deps);
  const sums = { figures, calendar: deps.calendar, library };

  return (message, before, day) => {
    const read = readQuestion(message);
    const stay = (answer: Answer, state = before, trace = NO_TRACE): ConsultationResult => ({ answer, state, trace });
    switch (read.form) {
      case 'empty':
        return stay(REPLIES.empty());
      case 'no-words':
        return stay(REPLIES.noWords());
      case 'foreign':
        return stay(REPLIES.foreign());
      case 'too-long':
        return stay(REPLIES.tooLong());
      case 'question':
        break;
    }
    const { text } = read;
    const heard = triage(text, rules);
    // said at any time, in the middle of a question back too; what is known of the matter stays for the lawyer
    if (heard.type === 'handoff' && (heard.reason === 'danger' || heard.reason === 'human-wanted' || heard.reason === 'angry')) {
      return stay(handoffAnswer(heard.reason), before, { ...NO_TRACE, topic: heard.topic });
    }
    if (before.calculation) {
      const step = continueReckoning(before.calculation, text, day, sums);
      if (step) return reckoned(step, { ...before, offered: null });
    }
    if (heard.type === 'greeting') return stay(REPLIES.greeting());
    if (heard.type === 'thanks') return stay(REPLIES.thanks());
    const sum = sumOfLast(before, text, day);
    if (sum) return sum;

    const state = remember(before, text);
    if (repeats(state)) return stay(handoffAnswer('repeated'), { ...state, recent: [] });
    const curated = deps.curated?.(text, day);
    if (curated) return stay(curated, { ...NEW_CONSULTATION, recent: state.recent, known: carryOver(state.known) });
    const help = deps.help ? createTurnHelp(deps.help) : null;
    if (help && heardNothing(heard) && !isTapped(message.trim(), before)) {
      const reason = humanCalled(help.triage(text));
      if (reason !== null) return stay(handoffAnswer(reason));
    }
    return answerTurn({ ...turnOf(text, message.trim(), heard, state, day), help }, heard);
  };

  /** "帮我算一算", with or without figures: the sum of what was asked last; null where nothing was, or there is no such sum. */
  function sumOfLast(before: ConsultationState, text: string, day: string): ConsultationResult | null {
    const { last, offered } = before;
    if (!WANTS_SUM.test(text) || !last || triage(text, rules).type === 'service') return null;
    const { facts: known } = mergeFacts(before.known, readFacts(text, day, before.known));
    const state = { ...before, known, offered: null };
    if (last.topic === 'expropriation')
      return { answer: REPLIES.noSum('征收补偿要看评估结果和当地公布的标准，我手上没有这些数。'), state, trace: NO_TRACE };
    if (last.topic === 'services') return null;
    const id =
      offered ?? chooseCalculator(`${last.question}，能赔多少，${text}`, last.topic, known) ?? chooseCalculator(text, last.topic, known);
    const step = id === null ? null : startReckoning(id, known, last.question, day, sums);
    return step ? reckoned(step, state) : null;
  }

  /** Whether a message is an option that the last answer offered: our own words. */
  function isTapped(raw: string, { options, pending }: ConsultationState): boolean {
    return options.includes(raw) || clarify.find(({ id }) => id === pending)?.options.includes(raw) === true;
  }

  /** Places a message in the conversation. */
  function turnOf(text: string, raw: string, heard: Triage, state: ConsultationState, day: string): Omit<Turn, 'help'> {
    const continuation = continuationOf(text, raw, heard, state, clarify, readFacts(text, day).length > 0);
    const plain = { text, day, follows: false, matter: null, cases: [], tapped: null, before: state.last };
    const corrected = correctionOf(state, text, day);
    if (corrected) {
      const { question, matter } = corrected.last;
      return {
        ...plain,
        question,
        matter,
        cases: state.cases,
        state: { ...state, pending: null, calculation: null, known: corrected.known },
      };
    }
    switch (continuation.kind) {
      case 'reply': {
        const { question, label, value } = continuation;
        const facts = [...state.facts, { label, value }];
        return { ...plain, question, state: withFacts({ ...state, question, pending: null, facts }, text, day) };
      }
      case 'case': {
        const { last, name } = continuation;
        const cases = [...state.cases, name];
        return {
          ...plain,
          question: last.question,
          matter: last.matter,
          cases,
          tapped: name,
          state: withFacts({ ...state, pending: null, cases }, text, day),
        };
      }
      case 'follow-up': {
        const { question, last } = continuation;
        return {
          ...plain,
          question,
          follows: true,
          matter: last.matter,
          cases: state.cases,
          state: withFacts({ ...state, pending: null, question }, text, day),
        };
      }
      case 'new': {
        // what was said of one matter says nothing of the next, but where and for whom
        const same = heard.type === 'topic' && heard.topic === state.last?.topic;
        const known = same ? state.known : carryOver(state.known);
        return {
          ...plain,
          question: text,
          state: withFacts({ ...NEW_CONSULTATION, recent: state.recent, question: text, known }, text, day),
        };
      }
    }
  }

  function answerTurn(turn: Turn, heard: Triage): ConsultationResult {
    const { question, state, day } = turn;
    const stay = (answer: Answer, next = state): ConsultationResult => ({ answer, state: next, trace: NO_TRACE });
    const exact = search.exact.provisions(question);
    const absent = search.exact.missing(question)[0];
    if (absent && exact.length === 0) return stay(REPLIES.noSuchArticle(absent.law, absent.article));

    const about = question === turn.text ? heard : triage(question, rules);
    const service = turn.follows ? null : serviceMatter(question);
    if (service !== null && about.type !== 'service') return answerTopic({ ...turn, matter: service }, 'services', NO_SIGNALS);
    switch (about.type) {
      case 'topic':
        return answerTopic(turn, about.topic, about.signals);
      case 'service': {
        const last: LastAnswer = { question, topic: 'services', service: about.service, matter: null };
        return stay(answerer.service(about.service, turn.text, turn.follows, day), { ...state, last });
      }
      case 'greeting':
      case 'thanks':
      case 'vague':
        if (exact.length > 0) return answerNamed(turn);
        return (
          (about.type === 'vague' ? answerOfTopicHeard(turn, false) : null) ??
          stay(REPLIES.vague(), { ...state, question: null, pending: null, last: turn.before })
        );
      case 'handoff': {
        if (about.reason === 'out-of-scope' && exact.length > 0) return answerNamed(turn);
        // no word of a topic was heard, but the story may be that of a matter
        const near = about.signals === null ? undefined : matters.search(question, 1)[0];
        if (near && about.signals !== null && near.matter.topic !== 'services' && near.score >= TOPIC_PARAMETERS.matterThreshold) {
          return answerTopic(turn, near.matter.topic, about.signals);
        }
        const helped = heardNothing(about) ? answerOfTopicHeard(turn, true) : null;
        if (helped) return helped;
        return { answer: handoffAnswer(about.reason), state, trace: { ...NO_TRACE, topic: about.topic } };
      }
    }
  }

  /** File of a matter of services and courts that is far nearer to a question than any of the topics; null: none. */
  function serviceMatter(question: string): string | null {
    const near = matters.search(question, 6);
    const best = near[0];
    if (best?.matter.topic !== 'services' || best.score < LEAST_SERVICE) return null;
    const other = near.find((hit) => hit.matter.topic !== 'services')?.score ?? 0;
    return best.score >= other + SERVICE_LEAD ? best.matter.file : null;
  }

  /**
   * The answer on a topic that only a language model hears in the question; null where it hears none.
   * @param orHandoff false: a human is not asked for what a question back may clear up
   */
  function answerOfTopicHeard(turn: Turn, orHandoff: boolean): ConsultationResult | null {
    const heard = turn.help && topicHeard(turn.help.triage(turn.question), turn.question, rules);
    if (!heard) return null;
    const result =
      heard.kind === 'topic'
        ? answerTopic(turn, heard.topic, heard.signals)
        : { answer: handoffAnswer(heard.reason), state: turn.state, trace: { ...NO_TRACE, topic: heard.topic } };
    return orHandoff || result.answer.kind !== 'handoff' ? result : null;
  }

  /** The question names a provision but no topic: the provision itself is the answer. */
  function answerNamed(turn: Turn): ConsultationResult {
    const topic = library.byKey.get(search.exact.provisions(turn.question)[0] ?? '')?.topic;
    return answerTopic(turn, topic === 'expropriation' || topic === 'injury' || topic === 'wages' ? topic : 'wages', NO_SIGNALS);
  }

  function answerTopic(turn: Turn, topic: AnswerTopic, signals: TriageSignals): ConsultationResult {
    const { state, day } = turn;
    const two = turn.follows ? null : twoMattersIn(turn.question, topic, rules);
    const question = two?.own ?? turn.question;
    const asked: TopicQuestion = {
      question,
      asking: turn.text,
      topic,
      signals: { ...signals, otherRegion: liesOutside(state.known) ?? signals.otherRegion },
      follows: turn.follows,
      matter: turn.matter,
      cases: turn.cases,
      tapped: turn.tapped,
      known: new Map(state.known.map(({ id, value }) => [id, value])),
      facts: [...state.facts, ...state.known.map(({ label, display }) => ({ label, value: display }))],
      eventDay: eventDay(topic, state.known),
      day,
    };
    const seen = answerer.look(asked);
    const rule = turn.follows
      ? undefined
      : clarify.find((one) => one.topic === topic && !state.asked.includes(one.id) && one.applies(question));
    if (rule && state.asked.length < MOST_QUESTIONS) {
      const answer: Answer = {
        kind: 'clarify',
        text: '要说准，还得先问你一件事。',
        questions: [{ id: rule.id, text: rule.text, options: rule.options }],
        confidence: seen.probability * CONFIDENCE_WITHOUT_FACTS,
        ...noted(state.known),
        notice: NOTICE,
      };
      const next = { ...state, question: state.question ?? turn.question, pending: rule.id, asked: [...state.asked, rule.id] };
      return { answer, state: next, trace: seen.trace };
    }

    const sum = seen.topic === 'services' ? null : reckonBeside(turn.text, question, seen.topic, state.known, day, sums);
    // asked in so many words to reckon: the questions come first
    if (sum?.kind === 'asks' && WANTS_SUM.test(turn.text)) return { ...reckoned(sum, state), trace: seen.trace };
    const found = turn.help ? answerer.lookAgain(asked, seen, turn.help) : seen;
    const answered = answerer.answer(asked, found, turn.help);
    if (answered.answer.kind !== 'cited') {
      // what can be reckoned from what was told is sure, however the question was put
      if (sum?.kind === 'result') return { ...reckoned(sum, settled(state, asked, answered)), trace: answered.trace };
      return { answer: answered.answer, state: { ...handedOver(state), last: lastOf(asked, seen.topic) }, trace: answered.trace };
    }
    const answer: CitedAnswer = {
      ...answered.answer,
      ...(sum?.kind === 'result' ? sum.beside(answered.answer) : {}),
      // the person asks for an amount: the way to it comes before the matter's own question
      ...(sum?.kind === 'asks' ? { ask: OFFER } : {}),
      // what has not been answered at all comes before both
      ...(two === null ? {} : { ask: two.ask }),
      ...noted(state.known),
    };
    const next = settled(state, asked, answered);
    return {
      answer,
      state: {
        ...next,
        pending: answer.ask?.id ?? null,
        options: answer.ask?.options ?? [],
        offered: sum?.kind === 'asks' ? sum.id : null,
      },
      trace: answered.trace,
    };
  }
}

const OFFER = { id: 'calculation', text: '要不要按你的情况算一算？', options: ['帮我算一算'] };
const WANTS_SUM = /(?:帮我|给我|替我)[^，。]{0,4}算|算(?:一下|一算|算)|^(?:好|行|要|可以|嗯|要得)?[，, ]*算吧?[。！!]?$/;

/** An answer that is a sum, or a question on the way to one. */
function reckoned(step: Reckoning, state: ConsultationState): ConsultationResult {
  const answer: Answer = { ...step.answer, ...noted(state.known) };
  return { answer, state: { ...state, pending: null, calculation: step.kind === 'asks' ? step.state : null }, trace: NO_TRACE };
}

/** What is remembered once a question has been answered. */
function settled(state: ConsultationState, asked: TopicQuestion, { answer, matter }: Answered): ConsultationState {
  const topic = answer.kind === 'cited' ? answer.topic : asked.topic;
  return {
    ...state,
    question: null,
    pending: null,
    asked: [],
    calculation: null,
    last: { ...lastOf(asked, topic), matter: matter?.file ?? null },
  };
}

const lastOf = (asked: Pick<TopicQuestion, 'question'>, topic: AnswerTopic): LastAnswer => ({
  question: asked.question,
  topic,
  service: null,
  matter: null,
});

const handedOver = (state: ConsultationState): ConsultationState => ({
  ...state,
  question: null,
  pending: null,
  asked: [],
  calculation: null,
  offered: null,
});
