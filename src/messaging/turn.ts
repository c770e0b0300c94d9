import type { Answer, AnswerTopic, HandoffReason } from '../domain/answer.js';
import { TICKET_STATE_NAMES } from '../domain/ticket.js';
import { wordsOf, type Asked, type Footnote } from '../domain/message.js';
import { SHOW_MORE, answerText } from '../domain/answer-text.js';
import { REPLIES, handoffAnswer } from '../consultation/replies.js';
import type { Consult } from '../consultation/consult.js';
import { NO_TRACE } from '../consultation/trace.js';
import { NEW_CONSULTATION, type ConsultationState } from '../consultation/continue-consultation.js';
import { heldTicket, openTicket } from '../handoff/open-ticket.js';
import { moveTicket } from '../handoff/tickets.js';
import type { StoredTicket } from '../handoff/ports.js';
import { compose, type Middleware } from './compose.js';
import { tellWhatIsKept } from './consent/consent-steps.js';
import { numberedOption, optionsIn } from './delivery/render.js';
import { footnotes } from './footnotes.js';
import { serviceForms } from './forms/form-steps.js';
import type { FormSources } from './forms/ports.js';
import { hearAsked } from './hear-asked.js';
import { bringWaitingReplies, personCommands } from './identity/person-steps.js';
import { intakeBrief } from './intake-brief.js';
import { myData } from './my-data/my-data-steps.js';
import type { Conversation, MessagingWork, PendingMessage } from './ports.js';
import { satisfaction } from './satisfaction/satisfaction-steps.js';
import { bindServicePoint, greetingAt } from './service-points/bind-service-point.js';
import { nearbyPoints } from './service-points/nearby-points.js';
import { withWaitingTime } from './service-points/with-waiting-time.js';

/** Broken turns after which a message goes to a human without another try. */
export const MAX_ATTEMPTS = 3;

/** What a turn knows and what it leads to. Everything it stores is one unit of work. */
export interface Turn {
  stores: MessagingWork;
  readonly conversation: Conversation;
  /** Replaced by what it stands for, where a person answers with the number of an option. */
  message: PendingMessage;
  readonly at: number;
  /** ISO day on which law has to be in force. */
  readonly day: string;
  /** Set by the step that dealt with the message. */
  outcome: {
    readonly answer: Answer | null;
    readonly ticket: StoredTicket | null;
    /** A lawyer has the conversation. */
    readonly held?: true;
    /** What the message was about, as far as it was heard. */
    readonly topic?: AnswerTopic | null;
  } | null;
  /** What stands under the answer besides. */
  readonly notes: Footnote[];
  /** Something has been said to this message. */
  answered: boolean;
  /** What the last thing that was said takes these words for. */
  asked: Asked | null;
  /** The person's words were erased: what lies outside the database goes too. */
  erased: boolean;
}

/** "1" where the last answer numbered its options is the first of them. */
const numberedReply: Middleware<Turn> = async (turn, next) => {
  const { stores, conversation, message } = turn;
  const words = wordsOf(message.content);
  if (conversation.channel !== 'web' && /^\s*[1-9１-９]\s*[.．、。]?\s*$/u.test(words)) {
    const thread = await stores.thread.messages(conversation.id);
    const last = thread.findLast(({ author, body }) => author === 'bot' || author === 'staff' || optionsIn(body).length > 0);
    const option = last ? numberedOption(optionsIn(last.body), words) : null;
    if (option !== null) turn.message = { ...message, content: { type: 'tap', text: option } };
  }
  return next();
};

/**
 * While a lawyer holds the conversation, the message goes to the lawyer's thread and the bot is silent. Danger marks the
 * ticket as urgent.
 */
const silentWhileHeld =
  (consult: Consult): Middleware<Turn> =>
  async (turn, next) => {
    const held = await heldTicket(turn.stores, turn.conversation.id);
    if (!held) return next();
    const { answer } = consult(wordsOf(turn.message.content), NEW_CONSULTATION, turn.day);
    const raised = answer.kind === 'handoff' && answer.reason === 'danger' ? { reason: answer.reason } : {};
    const moved = await moveTicket(turn.stores, held.number, { type: 'citizen-message' }, null, turn.at, raised);
    turn.outcome = { answer: null, ticket: moved.ok ? moved.ticket : held, held: true };
  };

/** A message that broke its turn again and again goes to a human. */
const giveUpOnBroken: Middleware<Turn> = async (turn, next) => {
  if (turn.message.attempts < MAX_ATTEMPTS) return next();
  await handOff(turn, 'machine-failure');
};

const humanWanted: Middleware<Turn> = async (turn, next) => {
  if (turn.message.content.type !== 'human-wanted') return next();
  await handOff(turn, 'human-wanted');
};

/** What came without words: acknowledged, kept for the lawyer, and words asked for. */
const withoutWords: Middleware<Turn> = async (turn, next) => {
  const { content } = turn.message;
  switch (content.type) {
    case 'image':
      return reply(turn, REPLIES.image(), null);
    case 'file': {
      const text = `收到了：${content.name}。已经存好，律师能看到。`;
      await turn.stores.answer(turn.conversation.id, turn.message.messageId, { type: 'text', text }, turn.at);
      turn.outcome = { answer: null, ticket: await turn.stores.tickets.latestOf(turn.conversation.id) };
      return;
    }
    case 'location':
      return reply(turn, REPLIES.location(content.label), null);
    case 'voice':
      return content.transcript === null ? reply(turn, REPLIES.voice(), null) : next();
    case 'join':
      return reply(turn, await greetingAt(turn.stores, content.servicePoint, turn.at), null);
    case 'unreadable':
      return reply(turn, REPLIES.unreadable(), null);
    case 'recall':
      turn.outcome = { answer: null, ticket: null };
      return;
    default:
      return next();
  }
};

/** The whole of the last answer, where a channel has shown the beginning only. */
const showMore: Middleware<Turn> = async (turn, next) => {
  if (wordsOf(turn.message.content).trim() !== SHOW_MORE) return next();
  const thread = await turn.stores.thread.messages(turn.conversation.id);
  const last = thread.findLast(({ author, body }) => author === 'bot' && body.type === 'answer')?.body;
  if (last?.type !== 'answer') return next();
  const body = { type: 'text', text: answerText(last.answer) } as const;
  await turn.stores.answer(turn.conversation.id, turn.message.messageId, body, turn.at);
  turn.outcome = { answer: null, ticket: null };
};

const MY_TICKET = /^(?:我的工单|查工单|工单进度)[。？?！!]?$/;

/** How it stands with the person's ticket. */
const myTicket: Middleware<Turn> = async (turn, next) => {
  if (!MY_TICKET.test(wordsOf(turn.message.content).trim())) return next();
  const ticket = await turn.stores.tickets.latestOf(turn.conversation.id);
  const text = ticket
    ? `你的工单 ${ticket.number}：${TICKET_STATE_NAMES[ticket.state]}。律师的回复会发在这里。想补充什么，直接写就行。`
    : '你现在没有工单。想找律师，发“找律师”就行。';
  await turn.stores.answer(turn.conversation.id, turn.message.messageId, { type: 'text', text }, turn.at);
  turn.outcome = { answer: null, ticket: null };
};

const answerOrHandOff =
  (consult: Consult): Middleware<Turn> =>
  async (turn) => {
    const state = stateOf(turn.conversation);
    const result = consult(wordsOf(turn.message.content), state, turn.day);
    await turn.stores.saveState(turn.conversation.id, result.state);
    const { answer } = result;
    const reason = answer.kind === 'handoff' ? answer.reason : answer.kind === 'clarify' ? null : answer.alsoHandoff;
    if (reason === null) {
      await reply(turn, answer, null, result.trace.topic);
      return;
    }
    const brief = await intakeBrief(turn.stores, turn.conversation, result);
    const kind = answer.kind === 'handoff' ? answer.ticketKind : 'consultation';
    const ticket = await openTicket(turn.stores, { conversationId: turn.conversation.id, kind, reason, brief }, turn.at);
    await reply(turn, answer, ticket, result.trace.topic);
  };

/** What the steps about the person need besides the consultation. */
export interface CitizenDeps {
  /** The consultation without a language model. */
  readonly listen: Consult;
  readonly sources: FormSources;
}

/** One turn from an inbound message to what is stored for the person or the lawyer. */
export function createTurn(consult: Consult, { listen, sources }: CitizenDeps): (turn: Turn) => Promise<void> {
  return compose(
    giveUpOnBroken,
    footnotes,
    hearAsked,
    tellWhatIsKept,
    bringWaitingReplies,
    numberedReply,
    personCommands,
    myData,
    satisfaction(listen),
    bindServicePoint,
    silentWhileHeld(consult),
    serviceForms({ listen, sources }),
    humanWanted,
    nearbyPoints,
    withoutWords,
    showMore,
    myTicket,
    answerOrHandOff(consult),
  );
}

/** What the consultation remembers; what an earlier version stored lacks what has been added since. */
function stateOf({ state }: Conversation): ConsultationState {
  return { ...NEW_CONSULTATION, ...state };
}

async function handOff(turn: Turn, reason: HandoffReason): Promise<void> {
  const state = stateOf(turn.conversation);
  const topic = state.last?.topic ?? null;
  const brief = await intakeBrief(turn.stores, turn.conversation, { state, trace: { ...NO_TRACE, topic } });
  const ticket = await openTicket(turn.stores, { conversationId: turn.conversation.id, kind: 'consultation', reason, brief }, turn.at);
  await reply(turn, handoffAnswer(reason), ticket, topic);
}

async function reply(turn: Turn, decided: Answer, ticket: StoredTicket | null, topic: AnswerTopic | null = null): Promise<void> {
  const answer = await withWaitingTime(turn.stores, decided, ticket, turn.at);
  await turn.stores.answer(
    turn.conversation.id,
    turn.message.messageId,
    { type: 'answer', answer, ticketNumber: ticket?.number ?? null },
    turn.at,
  );
  turn.outcome = { answer, ticket, topic };
}
