import { describe, expect, it } from 'vitest';
import { TEXTS } from '../../../src/adapters/official-account/work-out-reply.js';
import { FAULT, post } from '../../support/fake-wechat.js';
import { ACCOUNT, AES_KEY, LI, TOKEN, eventually, officialAccountHarness } from '../../support/official-account.js';
import { signatureOf } from '../../../src/adapters/official-account/signature.js';

const NO_FAULT = 0;

describe('an account that only replies', () => {
  it('checks the address with the platform, and nobody else', async () => {
    const { address } = await officialAccountHarness();
    const timestamp = String(Math.floor(Date.now() / 1000));
    const query = (signature: string): string =>
      new URLSearchParams({ signature, timestamp, nonce: 'n', echostr: '4375<b>1209' }).toString();
    const good = await fetch(`${address}?${query(signatureOf(TOKEN, timestamp, 'n'))}`);
    expect([good.status, await good.text(), good.headers.get('content-type')]).toEqual([200, '4375<b>1209', 'text/plain; charset=utf-8']);
    const bad = await fetch(`${address}?${query('0'.repeat(40))}`);
    expect([bad.status, await bad.text()]).toEqual([403, '']);
  });

  it.each([
    ['plain', { mode: 'plain', aesKeys: [] }, {}],
    ['compatible', { mode: 'compatible' }, { compatible: true }],
    ['secure', { mode: 'secure' }, {}],
  ] as const)('answers in the reply itself in %s mode', async (_mode, options, push) => {
    const { platform } = await officialAccountHarness({ options, push });
    for (const words of ['房东不退押金怎么办？', '公司拖欠工资三个月了怎么办？', '007 是什么 <b>&amp; ]]> 意思？']) {
      expect(await platform.text('oAnna', words)).toMatchObject({ kind: 'text', text: expect.stringContaining(`回：${words}`) as string });
    }
    expect(platform.faults).toBe(NO_FAULT);
  });

  it('opens with the key before the current one while it is being changed', async () => {
    const { platform } = await officialAccountHarness({
      options: { aesKeys: ['A'.repeat(43), AES_KEY] },
      push: { secure: { appId: 'wxba5fad812f8e6fb9', aesKey: AES_KEY } },
    });
    expect(await platform.text('oAnna', '工资拖欠怎么办？')).toMatchObject({ kind: 'text' });
  });

  it('acknowledges what it cannot open, so that no fault is shown, and says so in its health', async () => {
    const { platform, account } = await officialAccountHarness({
      options: { aesKeys: ['A'.repeat(43)] },
      push: { secure: { appId: 'wxba5fad812f8e6fb9', aesKey: AES_KEY } },
    });
    expect(await platform.text('oAnna', '工资拖欠怎么办？')).toEqual({ kind: 'ack' });
    expect(account.channel.health()).toMatchObject({ ok: false });
  });

  it('stores and answers a push once, however its attempts overlap', async () => {
    const { platform, stored, hold } = await officialAccountHarness({ push: { overlapMs: 20 } });
    const open = hold();
    const pushed = platform.text('oAnna', '加班费怎么算？');
    setTimeout(open, 100);
    expect(await pushed).toMatchObject({ kind: 'text' });
    expect(await stored('oAnna')).toEqual(['加班费怎么算？']);
    expect(platform.shown('oAnna')).toHaveLength(1);
  });

  it('gives the next attempt the answer that the last one was too late for', async () => {
    const { platform, hold, stored } = await officialAccountHarness({ push: { hangsUpAfterMs: 150 } });
    const open = hold();
    const pushed = platform.text('oAnna', '加班费怎么算？');
    setTimeout(open, 250);
    expect(await pushed).toMatchObject({ kind: 'text', text: expect.stringContaining('回：加班费怎么算？') as string });
    expect(await stored('oAnna')).toHaveLength(1);
  });

  it('keeps an answer that is not ready in time and hands it out at the next message, with the answer to that', async () => {
    const { platform, hold } = await officialAccountHarness({ options: { replyWithinMs: 700 } });
    const open = hold();
    expect(await platform.text('oAnna', '加班费怎么算？')).toEqual({ kind: 'text', text: TEXTS.pending });
    open();
    const second = await platform.text('oAnna', '年休假有几天？');
    expect(second).toMatchObject({ kind: 'text' });
    const shown = platform.shown('oAnna').join('\n');
    expect(shown.match(/回：加班费怎么算？/g)).toHaveLength(1);
    expect(shown.match(/回：年休假有几天？/g)).toHaveLength(1);
  });

  it('keeps what the platform hung up on for the next message', async () => {
    const { platform, hold, app } = await officialAccountHarness({ push: { attempts: 1, hangsUpAfterMs: 300 } });
    const open = hold();
    await platform.text('oAnna', '加班费怎么算？');
    // the end of the connection has to get here
    await new Promise((resolve) => setTimeout(resolve, 50));
    open();
    await app.messenger.idle();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await platform.text('oAnna', '年休假有几天？')).toMatchObject({ kind: 'text' });
    expect(
      platform
        .shown('oAnna')
        .join('\n')
        .match(/回：加班费怎么算？/g),
    ).toHaveLength(1);
  });

  it.each(['答案', '好', '？', '继续'])('takes %j for asking for the answer that waits, not for a question', async (words) => {
    const { platform, hold, app, stored } = await officialAccountHarness({ options: { replyWithinMs: 700 } });
    const open = hold();
    await platform.text('oAnna', '加班费怎么算？');
    open();
    await app.messenger.idle();
    expect(await platform.text('oAnna', words)).toMatchObject({ text: expect.stringContaining('回：加班费怎么算？') as string });
    expect(await stored('oAnna')).toEqual(['加班费怎么算？']);
    // nothing waits any more: now it is a message like any other
    expect(await platform.text('oAnna', words)).toMatchObject({ text: expect.stringContaining(`回：${words}`) as string });
  });

  it('hands the answer out at a tap on the link, and says so where none waits', async () => {
    const { platform, hold, app } = await officialAccountHarness({ options: { replyWithinMs: 700 } });
    const tap = (): Promise<unknown> => platform.text('oAnna', '答案', { bizmsgmenuid: 'pickup' });
    expect(await tap()).toEqual({ kind: 'text', text: TEXTS.nothing });
    const open = hold();
    await platform.text('oAnna', '加班费怎么算？');
    expect(await tap()).toEqual({ kind: 'text', text: TEXTS.pending });
    open();
    await app.messenger.idle();
    expect(await tap()).toMatchObject({ text: expect.stringContaining('回：加班费怎么算？') as string });
  });

  it('gives a long answer in parts, each when it is asked for, none twice and none lost', async () => {
    const sentences = Array.from({ length: 120 }, (_, index) => `这是第${String(index)}句话，说的是工资😀怎么要回来。`);
    const { platform, app } = await officialAccountHarness();
    await platform.text('oAnna', '找律师', { bizmsgmenuid: 'human' });
    const [ticket] = await app.desk.list('open');
    await app.tickets.claim(ticket?.number ?? '', LI);
    await app.tickets.reply(ticket?.number ?? '', LI, { key: 'r1', text: sentences.join(''), ask: false });
    for (let tries = 0; tries < 10; tries++) await platform.text('oAnna', '继续');
    const shown = platform.shown('oAnna').join('\n');
    for (const sentence of sentences) expect(shown.split(sentence)).toHaveLength(2);
    expect(platform.faults).toBe(NO_FAULT);
  });

  it('says that a message could not be stored instead of swallowing it', async () => {
    const { platform, breakInbox, stored } = await officialAccountHarness({ options: { replyWithinMs: 700 } });
    breakInbox(100);
    expect(await platform.text('oAnna', '加班费怎么算？')).toEqual({ kind: 'text', text: TEXTS.notStored });
    breakInbox(1);
    expect(await platform.text('oAnna', '加班费怎么算？')).toMatchObject({ text: expect.stringContaining('回：') as string });
    expect(await stored('oAnna')).toEqual(['加班费怎么算？']);
  });

  it('never gives the platform cause to stop pushing, though everything inside breaks', async () => {
    const { platform, breakInbox } = await officialAccountHarness({ options: { replyWithinMs: 300 }, push: { markedAfter: 1 } });
    breakInbox(1000);
    for (let index = 0; index < 5; index++) await platform.text('oAnna', `第${String(index)}问，加班费怎么算？`);
    expect([platform.faults, platform.dropped]).toEqual([NO_FAULT, 0]);
  });

  it('replies in time and in form when the consultation breaks', async () => {
    const { platform } = await officialAccountHarness({
      options: { replyWithinMs: 600 },
      consult: () => {
        throw new Error('bug');
      },
    });
    expect(await platform.text('oAnna', '加班费怎么算？')).toMatchObject({ kind: 'text' });
    expect(platform.shown('oAnna')).not.toContain(FAULT);
    expect(Math.max(...platform.latencies)).toBeLessThan(900);
  });

  it('says nothing while a lawyer holds the conversation, and hands the words of the lawyer out at the next message', async () => {
    const { platform, app } = await officialAccountHarness();
    await platform.event('oAnna', 'CLICK', { EventKey: 'BAIMI_HUMAN' });
    const [ticket] = await app.desk.list('open');
    const number = ticket?.number ?? '';
    await app.tickets.claim(number, LI);
    await platform.text('oAnna', '律师你好，我等了很久了');
    expect(platform.shown('oAnna').join('\n')).not.toContain('回：律师你好');
    await app.tickets.reply(number, LI, { key: 'r2', text: '请带上劳动合同。', ask: false });
    expect(await platform.text('oAnna', '好的谢谢律师')).toMatchObject({ text: expect.stringContaining('请带上劳动合同。') as string });
  });

  it('does not wait, in its reply, for what will not come', async () => {
    const { platform } = await officialAccountHarness();
    for (const [event, fields] of [
      ['unsubscribe', {}],
      ['LOCATION', { Latitude: '30.4', Longitude: '104.5', Precision: '60' }],
      ['VIEW', { EventKey: 'https://example.org/' }],
      ['TEMPLATESENDJOBFINISH', { MsgID: '200163836', Status: 'success' }],
      ['never_heard_of', {}],
    ] as const) {
      expect(await platform.event('oAnna', event, fields)).toEqual({ kind: 'ack' });
    }
    expect(Math.max(...platform.latencies)).toBeLessThan(300);
  });
});

describe('what people send', () => {
  it('greets who follows, and stores the service point whose code was scanned', async () => {
    const { platform } = await officialAccountHarness();
    for (const [openId, event, key] of [
      ['oA', 'subscribe', ''],
      ['oB', 'subscribe', 'qrscene_village_42'],
      ['oC', 'SCAN', 'village_42'],
    ] as const) {
      expect(await platform.event(openId, event, { EventKey: key, Ticket: 'gQ' })).toMatchObject({ kind: 'text' });
    }
  });

  it('takes two events of one second for two, and a repeated one for one', async () => {
    const { platform, stored } = await officialAccountHarness();
    await platform.event('oA', 'CLICK', { EventKey: 'BAIMI_TICKETS', CreateTime: '1700000000' });
    await platform.event('oA', 'CLICK', { EventKey: 'BAIMI_POINTS', CreateTime: '1700000000' });
    await platform.event('oA', 'CLICK', { EventKey: 'BAIMI_POINTS', CreateTime: '1700000000' });
    expect(await stored('oA')).toEqual(['我的工单', '附近服务点']);
  });

  it('reads what was said, and kindly asks again for what it cannot read', async () => {
    const { platform, stored } = await officialAccountHarness();
    const send = (fields: Readonly<Record<string, string>>): Promise<unknown> => platform.message('oA', fields);
    const text = (part: string): object => ({ kind: 'text', text: expect.stringContaining(part) as string });
    expect(await send({ MsgType: 'voice', MediaId: 'm', Format: 'amr', Recognition: '公司拖欠工资' })).toMatchObject(
      text('回：公司拖欠工资'),
    );
    expect(await send({ MsgType: 'voice', MediaId: 'm', Format: 'amr' })).toMatchObject({ kind: 'text' });
    expect(await send({ MsgType: 'image', MediaId: 'm', PicUrl: 'http://x/' })).toMatchObject({ kind: 'text' });
    expect(await send({ MsgType: 'location', Location_X: '30.4', Location_Y: '104.5', Scale: '16', Label: '简阳市' })).toMatchObject(
      text('简阳市'),
    );
    expect(await send({ MsgType: 'text', Content: '【收到不支持的消息类型，暂无法显示】' })).toMatchObject({ kind: 'text' });
    expect(await send({ MsgType: 'video', MediaId: 'm' })).toMatchObject({ kind: 'text' });
    expect(await send({ MsgType: 'a_type_of_tomorrow' })).toMatchObject({ kind: 'text' });
    expect(await stored('oA')).toEqual([
      '〔语音〕公司拖欠工资',
      '〔语音，没有识别出文字〕',
      '〔图片〕',
      '〔位置〕简阳市',
      '〔看不了的消息〕',
      '〔看不了的消息〕',
      '〔看不了的消息〕',
    ]);
    expect(platform.faults).toBe(NO_FAULT);
  });

  it('understands taps on links in messages and on the menu', async () => {
    const { platform, stored, app } = await officialAccountHarness();
    await platform.text('oA', '工资怎么要？', { bizmsgmenuid: 'option' });
    await platform.event('oA', 'CLICK', { EventKey: 'BAIMI_HUMAN' });
    expect(await stored('oA')).toEqual(['工资怎么要？', '找律师']);
    await eventually(async () => (await app.desk.list('open')).length === 1);
  });
});

describe('who is not the platform', () => {
  it('gets a bare status: no signature, another one, an old time, an unencrypted push, another method, another address', async () => {
    const { address, stored, platform } = await officialAccountHarness();
    const seconds = Math.floor(Date.now() / 1000);
    const xml = `<xml><ToUserName>${ACCOUNT}</ToUserName><FromUserName>oEvil</FromUserName><MsgType>text</MsgType><Content>x</Content><MsgId>1</MsgId></xml>`;
    const signed = (at: number): string => `signature=${signatureOf(TOKEN, String(at), 'n')}&timestamp=${String(at)}&nonce=n`;
    const forged = platform.signed(xml);
    for (const [query, body] of [
      ['', xml],
      [signed(seconds), xml],
      [forged.query.replace(/msg_signature=./, 'msg_signature=z'), forged.body],
      [forged.query, forged.body.replace('<Encrypt><![CDATA[', '<Encrypt><![CDATA[AAAA')],
    ] as const) {
      expect(await post(`${address}?${query}`, body, 2000)).toEqual({ status: 403, body: '' });
    }
    expect(await post(`${address}other?${signed(seconds)}`, xml, 2000)).toMatchObject({ status: 404 });
    expect((await fetch(address, { method: 'PUT', body: 'x' })).status).toBe(405);
    expect(await post(`${address}?${signed(seconds)}`, 'x'.repeat(65 * 1024), 2000)).toMatchObject({ status: 413, body: '' });
    expect(await stored('oEvil')).toEqual([]);
  });

  it('cannot replay an old push in plain mode', async () => {
    const { platform, stored } = await officialAccountHarness({
      options: { mode: 'plain', aesKeys: [] },
      push: { seconds: () => Math.floor(Date.now() / 1000) - 301 },
    });
    expect(await platform.text('oA', '旧的')).toMatchObject({ kind: 'illegal', reason: 'status' });
    expect(await stored('oA')).toEqual([]);
  });
});
