import type { HandoffWork } from './ports.js';

/** Whether a lawyer holds a ticket, or has claimed, answered or closed it before; null: there is no such ticket. */
export async function hasWorkedOn({ tickets }: HandoffWork, number: string, staffId: string): Promise<boolean | null> {
  const ticket = await tickets.byNumber(number);
  if (!ticket) return null;
  if (ticket.holder === staffId) return true;
  return (await tickets.history(number)).some((entry) => entry.staffId === staffId);
}
