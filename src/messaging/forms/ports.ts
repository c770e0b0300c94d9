import type { ProvisionRef } from '../../domain/law.js';

/** A form that is being filled in. */
export interface OpenForm {
  /** Id of its definition. */
  readonly form: string;
  /** By id of the question; an empty text where it was skipped. */
  readonly answers: Readonly<Record<string, string>>;
  /** Id of the question that waits, or `confirm`. */
  readonly step: string;
  /** When it was last worked on, milliseconds since the epoch. */
  readonly at: number;
}

export interface OpenFormStore {
  of(conversationId: string): Promise<OpenForm | null>;
  save(conversationId: string, form: OpenForm): Promise<void>;
  drop(conversationId: string): Promise<void>;
}

/** What forms ask of the pack. */
export interface FormSources {
  /** Whether a provision may be cited on a day (ISO). */
  citable(ref: ProvisionRef, day: string): boolean;
  /** The papers that a guide of the pack lists; empty: there is no such guide, or it lists none. */
  papers(guideTitle: string): readonly string[];
}
