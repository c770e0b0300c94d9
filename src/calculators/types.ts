import type { HandoffReason } from '../domain/answer.js';
import type { ProvisionRef, Region } from '../domain/law.js';
import type { WorkingCalendar } from './working-days.js';

export type InputKind = 'money' | 'date' | 'months' | 'integer' | 'choice' | 'yes-no' | 'days' | 'hours';

export interface InputOption {
  readonly value: string;
  /** As the citizen reads it. */
  readonly label: string;
}

/** What is asked of the citizen, in plain Chinese. */
export interface InputQuestion {
  readonly id: string;
  readonly kind: InputKind;
  readonly ask: string;
  readonly options?: readonly InputOption[];
}

/**
 * What the citizen said: money in whole fen, dates as ISO days, `months` and `days` in halves, `hours` in hundredths,
 * yes-no as boolean, a choice as the value of its option. `null`: was asked, and does not know or has none. Absent: not asked yet.
 */
export type InputValue = string | number | boolean | null;
export type Inputs = Readonly<Record<string, InputValue | undefined>>;

/** The answers given so far, already checked against the calculator's inputs. Absent and unknown are both null. */
export interface Given {
  /** Fen. */
  money(id: string): number | null;
  /** ISO day. */
  date(id: string): string | null;
  number(id: string): number | null;
  choice(id: string): string | null;
  yes(id: string): boolean | null;
}

export interface Input extends InputQuestion {
  /** Short name, for messages. */
  readonly label: string;
  /** Asked only where this holds; always, where it is missing. */
  readonly neededWhen?: (given: Given) => boolean;
  /** Never asked; used where it is known. */
  readonly optional?: true;
  /** `null` (does not know) still gives a result. */
  readonly mayBeUnknown?: true;
  /** Bounds of a number, in the unit of the kind; money in fen. */
  readonly min?: number;
  readonly max?: number;
}

/** A figure that an article states (`knowledge/figures`). */
export interface LawFigure {
  readonly value: number;
  readonly unit: string;
  readonly law: string;
  readonly article: string;
  readonly from: string | null;
  /** False: the pack has no gist of the text, so it may be named and not cited. */
  readonly inPack: boolean;
  readonly note: string | null;
}

/** A yearly or regional number; `value: null` until someone enters it with its source. */
export interface Slot {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly value: number | null;
  readonly source: string | null;
  readonly verified: boolean;
  /** Of a number of months: of which wage. */
  readonly base: 'own-wage' | 'pooling-average-wage' | null;
}

/** What a line keeps of a slot that it rests on. */
export type UsedSlot = Pick<Slot, 'id' | 'title' | 'value' | 'source' | 'verified'>;

/** The figures a calculator reads; `parseFigures` makes one from the pack. */
export interface Figures {
  /** The law's figure as it stands on `day`; null where no version at hand covers that day. */
  figure(table: string, key: string, day: string): LawFigure | null;
  /** The slot of a series that covers `day` in a region; null where there is none. */
  slot(series: string, region: Region, day: string): Slot | null;
}

/** Who pays an item; the third where it is not known whether the employer was insured: the fund if it was, the employer if not. */
export type Payer = '工伤保险基金' | '用人单位' | '参保的由工伤保险基金付，没参保的由用人单位付';

/** One value that stands in a formula, and where it comes from. */
export interface TraceStep {
  readonly from: 'input' | 'law' | 'slot' | 'computed';
  /** As the formula prints it. */
  readonly text: string;
  /** For `law`: the article; for `slot`: the slot's id. */
  readonly source: string | null;
}

/** What a line rests on. A line that rests on a slot is never certain before a lawyer has verified it. */
export type Basis =
  | { readonly kind: 'law' }
  | {
      readonly kind: 'slot';
      /** True only if every slot has a value and has been verified. */
      readonly verified: boolean;
      readonly slots: readonly UsedSlot[];
    };

/** One item of a result. */
export interface Line {
  readonly id: string;
  readonly label: string;
  /** Whole fen; null where a slot is empty, the law leaves a range, or the item is a formula or a date. */
  readonly amount: number | null;
  /** Fen; only where the law leaves room and `amount` is null. */
  readonly range: { readonly low: number; readonly high: number } | null;
  /** `once` and `monthly` are added up separately; `apart` never (conditional on what has not happened, or a date). */
  readonly sum: 'once' | 'monthly' | 'apart';
  /** For a time limit: its last day (ISO). */
  readonly date: string | null;
  /** Plain Chinese, the numbers filled in. */
  readonly formula: string;
  readonly cites: readonly ProvisionRef[];
  /** Provisions that it also rests on and that the pack has no gist of: to be named, not cited. */
  readonly alsoUnder: readonly ProvisionRef[];
  readonly payer: Payer | null;
  readonly basis: Basis;
  readonly trace: readonly TraceStep[];
}

/** A remark. `verified: false`: known at second hand only, shown as 待核实 with its source. */
export interface Note {
  readonly text: string;
  readonly cites: readonly ProvisionRef[];
  readonly verified: boolean;
  readonly source: string | null;
}

export interface HumanReason {
  readonly reason: HandoffReason;
  readonly text: string;
}

/** Fen. `known` adds the certain lines; `low` and `high` add the ends of ranges; `complete` is false where a line has neither. */
export interface Sum {
  readonly known: number;
  readonly low: number;
  readonly high: number;
  readonly complete: boolean;
}

export interface CalculationResult {
  readonly kind: 'result';
  readonly lines: readonly Line[];
  readonly total: { readonly once: Sum; readonly monthly: Sum };
  readonly notes: readonly Note[];
  /** Empty where the machine's answer may stand alone. */
  readonly needsHuman: readonly HumanReason[];
}

export type Calculation =
  | CalculationResult
  /** At most two questions at a time, the most decisive first. */
  | { readonly kind: 'missing'; readonly ask: readonly InputQuestion[] }
  /** Impossible input, or a case that no rule at hand covers (`human`). */
  | { readonly kind: 'refused'; readonly reason: string; readonly remedy: string; readonly human: boolean };

export interface Calculator {
  readonly id: string;
  readonly title: string;
  readonly inputs: readonly Input[];
  /** The provisions it mainly applies. */
  readonly cites: readonly ProvisionRef[];
  /** @param today ISO day in China. @param calendar working days; a simple one stands in where it is left out. */
  run(inputs: Inputs, figures: Figures, today: string, calendar?: WorkingCalendar): Calculation;
}
