export { DEFAULT_RETENTION, LEAST_DAYS, MOST_DAYS, RETENTION_NAMES, type RetentionDays } from './retention-days.js';
import type { RetentionDays } from './retention-days.js';

/** What decides when a conversation is erased. */
export interface KeptUntil {
  readonly conversationId: string;
  readonly lastMessageAt: number;
  readonly tickets: readonly { readonly kind: string; readonly state: string; readonly closedAt: number | null }[];
}

export interface RetentionStore {
  days(): Promise<RetentionDays>;
  /** The settings before stay as history. */
  set(days: RetentionDays, staffId: string | null, at: number): Promise<void>;
  /** Conversations with words in them, the last of which came before a time. */
  candidates(lastBefore: number): Promise<readonly KeptUntil[]>;
  /** Conversations that are to be erased once their tickets are closed, and now are. */
  wantErasure(): Promise<readonly string[]>;
  /** The newest erasures. */
  erasures(
    limit: number,
  ): Promise<readonly { readonly scope: string; readonly counts: Readonly<Record<string, number>>; readonly at: number }[]>;
}
