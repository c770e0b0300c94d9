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
  notGrounded,
  textFaults,
  type Excerpt,
  type ModelFault,
} from './model-text.js';
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

export interface DraftPoint {
  readonly text: string;
  /** What it rests on, at least one, in the order given. */
  readonly provisions: readonly ProvisionRef[];
}

/** `enough: false`: the excerpts do not settle the question. */
export type Draft =
  | { readonly enough: false }
  | { readonly enough: true; readonly headline: string; readonly points: readonly DraftPoint[]; readonly steps: readonly string[] };

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
const draftSchema = z.object({
  enough: z.boolean(),
  headline: z.string().default(''),
  points: z.array(z.object({ text: z.string(), provisions: z.array(z.number()) })).default([]),
  steps: z.array(z.string()).default([]),
});

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
 * An answer in plain words, of which each point rests on excerpts that were given. The numbers become provisions here; the
 * whole is still to be held against the library (`verifyAnswer`), which knows what is in force.
 */
export async function draftAnswer(
  model: LanguageModel,
  prompt: Prompt,
  material: DraftMaterial,
  patience: Patience,
): Promise<Drafted<Draft>> {
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
  const reply = await model.complete({ prompt, input, schema: draftSchema, maxTokens: prompt.maxTokens, ...patience });
  return judged(reply, (value) => checkDraft(value, excerpts, prompt.instructions));
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

function checkDraft(raw: z.infer<typeof draftSchema>, excerpts: readonly Excerpt[], instructions: string): Checked<Draft> {
  if (!raw.enough) return { faults: [], value: { enough: false } };
  const faults: ModelFault[] = [];
  const points = raw.points.map((point) => {
    const text = cleanText(point.text);
    const sources: Excerpt[] = [];
    for (const number of new Set(point.provisions)) {
      const source = excerpts[number - 1];
      if (source) sources.push(source);
      else faults.push({ fault: 'unknown-excerpt', number });
    }
    if (point.provisions.length === 0) faults.push({ fault: 'no-excerpt', words: text });
    faults.push(...tooLong(text, LIMITS.point), ...textFaults(text, sources), ...notGrounded(text, sources));
    return { text, sources };
  });
  const headline = cleanText(raw.headline);
  const steps = raw.steps.map(cleanText);
  // only what a point rests on becomes a citation, so the rest of the answer rests on that too
  const rested = [...new Set(points.flatMap(({ sources }) => sources))];
  faults.push(...tooLong(headline, LIMITS.headline), ...textFaults(headline, rested), ...notGrounded(headline, rested));
  for (const step of steps) faults.push(...tooLong(step, LIMITS.step), ...textFaults(step, rested));
  for (const text of [headline, ...points.map((point) => point.text), ...steps]) faults.push(...echoes(text, instructions));
  if (points.length === 0) faults.push({ fault: 'empty-text' });
  if (points.length > MOST.points) faults.push({ fault: 'too-many', count: points.length });
  if (steps.length > MOST.steps) faults.push({ fault: 'too-many', count: steps.length });
  const value: Draft = {
    enough: true,
    headline,
    points: points.map(({ text, sources }) => ({ text, provisions: sources.map(({ law, article }) => ({ law, article })) })),
    steps,
  };
  return { faults, value };
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
