import type { KeptConversation } from '../my-data/ports.js';

/** How long what is kept, in days; set by the bureau, not by a law that is known here. */
export interface RetentionDays {
  /** Without a ticket: after the last message. */
  readonly conversationDays: number;
  /** Consultations: after closing. */
  readonly closedDays: number;
  /** Mediation, legal aid, notary, appointments: after closing. */
  readonly serviceDays: number;
}

export const DEFAULT_RETENTION: RetentionDays = { conversationDays: 180, closedDays: 730, serviceDays: 1825 };

export const RETENTION_NAMES: Readonly<Record<keyof RetentionDays, string>> = {
  conversationDays: '没有工单的对话，最后一句话以后',
  closedDays: '咨询工单，结案以后',
  serviceDays: '调解、法援、公证、预约，结案以后',
};

/** Shorter would erase what is still being worked on, longer is no retention. */
export const LEAST_DAYS = 7;
export const MOST_DAYS = 36_500;

const DAY_MS = 86_400_000;

/** Days for which a conversation with such tickets is kept, and from when; null: one of them is not closed. */
export function endOf(
  lastMessageAt: number,
  tickets: readonly { readonly kind: string; readonly state: string; readonly closedAt: number | null }[],
  retention: RetentionDays,
): number | null {
  if (tickets.some(({ state }) => state !== 'closed')) return null;
  return Math.max(
    lastMessageAt + retention.conversationDays * DAY_MS,
    ...tickets.map(
      ({ kind, closedAt }) => (closedAt ?? 0) + (kind === 'consultation' ? retention.closedDays : retention.serviceDays) * DAY_MS,
    ),
  );
}

/** When the last of a person's conversations is erased; null: something is still under way. */
export function lastDayOf(kept: readonly KeptConversation[], retention: RetentionDays): number | null {
  const ends = kept.map(({ messages, tickets, createdAt }) => endOf(messages.at(-1)?.at ?? createdAt, tickets, retention));
  return ends.includes(null) ? null : Math.max(...ends.map((end) => end ?? 0));
}
