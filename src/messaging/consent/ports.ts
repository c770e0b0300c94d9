export type ConsentState =
  /** Was told what is kept and why, and went on. */
  | 'told'
  /** Said no, or had everything erased: is told anew. */
  | 'refused'
  /** Everything is erased once no lawyer works on it any more. */
  | 'erase-on-closing';

export interface ConsentStore {
  of(conversationId: string): Promise<{ readonly version: string; readonly state: ConsentState } | null>;
  save(conversationId: string, version: string, state: ConsentState, at: number): Promise<void>;
}
