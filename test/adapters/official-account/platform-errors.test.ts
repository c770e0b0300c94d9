import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createApi } from '../../../src/adapters/official-account/api.js';
import { createMenu } from '../../../src/adapters/official-account/menu.js';
import { createMessageCrypto, aesKeyOf } from '../../../src/adapters/official-account/message-crypto.js';
import type { Sent } from '../../../src/messaging/channel.js';
import { API_FAULTS, FakeApi, FakePlatform, REPLY_FAULTS, type ApiFault, type ReplyFault } from '../../support/fake-wechat.js';
import { ACCOUNT, AES_KEY, APP_ID, TOKEN, officialAccountHarness } from '../../support/official-account.js';

const SECRET = 'a-secret';
const SEND = '/cgi-bin/message/custom/send';
const TOKEN_PATH = '/cgi-bin/stable_token';
const MENU_PATH = '/cgi-bin/menu/create';
const FAULTS = Object.keys(API_FAULTS).map((name) => (/^-?\d+$/.test(name) ? Number(name) : name)) as ApiFault[];

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const openApi = (settings: { verified?: boolean; now?: () => number } = {}): Promise<FakeApi> =>
  new FakeApi({ appId: APP_ID, secret: SECRET, now: Date.now, ...settings }).listen();

const words = (text: string): unknown => expect.stringContaining(text);
const closed = { kind: 'closed' };
const failed = (reason: string): object => ({ kind: 'failed', reason: words(reason) });
const later = (reason: string, afterMs: unknown = expect.any(Number)): object => ({ kind: 'later', reason: words(reason), afterMs });
const sent = { kind: 'sent' };

/** What becomes of a message, by what the platform does once: when it is sent, or when the token for it is asked for. */
const BECOMES: Readonly<Record<ApiFault, { readonly at: typeof SEND | typeof TOKEN_PATH; readonly expected: object }>> = {
  [-1]: { at: SEND, expected: later('-1', 2000) },
  // another token is fetched, and the message goes with it
  40001: { at: SEND, expected: sent },
  40014: { at: SEND, expected: sent },
  42001: { at: SEND, expected: sent },
  // in halves
  45002: { at: SEND, expected: sent },
  43004: { at: SEND, expected: closed },
  45015: { at: SEND, expected: closed },
  45047: { at: SEND, expected: closed },
  48001: { at: SEND, expected: closed },
  40003: { at: SEND, expected: failed('没有这个人') },
  40033: { at: SEND, expected: failed('不收的字符') },
  43019: { at: SEND, expected: failed('黑名单') },
  44004: { at: SEND, expected: failed('内容是空的') },
  45009: { at: SEND, expected: later('次数用完') },
  45011: { at: SEND, expected: later('45011', 60_000) },
  40164: { at: TOKEN_PATH, expected: later('白名单') },
  40013: { at: TOKEN_PATH, expected: later('AppID') },
  40125: { at: TOKEN_PATH, expected: later('AppSecret') },
  40243: { at: TOKEN_PATH, expected: later('冻结') },
  40018: { at: SEND, expected: later('40018', 600_000) },
  41001: { at: SEND, expected: later('41001', 600_000) },
  61500: { at: SEND, expected: later('61500', 600_000) },
  'hang-up': { at: SEND, expected: later('连不上', 5000) },
  'not-json': { at: SEND, expected: later('连不上', 5000) },
  slow: { at: SEND, expected: later('no answer in time', 5000) },
};

describe('a message that the platform refuses', () => {
  const TEXT = '请带上身份证、劳动合同和工资条。'.repeat(20);

  it.each(FAULTS.map((fault) => [fault, API_FAULTS[fault]] as const))(
    'with %s (%s) is sent after all, waits, or is shown as failed',
    async (fault) => {
      const api = await openApi();
      const { account } = await officialAccountHarness({ options: { sender: { secret: SECRET, baseUrl: api.url } } });
      const { at, expected } = BECOMES[fault];
      api.person('oA', 'message');
      api.fail(at, fault);
      const result: Sent = await account.channel.send('oA', { text: TEXT, options: [], inReplyTo: null });
      expect(result).toMatchObject(expected);
      expect(api.messages.map(({ text }) => text).join('')).toBe(result.kind === 'sent' ? TEXT : '');
      // what can be mended is said in the channel's health
      expect(account.channel.health().ok).toBe(result.kind !== 'later');
    },
    15_000,
  );
});

describe('a command that the platform refuses', () => {
  it.each(FAULTS.filter((fault) => fault !== 'slow'))('with %s says what to do, and shows no secret', async (fault) => {
    const fake = await openApi();
    fake.fail(MENU_PATH, fault, fault);
    const api = createApi({ appId: APP_ID, secret: SECRET, baseUrl: fake.url, now: Date.now });
    const error = await createMenu(api).then(
      () => null,
      (reason: unknown) => reason as Error,
    );
    expect(error).toMatchObject({ code: 'unavailable', message: expect.stringMatching(/怎么改|按错误码/) as string });
    expect(error?.message).not.toMatch(/a-secret|token-/);
    expect(fake.menu).toBeNull();
  });
});

describe('the fake platform’s interface', () => {
  const ask = async (api: FakeApi, path: string, body: object | string): Promise<unknown> => {
    const response = await fetch(api.url + path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
    return ((await response.json()) as { errcode?: number }).errcode;
  };
  const tokenOf = async (api: FakeApi): Promise<string> => {
    const response = await fetch(api.url + TOKEN_PATH, { method: 'POST', body: JSON.stringify({ appid: APP_ID, secret: SECRET }) });
    return ((await response.json()) as { access_token: string }).access_token;
  };
  const send = async (api: FakeApi, content: string, token?: string): Promise<unknown> =>
    ask(api, `${SEND}?access_token=${token ?? (await tokenOf(api))}`, { touser: 'oA', text: { content } });

  /** Where it refuses by itself, as the real one does. */
  const REFUSES: Readonly<Partial<Record<ApiFault, (api: FakeApi) => Promise<unknown>>>> = {
    40013: (api) => ask(api, TOKEN_PATH, { appid: 'wx0', secret: SECRET }),
    40125: (api) => ask(api, TOKEN_PATH, { appid: APP_ID, secret: 'wrong' }),
    40001: (api) => send(api, '一', 'token-0'),
    40033: (api) => ask(api, SEND, '{"text":{"content":"\\u4e00"}}'),
    41001: (api) => ask(api, SEND, {}),
    44004: (api) => send(api, ''),
    45002: (api) => send(api, '长'.repeat(700)),
    45015: (api) => send(api, '一'),
    45047: async (api) => {
      api.person('oA', 'tap');
      for (let index = 0; index < 3; index++) await send(api, '一');
      return send(api, '二');
    },
    [-1]: async (api) => ask(api, `/cgi-bin/nothing?access_token=${await tokenOf(api)}`, {}),
  };

  it.each(Object.entries(REFUSES))('refuses with %s what the real one refuses', async (code, provoke) => {
    expect(await provoke(await openApi())).toBe(Number(code));
  });

  it('refuses an old token, and an account that is not allowed to', async () => {
    let ahead = 0;
    const api = await openApi({ now: () => Date.now() + ahead });
    const token = await tokenOf(api);
    ahead = 7_200_001;
    expect(await send(api, '一', token)).toBe(42001);
    expect(await send(await openApi({ verified: false }), '一')).toBe(48001);
  });
});

describe('the fake platform', () => {
  const sha1 = (...parts: string[]): string =>
    createHash('sha1')
      .update([...parts].sort().join(''))
      .digest('hex');
  const seconds = (): string => String(Math.floor(Date.now() / 1000));
  const reply = (over: Readonly<Record<string, string>> = {}): string => {
    const fields = {
      ToUserName: 'oA',
      FromUserName: ACCOUNT,
      CreateTime: seconds(),
      MsgType: 'text',
      Content: '好',
      ...over,
    };
    return `<xml>${Object.entries(fields)
      .map(([name, value]) => `<${name}>${value}</${name}>`)
      .join('')}</xml>`;
  };
  const sealed = (xml: string, { key = AES_KEY, signature = '' } = {}): string => {
    const encrypted = createMessageCrypto(APP_ID, [key]).seal(xml, aesKeyOf(key));
    const signed = signature === '' ? sha1(TOKEN, '1', 'n', encrypted) : signature;
    return `<xml><Encrypt>${encrypted}</Encrypt><MsgSignature>${signed}</MsgSignature><TimeStamp>1</TimeStamp><Nonce>n</Nonce></xml>`;
  };

  /** Replies that a client shows as a fault; null: none comes. */
  const WRONG: Readonly<Record<Exclude<ReplyFault, 'not pushed'>, { readonly status?: number; readonly body: string | null }>> = {
    status: { status: 500, body: '' },
    'no XML': { body: '{"reply":"好"}' },
    'reply in clear': { body: reply() },
    'signature of the reply': { body: sealed(reply(), { signature: '0'.repeat(40) }) },
    'sealed reply': { body: sealed(reply(), { key: 'B'.repeat(43) }) },
    addresses: { body: sealed(reply({ ToUserName: 'oB' })) },
    CreateTime: { body: sealed(reply({ CreateTime: String(Date.now()) })) },
    MsgType: { body: sealed(reply({ MsgType: 'image' })) },
    length: { body: sealed(reply({ Content: '长'.repeat(700) })) },
    'no reply': { body: null },
  };

  const platformTo = async ({ status = 200, body }: { readonly status?: number; readonly body: string | null }): Promise<FakePlatform> => {
    const server = createServer((request, response) => {
      request.resume();
      if (body !== null) response.writeHead(status).end(body);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return new FakePlatform({
      address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
      token: TOKEN,
      account: ACCOUNT,
      secure: { appId: APP_ID, aesKey: AES_KEY },
      hangsUpAfterMs: 100,
      markedAfter: 2,
    });
  };

  it('takes a reply that is as it should be', async () => {
    const platform = await platformTo({ body: sealed(reply()) });
    expect(await platform.text('oA', '在吗')).toEqual({ kind: 'text', text: '好' });
  });

  it.each(Object.entries(WRONG))('shows a fault for the wrong reply: %s', async (reason, wrong) => {
    const platform = await platformTo(wrong);
    expect(await platform.text('oA', '在吗')).toEqual({ kind: 'illegal', reason });
  });

  it('pushes nothing more after several faults, and every fault that it knows is among these tests', async () => {
    const platform = await platformTo({ status: 500, body: '' });
    for (let index = 0; index < 2; index++) await platform.text('oA', '在吗');
    expect(await platform.text('oA', '在吗')).toEqual({ kind: 'illegal', reason: 'not pushed' });
    expect([...Object.keys(WRONG), 'not pushed'].sort()).toEqual([...REPLY_FAULTS].sort());
  });
});
