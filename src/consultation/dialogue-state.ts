import type { AnswerTopic } from '../domain/answer.js';
import type { ConsultationState, LastAnswer } from './continue-consultation.js';
import { correctFact, describeFacts, factOf, mergeFacts, readFacts, type Fact } from './facts/index.js';

/** So often the same question may be put before a human looks at it. */
const MOST_REPEATS = 3;
const REMEMBERED = 6;

/** The state with what a message tells. */
export function withFacts(state: ConsultationState, text: string, day: string): ConsultationState {
  return { ...state, offered: null, calculation: null, known: mergeFacts(state.known, readFacts(text, day, state.known)).facts };
}

/** Words that put something right: the last question is then answered anew with it. */
const CORRECTS = /^(?:不对|不是|错了)|说错|写错|打错|更正|纠正|应该是|改成|改为/;

/** The last question with the facts put right; null where a message puts nothing right. */
export function correctionOf(state: ConsultationState, text: string, day: string): { last: LastAnswer; known: readonly Fact[] } | null {
  if (!state.last || !CORRECTS.test(text)) return null;
  const { facts, corrections } = mergeFacts(state.known, readFacts(text, day, state.known));
  if (corrections.length > 0) return { last: state.last, known: facts };
  const known = correctedAlone(state.known, text, day);
  return known ? { last: state.last, known } : null;
}

/** "说错了，是7年8个月": what it names none of, but fits one known fact only. */
function correctedAlone(known: readonly Fact[], text: string, day: string): readonly Fact[] | null {
  const said = /(?:是|成|为)([^是]{1,20}?)[。！!]?$/.exec(text)?.[1];
  if (said === undefined) return null;
  const fitting = known.flatMap((fact) => {
    if (typeof fact.value === 'boolean' || fact.id === 'place' || fact.id === 'relation') return [];
    const facts = correctFact(known, fact.id, said, day);
    const now = facts?.find(({ id }) => id === fact.id);
    return facts && now && now.value !== fact.value ? [facts] : [];
  });
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

/** Whether the matter lies outside Sichuan, as far as the person has said; null: not said. */
export function liesOutside(known: readonly Fact[]): boolean | null {
  const place = factOf(known, 'place');
  return place ? place.value === 'other' : null;
}

/** What is shown of the known facts. */
export function noted(known: readonly Fact[]): { noted?: readonly string[] } {
  const told = known.filter(({ id, value }) => id !== 'relation' || value !== 'self');
  return told.length === 0 ? {} : { noted: describeFacts(told) };
}

/** The state with the latest question among those remembered. */
export function remember(state: ConsultationState, text: string): ConsultationState {
  return { ...state, recent: [...state.recent, text.replace(/[^\p{L}\p{N}]/gu, '')].slice(-REMEMBERED) };
}

/** Whether the latest question was put so often that a human should look; replies of a word or two do not count. */
export function repeats({ recent }: ConsultationState): boolean {
  const latest = recent.at(-1) ?? '';
  return Array.from(latest).length >= 4 && recent.filter((text) => text === latest).length >= MOST_REPEATS;
}

/** The last day on which what the person tells may have happened, where the law of that day decides. */
export function eventDay(topic: AnswerTopic, known: readonly Fact[]): string | null {
  if (topic !== 'injury') return null;
  const told = factOf(known, 'death-date') ?? factOf(known, 'injury-date');
  return told ? String(told.value).concat('-12-31'.slice(String(told.value).length - 4)) : null;
}
