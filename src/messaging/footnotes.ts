import type { Footnote, MessageBody } from '../domain/message.js';
import type { Middleware } from './compose.js';
import type { Turn } from './turn.js';

/** Puts what steps want to be known besides under the turn's answer, whichever step gives it. */
export const footnotes: Middleware<Turn> = (turn, next) => {
  const { stores } = turn;
  turn.stores = {
    ...stores,
    answer: (conversationId, inReplyTo, body, at) => {
      turn.answered = true;
      return stores.answer(conversationId, inReplyTo, withNotes(body, turn.notes.splice(0)), at);
    },
  };
  return next();
};

function withNotes(body: MessageBody, notes: readonly Footnote[]): MessageBody {
  if (notes.length === 0 || body.type === 'event') return body;
  const footnote = { text: notes.map(({ text }) => text).join('\n\n'), options: notes.flatMap(({ options }) => options) };
  return { ...body, footnote };
}
