import type { IncomingMessage, ServerResponse } from 'node:http';
import { textReply } from './from-outgoing.js';
import type { Exchanges, Reply } from './exchanges.js';
import { isGenuine, readPush, type PushRules, type ReadPush } from './read-push.js';
import { toInbound, type Pushed } from './to-inbound.js';
import { deadlineIn, type Deadline } from './within-time.js';

export interface WebhookDeps {
  readonly rules: PushRules;
  readonly exchanges: Exchanges;
  /** In milliseconds, for a push in all. */
  readonly replyWithinMs: number;
  /** Never throws. */
  readonly workOut: (push: Extract<Pushed, { kind: 'inbound' }>, deadline: Deadline) => Promise<Reply>;
  readonly onPush: (push: Pushed) => void;
  readonly onRefused: (reason: string) => void;
  readonly now: () => number;
  readonly onError: (error: unknown, part: string) => void;
}

/** A handler of requests as node and express know it. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

const BODY_BYTES = 64 * 1024;
/** A push comes whole and at once; who sends it byte by byte is somebody else. */
const BODY_WITHIN_MS = 2000;
/** What acknowledges a push, so that it is neither repeated nor shown as a fault. */
const ACKNOWLEDGED = 'success';

/**
 * The address that the platform pushes to. A genuine push gets a valid reply in time, whatever breaks inside; anything else
 * gets a bare status.
 */
export function createWebhook(deps: WebhookDeps): RequestHandler {
  return (request, response) => {
    const deadline = deadlineIn(deps.replyWithinMs);
    handle(deps, request, response, deadline).catch((error: unknown) => {
      deps.onError(error, 'webhook');
      if (!response.headersSent) void respond(response, 200, ACKNOWLEDGED);
    });
  };
}

async function handle(deps: WebhookDeps, request: IncomingMessage, response: ServerResponse, deadline: Deadline): Promise<void> {
  const query = queryOf(request);
  if (query === null) {
    await respond(response, 404);
    return;
  }
  if (request.method === 'GET') {
    const genuine = isGenuine(query, deps.rules, deps.now());
    if (!genuine) deps.onRefused('signature');
    await respond(response, genuine ? 200 : 403, genuine ? (query.get('echostr') ?? '') : '');
    return;
  }
  if (request.method !== 'POST') {
    await respond(response, 405);
    return;
  }
  const body = await readBody(request);
  if (typeof body === 'number') {
    response.setHeader('connection', 'close');
    await respond(response, body);
    request.resume();
    return;
  }
  const push = readPush(query, body, deps.rules, deps.now());
  if (push.kind === 'push') {
    await answer(deps, push, response, deadline);
    return;
  }
  deps.onRefused(push.reason);
  await respond(response, push.kind === 'refused' ? 403 : 200, push.kind === 'refused' ? '' : ACKNOWLEDGED);
}

async function answer(
  deps: WebhookDeps,
  { fields, wrap }: Extract<ReadPush, { kind: 'push' }>,
  response: ServerResponse,
  deadline: Deadline,
): Promise<void> {
  const pushed = toInbound(fields);
  deps.onPush(pushed);
  if (pushed.kind !== 'inbound') {
    await respond(response, 200, ACKNOWLEDGED);
    return;
  }
  const to = { openId: pushed.inbound.conversationKey, account: fields['ToUserName'] ?? '' };
  const at = Math.floor(deps.now() / 1000);
  await deps.exchanges.run(
    pushed.inbound.externalKey,
    () => deps.workOut(pushed, deadline),
    ({ text }) =>
      text === null
        ? respond(response, 200, ACKNOWLEDGED)
        : respond(response, 200, wrap(textReply(to, text, at), at), 'text/xml; charset=utf-8'),
  );
}

/** Null: not our address. */
function queryOf({ url = '' }: IncomingMessage): URLSearchParams | null {
  const [path = '', query = ''] = url.split('?', 2);
  return path === '' || path === '/' ? new URLSearchParams(query) : null;
}

/** The body as text, or the status that refuses it. */
function readBody(request: IncomingMessage): Promise<string | number> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES) return Promise.resolve(413);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const timer = setTimeout(done, BODY_WITHIN_MS, 408);
    function done(result: string | number): void {
      clearTimeout(timer);
      resolve(result);
    }
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > BODY_BYTES) done(413);
      else chunks.push(chunk);
    });
    request.on('end', () => {
      done(Buffer.concat(chunks).toString('utf8'));
    });
    request.on('error', () => {
      done(400);
    });
    request.on('close', () => {
      done(400);
    });
  });
}

/** @returns whether all of it has left, before the other side hung up */
function respond(response: ServerResponse, status: number, body = '', type = 'text/plain; charset=utf-8'): Promise<boolean> {
  return new Promise((resolve) => {
    if (hungUp(response)) {
      resolve(false);
      return;
    }
    response.once('finish', () => {
      resolve(true);
    });
    response.once('close', () => {
      resolve(false);
    });
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store' });
    response.end(body);
  });
}

/** Whoever has closed their half of the connection no longer listens, though node would still write. */
function hungUp({ socket, destroyed }: ServerResponse): boolean {
  return destroyed || socket === null || socket.destroyed || socket.readableEnded || !socket.writable;
}
