import { z } from 'zod';
import type { ModelFailure, ModelTokens } from '../../consultation/language-model/ports.js';

/** What a chat completion holds, once it is one. */
export interface ChatAnswer {
  readonly text: string;
  /** `stop`, `length`, …; null where the service does not say. */
  readonly finish: string | null;
  /** As the service counted; null where it did not. */
  readonly tokens: ModelTokens | null;
}

export type Judged<T> =
  { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'failed'; readonly why: ModelFailure; readonly detail: string };

const usage = z.object({ prompt_tokens: z.number().nonnegative(), completion_tokens: z.number().nonnegative() });
const completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({
          content: z.string().nullish(),
          tool_calls: z.array(z.object({ function: z.object({ arguments: z.string() }) })).nullish(),
        }),
      }),
    )
    .min(1),
  usage: usage.nullish().catch(null),
});
const piece = z.object({
  choices: z.array(z.object({ finish_reason: z.string().nullish(), delta: z.object({ content: z.string().nullish() }).nullish() })),
  usage: usage.nullish().catch(null),
});

/** Null where it is no chat completion. */
export function readCompletion(answer: unknown): ChatAnswer | null {
  const read = completion.safeParse(answer);
  const choice = read.data?.choices[0];
  if (!choice) return null;
  const called = choice.message.tool_calls?.[0]?.function.arguments;
  return { text: called ?? choice.message.content ?? '', finish: choice.finish_reason ?? null, tokens: tokensOf(read.data?.usage) };
}

/** One event of a streamed completion; null where it is none. */
export function readPiece(event: unknown): ChatAnswer | null {
  const read = piece.safeParse(event);
  if (!read.success) return null;
  const choice = read.data.choices[0];
  return { text: choice?.delta?.content ?? '', finish: choice?.finish_reason ?? null, tokens: tokensOf(read.data.usage) };
}

function tokensOf(counted: z.infer<typeof usage> | null | undefined): ModelTokens | null {
  return counted ? { in: counted.prompt_tokens, out: counted.completion_tokens } : null;
}

/** Whether a whole answer is prose that may be handed on. */
export function judgeProse({ text, finish }: Pick<ChatAnswer, 'text' | 'finish'>): Judged<string> {
  const cut = cutShort(text, finish);
  if (cut) return cut;
  return isForeign([text.replace(QUOTED_NAME, '')]) ? foreign() : { kind: 'ok', value: text };
}

/** In prose that is JSON line by line: names of fields and of lists. */
const QUOTED_NAME = /"[\w-]{0,24}"/g;

/** Takes the JSON out of an answer and holds it against the schema. */
export function judgeJson<T>({ text, finish }: ChatAnswer, schema: z.ZodType<T>): Judged<T> {
  const said = withoutThoughts(text);
  const cut = cutShort(said, finish);
  if (cut) return cut;
  const found = findJson(said);
  if (found === null) return isForeign([said]) ? foreign() : failed('malformed', '答的不是 JSON');
  if (isForeign(stringsIn(found))) return foreign();
  const read = schema.safeParse(found);
  // what else an issue says may be the model's own words
  return read.success
    ? { kind: 'ok', value: read.data }
    : failed('malformed', `JSON 的样子不对（${read.error.issues[0]?.code ?? 'unknown'}）`);
}

function cutShort(text: string, finish: string | null): Judged<never> | null {
  if (finish === 'length') return failed('truncated', '答复太长，被截断');
  if (finish === 'content_filter') return failed('empty', '服务商的过滤器拦下了答复');
  return text.trim() === '' ? failed('empty', '答复是空的') : null;
}

const [THOUGHTS, THOUGHTS_END] = ['<think>', '</think>'];

/** Some models think aloud before they answer. */
function withoutThoughts(text: string): string {
  const filter = createThoughtFilter();
  return filter.add(text) + filter.end();
}

/** Leaves out what a streamed answer thinks aloud before it begins. */
export function createThoughtFilter(): { add(text: string): string; end(): string } {
  let held: string | null = '';
  return {
    add(text) {
      if (held === null) return text;
      held += text;
      const begun = held.trimStart();
      if (begun.startsWith(THOUGHTS)) {
        const end = begun.indexOf(THOUGHTS_END);
        if (end === -1) return '';
        held = null;
        return begun.slice(end + THOUGHTS_END.length);
      }
      if (THOUGHTS.startsWith(begun)) return '';
      const all = held;
      held = null;
      return all;
    },
    // thoughts that never ended are no answer; the beginning of a tag is one
    end: () => (held === null || held.trimStart().startsWith(THOUGHTS) ? '' : held),
  };
}

/** Where an answer has more opening braces than this before its object, no one looks on. */
const MOST_BRACES = 20;

/** The one JSON object of a text, alone, fenced or among words; null where there is none, or more than one to choose from. */
function findJson(text: string): object | null {
  const whole = parseObject(text);
  if (whole !== null) return whole;
  const found: object[] = [];
  let tries = MOST_BRACES;
  for (let at = text.indexOf('{'); at !== -1 && tries-- > 0;) {
    const end = endOfObject(text, at);
    const parsed = end === null ? null : parseObject(text.slice(at, end));
    if (parsed !== null) found.push(parsed);
    at = text.indexOf('{', end !== null && parsed !== null ? end : at + 1);
    if (found.length > 1) return null;
  }
  return found[0] ?? null;
}

/** Where the object that begins at `start` ends; braces inside strings do not count. Null: it does not. */
function endOfObject(text: string, start: number): number | null {
  let [depth, quoted] = [0, false];
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (quoted && char === '\\') at++;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === '{') depth++;
    else if (!quoted && char === '}' && --depth === 0) return at + 1;
  }
  return null;
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

/** Least share of Chinese characters among the letters of a text. */
const HAN_SHARE = 0.5;
/** Fewer letters than this are no language: OK, A级. */
const FEW_LETTERS = 8;

/** Whether texts are hardly Chinese. A single word in Latin letters is a name of a list ("wages"), not text. */
function isForeign(texts: readonly string[]): boolean {
  const prose = texts.filter((text) => !/^[\w-]{0,24}$/.test(text)).join('');
  const letters = prose.match(/\p{L}/gu)?.length ?? 0;
  const han = prose.match(/\p{Script=Han}/gu)?.length ?? 0;
  return letters >= FEW_LETTERS && han < letters * HAN_SHARE;
}

const foreign = (): Judged<never> => failed('wrong-language', '答的不是中文');

function failed(why: ModelFailure, detail: string): Judged<never> {
  return { kind: 'failed', why, detail };
}
