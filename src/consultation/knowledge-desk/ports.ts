import type { KnowledgeDeskView } from '../../domain/knowledge-views.js';

/** Null: it is done; else what stands in the way, in words. */
export type KnowledgeRefusal = { readonly reason: 'not-found' | 'conflict' | 'second-person' | 'empty'; readonly text: string } | null;

export interface FigureEntry {
  readonly value: number;
  readonly source: string;
  /** ISO day. */
  readonly sourceDate: string;
}

/** The pack as lawyers look after it at the desk. */
export interface KnowledgeDesk {
  view(by: string): Promise<KnowledgeDeskView>;
  /** @param by name of who has compared the statement with `against` */
  verifyStatement(key: string, by: string, against: string): Promise<KnowledgeRefusal>;
  withdrawStatement(key: string): Promise<KnowledgeRefusal>;
  enterFigure(slot: string, entry: FigureEntry, by: string): Promise<KnowledgeRefusal>;
  /** Somebody else than who entered it. */
  verifyFigure(slot: string, by: string): Promise<KnowledgeRefusal>;
}
