import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { createApi } from '../../../src/adapters/official-account/api.js';
import { keepingMedia } from '../../../src/messaging/keep-media.js';
import type { Inbound } from '../../../src/domain/message.js';

const PICTURE = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
let tokens = 0;
/** Gives tokens and pictures as the platform does; the first token is good no more. */
const platform = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const json = (body: object): void => {
    response.setHeader('content-type', 'application/json; encoding=utf-8').end(JSON.stringify(body));
  };
  if (url.pathname === '/cgi-bin/stable_token') {
    tokens += 1;
    json({ access_token: `token-${String(tokens)}`, expires_in: 7200 });
  } else if (url.searchParams.get('access_token') === 'token-1') json({ errcode: 40001, errmsg: 'invalid credential' });
  else if (url.pathname !== '/cgi-bin/media/get') response.writeHead(404).end();
  else if (url.searchParams.get('media_id') !== 'known') json({ errcode: 40007, errmsg: 'invalid media_id' });
  else response.setHeader('content-type', 'image/jpeg').end(PICTURE);
}).listen(0);
await once(platform, 'listening');
afterAll(() => platform.close());
const baseUrl = `http://127.0.0.1:${String((platform.address() as AddressInfo).port)}`;
const api = createApi({ appId: 'wx', secret: 's', baseUrl, now: () => Date.now() });

async function bytesOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts);
}

const picture = (media: string): Inbound => ({
  channel: 'official-account',
  externalKey: media,
  conversationKey: 'o1',
  content: { type: 'image', media },
});

describe('a picture that was sent to the account', () => {
  it('is fetched by its reference, with a new token where the old one is good no more', async () => {
    expect(await bytesOf(await api.media('known'))).toEqual(PICTURE);
    expect(tokens).toBe(2);
  });

  it('is refused by its code where the platform has it no more', async () => {
    await expect(api.media('gone')).rejects.toMatchObject({ code: 40007 });
  });

  it('is kept with its message once, after the message; what cannot be fetched is told and takes nothing else along', async () => {
    const kept: unknown[] = [];
    const told: unknown[] = [];
    const seen = new Set<string>();
    let done = (): void => undefined;
    const message = { id: 7, author: 'citizen', staffName: null, body: { type: 'text', text: '〔图片〕' }, at: 0 } as const;
    const inbox = keepingMedia(
      {
        receive: ({ externalKey }) => {
          const duplicate = seen.has(externalKey);
          seen.add(externalKey);
          return Promise.resolve({ conversationId: 'c1', message, duplicate });
        },
      },
      {
        fetch: (media) => api.media(media),
        async keep({ conversationId, messageId, content }) {
          kept.push([conversationId, messageId, await bytesOf(content)]);
          done();
        },
        onError(error) {
          told.push(error);
          done();
        },
      },
    );
    const next = (): Promise<void> =>
      new Promise((resolve) => {
        done = resolve;
      });
    let over = next();
    await inbox.receive(picture('known'));
    await over;
    over = next();
    await inbox.receive(picture('known'));
    await inbox.receive(picture('gone'));
    await over;
    expect(kept).toEqual([['c1', 7, PICTURE]]);
    expect(told).toEqual([expect.objectContaining({ code: 40007 })]);
  });
});
