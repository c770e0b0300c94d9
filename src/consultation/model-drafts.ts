import { z } from 'zod';
import { CONSULTATION_TOPICS, type ConsultationTopic } from '../domain/answer.js';
import type { ProvisionRef } from '../domain/law.js';
import type { Prompt } from '../knowledge/parse-prompt.js';
import { SERVICES, type ServiceName } from '../knowledge/triage-rules.js';
import type { LanguageModel, ModelFailure, ModelReply, StreamRequest } from './language-model/ports.js';
import {
  articlesIn,
  citationFaults,
  cleanText,
  echoes,
  figureFaults,
  isForeign,
  isSevere,
  notGrounded,
  textFaults,
  type Excerpt,
  type ModelFault,
} from './model-text.js';
import { turnsRound } from './polarity.js';
import { createSentenceSplitter } from './sentences.js';

/** What came of asking a model: a value that has passed the checks, or why there is none; then the rules answer alone. */
export type Drafted<T> =
  | { readonly kind: 'ok'; readonly value: T; readonly ms: number }
  /** The model answered, and its answer may not be used. */
  | { readonly kind: 'rejected'; readonly faults: readonly ModelFault[] }
  | { readonly kind: 'failed'; readonly why: ModelFailure; readonly detail: string };

export interface Patience {
  readonly budgetMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** A question in words nearer to the statutes, for retrieval alone: no one is shown it as their own words. */
export interface Rewrite {
  readonly question: string;
  /** What the person said, word for word; what they did not say is left out. */
  readonly facts: readonly string[];
}

/** What a model hears in a message. A second opinion: it may call for a human, it may not call one off. */
export interface ModelTriage {
  readonly topic: ConsultationTopic | null;
  readonly service: ServiceName | null;
  readonly wantsHuman: boolean;
  readonly danger: boolean;
  readonly outOfScope: boolean;
}

export const DRAFT_PARTS = ['headline', 'point', 'step'] as const;

/** A sentence of a draft, clean, that has passed the checks of sentences. */
export interface DraftSentence {
  readonly part: (typeof DRAFT_PARTS)[number];
  readonly text: string;
  /** What it rests on, in the order given; at least one, but for a step, which may rest on what was said before it. */
  readonly provisions: readonly ProvisionRef[];
}

/** `enough: false`: the excerpts do not settle the question. */
export type Draft =
  | { readonly enough: false }
  | {
      readonly enough: true;
      readonly headline: DraftSentence;
      /** At least one. */
      readonly points: readonly DraftSentence[];
      readonly steps: readonly DraftSentence[];
    };

/** Whoever follows a draft while it is written. */
export interface DraftWatch {
  /** Looks at a sentence beside the checks made here; what it finds keeps the sentence out. */
  readonly judge?: ((sentence: DraftSentence) => readonly ModelFault[]) | undefined;
  /** Told each sentence that has passed, the headline first. */
  readonly onSentence?: ((sentence: DraftSentence) => void) | undefined;
  /** Told why a sentence was left out; where the fault is severe, the whole draft is refused. */
  readonly onFault?: ((fault: ModelFault) => void) | undefined;
}

export interface DraftMaterial {
  readonly question: string;
  readonly facts: readonly Fact[];
  /** Best first; the model sees them numbered from 1. */
  readonly excerpts: readonly Excerpt[];
  /** The answer that the rules would give. */
  readonly draft: string;
}

/** In characters. Material is cut to them; a reply that exceeds them is a fault. */
const LIMITS = { question: 2000, excerpt: 1500, draft: 3000, rewrite: 300, headline: 120, point: 200, step: 160 } as const;
const MOST = { excerpts: 12, facts: 20, points: 6, steps: 6 } as const;

const rewriteSchema = z.object({ question: z.string(), facts: z.array(z.string()).default([]) });
const triageSchema = z.object({
  topic: z.enum([...CONSULTATION_TOPICS, 'none']),
  service: z.enum([...SERVICES, 'none']),
  wantsHuman: z.boolean(),
  danger: z.boolean(),
  outOfScope: z.boolean(),
});
const lineSchema = z.union([
  z.object({ enough: z.literal(false) }),
  z.object({ part: z.enum(DRAFT_PARTS), text: z.string(), from: z.array(z.number()).default([]) }),
]);

/**
 * A question rewritten to stand alone, near the words of statutes. A rewrite that states a figure, a law or an article that
 * the person did not is refused.
 */
export async function rewriteQuestion(
  model: LanguageModel,
  prompt: Prompt,
  said: { readonly question: string; readonly facts: readonly Fact[] },
  patience: Patience,
): Promise<Drafted<Rewrite>> {
  const question = said.question.slice(0, LIMITS.question);
  const facts = factLines(said.facts);
  const reply = await model.complete({
    prompt,
    input: { question, facts },
    schema: rewriteSchema,
    maxTokens: prompt.maxTokens,
    ...patience,
  });
  return judged(reply, (value) => {
    const rewritten = cleanText(value.question);
    // the person is the only source: what they said, articles too, may be said again
    const spoken = `${question}\n${facts}`;
    const sources: Excerpt[] = ['', ...articlesIn(spoken)].map((article) => ({ law: '', article, text: spoken }));
    const faults = [
      ...(rewritten === '' ? [{ fault: 'empty-text' } as const] : []),
      ...tooLong(rewritten, LIMITS.rewrite),
      ...citationFaults(rewritten, sources),
      ...figureFaults(rewritten, sources),
      ...echoes(rewritten, prompt.instructions),
    ];
    return { faults, value: { question: rewritten, facts: quotesFrom(spoken, value.facts) } };
  });
}

/** What a message is about, as a model hears it. */
export async function triageWithModel(
  model: LanguageModel,
  prompt: Prompt,
  message: string,
  patience: Patience,
): Promise<Drafted<ModelTriage>> {
  const input = { message: message.slice(0, LIMITS.question) };
  const reply = await model.complete({ prompt, input, schema: triageSchema, maxTokens: prompt.maxTokens, ...patience });
  return judged(reply, ({ topic, service, ...heard }) => ({
    faults: [],
    value: { topic: topic === 'none' ? null : topic, service: service === 'none' ? null : service, ...heard },
  }));
}

/**
 * An answer in plain words, a sentence a line, each resting on excerpts that were given. A sentence at fault is left out; a
 * severe fault (an invented law, a promise, an order obeyed), or one of the headline, refuses the draft. A stream that breaks off leaves the draft that
 * stood by then, where there is a headline and a point. The numbers become provisions here; the whole is still to be held
 * against the library (`verifyAnswer`), which knows what is in force.
 */
export async function draftAnswer(
  model: LanguageModel,
  prompt: Prompt,
  material: DraftMaterial,
  patience: Patience,
  watch: DraftWatch = {},
): Promise<Drafted<Draft>> {
  const started = performance.now();
  const excerpts = material.excerpts
    .slice(0, MOST.excerpts)
    .map((excerpt) => ({ ...excerpt, text: oneLine(excerpt.text).slice(0, LIMITS.excerpt) }));
  const input = {
    question: material.question.slice(0, LIMITS.question),
    facts: factLines(material.facts),
    // a line each: no excerpt can hold the beginning of another
    excerpts: excerpts.map(({ law, article, text }, at) => `[${String(at + 1)}] 《${law}》${article}：${text}`).join('\n'),
    draft: material.draft.slice(0, LIMITS.draft),
  };
  const draft = collectDraft(excerpts, prompt.instructions, watch);
  // a controller of its own: signals that the platform joins can be collected while they are waited for
  const stop = new AbortController();
  const { signal } = stop;
  const quit = (): void => {
    stop.abort();
  };
  patience.signal?.addEventListener('abort', quit, { once: true });
  if (patience.signal?.aborted === true) quit();
  let rest = '';
  const take = (text: string): void => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(draft.line);
    // what is refused, or needs no more, is not paid for to its end
    if (draft.isOver()) quit();
  };
  const reply = await model.stream({ prompt, input, maxTokens: prompt.maxTokens, budgetMs: patience.budgetMs, signal }, take);
  patience.signal?.removeEventListener('abort', quit);
  if (reply.kind === 'ok') draft.line(rest);
  if (reply.kind === 'failed' && !draft.isOver() && !(BROKEN_OFF.includes(reply.why) && draft.isWhole())) return reply;
  return draft.result(performance.now() - started);
}

/** Failures after which what had arrived still counts. */
const BROKEN_OFF: readonly ModelFailure[] = ['timeout', 'unavailable', 'truncated'];

/** Takes a draft line by line. */
function collectDraft(
  excerpts: readonly Excerpt[],
  instructions: string,
  { judge, onSentence, onFault }: DraftWatch,
): {
  readonly line: (text: string) => void;
  /** Nothing that may still come changes the result. */
  readonly isOver: () => boolean;
  /** It has what an answer cannot do without. */
  readonly isWhole: () => boolean;
  readonly result: (ms: number) => Drafted<Draft>;
} {
  const sentences: DraftSentence[] = [];
  const faults: ModelFault[] = [];
  const rested = new Set<Excerpt>();
  let [refused, notEnough] = [false, false];
  const fail = (fault: ModelFault): void => {
    faults.push(fault);
    onFault?.(fault);
    refused ||= isSevere(fault);
  };
  const of = (part: DraftSentence['part']): DraftSentence[] => sentences.filter((sentence) => sentence.part === part);
  const isOver = (): boolean => refused || notEnough;
  const isWhole = (): boolean => of('headline').length > 0 && of('point').length > 0;

  const add = ({ part, text: raw, from }: { part: DraftSentence['part']; text: string; from: readonly number[] }): void => {
    const text = cleanText(raw);
    const numbers = [...new Set(from)];
    const given = numbers.flatMap((number) => excerpts[number - 1] ?? []);
    const sources = part === 'step' && numbers.length === 0 ? [...rested] : given;
    const sentence = { part, text, provisions: given.map(({ law, article }) => ({ law, article })) };
    const found: ModelFault[] = [
      ...numbers.filter((number) => !excerpts[number - 1]).map((number) => ({ fault: 'unknown-excerpt', number }) as const),
      ...(part !== 'step' && numbers.length === 0 ? [{ fault: 'no-excerpt', words: text } as const] : []),
      ...orderFaults(part, of(part).length, of('headline').length > 0),
      ...tooLong(text, LIMITS[part]),
      ...textFaults(text, sources),
      ...(part === 'step' ? [] : notGrounded(text, sources)),
      ...(part === 'point' && turnsRound(sources.map((source) => source.text).join('。'), text)
        ? [{ fault: 'contradiction', words: text } as const]
        : []),
      ...(isForeign(text) ? [{ fault: 'foreign-text' } as const] : []),
      ...echoes(text, instructions),
    ];
    if (found.length === 0) found.push(...(judge?.(sentence) ?? []));
    found.forEach(fail);
    // what follows a conclusion that cannot be used belongs to another answer
    refused ||= part === 'headline' && found.length > 0;
    if (found.length > 0) return;
    sentences.push(sentence);
    for (const source of sources) rested.add(source);
    onSentence?.(sentence);
  };

  return {
    isOver,
    isWhole,
    line(text) {
      // fences and words around the lines say nothing
      if (isOver() || !text.includes('{')) return;
      const read = lineSchema.safeParse(parseJson(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)));
      if (!read.success) fail({ fault: 'malformed-line' });
      else if ('enough' in read.data) notEnough = true;
      else add(read.data);
    },
    result(ms) {
      if (refused) return { kind: 'rejected', faults };
      if (notEnough) return { kind: 'ok', value: { enough: false }, ms };
      const [headline] = of('headline');
      const points = of('point');
      if (!headline || points.length === 0) return { kind: 'rejected', faults: [...faults, { fault: 'empty-text' }] };
      return { kind: 'ok', value: { enough: true, headline, points, steps: of('step') }, ms };
    },
  };
}

/** The headline comes first, once; of the others there are so many at most. */
function orderFaults(part: DraftSentence['part'], before: number, headed: boolean): ModelFault[] {
  if (part !== 'headline' && !headed) return [{ fault: 'no-headline' }];
  const most = part === 'headline' ? 1 : part === 'point' ? MOST.points : MOST.steps;
  return before >= most ? [{ fault: 'too-many', count: before + 1 }] : [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Streams prose and hands on whole sentences, cleaned. A sentence that was broken off is not handed on.
 * @param onSentence what it was told counts only if the reply is `ok`
 */
export async function streamSentences(
  model: LanguageModel,
  request: StreamRequest,
  onSentence: (sentence: string) => void,
): Promise<ModelReply<string>> {
  const splitter = createSentenceSplitter();
  const handOn = (whole: readonly string[]): void => {
    for (const sentence of whole.map(cleanText)) if (sentence !== '') onSentence(sentence);
  };
  const reply = await model.stream(request, (text) => handOn(splitter.add(text)));
  if (reply.kind === 'ok') handOn(splitter.end());
  return reply;
}

interface Checked<T> {
  readonly faults: readonly ModelFault[];
  readonly value: T;
}

function judged<Raw, T>(reply: ModelReply<Raw>, check: (value: Raw) => Checked<T>): Drafted<T> {
  if (reply.kind === 'failed') return reply;
  const { faults, value } = check(reply.value);
  return faults.length > 0 ? { kind: 'rejected', faults } : { kind: 'ok', value, ms: reply.ms };
}

function tooLong(text: string, limit: number): ModelFault[] {
  const characters = Array.from(text).length;
  return characters > limit ? [{ fault: 'too-long', characters }] : [];
}

function factLines(facts: readonly Fact[]): string {
  if (facts.length === 0) return '（没有）';
  return facts
    .slice(0, MOST.facts)
    .map(({ label, value }) => `${oneLine(label)}：${oneLine(value)}`)
    .join('\n')
    .slice(0, LIMITS.question);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Those that stand in what was said, but for punctuation and white space. */
function quotesFrom(spoken: string, facts: readonly string[]): string[] {
  const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');
  const all = letters(spoken);
  const quotes = facts.map(cleanText).filter((fact) => letters(fact).length >= 2 && all.includes(letters(fact)));
  return [...new Set(quotes)].slice(0, MOST.facts);
}
