import type { Message } from '../../domain/message.js';

/** How the core writes down that somebody has begun at a service point. */
const JOINED = '〔关注〕';

/** The thread without its beginning by machine: at a kiosk the start screen is the greeting. */
export function withoutJoin(messages: readonly Message[]): readonly Message[] {
  const [first, second] = messages;
  if (first?.author !== 'citizen' || first.body.type !== 'text' || first.body.text !== JOINED) return messages;
  return messages.slice(second?.author === 'bot' ? 2 : 1);
}
