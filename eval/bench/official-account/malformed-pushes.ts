import { createRandom } from '../../../src/retrieval/training/random.js';
import { aesKeyOf, createMessageCrypto } from '../../../src/adapters/official-account/message-crypto.js';
import { signatureOf } from '../../../src/adapters/official-account/signature.js';

/** How the account that is pushed to is set. */
export interface Target {
  readonly token: string;
  readonly appId: string;
  readonly aesKey: string;
}

/** One request that is not as it should be; genuine in its signature more often than not, so that its body is read. */
export interface MalformedPush {
  /** What is wrong with it, for the report. */
  readonly kind: string;
  readonly query: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const WELL_FORMED = [
  '<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oFuzz]]></FromUserName><CreateTime>1763870000</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[VIEW]]></Event><EventKey><![CDATA[https://example.org/]]></EventKey></xml>',
  '<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oFuzz]]></FromUserName><CreateTime>1763870000</CreateTime><MsgType><![CDATA[location]]></MsgType><Location_X>30.4</Location_X><Location_Y>104.5</Location_Y><Scale>16</Scale><MsgId>1</MsgId></xml>',
  '{"ToUserName":"gh_1","FromUserName":"oFuzz","CreateTime":1763870000,"MsgType":"event","Event":"VIEW","EventKey":"https://example.org/"}',
];
const BITS = [
  '<',
  '>',
  '<![CDATA[',
  ']]>',
  '&',
  '&#0;',
  '&x;',
  '<!DOCTYPE x>',
  '<!--',
  '-->',
  '<?xml?>',
  '"',
  '\\u0000',
  '\u0000',
  '\ufeff',
  '😀',
  '\ud83d',
  '</xml>',
  '<xml>',
  '__proto__',
  '{',
  '}',
  '[',
  '1e999',
  ' ',
  '\n',
];

type Random = () => number;
const upTo = (random: Random, most: number): number => Math.floor(random() * most);
const oneOf = <T>(random: Random, items: readonly T[]): T => items[upTo(random, items.length)] as T;
const bytes = (random: Random, length: number): Buffer => Buffer.from(Array.from({ length }, () => upTo(random, 256)));

/** Ways to spoil a body. */
const SPOILED: Readonly<Record<string, (random: Random) => Buffer | string>> = {
  empty: () => '',
  'random bytes': (random) => bytes(random, upTo(random, 2000)),
  'cut off': (random) => {
    const text = oneOf(random, WELL_FORMED);
    return text.slice(0, upTo(random, text.length));
  },
  'bits put in': (random) => {
    let text = oneOf(random, WELL_FORMED);
    for (let times = 1 + upTo(random, 6); times > 0; times--) {
      const at = upTo(random, text.length);
      text = text.slice(0, at) + oneOf(random, BITS) + text.slice(at + upTo(random, 12));
    }
    return text;
  },
  'bytes turned': (random) => {
    const body = Buffer.from(oneOf(random, WELL_FORMED));
    for (let times = 1 + upTo(random, 8); times > 0; times--) body[upTo(random, body.length)] = upTo(random, 256);
    return body;
  },
  'deep XML': (random) => `<xml>${'<a>'.repeat(upTo(random, 8000))}${'</a>'.repeat(upTo(random, 8000))}</xml>`,
  'deep JSON': (random) => `{"MsgType":${'['.repeat(upTo(random, 20_000))}`,
  entities: () => `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><xml><Content>&b;</Content></xml>`,
  'fields twice and nested': () =>
    '<xml><FromUserName>a</FromUserName><FromUserName>b</FromUserName><MsgType><x>text</x></MsgType><Event/><constructor>1</constructor><__proto__><MsgType>text</MsgType></__proto__></xml>',
  'prototype in JSON': () => '{"__proto__":{"MsgType":"text","FromUserName":"o"},"constructor":{"prototype":{}}}',
  'other encodings': (random) => Buffer.from(oneOf(random, WELL_FORMED), oneOf(random, ['utf16le', 'latin1'] as const)),
  'much of one thing': (random) =>
    `<xml>${oneOf(random, ['<a/>', ' ', '<![CDATA[', '&lt;', '<a b="c"'] as const).repeat(upTo(random, 6000))}</xml>`,
  'wrong values': (random) =>
    `<xml><FromUserName>${oneOf(random, ['o'.repeat(5000), '../..', '', 'o\u0000x', '{}'])}</FromUserName><MsgType>${oneOf(random, ['event', 'location', '', 'toString'])}</MsgType><Event>${oneOf(random, ['CLICK', 'SCAN', '__proto__', 'x'.repeat(9000)])}</Event><EventKey>${'k'.repeat(upTo(random, 9000))}</EventKey><CreateTime>${oneOf(random, ['-1', 'NaN', '9'.repeat(400)])}</CreateTime><Location_X>1e999</Location_X><Location_Y>x</Location_Y></xml>`,
  'too large': () => `<xml><Content>${'长'.repeat(30_000)}</Content></xml>`,
};

/** Ways to spoil the encryption around a body. */
const SEALED: Readonly<Record<string, (random: Random, target: Target, inner: Buffer) => string>> = {
  'spoiled inside': (_random, { appId, aesKey }, inner) => createMessageCrypto(appId, [aesKey]).seal(inner.toString(), aesKeyOf(aesKey)),
  'random blocks': (random) => bytes(random, 32 * (1 + upTo(random, 20))).toString('base64'),
  'a broken block': (random) => bytes(random, 1 + upTo(random, 300)).toString('base64'),
  'no base64': (random) =>
    oneOf(random, BITS)
      .repeat(1 + upTo(random, 50))
      .replaceAll(']]>', ''),
  'another account': (_random, { aesKey }, inner) => createMessageCrypto('wx0', [aesKey]).seal(inner.toString(), aesKeyOf(aesKey)),
  cut: (random, { appId, aesKey }, inner) => {
    const sealed = createMessageCrypto(appId, [aesKey]).seal(inner.toString(), aesKeyOf(aesKey));
    return sealed.slice(0, upTo(random, sealed.length));
  },
};

const HEADERS: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'content-type': 'application/json' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-encoding': 'gzip' },
  { 'content-type': 'text/xml; charset=utf-16' },
];

/** Malformed pushes without end; the same seed gives the same ones, the time of signing aside. */
export function* malformedPushes(target: Target, seed: number): Generator<MalformedPush, never> {
  const random = createRandom(seed);
  for (;;) {
    const [spoiled, make] = oneOf(random, Object.entries(SPOILED));
    const inner = Buffer.from(make(random));
    const timestamp = String(Math.floor(Date.now() / 1000));
    const nonce = String(upTo(random, 1e9));
    const headers = random() < 0.7 ? {} : oneOf(random, HEADERS);
    const wayOf = random();
    if (wayOf < 0.1) {
      const query = oneOf(random, [
        '',
        '%',
        'signature=%ff&timestamp=%00',
        `nonce=${'n'.repeat(4000)}`,
        'signature=a&signature=b',
        'encrypt_type=aes&msg_signature=',
      ]);
      yield { kind: `query / ${spoiled}`, query, body: inner, headers };
    } else if (wayOf < 0.4) {
      const signature = signatureOf(target.token, timestamp, nonce, '');
      const query = `timestamp=${timestamp}&nonce=${nonce}&encrypt_type=aes&msg_signature=${signature}`;
      yield { kind: `envelope / ${spoiled}`, query, body: inner, headers };
    } else {
      const [name, seal] = oneOf(random, Object.entries(SEALED));
      const encrypted = seal(random, target, inner);
      const signature = signatureOf(target.token, timestamp, nonce, encrypted);
      yield {
        kind: `${name} / ${spoiled}`,
        query: `timestamp=${timestamp}&nonce=${nonce}&encrypt_type=aes&msg_signature=${signature}`,
        body: Buffer.from(`<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`),
        headers,
      };
    }
  }
}
