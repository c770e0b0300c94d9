export type { WorkingCalendar } from '../calculators/index.js';
import type { ClarifyRule } from '../knowledge/clarify-rules.js';
import type { LawChange } from '../knowledge/library.js';
import type { EnteredFigure, FigureBook } from '../knowledge/parse-figures.js';
import type { Guide } from '../knowledge/parse-guide.js';
import type { Matter } from '../knowledge/parse-matter.js';
import type { PackLaw } from '../knowledge/parse-pack-law.js';
import type { Synonyms } from '../knowledge/parse-synonyms.js';
import type { TriageRules } from '../knowledge/triage-rules.js';
import type { Verification } from '../knowledge/verification.js';
import type { StoredModel } from '../retrieval/model.js';

/** The knowledge pack, as the consultation needs it. */
export interface Knowledge {
  readonly laws: readonly PackLaw[];
  readonly changes: readonly LawChange[];
  readonly checksums: Readonly<Record<string, string>>;
  readonly guides: readonly Guide[];
  readonly figures: FigureBook;
  readonly matters: readonly Matter[];
  readonly synonyms: Synonyms;
  readonly triage: TriageRules;
  readonly clarify: readonly ClarifyRule[];
  readonly confidence: unknown;
  readonly citations: unknown;
  /** The trained retrieval model; null: keywords alone. */
  readonly model: StoredModel | null;
}

/** What people have added to the pack while it runs. */
export interface VerificationStore {
  /** Oldest first. */
  verifications(): Promise<Verification[]>;
  /** Oldest first. */
  figures(): Promise<EnteredFigure[]>;
  verify(verification: Verification, at: number): Promise<void>;
  /** Takes back every verification under a key. @returns false: there was none */
  withdraw(key: string): Promise<boolean>;
  enter(figure: EnteredFigure, at: number): Promise<void>;
  /** Changes whenever something was added or taken back. */
  version(): Promise<string>;
}
