import type { TicketKind } from './answer.js';

/** What a person filled in for a service of the bureau, a question at a time. */
export interface ServiceForm {
  /** Id of the form: mediation, legal-aid, notary, appointment, home-visit, call. */
  readonly form: string;
  readonly kind: TicketKind;
  /** As asked and answered, in order; shown to the lawyer, masked in lists. */
  readonly answers: readonly ServiceAnswerLine[];
  /** What the pre-check found, in words, with its provisions; empty: there was none. */
  readonly findings: readonly string[];
  /** Papers to bring. */
  readonly papers: readonly string[];
}

export interface ServiceAnswerLine {
  readonly id: string;
  readonly label: string;
  readonly value: string;
}

/** What a person taps below a guide to begin its form; each starts the form of its name. */
export const FORM_STARTS = {
  mediation: ['我要申请调解'],
  'legal-aid': ['我要申请法律援助'],
  notary: ['我要预约公证'],
  lawyer: ['我要选律师', '我要预约', '我要上门服务'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What stands in the place of words that were erased. */
export const ERASED = '〔已删除〕';
