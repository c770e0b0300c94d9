import { describe, expect, it } from 'vitest';
import { createApi } from '../../../src/adapters/official-account/api.js';
import { createMenu } from '../../../src/adapters/official-account/menu.js';
import { qrAddress } from '../../../src/adapters/official-account/qr.js';
import type { Sent } from '../../../src/messaging/channel.js';
import { FakeApi, type PushSettings } from '../../support/fake-wechat.js';
import { APP_ID, LI, eventually, officialAccountHarness, type Harness } from '../../support/official-account.js';

const SECRET = 'a-secret';
const SEND = '/cgi-bin/message/custom/send';
const TOKEN_PATH = '/cgi-bin/stable_token';

interface Verified extends Harness {
  readonly api: FakeApi;
  /** Milliseconds to add to the clock. */
  pass(ms: number): void;
  send(text: string): Promise<Sent>;
}

async function verified(more: { verified?: boolean; replyWithinMs?: number; push?: Partial<PushSettings> } = {}): Promise<Verified> {
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const api = await new FakeApi({ appId: APP_ID, secret: SECRET, now, verified: more.verified ?? true }).listen();
  const harness = await officialAccountHarness({
    now,
    ...(more.push ? { push: more.push } : {}),
    options: { sender: { secret: SECRET, baseUrl: api.url }, replyWithinMs: more.replyWithinMs ?? 600 },
  });
  return {
    ...harness,
    api,
    pass(ms) {
      ahead += ms;
    },
    send: (text) => harness.account.channel.send('oA', { text, options: [], inReplyTo: null }),
  };
}

/** All that reached the person, through replies and as messages. */
const reached = ({ platform, api }: Verified): string[] => [...platform.shown('oA'), ...api.messages.map(({ text }) => text)];

describe('an account that may send', () => {
  it('answers in the reply where the answer is ready in time, without a call', async () => {
    const account = await verified();
    expect(await account.platform.text('oA', '加班费怎么算？')).toMatchObject({ text: expect.stringContaining('回：') as string });
    expect(account.api.calls).toEqual([]);
  });

  it('acknowledges in time what takes longer, and sends the answer when it is there, once', async () => {
    const account = await verified();
    const open = account.hold();
    account.api.person('oA', 'message');
    expect(await account.platform.text('oA', '加班费怎么算？')).toEqual({ kind: 'ack' });
    open();
    await eventually(() => account.api.messages.length === 1);
    await account.platform.text('oA', '年休假有几天？');
    expect(reached(account).filter((text) => text.includes('回：加班费怎么算？'))).toHaveLength(1);
  });

  it('sends as a message what the platform hung up on', async () => {
    const { platform, api, hold } = await verified({ replyWithinMs: 2000, push: { attempts: 1, hangsUpAfterMs: 100 } });
    const open = hold();
    api.person('oA', 'message');
    await platform.text('oA', '加班费怎么算？');
    // the end of the connection has to get here
    await new Promise((resolve) => setTimeout(resolve, 50));
    open();
    await eventually(() => api.messages.length === 1);
    expect(api.messages[0]?.text).toContain('回：加班费怎么算？');
  });

  it('keeps the sixth of a lawyer’s messages for the person’s next message', async () => {
    const account = await verified();
    const { app, api, platform } = account;
    api.person('oA', 'message');
    await platform.text('oA', '找律师', { bizmsgmenuid: 'human' });
    const [ticket] = await app.desk.list('open');
    const number = ticket?.number ?? '';
    await app.tickets.claim(number, LI);
    for (let index = 1; index <= 7; index++) {
      await app.tickets.reply(number, LI, { key: `r${String(index)}`, text: `第${String(index)}条：带上合同。`, ask: false });
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(reached(account).join('\n')).not.toContain('第7条');
    api.person('oA', 'message');
    await platform.text('oA', '知道了，还要带什么东西来？');
    await eventually(() => reached(account).join('\n').includes('第7条'));
    for (let index = 1; index <= 7; index++) {
      expect(reached(account).filter((text) => text.includes(`第${String(index)}条`))).toHaveLength(1);
    }
  });

  it('counts five messages in 48 hours after a message, and three in a minute after a tap', async () => {
    const { api, platform, send, pass } = await verified();
    api.person('oA', 'message');
    await platform.text('oA', '加班费怎么算？');
    for (let index = 0; index < 5; index++) expect(await send('一')).toEqual({ kind: 'sent' });
    const calls = api.calls.length;
    expect(await send('二')).toEqual({ kind: 'closed' });
    // known on our side: the platform was not asked
    expect(api.calls).toHaveLength(calls);

    api.person('oA', 'tap');
    await platform.event('oA', 'CLICK', { EventKey: 'BAIMI_ASK' });
    for (let index = 0; index < 3; index++) expect(await send('三')).toEqual({ kind: 'sent' });
    expect(await send('四')).toEqual({ kind: 'closed' });

    api.person('oA', 'message');
    await platform.text('oA', '年休假有几天？');
    pass(48 * 3_600_000 + 1);
    expect(await send('五')).toEqual({ kind: 'closed' });
    expect(api.messages.filter(({ text }) => text === '五')).toEqual([]);
  });

  it('sends nothing to who has left', async () => {
    const { platform, send, api } = await verified();
    await platform.event('oA', 'unsubscribe');
    expect(await send('一')).toEqual({ kind: 'closed' });
    expect(api.calls).toEqual([]);
  });

  it('waits for midnight in China when the day’s calls are used up', async () => {
    const { api, send } = await verified();
    api.person('oA', 'message');
    api.fail(SEND, 45009);
    const sent = await send('一');
    expect(sent).toMatchObject({ kind: 'later' });
    const at = new Date(Date.now() + (sent.kind === 'later' ? sent.afterMs : 0) + 8 * 3_600_000);
    expect([at.getUTCHours(), at.getUTCMinutes()]).toEqual([0, 0]);
  });

  it('fetches one token for many messages at once, and another one when it dies', async () => {
    const { api, account } = await verified();
    const people = Array.from({ length: 20 }, (_, index) => `oP${String(index)}`);
    const toAll = (): Promise<Sent[]> =>
      Promise.all(people.map((openId) => account.channel.send(openId, { text: '一', options: [], inReplyTo: null })));
    for (const openId of people) api.person(openId, 'message');
    expect(new Set((await toAll()).map(({ kind }) => kind))).toEqual(new Set(['sent']));
    expect(api.calls.filter((path) => path === TOKEN_PATH)).toHaveLength(1);
    api.killToken();
    expect(new Set((await toAll()).map(({ kind }) => kind))).toEqual(new Set(['sent']));
    expect(api.calls.filter((path) => path === TOKEN_PATH).length).toBeLessThanOrEqual(3);
  });

  it('forces a new token only where the same dead one comes again, and not twice in thirty seconds', async () => {
    const { api, send } = await verified();
    api.person('oA', 'message');
    api.fail(SEND, 40001, 40001, 40001, 40001);
    expect(await send('一')).toMatchObject({ kind: 'later' });
    expect(await send('一')).toMatchObject({ kind: 'later' });
    expect(api.forced).toBe(1);
  });

  it('renews the token before it ends', async () => {
    const { api, send, pass } = await verified();
    api.person('oA', 'message');
    await send('一');
    pass(7_200_000 - 200_000);
    expect(await send('二')).toEqual({ kind: 'sent' });
    expect(api.tokens).toBe(2);
  });

  it('still answers in replies when the platform’s interface is shut to it, and says so in its health', async () => {
    const { api, platform, send, account } = await verified();
    api.fail(TOKEN_PATH, 40164, 40164);
    expect(await send('一')).toMatchObject({ kind: 'later', reason: expect.stringContaining('白名单') as string });
    expect(account.channel.health()).toMatchObject({ ok: false });
    expect(await platform.text('oA', '加班费怎么算？')).toMatchObject({ text: expect.stringContaining('回：') as string });
  });
});

describe('commands', () => {
  const apiOf = async (allowed = true): Promise<{ fake: FakeApi; api: ReturnType<typeof createApi> }> => {
    const fake = await new FakeApi({ appId: APP_ID, secret: SECRET, now: Date.now, verified: allowed }).listen();
    return { fake, api: createApi({ appId: APP_ID, secret: SECRET, baseUrl: fake.url, now: Date.now }) };
  };

  it('put the menu under the chat', async () => {
    const { fake, api } = await apiOf();
    await createMenu(api);
    const names = JSON.stringify(fake.menu);
    for (const name of ['我要咨询', '找律师', '我的工单', '附近服务点']) expect(names).toContain(name);
  });

  it('give the address of a service point’s QR code', async () => {
    const { api } = await apiOf();
    const address = await qrAddress(api, 'village_42');
    expect(Buffer.from(address.split('/').at(-1) ?? '', 'base64url').toString()).toContain('"scene_str":"village_42"');
    await expect(qrAddress(api, '石盘村 1')).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('say what to do where the account is not allowed to', async () => {
    const { api } = await apiOf(false);
    await expect(createMenu(api)).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('认证') as string });
  });
});
