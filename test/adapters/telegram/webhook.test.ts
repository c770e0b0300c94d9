import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { telegramForTests, type TelegramUnderTest } from '../../support/telegram-core.js';

const SECRET = 'a-secret_of-32-characters-abcdefg';
const open = telegramForTests();
const servers: (() => void)[] = [];
afterEach(() => {
  for (const close of servers.splice(0)) close();
});

/** The channel's webhook on a port of its own, behind the public address that the platform knows. */
async function withWebhook(setting: Parameters<typeof open>[0] = {}): Promise<{ telegram: TelegramUnderTest; address: string }> {
  const telegram = await open({ webhook: { url: 'https://law.example.cn/telegram', secret: SECRET }, ...setting });
  const server = createServer((request, response) => {
    telegram.channel.webhook?.(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  telegram.fake.webhookTarget = address;
  return { telegram, address };
}

const ask = (address: string, secret: string | null, body: string, method = 'POST'): Promise<Response> =>
  fetch(address, {
    method,
    headers: secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret },
    ...(method === 'POST' ? { body } : {}),
  });

describe('the webhook', () => {
  it('takes what the platform pushes, and answers', async () => {
    const { telegram } = await withWebhook();
    const wang = telegram.fake.person('王');
    await telegram.fake.say(wang, '老板不发工资');
    await expect.poll(() => telegram.fake.said(wang.id)[0]?.text).toContain('回：老板不发工资');
    expect(telegram.fake.calls.some(({ method }) => method === 'getUpdates')).toBe(false);
    expect(telegram.fake.calls.find(({ method }) => method === 'setWebhook')?.body).toMatchObject({
      secret_token: SECRET,
      max_connections: 1,
    });
  });

  it('has an update sent again that could not be stored', async () => {
    let broken = 2;
    const { telegram } = await withWebhook({
      inbox: (inbox) => ({
        conversationId: inbox.conversationId,
        receive: (inbound) => (broken-- > 0 ? Promise.reject(new Error('disk full')) : inbox.receive(inbound)),
      }),
    });
    const wang = telegram.fake.person('王');
    await telegram.fake.say(wang, '一句都不能丢');
    expect(telegram.fake.pushes.slice(-3)).toEqual([500, 500, 200]);
    await expect
      .poll(() =>
        telegram.fake
          .said(wang.id)
          .map(({ text }) => text)
          .join(),
      )
      .toContain('回：一句都不能丢');
  });

  it('hears nobody who does not know the secret, and nothing that is no update', async () => {
    const { telegram, address } = await withWebhook();
    await expect.poll(() => telegram.channel.health().ok).toBe(true);
    const wang = telegram.fake.person('王');
    const update = JSON.stringify({
      update_id: 1,
      message: { message_id: 1, date: 1, text: '冒充', from: wang, chat: { id: wang.id, type: 'private' } },
    });
    for (const secret of [null, '', 'wrong', `${SECRET}x`]) expect((await ask(address, secret, update)).status).toBe(403);
    expect((await ask(address, SECRET, '', 'GET')).status).toBe(405);
    for (const body of ['', '{', '[]', 'null', '{"update_id":"1"}']) expect((await ask(address, SECRET, body)).status).toBe(400);
    const large = await ask(address, SECRET, 'x'.repeat(300_000)).catch(() => null);
    expect(large?.status ?? 413).toBe(413);
    expect(await telegram.core.app.messenger.conversationId('telegram', `p:${String(wang.id)}`)).toBeNull();
    expect(telegram.errors).toEqual([]);
  });
});
