import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { channelRoutes, type ChannelRoutesDeps } from '../../src/adapters/web/channel-routes.js';
import type { Role } from '../../src/domain/access.js';
import type { ChannelsView, TelegramCodeView, TelegramLinkView } from '../../src/domain/views.js';
import type { StaffMember } from '../../src/handoff/ports.js';
import { BrowserClient } from '../support/browser-client.js';
import { BOT } from '../support/fake-telegram.js';
import { LI, ZHOU, telegramForTests } from '../support/telegram-core.js';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const STAFF: StaffMember = {
  ...LI,
  login: 'li',
  passwordHash: '',
  mustChangePassword: false,
  roles: ['lawyer'],
  servicePoint: null,
  reach: '/',
  skills: [],
  phone: '',
  blockedAt: null,
  totpSecret: null,
};

/** The routes as somebody sees them who is signed in. */
async function signedIn(deps: Partial<ChannelRoutesDeps>, staff: Partial<StaffMember> = {}): Promise<BrowserClient> {
  const app = express();
  const all: ChannelRoutesDeps = { channels: () => [], loginCode: () => null, telegramLinks: null, ...deps };
  app.use(
    '/api/desk',
    express.json(),
    channelRoutes(all, () => ({ id: 's', csrf: '', staff: { ...STAFF, ...staff } })),
  );
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return new BrowserClient(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
}

const scan = { svg: '<svg/>', since: 5 };
const broken = { name: 'telegram', ok: false, detail: '连不上 Telegram' } as const;

describe('the channels on the desk', () => {
  it.each<Role>(['officer', 'admin'])('are shown to the %s, with the code that WeChat waits for', async (role) => {
    const desk = await signedIn({ channels: () => [broken], loginCode: () => scan }, { roles: [role] });
    const { status, body } = await desk.send<ChannelsView>('GET', '/api/desk/channels');
    expect(status).toBe(200);
    expect(body).toEqual({ channels: [broken], scan });
  });

  it.each<Role>(['lawyer', 'mediator', 'operator'])(
    'are not shown to the %s, who could take the account over by the code',
    async (role) => {
      const desk = await signedIn({ loginCode: () => scan }, { roles: [role] });
      const { status, body } = await desk.send('GET', '/api/desk/channels');
      expect(status).toBe(403);
      expect(JSON.stringify(body)).not.toContain('svg');
    },
  );
});

describe('one’s own Telegram on the desk', () => {
  const open = telegramForTests();

  it('is linked by a code that is got there, and parted from there', async () => {
    const { channel, fake, store, core } = await open({ lawyers: 'group' });
    await expect.poll(() => channel.health().ok).toBe(true);
    const desk = await signedIn({ telegramLinks: channel.staffLinks });
    const link = async (): Promise<TelegramLinkView> => (await desk.send<TelegramLinkView>('GET', '/api/desk/telegram-link')).body;
    expect(await link()).toEqual({ available: true, linkedAt: null });
    const { body } = await desk.send<TelegramCodeView>('POST', '/api/desk/telegram-link', {});
    expect(body).toEqual({ code: expect.stringMatching(/^[A-HJKMNP-Z2-9]{8}$/) as string, validMinutes: 15, bot: BOT.username });
    const li = fake.person('李');
    await fake.say(li, `/link ${body.code}`);
    await expect.poll(async () => (await link()).linkedAt).toBeGreaterThan(core.now() - 60_000);
    expect(await store.staffOf(li.id)).toEqual(LI);
    const removed = await desk.send('POST', '/api/desk/telegram-link/remove', {});
    expect(removed.body).toEqual({ removed: true });
    expect(await link()).toEqual({ available: true, linkedAt: null });
    expect(await store.staffOf(li.id)).toBeNull();
  });

  it('is one’s own: a code links whoever asked for it, and parting leaves the others linked', async () => {
    const { channel, fake, store, lawyer } = await open({ lawyers: 'group' });
    await expect.poll(() => channel.health().ok).toBe(true);
    const zhou = await lawyer(ZHOU);
    await expect.poll(() => store.staffOf(zhou.id)).toEqual(ZHOU);
    const desk = await signedIn({ telegramLinks: channel.staffLinks });
    await desk.send('POST', '/api/desk/telegram-link', {});
    expect((await desk.send('POST', '/api/desk/telegram-link/remove', {})).body).toEqual({ removed: false });
    expect(await store.staffOf(zhou.id)).toEqual(ZHOU);
    expect(fake.said(zhou.id).at(-1)?.text).toContain('绑定好了');
  });

  it('is not offered where there is no lawyers’ group', async () => {
    const { channel } = await open();
    const desk = await signedIn({ telegramLinks: channel.staffLinks });
    expect((await desk.send('GET', '/api/desk/telegram-link')).body).toEqual({ available: false, linkedAt: null });
    expect((await desk.send('POST', '/api/desk/telegram-link', {})).status).toBe(404);
  });
});
