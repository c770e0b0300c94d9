import type { StoredTicket } from '../../handoff/ports.js';
import type { MessagingWork } from '../ports.js';
import type { Erasure, ErasureCounts } from './ports.js';

type Stores = Pick<MessagingWork, 'personal' | 'audit' | 'tickets'>;

/** Erases a person's conversations, or one, and records that it was done. */
export async function erase(
  stores: Stores,
  conversationIds: readonly string[],
  { scope, subject, byStaff }: Omit<Erasure, 'counts'>,
  at: number,
): Promise<ErasureCounts> {
  const counts = await stores.personal.erase(conversationIds, at);
  await stores.personal.record({ scope, subject, counts, byStaff }, at);
  await stores.audit.append({ staffId: byStaff, action: 'erase', subject: `conversation:${subject}`, detail: { scope, ...counts } }, at);
  return counts;
}

/** Tickets of conversations that are not closed. */
export async function openTickets(stores: Pick<Stores, 'tickets'>, conversationIds: readonly string[]): Promise<StoredTicket[]> {
  const found: StoredTicket[] = [];
  for (const id of conversationIds) found.push(...(await stores.tickets.openOf(id)));
  return found;
}
