import { describe, expect, it } from 'vitest';
import { createMessageCrypto } from '../../../src/adapters/official-account/message-crypto.js';
import { readPush, type PushRules } from '../../../src/adapters/official-account/read-push.js';
import { isOfOurTime, isSignedBy, signatureOf } from '../../../src/adapters/official-account/signature.js';
import { cdata, readFields } from '../../../src/adapters/official-account/xml.js';
import { aesKeyOf } from '../../../src/adapters/official-account/message-crypto.js';

/** The worked example of the platform's documentation. */
const OFFICIAL = {
  key: 'A'.repeat(43),
  appId: 'wxba5fad812f8e6fb9',
  token: 'AAAAA',
  timestamp: '1714112445',
  nonce: '415670741',
  encrypted:
    '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=',
};
const AT = Number(OFFICIAL.timestamp) * 1000;
const OTHER_KEY = 'kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR';

describe('signatures', () => {
  it.each([
    ['of the address check', ['AAAAA', '1714036504', '1514711492'], 'f464b24fc39322e44b38aa78f5edd27bd1441696'],
    ['of a plain push', ['AAAAA', '1714037059', '486452656'], '899cf89e464efb63f54ddac96b0a0a235f53aa78'],
    ['of an encrypted push', ['AAAAA', '1714112445', '415670741'], '6c5c811b55cc85e0e1b54100749188c20beb3f5d'],
    ['of its encrypted text', ['AAAAA', '1714112445', '415670741', OFFICIAL.encrypted], '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3'],
  ])('agree with the official example %s', (_name, parts, expected) => {
    expect(signatureOf(...parts)).toBe(expected);
    expect(isSignedBy(expected, ...parts)).toBe(true);
    expect(
      isSignedBy(
        expected.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
        ...parts,
      ),
    ).toBe(false);
    expect(isSignedBy('', ...parts)).toBe(false);
  });

  it('are of our time within the window only', () => {
    expect(isOfOurTime('1714112445', AT + 299_000, 300_000)).toBe(true);
    expect(isOfOurTime('1714112445', AT + 301_000, 300_000)).toBe(false);
    expect(isOfOurTime('1714112445', AT - 301_000, 300_000)).toBe(false);
    expect(isOfOurTime('', AT, 300_000)).toBe(false);
    expect(isOfOurTime('1e9', AT, 1e15)).toBe(false);
  });
});

describe('encrypted messages', () => {
  const crypto = createMessageCrypto(OFFICIAL.appId, [OFFICIAL.key]);

  it('open the official example, whose pad is 19', () => {
    expect(JSON.parse(crypto.open(OFFICIAL.encrypted)?.text ?? '')).toMatchObject({ Event: 'debug_demo', debug_str: 'hello world' });
  });

  it('seal the official reply to the byte, with pad 1', () => {
    const sealed = crypto.seal('{"demo_resp":"good luck"}', aesKeyOf(OFFICIAL.key), Buffer.from('707722b803182950'));
    expect(sealed).toBe('ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==');
    expect(signatureOf('AAAAA', '1713424427', '415670741', sealed)).toBe('1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1');
  });

  it.each([
    [1, 25],
    [16, 10],
    [17, 9],
    [31, 27],
    [32, 26],
  ])('come back as they were with a pad of %i', (pad, length) => {
    // 16 random bytes, 4 of length, 18 of the appid
    expect(32 - ((38 + length) % 32)).toBe(pad);
    const text = 'x'.repeat(length);
    const mine = createMessageCrypto(OFFICIAL.appId, [OTHER_KEY]);
    expect(mine.open(mine.seal(text, aesKeyOf(OTHER_KEY)))?.text).toBe(text);
  });

  it('open with the key before the current one, which then seals the reply', () => {
    const rotated = createMessageCrypto(OFFICIAL.appId, [OTHER_KEY, OFFICIAL.key]);
    expect(rotated.open(OFFICIAL.encrypted)?.key).toEqual(aesKeyOf(OFFICIAL.key));
  });

  it('do not open for another account, with another key, when damaged, or cut', () => {
    expect(createMessageCrypto('wx0000000000000000', [OFFICIAL.key]).open(OFFICIAL.encrypted)).toBeNull();
    expect(createMessageCrypto(OFFICIAL.appId, [OTHER_KEY]).open(OFFICIAL.encrypted)).toBeNull();
    expect(crypto.open(OFFICIAL.encrypted.replace('PAJGj04=', 'QAJGj04='))).toBeNull();
    expect(crypto.open(OFFICIAL.encrypted.slice(0, 100))).toBeNull();
    expect(crypto.open('')).toBeNull();
  });
});

describe('reading a push', () => {
  const rules: PushRules = {
    token: OFFICIAL.token,
    mode: 'secure',
    crypto: createMessageCrypto(OFFICIAL.appId, [OFFICIAL.key]),
    clockWithinMs: 300_000,
  };
  const { timestamp, nonce, encrypted } = OFFICIAL;
  const secureQuery = (signature: string): URLSearchParams =>
    new URLSearchParams({ timestamp, nonce, encrypt_type: 'aes', msg_signature: signature });
  const genuine = secureQuery('046e02f8204d34f8ba5fa3b1db94908f3df2e9b3');
  const body = `<xml><ToUserName><![CDATA[gh]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
  const plainQuery = new URLSearchParams({ timestamp, nonce, signature: signatureOf('AAAAA', timestamp, nonce) });

  it('opens the official example', () => {
    expect(readPush(genuine, body, rules, AT)).toMatchObject({ kind: 'push', fields: { Event: 'debug_demo' } });
  });

  it('refuses a push in clear where the account is set to secure', () => {
    const clear = '<xml><FromUserName>o</FromUserName></xml>';
    expect(readPush(plainQuery, clear, rules, AT)).toEqual({ kind: 'refused', reason: 'not-encrypted' });
    expect(readPush(plainQuery, clear, { ...rules, mode: 'compatible' }, AT)).toMatchObject({ kind: 'push' });
  });

  it('reads what is signed and not what stands in clear beside it', () => {
    const both = body.replace('<Encrypt>', '<Event>forged</Event><Encrypt>');
    expect(readPush(genuine, both, { ...rules, mode: 'compatible' }, AT)).toMatchObject({ fields: { Event: 'debug_demo' } });
  });

  it('refuses another signature, another text under it, and another time', () => {
    expect(readPush(secureQuery('0'.repeat(40)), body, rules, AT)).toMatchObject({ reason: 'signature' });
    expect(readPush(genuine, body.replace('+qdx', '+qdy'), rules, AT)).toMatchObject({ reason: 'signature' });
    expect(readPush(genuine, body, rules, AT + 301_000)).toMatchObject({ reason: 'time' });
    expect(readPush(plainQuery, '<xml/>', { ...rules, mode: 'plain' }, AT + 301_000)).toMatchObject({ reason: 'time' });
  });
});

describe('XML', () => {
  it('keeps values as they were written', () => {
    expect(readFields('<xml><Content><![CDATA[007]]></Content><MsgId>25373744922163387</MsgId></xml>')).toEqual({
      Content: '007',
      MsgId: '25373744922163387',
    });
    expect(readFields('<xml><Content><![CDATA[ &lt;1e3 ]]></Content></xml>')?.['Content']).toBe(' &lt;1e3 ');
  });

  it('keeps all digits of an id in JSON', () => {
    expect(readFields('{"MsgId": 25373744922163387, "Content": "你好"}')).toEqual({ MsgId: '25373744922163387', Content: '你好' });
  });

  it.each([
    '',
    'success',
    '<xml><A>1</xml>',
    '<xml><A>1</A>',
    '{"a":',
    '[1]',
    'null',
    '<!DOCTYPE x [<!ENTITY a "b">]><xml><A>&a;</A></xml>',
  ])('takes %j for no push', (body) => {
    expect(readFields(body)).toBeNull();
  });

  it('cannot be left by a text, whatever it holds', () => {
    const text = 'a]]></Content><Evil>1</Evil>]]>\u0000\u0008b\ud83d😀';
    expect(readFields(`<xml><Content>${cdata(text)}</Content></xml>`)).toEqual({ Content: 'a]]></Content><Evil>1</Evil>]]>b😀' });
  });
});
