import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { createMessageCrypto, type MessageCrypto } from '../../src/adapters/official-account/message-crypto.js';

/** Why a client shows a fault instead of a reply. */
export const REPLY_FAULTS = [
  'status',
  'no XML',
  'reply in clear',
  'signature of the reply',
  'sealed reply',
  'addresses',
  'CreateTime',
  'MsgType',
  'length',
  'no reply',
  'not pushed',
] as const;
export type ReplyFault = (typeof REPLY_FAULTS)[number];

/** What the platform's interface refuses with, by its number; and what a network does instead of an answer. */
export const API_FAULTS = {
  [-1]: 'busy',
  40001: 'the token is not the newest',
  40003: 'no such person',
  40013: 'no such account',
  40014: 'no such token',
  40018: 'a name in the menu is too long',
  40033: 'characters that are not taken',
  40125: 'wrong secret',
  40164: 'this address is not on the list',
  40243: 'the secret is frozen',
  41001: 'no token',
  42001: 'the token is too old',
  43004: 'not following',
  43019: 'on the account’s blacklist',
  44004: 'empty',
  45002: 'too long',
  45009: 'the day’s calls are used up',
  45011: 'too many this minute',
  45015: 'out of the window',
  45047: 'out of the count',
  48001: 'not allowed to this account',
  61500: 'a number that is in no list',
  'hang-up': 'the connection is cut',
  'not-json': 'a page of a proxy',
  slow: 'no answer',
} as const;
/** Shown once. */
export type ApiFault = keyof typeof API_FAULTS;
type ErrorCode = Extract<ApiFault, number>;

/** What the client shows when the account did not reply as it should. */
export const FAULT = '该公众号提供的服务出现故障，请稍后再试';

export interface PushSettings {
  readonly address: string;
  readonly token: string;
  readonly account: string;
  /** With it, pushes are encrypted. */
  readonly secure?: { readonly appId: string; readonly aesKey: string } | undefined;
  /** Plaintext fields stand beside the encrypted ones. */
  readonly compatible?: boolean;
  readonly attempts?: number;
  /** When the platform hangs up, in milliseconds (5000 in life). */
  readonly hangsUpAfterMs?: number;
  /** The next attempt starts before the last has been answered. */
  readonly overlapMs?: number;
  /** Faults within a minute after which nothing is pushed for a minute; left out: never. */
  readonly markedAfter?: number;
  /** Seconds since the epoch; left out: the clock. */
  readonly seconds?: () => number;
}

/** The platform's side that pushes what people send, repeats it, judges the replies, and shows them. */
export class FakePlatform {
  /** By person: what their client shows. */
  readonly transcripts = new Map<string, string[]>();
  readonly latencies: number[] = [];
  faults = 0;
  /** Times of faults; after several within a minute the platform pushes nothing for a minute. */
  private readonly faultTimes: number[] = [];
  dropped = 0;
  /** Messages that a reply to has been shown: what else comes for them is not. */
  private readonly replied = new Set<string>();
  private ids = 25_373_744_922_163_387n;
  private readonly crypto: MessageCrypto | null;

  constructor(private readonly settings: PushSettings) {
    const { secure } = settings;
    this.crypto = secure ? createMessageCrypto(secure.appId, [secure.aesKey]) : null;
  }

  /** What a person's client shows. */
  shown(openId: string): readonly string[] {
    return this.transcripts.get(openId) ?? [];
  }

  text(openId: string, words: string, more: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    return this.message(openId, { MsgType: 'text', Content: words, ...more });
  }

  message(openId: string, fields: Readonly<Record<string, string>>): Promise<Outcome> {
    return this.push(openId, { MsgId: String(this.ids++), ...fields });
  }

  event(openId: string, event: string, fields: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    return this.push(openId, { MsgType: 'event', Event: event, ...fields });
  }

  /** Pushes once or, where no reply comes in time, again. */
  async push(openId: string, fields: Readonly<Record<string, string>>): Promise<Outcome> {
    const { attempts = 3, overlapMs } = this.settings;
    if (this.isMarked()) {
      this.dropped++;
      return this.show(openId, { kind: 'illegal', reason: 'not pushed' }, fields['MsgId']);
    }
    const xml = xmlOf({ ToUserName: this.settings.account, FromUserName: openId, CreateTime: String(this.seconds()), ...fields });
    if (overlapMs === undefined) {
      for (let attempt = 1; attempt <= attempts; attempt++) {
        const outcome = await this.attempt(openId, xml);
        if (outcome.kind !== 'timeout') return this.show(openId, outcome, fields['MsgId']);
      }
      return this.show(openId, { kind: 'illegal', reason: 'no reply' }, fields['MsgId']);
    }
    const outcomes = await Promise.all(
      Array.from({ length: attempts }, async (_, index) => {
        await new Promise((resolve) => setTimeout(resolve, index * overlapMs));
        return this.attempt(openId, xml);
      }),
    );
    return this.show(openId, outcomes.find(({ kind }) => kind !== 'timeout') ?? { kind: 'illegal', reason: 'no reply' }, fields['MsgId']);
  }

  private seconds(): number {
    return this.settings.seconds?.() ?? Math.floor(Date.now() / 1000);
  }

  private isMarked(): boolean {
    const recent = this.faultTimes.filter((at) => Date.now() - at < 60_000);
    return recent.length >= (this.settings.markedAfter ?? Number.POSITIVE_INFINITY);
  }

  private show(openId: string, outcome: Outcome, id?: string): Outcome {
    if (id !== undefined && this.replied.has(id)) return outcome;
    if (id !== undefined && outcome.kind !== 'ack') this.replied.add(id);
    const line = outcome.kind === 'text' ? outcome.text : outcome.kind === 'illegal' ? FAULT : null;
    if (outcome.kind === 'illegal') {
      this.faults++;
      this.faultTimes.push(Date.now());
    }
    if (line !== null) this.transcripts.set(openId, [...this.shown(openId), line]);
    return outcome;
  }

  /** One request, as signed and sealed as the account is set. */
  signed(xml: string): { query: string; body: string } {
    const { token, account, compatible } = this.settings;
    const timestamp = String(this.seconds());
    const nonce = String(Math.floor(Math.random() * 1e9));
    const signature = sha1(token, timestamp, nonce);
    const query = `signature=${signature}&timestamp=${timestamp}&nonce=${nonce}&openid=o`;
    if (!this.crypto) return { query, body: xml };
    const key = Buffer.from(`${this.settings.secure?.aesKey ?? ''}=`, 'base64');
    const encrypted = this.crypto.seal(xml, key);
    const inClear = compatible === true ? xml.slice('<xml>'.length, -'</xml>'.length) : `<ToUserName><![CDATA[${account}]]></ToUserName>`;
    return {
      query: `${query}&encrypt_type=aes&msg_signature=${sha1(token, timestamp, nonce, encrypted)}`,
      body: `<xml>${inClear}<Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
    };
  }

  private async attempt(openId: string, xml: string): Promise<Outcome> {
    const { query, body } = this.signed(xml);
    const started = performance.now();
    const answered = await post(`${this.settings.address}?${query}`, body, this.settings.hangsUpAfterMs ?? 5000);
    if (answered === null) return { kind: 'timeout' };
    this.latencies.push(performance.now() - started);
    return this.judge(openId, answered.status, answered.body);
  }

  /** As strictly as the platform: what is not a reply in its form is shown as a fault. */
  private judge(openId: string, status: number, body: string): Outcome {
    const illegal = (reason: ReplyFault): Outcome => ({ kind: 'illegal', reason });
    if (status !== 200) return illegal('status');
    if (body === '' || body === 'success') return { kind: 'ack' };
    const fields = readStrictly(body);
    if (!fields) return illegal('no XML');
    if (fields['Encrypt'] === undefined) {
      if (this.crypto && this.settings.compatible !== true) return illegal('reply in clear');
      return this.judgeMessage(openId, fields);
    }
    const { Encrypt: encrypted = '', MsgSignature: signature, TimeStamp: time = '', Nonce: nonce = '' } = fields;
    if (signature !== sha1(this.settings.token, time, nonce, encrypted)) return illegal('signature of the reply');
    const opened = this.crypto?.open(encrypted);
    const inner = opened ? readStrictly(opened.text) : null;
    return inner ? this.judgeMessage(openId, inner) : illegal('sealed reply');
  }

  private judgeMessage(openId: string, fields: Readonly<Record<string, string>>): Outcome {
    const illegal = (reason: ReplyFault): Outcome => ({ kind: 'illegal', reason });
    if (fields['ToUserName'] !== openId || fields['FromUserName'] !== this.settings.account) return illegal('addresses');
    if (!/^\d{1,11}$/.test(fields['CreateTime'] ?? '') || Math.abs(Number(fields['CreateTime']) - this.seconds()) > 86_400) {
      return illegal('CreateTime');
    }
    if (fields['MsgType'] !== 'text') return illegal('MsgType');
    const text = fields['Content'] ?? '';
    const bytes = Buffer.byteLength(text);
    if (bytes === 0 || bytes > 2048 || text.includes('\ufffd')) return illegal('length');
    return { kind: 'text', text };
  }
}

export type Outcome =
  | { readonly kind: 'ack' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'illegal'; readonly reason: ReplyFault };

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: false, processEntities: false });

function readStrictly(body: string): Record<string, string> | null {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the same code in a package of its own
  if (!body.startsWith('<xml>') || XMLValidator.validate(body) !== true) return null;
  return (parser.parse(body) as { xml?: Record<string, string> }).xml ?? null;
}

const sha1 = (...parts: readonly string[]): string =>
  createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');

function xmlOf(fields: Readonly<Record<string, string>>): string {
  const inside = Object.entries(fields).map(([name, value]) =>
    /^(?:CreateTime|MsgId)$/.test(name)
      ? `<${name}>${value}</${name}>`
      : `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`,
  );
  return `<xml>${inside.join('')}</xml>`;
}

/** Null: hung up before an answer came. */
export function post(address: string, body: string | Buffer, withinMs: number): Promise<{ status: number; body: string } | null> {
  return new Promise((resolve) => {
    const sent = httpRequest(address, { method: 'POST', headers: { 'content-type': 'text/xml' } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
      });
    });
    const timer = setTimeout(() => {
      sent.destroy();
      resolve(null);
    }, withinMs);
    sent.on('error', () => {
      clearTimeout(timer);
      resolve(null);
    });
    sent.end(body);
  });
}

export interface FakeApiSettings {
  readonly appId: string;
  readonly secret: string;
  readonly verified?: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The platform's interface: tokens, messages with their windows, menu, QR codes; every answer has status 200. */
export class FakeApi {
  url = '';
  readonly messages: { readonly openId: string; readonly text: string }[] = [];
  readonly calls: string[] = [];
  menu: unknown = null;
  /** Told of each message that reaches a person. */
  onMessage: (openId: string, text: string) => void = () => undefined;
  /** Faults to come, by path; one is used up at each call. */
  readonly faults = new Map<string, ApiFault[]>();
  tokens = 0;
  forced = 0;
  private token = '';
  private expires = 0;
  private forcedAt = Number.NEGATIVE_INFINITY;
  private readonly windows = new Map<string, { left: number; until: number }>();

  constructor(readonly settings: FakeApiSettings) {}

  /** What the person did, as the platform counts it. */
  person(openId: string, did: 'message' | 'tap' | 'left'): void {
    const now = this.settings.now();
    const [left, ms] = did === 'message' ? [5, 48 * 3_600_000] : did === 'tap' ? [3, 60_000] : [0, 0];
    const before = this.windows.get(openId);
    const open = did !== 'left' && before !== undefined && before.until > now ? before : { left: 0, until: 0 };
    this.windows.set(openId, { left: Math.max(left, open.left), until: Math.max(now + ms, open.until) });
  }

  fail(path: string, ...faults: ApiFault[]): void {
    this.faults.set(path, [...(this.faults.get(path) ?? []), ...faults]);
  }

  /** The token dies, as when another process has forced a new one. */
  killToken(): void {
    this.token = '';
  }

  async listen(): Promise<this> {
    const server = createServer((request, response) => {
      void this.answer(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });
    return this;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    let body = '';
    for await (const chunk of request) body += String(chunk);
    this.calls.push(url.pathname);
    const fault = this.faults.get(url.pathname)?.shift();
    if (fault === 'hang-up') {
      response.destroy();
      return;
    }
    if (fault === 'slow') return;
    if (fault === 'not-json') {
      response.end('<html>502</html>');
      return;
    }
    const answer = fault === undefined ? this.outcome(url, body) : { errcode: fault, errmsg: 'scripted rid: x' };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  }

  private outcome(url: URL, body: string): object {
    const refuse = (errcode: ErrorCode): object => ({ errcode, errmsg: `refused rid: ${randomUUID()}` });
    if (/\\u[0-9a-f]{4}/i.test(body)) return refuse(40033);
    const asked = JSON.parse(body) as Record<string, unknown>;
    if (url.pathname === '/cgi-bin/stable_token') return this.stableToken(asked, refuse);
    const given = url.searchParams.get('access_token') ?? '';
    if (given === '') return refuse(41001);
    if (given !== this.token) return refuse(40001);
    if (this.settings.now() > this.expires) return refuse(42001);
    if (this.settings.verified === false) return refuse(48001);
    switch (url.pathname) {
      case '/cgi-bin/message/custom/send':
        return this.customSend(asked, refuse);
      case '/cgi-bin/menu/create':
        this.menu = asked;
        return { errcode: 0, errmsg: 'ok' };
      case '/cgi-bin/qrcode/create':
        return {
          ticket: 'gQTick',
          url: `http://weixin.qq.com/q/${Buffer.from(JSON.stringify(asked['action_info'])).toString('base64url')}`,
        };
      default:
        return refuse(-1);
    }
  }

  private stableToken(asked: Readonly<Record<string, unknown>>, refuse: (code: ErrorCode) => object): object {
    if (asked['appid'] !== this.settings.appId) return refuse(40013);
    if (asked['secret'] !== this.settings.secret) return refuse(40125);
    const now = this.settings.now();
    // a forced refresh is ignored within thirty seconds of the last, and from the twenty-first on
    const force = asked['force_refresh'] === true && now - this.forcedAt >= 30_000 && this.forced < 20;
    if (force) {
      this.forced++;
      this.forcedAt = now;
    }
    if (force || this.token === '' || this.expires - now < 300_000) {
      this.token = `token-${String(++this.tokens)}`;
      this.expires = now + 7_200_000;
    }
    return { access_token: this.token, expires_in: Math.floor((this.expires - now) / 1000) };
  }

  private customSend(asked: Readonly<Record<string, unknown>>, refuse: (code: ErrorCode) => object): object {
    const openId = String(asked['touser']);
    const text = (asked['text'] as { content?: string } | undefined)?.content ?? '';
    if (text === '') return refuse(44004);
    if (Buffer.byteLength(text) > 2048) return refuse(45002);
    const window = this.windows.get(openId);
    if (!window || window.until <= this.settings.now()) return refuse(45015);
    if (window.left === 0) return refuse(45047);
    window.left--;
    this.messages.push({ openId, text });
    this.onMessage(openId, text);
    return { errcode: 0, errmsg: 'ok' };
  }
}
