import type { AnswerTopic } from '../domain/answer.js';
import type { ClarifyRule } from '../knowledge/clarify-rules.js';
import type { ServiceName } from '../knowledge/triage-rules.js';
import type { CalculationState } from './calculation.js';
import type { Fact } from './facts/index.js';
import type { Triage } from './triage.js';

/** What a consultation remembers between turns. Plain JSON. */
export interface ConsultationState {
  /** The question that is being clarified, in the person's words. */
  readonly question: string | null;
  /** Id of the question back that waits for its reply: of a clarifying rule, or `file#fact` of a matter. */
  readonly pending: string | null;
  /** Its tappable replies, where an answer put it at its end. */
  readonly options: readonly string[];
  readonly asked: readonly string[];
  /** Replies to questions back. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** What was read from the person's own words. */
  readonly known: readonly Fact[];
  /** What was answered last. */
  readonly last: LastAnswer | null;
  /** Cases of the last answer's matter that the person has said hold: `fact=option`. */
  readonly cases: readonly string[];
  /** A calculation that waits for a reply. */
  readonly calculation: CalculationState | null;
  /** A calculator that was offered with the last answer. */
  readonly offered: string | null;
  /** The latest questions, without marks and spaces, oldest first. */
  readonly recent: readonly string[];
}

export interface LastAnswer {
  readonly question: string;
  readonly topic: AnswerTopic;
  /** The service of the bureau that it was a guide to; null: none. */
  readonly service: ServiceName | null;
  /** File of the matter that answered; null: none did. */
  readonly matter: string | null;
}

export const NEW_CONSULTATION: ConsultationState = {
  question: null,
  pending: null,
  options: [],
  asked: [],
  facts: [],
  known: [],
  last: null,
  cases: [],
  calculation: null,
  offered: null,
  recent: [],
};

/** A message longer than this says something of its own, even while a question back waits. */
const REPLY_LENGTH = 30;
/** A message longer than this does not merely follow on the last answer. */
const FOLLOW_UP_LENGTH = 24;

/** The option that is an answer, but says nothing that could be looked up. */
const UNKNOWN = '不知道';

/** Where a message stands in the conversation. */
export type Continuation =
  /** The reply to a clarifying question: `question` is what was asked with the reply. */
  | { readonly kind: 'reply'; readonly question: string; readonly label: string; readonly value: string }
  /** The reply to a question that an answer put at its end. */
  | { readonly kind: 'case'; readonly name: string; readonly last: LastAnswer }
  /** A question that is only understood with the last one. */
  | { readonly kind: 'follow-up'; readonly question: string; readonly last: LastAnswer }
  | { readonly kind: 'new' };

/**
 * Tells a reply and a follow-up from a new question. A tapped option is a reply; so are a few words, unless they speak of
 * another topic or ask for a service.
 * @param raw the message as it was written, which is what an option reads like
 * @param tellsFacts the message states a day, a place, an amount or the like
 */
export function continuationOf(
  text: string,
  raw: string,
  heard: Triage,
  state: ConsultationState,
  rules: readonly ClarifyRule[],
  tellsFacts: boolean,
): Continuation {
  const pending = rules.find((rule) => rule.id === state.pending);
  if (pending && state.question !== null) {
    const ofAnotherKind = heard.type === 'service' || (heard.type === 'topic' && heard.topic !== pending.topic);
    if (pending.options.includes(raw) || (length(text) <= REPLY_LENGTH && !ofAnotherKind)) {
      const question = text === UNKNOWN ? state.question : `${state.question}，${text}`;
      return { kind: 'reply', question, label: pending.label, value: raw };
    }
  }
  const { last } = state;
  if (!last) return { kind: 'new' };
  const option = optionIn(raw, state.options);
  if (option !== null && state.pending?.startsWith(`${last.matter ?? ''}#`) === true) {
    return { kind: 'case', name: `${state.pending.slice(state.pending.indexOf('#') + 1)}=${option}`, last };
  }
  return followsOn(text, heard, last, tellsFacts) ? { kind: 'follow-up', question: `${last.question}，${text}`, last } : { kind: 'new' };
}

/** The option that a short reply says: as it reads, or the only one that it is a part of or that is a part of it. */
function optionIn(raw: string, options: readonly string[]): string | null {
  if (options.includes(raw)) return raw;
  const bare = (text: string): string => text.replace(/[。！!，, ]/g, '');
  const said = bare(raw);
  const same = options.filter((option) => bare(option) === said);
  if (same.length === 1) return same[0] ?? null;
  if (length(said) < 2 || length(said) > REPLY_LENGTH || /[?？吗呢]/.test(said)) return null;
  const near = options.filter((option) => said.includes(bare(option)) || bare(option).includes(said));
  return near.length === 1 ? (near[0] ?? null) : null;
}

/** Words with which a message takes up the last answer. */
const TAKES_UP =
  /^(?:那么?|那我|那要|还有|已经|才|今年|去年|前年|昨天|今天|上个?月|[0-9一二三四五六七八九十]+[年月号日]|公告是|在|就是|要赔|赔|补|给|能不能|可不可以|可以|能|另外|如果|要是|假如|万一|可是|但是|但|不过|然后|接下来|意思是|你是说|这样的话|这种情况|他(?!们?打)|她|对方|单位|老板|公司|我(?:没|是|还没|已经|现在|有|们没)|没|不|多久|几天|多少|去哪|到哪|找谁|怎么|咋|需要|要(?:带|准备|交|花|多)|材料|费用|期限|过期|超过)/;

const FURTHER_CASE = /^(?:那|如果|要是|万一|假如).{2,}|呢[？?。]?$/;
const FURTHER_CASE_LENGTH = 14;
/** A message in which no topic is heard follows on up to this length, where it tells a fact. */
const TELLING_LENGTH = 40;
/** So few characters say nothing by themselves. */
const SAYS_NOTHING_ALONE = 8;

function followsOn(text: string, heard: Triage, last: LastAnswer, tellsFacts: boolean): boolean {
  if (heard.type === 'service') return false;
  const unheard = heard.type === 'vague' || (heard.type === 'handoff' && heard.signals !== null && heard.signals.outOfScope === 0);
  if (unheard && ((tellsFacts && length(text) <= TELLING_LENGTH) || length(text) <= SAYS_NOTHING_ALONE)) return true;
  if (length(text) > FOLLOW_UP_LENGTH) return false;
  // "我没签合同呢？" of a man who was hurt: short, and put as a further case
  if (length(text) <= FURTHER_CASE_LENGTH && FURTHER_CASE.test(text)) return true;
  if (heard.type === 'topic' && (heard.topic !== last.topic || heard.signals.strong > 1)) return false;
  // "公司不给我签合同" says a matter of its own; "那没签合同呢" does not
  if (heard.type === 'topic' && heard.signals.strong > 0) return /^(?:那|如果|要是|万一|假如|但是?|可是)|呢[？?。]?$/.test(text);
  return TAKES_UP.test(text) || /呢[？?。！]?$/.test(text);
}

const length = (text: string): number => Array.from(text).length;
