import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Update } from 'telegraf/types';

/** Answers one request of the platform; to be mounted at the path of the webhook, before anything reads bodies. */
export type WebhookHandler = (request: IncomingMessage, response: ServerResponse) => void;

export interface WebhookOptions {
  /** What the platform sends as X-Telegram-Bot-Api-Secret-Token. */
  readonly secret: string;
  /** Stores an update. Where it throws, the platform is told to send it again. */
  readonly handle: (update: Update) => Promise<void>;
  readonly onError: (error: unknown, context: Readonly<Record<string, unknown>>) => void;
}

/** Far above any update of the platform's. */
const MOST_BYTES = 256 * 1024;

export function createWebhook({ secret, handle, onError }: WebhookOptions): WebhookHandler {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const end = (status: number): void => {
      response.writeHead(status, { 'content-length': 0 }).end();
    };
    if (request.method !== 'POST') {
      end(405);
      return;
    }
    // before a byte of the body is read
    if (!sameSecret(request.headers['x-telegram-bot-api-secret-token'], secret)) {
      end(403);
      return;
    }
    const body = await readBody(request);
    const update = body === null ? null : readUpdate(body);
    if (update === null) {
      end(body === null ? 413 : 400);
      return;
    }
    try {
      await handle(update);
      end(200);
    } catch (error) {
      onError(error, { update: update.update_id });
      end(500);
    }
  };
  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      onError(error, { part: 'telegram webhook' });
      response.destroy();
    });
  };
}

/** Null: too long, or broken off. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      if (bytes > MOST_BYTES) return null;
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readUpdate(body: string): Update | null {
  try {
    const value: unknown = JSON.parse(body);
    const isUpdate = typeof value === 'object' && value !== null && 'update_id' in value && Number.isSafeInteger(value.update_id);
    return isUpdate ? (value as Update) : null;
  } catch {
    return null;
  }
}

function sameSecret(given: string | string[] | undefined, secret: string): boolean {
  const left = Buffer.from(typeof given === 'string' ? given : '');
  const right = Buffer.from(secret);
  return left.length === right.length && timingSafeEqual(left, right);
}
