import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { isHeldByHuman } from '../../domain/ticket.js';
import type { ChatView } from '../../domain/views.js';
import { citizenKey, createPace } from './citizen-session.js';
import { readBody, route } from './errors.js';
import { createPump, openEventStream } from './event-stream.js';
import type { WebDeps } from './ports.js';

export const MESSAGE_MAX_LENGTH = 10_000;

const postedMessage = z.strictObject({
  id: z.string().regex(/^[\w-]{8,64}$/, '要 8–64 个字母、数字、下划线或短横'),
  content: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('text'),
      text: z.string().max(MESSAGE_MAX_LENGTH, `最多 ${String(MESSAGE_MAX_LENGTH)} 个字，请分几次发`),
    }),
    z.strictObject({ type: z.literal('human-wanted') }),
    // a kiosk says where it stands
    z.strictObject({
      type: z.literal('join'),
      servicePoint: z
        .string()
        .regex(/^[\w-]{1,40}$/, '服务点代码要 1–40 个字母、数字、下划线或短横')
        .nullable(),
    }),
  ]),
});

/** The citizen's page: an anonymous session in a cookie, messages in, a stream of events out. */
export function chatRoutes(deps: WebDeps): Router {
  const router = Router();
  const atHumanPace = createPace();

  const conversationOf = (request: Request, response: Response): Promise<string | null> =>
    deps.inbox.conversationId('web', conversationKey(request, response));

  const conversationKey = (request: Request, response: Response): string => citizenKey(request, response, deps.secureCookies);

  const ticketView = async (conversationId: string): Promise<ChatView['ticket']> => {
    const ticket = await deps.desk.latestOf(conversationId);
    return ticket && { number: ticket.number, state: ticket.state, held: isHeldByHuman(ticket) };
  };

  router.get(
    '/',
    route(async (request, response) => {
      const conversationId = await conversationOf(request, response);
      if (conversationId === null) {
        const nothing: ChatView = { messages: [], ticket: null };
        response.json(nothing);
        return;
      }
      const messages = await deps.outbox.messagesAfter(conversationId, 0);
      const view: ChatView = { messages, ticket: await ticketView(conversationId) };
      response.json(view);
      const last = messages.at(-1);
      if (last) await deps.outbox.markDelivered(conversationId, last.id);
    }),
  );

  router.post(
    '/messages',
    route(async (request, response) => {
      const key = conversationKey(request, response);
      if (!(await atHumanPace(request, response, key))) return;
      const { id, content } = readBody(request, postedMessage);
      const { message } = await deps.inbox.receive({
        channel: 'web',
        externalKey: `${key}:${id}`,
        conversationKey: key,
        content,
      });
      response.status(202).json({ accepted: true, message });
    }),
  );

  router.get('/events', (request, response) => {
    const key = conversationKey(request, response);
    let conversationId: string | null = null;
    const from = Number(request.headers['last-event-id'] ?? request.query['after'] ?? 0);
    let cursor = Number.isSafeInteger(from) && from > 0 ? from : 0;
    let shown = '';
    const stream = openEventStream(request, response);
    const pump = createPump(
      async () => {
        conversationId ??= await deps.inbox.conversationId('web', key);
        if (conversationId === null) return;
        const fresh = await deps.outbox.messagesAfter(conversationId, cursor);
        for (const message of fresh) {
          if (!stream.send('message', message, message.id)) return;
          cursor = message.id;
        }
        if (fresh.length > 0) await deps.outbox.markDelivered(conversationId, cursor);
        const ticket = await ticketView(conversationId);
        if (JSON.stringify(ticket) !== shown) {
          shown = JSON.stringify(ticket);
          stream.send('ticket', ticket);
        }
      },
      (error) => {
        deps.onError(error, 'GET /api/chat/events');
      },
    );
    const unsubscribe = deps.changes.subscribe((change) => {
      if (change.type === 'partial') {
        if (change.conversationId === conversationId) stream.send('partial', { text: change.text });
        return;
      }
      if (change.type === 'notice') return;
      // before the first message the conversation has no number yet
      if (conversationId === null || change.conversationId === conversationId) pump();
    });
    stream.onClose(unsubscribe);
    pump();
  });

  return router;
}
