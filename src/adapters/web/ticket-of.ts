import type { Request, Response } from 'express';
import { mayRead } from '../../domain/access.js';
import { refusalText } from '../../domain/ticket.js';
import type { Actor, HandoffResult } from '../../handoff/ports.js';
import { sendError } from './errors.js';
import type { DeskReader } from './ports.js';

/** The same words whether a ticket does not exist or is nobody's business who asks. */
export function sendNoSuchTicket(response: Response): void {
  sendError(response, 404, 'not-found', '没有这张工单。请回到列表刷新。');
}

/**
 * The ticket that a route's `:number` names, with its thread, for a member of staff who may read it; null, and refused in words,
 * where there is none or they may not.
 */
export async function ticketOf(
  desk: Pick<DeskReader, 'ticket'>,
  request: Request,
  response: Response,
  staff: Actor,
): Promise<Awaited<ReturnType<DeskReader['ticket']>>> {
  const number = request.params['number'];
  const found = await desk.ticket(typeof number === 'string' ? number : '');
  if (found && mayRead(staff, found.ticket)) return found;
  sendNoSuchTicket(response);
  return null;
}

/** Why a move did not happen, in words; of a ticket that is not theirs to read they learn nothing. */
export async function sendRefusal(
  desk: Pick<DeskReader, 'guarded' | 'staffNames'>,
  response: Response,
  staff: Actor,
  number: string,
  refusal: Extract<HandoffResult, { ok: false }>['refusal'],
): Promise<void> {
  if (refusal.reason === 'not-found') {
    sendNoSuchTicket(response);
    return;
  }
  if (refusal.reason === 'not-allowed') {
    const ticket = await desk.guarded(number);
    if (!ticket || !mayRead(staff, ticket)) {
      sendNoSuchTicket(response);
      return;
    }
  }
  const names = await desk.staffNames();
  const text = refusalText(refusal, (id) => names.get(id) ?? '同事');
  sendError(response, refusal.reason === 'not-allowed' ? 403 : 409, refusal.reason, text);
}
