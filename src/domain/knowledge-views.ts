/** GET /api/desk/knowledge: what of the pack wants looking after. */
export interface KnowledgeDeskView {
  readonly statements: readonly StatementView[];
  readonly figures: readonly FigureView[];
  readonly stale: readonly StaleView[];
}

/** A statement that is known at second hand. */
export interface StatementView {
  /** Key of the provision: "四川省法律援助条例#条号待核实：…". */
  readonly key: string;
  readonly law: string;
  readonly article: string;
  readonly says: string;
  readonly source: string;
  /** How sources differ; such a statement cannot be verified, null: they do not. */
  readonly conflict: string | null;
  readonly verified: { readonly by: string; readonly on: string; readonly against: string } | null;
}

/** A yearly or regional number. */
export interface FigureView {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** Null: the slot is empty. */
  readonly value: number | null;
  readonly source: string | null;
  readonly verifiedBy: string | null;
  /** Who entered the value that counts; null: it stands in the pack. */
  readonly enteredBy: string | null;
  /** Entered by me: somebody else verifies it. */
  readonly mine: boolean;
  /** Newest first. */
  readonly history: readonly { readonly value: number; readonly source: string; readonly sourceDate: string; readonly by: string }[];
}

/** A gist whose official text has changed: it is not used until it is written anew. */
export interface StaleView {
  readonly law: string;
  readonly article: string;
  readonly says: string;
}
