import {
  CALCULATORS,
  runCalculator,
  type Calculator,
  type Figures,
  type Input,
  type InputValue,
  type WorkingCalendar,
} from '../calculators/index.js';
import type { ClarifyingQuestion } from '../domain/answer.js';
import { BaimiError } from '../domain/errors.js';
import { inputsFrom } from './calculation-inputs.js';
import { askAgain, questionFor, togetherWith } from './calculation-questions.js';
import { readReply, type Said } from './calculation-reply.js';
import { outcomeOf, type CalculationOutcome } from './calculation-result.js';
import { readFacts, type Fact } from './facts/index.js';
import { saysUnknown } from './facts/read-value.js';

/** A calculation that waits for a reply. Plain JSON: it is stored with the conversation. */
export interface CalculationState {
  /** Of the calculator. */
  readonly id: string;
  /** As the calculator takes them; `null`: asked, and not known. */
  readonly inputs: Readonly<Record<string, InputValue>>;
  /** Dates of which only the month is known yet. */
  readonly months: Readonly<Record<string, string>>;
  /** Inputs that were said roughly, and are reckoned with as they were said. */
  readonly rough: readonly string[];
  /** Inputs asked last, which the reply answers. */
  readonly pending: readonly string[];
  /** Inputs asked for a second time, with an example, and how often that was done. */
  readonly again: readonly string[];
  readonly repeats: number;
  /** The inputs that came from the person's own story, not from a question. */
  readonly fromStory: readonly string[];
}

export type CalculationStep =
  | { readonly kind: 'ask'; readonly state: CalculationState; readonly questions: readonly ClarifyingQuestion[] }
  | CalculationOutcome
  /** `human`: a lawyer should look. */
  | { readonly kind: 'refused'; readonly text: string; readonly human: boolean }
  /** The reply speaks of something else: the calculation is put down. */
  | { readonly kind: 'unrelated' };

/** Replies that could not be read are asked again this often in one conversation. */
const MOST_REPEATS = 2;

/**
 * Begins a calculation with what the conversation already tells: the first questions, or the result at once.
 * @param day ISO day in China @param question the question that led here; it may settle what is reckoned
 * @throws BaimiError `not-found` for an unknown calculator, `bad-knowledge` where the pack lacks a figure of law
 */
export function startCalculation(
  id: string,
  facts: readonly Fact[],
  figures: Figures,
  day: string,
  calendar?: WorkingCalendar,
  question = '',
): CalculationStep {
  const known = inputsFrom(id, facts, question, day);
  const inputs = Object.fromEntries(Object.entries(known.inputs).filter(([input, value]) => fits(id, input, value)));
  const state = { id, inputs, months: known.months, rough: [], pending: [], again: [], repeats: 0, fromStory: Object.keys(inputs) };
  return next(state, figures, day, calendar);
}

/** Goes on with the reply to what was asked last. One reply may answer both questions, or later ones too. */
export function continueCalculation(
  state: CalculationState,
  reply: string,
  figures: Figures,
  day: string,
  calendar?: WorkingCalendar,
): CalculationStep {
  const asked = state.pending.map((id) => inputOf(state.id, id));
  const said = asked.map((input) => ({ input, said: readReply(input, reply, day, state.months[input.id] ?? null) }));
  const volunteered = inputsFrom(state.id, readFacts(reply, day), '', day);
  const readable =
    said.some((one) => one.said.kind !== 'unreadable') || Object.keys(volunteered.inputs).some((id) => isNew(state, id, reply));
  if (!readable && speaksOfSomethingElse(reply)) return { kind: 'unrelated' };
  const heard = hear(state, said, reply);
  const open = heard.pending.filter((id) => heard.inputs[id] === undefined);
  // an amount that answers one question is not taken for another: the contribution wage is not the wage
  const answered = asked.filter(({ id }) => heard.inputs[id] !== undefined).map(({ kind }) => kind);
  const later = Object.entries(volunteered.inputs).filter(
    ([id, value]) =>
      isNew(heard, id, reply) && !open.includes(id) && fits(state.id, id, value) && !answered.includes(inputOf(state.id, id).kind),
  );
  return repeatOrGoOn({ ...heard, inputs: { ...heard.inputs, ...Object.fromEntries(later) } }, open, figures, day, calendar);
}

function calculatorOf(id: string): Calculator {
  const found = CALCULATORS.find((one) => one.id === id);
  if (!found) throw new BaimiError('not-found', `没有叫“${id}”的计算器。怎么改：用 ${CALCULATORS.map((one) => one.id).join('、')} 之一`);
  return found;
}

function inputOf(id: string, input: string): Input {
  const found = calculatorOf(id).inputs.find((one) => one.id === input);
  if (!found) throw new BaimiError('not-found', `计算器“${id}”里没有“${input}”这一项。怎么改：从头再算一次`);
  return found;
}

/** Whether a value from the story is one that the calculator takes; what is not is asked instead. */
function fits(id: string, inputId: string, value: InputValue): boolean {
  const input = inputOf(id, inputId);
  if (typeof value === 'number') return value >= (input.min ?? 0) && (input.max === undefined || value <= input.max);
  return input.kind !== 'choice' || input.options?.some((option) => option.value === value) === true;
}

/** Something the reply tells beside what was asked: what is not known yet, or what it expressly corrects. */
function isNew(state: CalculationState, id: string, reply: string): boolean {
  return !state.pending.includes(id) && (state.inputs[id] === undefined || /不是|说错|搞错|写错|记错|弄错|更正|改成/.test(reply));
}

function hear(state: CalculationState, said: readonly { readonly input: Input; readonly said: Said }[], reply: string): CalculationState {
  const inputs: Record<string, InputValue> = { ...state.inputs };
  const months: Record<string, string> = { ...state.months };
  const rough = new Set(state.rough);
  const answered = said.some((one) => one.said.kind === 'value');
  for (const { input, said: one } of said) {
    if (one.kind === 'value') {
      inputs[input.id] = one.value;
      if (!one.exact) rough.add(input.id);
    }
    if (one.kind === 'month') months[input.id] = one.month;
    // of two questions, "不知道" beside an answer is about the other; alone it is about what may be unknown
    if (one.kind === 'unknown' && !answered && (said.length === 1 || input.mayBeUnknown === true)) inputs[input.id] = null;
  }
  if (said.length === 2 && !answered && saysUnknown(reply) && said.every(({ input }) => inputs[input.id] === undefined)) {
    for (const { input } of said) inputs[input.id] = null;
  }
  return { ...state, inputs, months, rough: [...rough] };
}

/** Asks once more, with an example, for what could not be read; then it counts as unknown. */
function repeatOrGoOn(
  state: CalculationState,
  open: readonly string[],
  figures: Figures,
  day: string,
  calendar?: WorkingCalendar,
): CalculationStep {
  const repeat = open.filter((id) => !state.again.includes(id));
  if (repeat.length > 0 && state.repeats < MOST_REPEATS) {
    const again = { ...state, pending: repeat, again: [...state.again, ...repeat], repeats: state.repeats + 1 };
    return { kind: 'ask', state: again, questions: repeat.map((id) => askAgain(inputOf(state.id, id), state.months[id] ?? null)) };
  }
  const unknown = Object.fromEntries(open.map((one) => [one, null]));
  return next({ ...state, inputs: { ...state.inputs, ...unknown } }, figures, day, calendar);
}

function next(state: CalculationState, figures: Figures, day: string, calendar?: WorkingCalendar): CalculationStep {
  const calculation = runCalculator(state.id, state.inputs, figures, day, calendar);
  switch (calculation.kind) {
    case 'result':
      return outcomeOf(calculatorOf(state.id), state, calculation, day);
    case 'refused':
      return { kind: 'refused', text: `${calculation.reason}。${calculation.remedy}`, human: calculation.human };
    case 'missing': {
      const missing = calculation.ask.map(({ id }) => inputOf(state.id, id));
      const asked = togetherWith(missing);
      return {
        kind: 'ask',
        state: { ...state, pending: asked.map(({ id }) => id) },
        questions: asked.map((input) => questionFor(input, state.months[input.id] ?? null)),
      };
    }
  }
}

const ELSE =
  /律师|人工|转人|算了|不算了|不用算|不用了|换个问题|不想算|谢谢|多谢|再见|拜拜|退出|取消|停|别问了|另外(?:问|想)|还想问|请问|你们|你是谁|电话/;
const ASKING = /[?？]|吗|怎么|如何|为什么|能不能|可不可以|是不是|多少|多久|哪里|咋/;

/** Nothing that was asked could be read from it: is it a question, a goodbye, a story of its own? */
function speaksOfSomethingElse(reply: string): boolean {
  return ELSE.test(reply) || ASKING.test(reply) || Array.from(reply).length > 30;
}

export type { CalculationOutcome };
