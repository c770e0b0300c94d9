import type { ClarifyRule } from '../knowledge/clarify-rules.js';
import type { Triage } from './triage.js';

/** What a consultation remembers between turns. */
export interface ConsultationState {
  /** The question that is being clarified, in the person's words. */
  readonly question: string | null;
  /** Id of the clarifying question that waits for its reply. */
  readonly pending: string | null;
  readonly asked: readonly string[];
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}

export const NEW_CONSULTATION: ConsultationState = { question: null, pending: null, asked: [], facts: [] };

/** A message longer than this says something of its own, even while a question back waits. */
const REPLY_LENGTH = 30;

/** The option that is an answer, but says nothing that could be looked up. */
const UNKNOWN = '不知道';

/**
 * Joins a reply to the question it answers. A tapped option is a reply; so are a few words, unless they speak of another
 * topic or ask for a service. Anything else starts anew.
 * @param raw the message as it was written, which is what the lawyer sees as the fact
 */
export function continueConsultation(
  text: string,
  raw: string,
  heard: Triage,
  state: ConsultationState,
  rules: readonly ClarifyRule[],
): { question: string; state: ConsultationState } {
  const pending = rules.find((rule) => rule.id === state.pending);
  const ofAnotherKind = heard.type === 'service' || (heard.type === 'topic' && heard.topic !== pending?.topic);
  const isReply = pending !== undefined && (pending.options.includes(raw) || (Array.from(text).length <= REPLY_LENGTH && !ofAnotherKind));
  if (!isReply || state.question === null) return { question: text, state: { ...NEW_CONSULTATION, question: text } };
  const question = text === UNKNOWN ? state.question : `${state.question}，${text}`;
  return { question, state: { ...state, question, pending: null, facts: [...state.facts, { label: pending.label, value: raw }] } };
}
