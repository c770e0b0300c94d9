import type { Request, Response } from 'express';
import { sendError } from './errors.js';
import type { DeskReader } from './ports.js';

/** The ticket that a route's `:number` names, with its thread; null, and refused in words, where there is none. */
export async function ticketOf(
  desk: Pick<DeskReader, 'ticket'>,
  request: Request,
  response: Response,
): Promise<Awaited<ReturnType<DeskReader['ticket']>>> {
  const number = request.params['number'];
  const found = await desk.ticket(typeof number === 'string' ? number : '');
  if (!found) sendError(response, 404, 'not-found', '没有这张工单。请回到列表刷新。');
  return found;
}
