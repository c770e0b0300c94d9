import { createHash } from 'node:crypto';
import type { Prompts } from '../knowledge/parse-prompt.js';
import type { LanguageModel } from './language-model/ports.js';
import {
  draftAnswer,
  rewriteQuestion,
  triageWithModel,
  type Draft,
  type Drafted,
  type DraftMaterial,
  type DraftSentence,
  type Fact,
  type ModelTriage,
  type Rewrite,
} from './model-drafts.js';
import { faultName, type ModelFault } from './model-text.js';

/** What a consultation asks a language model for. Nothing personal stands in it: placeholders take its place. */
export type HelpRequest =
  | { readonly task: 'rewrite'; readonly question: string; readonly facts: readonly Fact[] }
  | { readonly task: 'triage'; readonly message: string }
  | {
      readonly task: 'draft';
      readonly material: DraftMaterial;
      /** What keeps a sentence from being shown, beside the checks of its text. */
      readonly judge: (sentence: DraftSentence) => readonly ModelFault[];
      /** A sentence as the person may read it. */
      readonly shown: (sentence: DraftSentence) => string;
    };
export type HelpTask = HelpRequest['task'];
type RequestOf<Task extends HelpTask> = Extract<HelpRequest, { readonly task: Task }>;

interface Results {
  readonly rewrite: Rewrite;
  readonly triage: ModelTriage;
  readonly draft: Draft;
}
/** Null: the model was asked, or could not be, and the rules have to do without. */
export type HelpResult<Task extends HelpTask> = Results[Task] | null;

/** Thrown by a consultation that wants a language model's help: `prepare` it, then ask again. */
export class ModelWanted extends Error {
  override readonly name = 'ModelWanted';

  constructor(readonly request: HelpRequest) {
    super(`the language model has to be asked first (${request.task})`);
  }
}

/** One turn under way. */
export interface HelpTurn {
  /** The same whenever the turn is begun again, and no other turn's. */
  readonly key: string;
  /** Told each sentence of a draft that may be shown, while the rest is written. */
  readonly onSentence?: ((text: string) => void) | undefined;
}

/** Why something by the model was not used: a fault's name, none of the model's words. */
export interface Refusal {
  readonly task: HelpTask;
  readonly reason: string;
}

/** Results of a language model for the turns under way. A consultation takes them; outside of it they are prepared. */
export interface ModelHelp {
  /** Undefined: not prepared. */
  take<Task extends HelpTask>(request: RequestOf<Task>): HelpResult<Task> | undefined;
  /** Asks the model, as long as the turn's time lasts, and keeps the result, a failure too. Never throws. */
  prepare(request: HelpRequest, turn: HelpTurn): Promise<void>;
  refused(refusal: Refusal): void;
}

export interface ModelHelpOptions {
  readonly model: LanguageModel;
  readonly prompts: Prompts;
  /** For all that one turn asks, milliseconds. */
  readonly budgetMs: number;
  readonly onRefusal?: ((refusal: Refusal) => void) | undefined;
  /** A fault of ours: the turn goes on without help. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Results kept, the latest. */
  readonly kept?: number | undefined;
  /** A failure is not asked about again for so long, which has to be longer than a turn takes. */
  readonly failuresHoldMs?: number | undefined;
  /** Milliseconds. */
  readonly now?: (() => number) | undefined;
}

const KEPT = 1000;
const TURNS = 5000;
const AFTER_THE_BUDGET_MS = 10_000;

/** Keeps what the model said by what it was asked; two people who ask the same are told the same. */
export function createModelHelp(options: ModelHelpOptions): ModelHelp {
  const { budgetMs, kept = KEPT, failuresHoldMs = budgetMs + AFTER_THE_BUDGET_MS, now = () => performance.now() } = options;
  const { onRefusal = () => undefined, onError = () => undefined } = options;
  const results = new Map<string, { readonly value: HelpResult<HelpTask>; readonly until: number }>();
  const deadlines = new Map<string, number>();

  const deadlineOf = (turn: string): number => {
    const deadline = deadlines.get(turn) ?? now() + budgetMs;
    putBounded(deadlines, turn, deadline, TURNS);
    return deadline;
  };

  const resultOf = async (request: HelpRequest, turn: HelpTurn): Promise<HelpResult<HelpTask>> => {
    const left = deadlineOf(turn.key) - now();
    if (left <= 0) return null;
    try {
      const drafted = await ask(request, left, turn, options);
      if (drafted.kind === 'ok') return drafted.value;
      // a draft's faults have been told one by one
      if (drafted.kind === 'rejected' && request.task !== 'draft') {
        for (const fault of drafted.faults) onRefusal({ task: request.task, reason: faultName(fault) });
      }
    } catch (error) {
      onError(error);
    }
    return null;
  };

  return {
    take<Task extends HelpTask>(request: RequestOf<Task>) {
      const found = results.get(keyOf(request));
      if (!found || found.until < now()) return undefined;
      return found.value as HelpResult<Task>;
    },
    async prepare(request, turn) {
      const value = await resultOf(request, turn);
      putBounded(results, keyOf(request), { value, until: value === null ? now() + failuresHoldMs : Infinity }, kept);
    },
    refused: onRefusal,
  };
}

/** @throws ModelWanted where the request has not been prepared */
export function takeOrWant<Task extends HelpTask>(help: ModelHelp, request: RequestOf<Task>): HelpResult<Task> {
  const found = help.take(request);
  if (found === undefined) throw new ModelWanted(request);
  return found;
}

/** Runs what may want a model's help, outside of any unit of work, until it has all of it. */
export async function helped<T>(help: ModelHelp, turn: HelpTurn, run: () => T): Promise<T> {
  for (;;) {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof ModelWanted)) throw error;
      await help.prepare(error.request, turn);
    }
  }
}

function ask(request: HelpRequest, leftMs: number, turn: HelpTurn, options: ModelHelpOptions): Promise<Drafted<Results[HelpTask]>> {
  const { model, prompts, onRefusal } = options;
  const patience = { budgetMs: leftMs };
  switch (request.task) {
    case 'rewrite':
      return rewriteQuestion(model, prompts.rewrite, request, patience);
    case 'triage':
      return triageWithModel(model, prompts.triage, request.message, patience);
    case 'draft':
      return draftAnswer(model, prompts.draft, request.material, patience, {
        judge: request.judge,
        onSentence: (sentence) => turn.onSentence?.(request.shown(sentence)),
        onFault: (fault) => onRefusal?.({ task: 'draft', reason: faultName(fault) }),
      });
  }
}

/** By what is sent alone, so that nothing of it is kept but its checksum. */
function keyOf(request: HelpRequest): string {
  const { task } = request;
  const sent = task === 'rewrite' ? [request.question, request.facts] : task === 'triage' ? request.message : request.material;
  return `${task}:${createHash('sha256').update(JSON.stringify(sent)).digest('hex')}`;
}

function putBounded<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
