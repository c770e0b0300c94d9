import type { Middleware } from './compose.js';
import type { Turn } from './turn.js';

/** A question that was put longer ago is forgotten. */
const HOLDS_MS = 24 * 3600_000;

/** Finds out what the last thing that was said takes the person's words for. */
export const hearAsked: Middleware<Turn> = async (turn, next) => {
  const { stores, conversation, at } = turn;
  const last = await stores.personal.lastSaid(conversation.id);
  if (last?.body.type === 'text' && at - last.at <= HOLDS_MS) turn.asked = last.body.asks ?? null;
  return next();
};
