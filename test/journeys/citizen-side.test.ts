import { describe, expect, it } from 'vitest';
import { handoffAnswer, REPLIES } from '../../src/consultation/replies.js';
import { NEW_CONSULTATION } from '../../src/consultation/continue-consultation.js';
import type { Consult } from '../../src/consultation/consult.js';
import { NO_TRACE } from '../../src/consultation/trace.js';
import { CONSENT_TEXT } from '../../src/messaging/consent/consent-steps.js';
import { LI as OA_LI, officialAccountHarness } from '../support/official-account.js';
import { LI, telegramForTests, type TelegramUnderTest } from '../support/telegram-core.js';

const openTelegram = telegramForTests();
const consult: Consult = (message) => ({
  answer: message.includes('律师') ? handoffAnswer('human-wanted') : { ...REPLIES.greeting(), headline: `回：${message}`, options: [] },
  state: NEW_CONSULTATION,
  trace: NO_TRACE,
});
const MEDIATION = ['我要申请调解', '邻里', '院墙的事吵了一个月了', '老王', '跳过', '把墙修好', '跳过', '赵春花', '13812345678'];

describe('on Telegram, in the private chat', () => {
  type Person = ReturnType<TelegramUnderTest['fake']['person']>;
  const texts = ({ fake }: TelegramUnderTest, chat: number): string[] => fake.said(chat).map(({ text }) => text ?? '');
  const saying = async (telegram: TelegramUnderTest, person: Person, words: string): Promise<string> => {
    const before = texts(telegram, person.id).length;
    await telegram.fake.say(person, words);
    await expect.poll(() => texts(telegram, person.id).length, { timeout: 8000, message: words }).toBeGreaterThan(before);
    await telegram.core.settled();
    return texts(telegram, person.id).at(-1) ?? '';
  };

  it('tells once what is kept, fills in a form, and shows, exports and erases what is kept', async () => {
    const telegram = await openTelegram({ consult });
    const wang = telegram.fake.person('王');
    expect(await saying(telegram, wang, '老板不发工资')).toContain(CONSENT_TEXT);
    expect(await saying(telegram, wang, '还有加班费')).not.toContain(CONSENT_TEXT);
    let last = '';
    for (const words of MEDIATION) last = await saying(telegram, wang, words);
    expect(last).toContain('138****5678');
    expect(await saying(telegram, wang, '确认提交')).toMatch(/工单编号：\d{8}-\d{4}/);
    expect(await saying(telegram, wang, '我的信息')).toContain('电话：138****5678');

    const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(await saying(telegram, wang, '导出我的信息'))?.[0] ?? '';
    expect(await telegram.core.pickup.open(code, null)).toMatchObject({ kind: 'digits-wanted' });
    const opened = await telegram.core.pickup.open(code, '5678');
    expect(opened).toMatchObject({ kind: 'ok', value: { replies: [], resumable: false } });
    expect(opened.kind === 'ok' ? opened.value.mine : '').toContain('13812345678');
    expect(await telegram.core.pickup.resume(code, '5678', 'another-device')).toEqual({ kind: 'unknown' });
    telegram.core.pass(25 * 3600_000);
    expect(await telegram.core.pickup.open(code, '5678')).toEqual({ kind: 'unknown' });

    expect(await saying(telegram, wang, '删除我的信息')).toContain('找不回来');
    expect(await saying(telegram, wang, '确认删除')).toContain('已经删掉了');
    expect(await saying(telegram, wang, '你好')).toContain(CONSENT_TEXT);
  });

  it('asks after closing how it was, with buttons', async () => {
    const telegram = await openTelegram({ consult });
    const wang = telegram.fake.person('王');
    await saying(telegram, wang, '我要找律师');
    const conversationId = (await telegram.core.app.messenger.conversationId('telegram', `p:${String(wang.id)}`)) ?? '';
    const number = await telegram.core.lawyerSays(conversationId, '可以申请仲裁。');
    await telegram.core.app.tickets.close(number, LI, 'resolved', '');
    await expect.poll(() => texts(telegram, wang.id).join('\n'), { timeout: 8000 }).toContain('这次办得怎么样');
    const asked = telegram.fake.said(wang.id).at(-1)?.message_id ?? 0;
    await telegram.fake.tap(wang, wang.id, asked, '满意');
    await expect.poll(() => texts(telegram, wang.id).join('\n'), { timeout: 8000 }).toContain('谢谢您');
    const row = await telegram.core.db.selectFrom('satisfaction').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ ticket_number: number, score: '满意' });
  });

  it('asks for nothing personal in a group', async () => {
    const telegram = await openTelegram({ consult });
    const key = 'g:-100:7';
    const say = async (words: string): Promise<string> => {
      const id = await telegram.core.receive('telegram', key, words);
      await telegram.core.app.messenger.idle();
      const last = (await telegram.core.app.messenger.messagesAfter(id, 0)).at(-1)?.body;
      return last?.type === 'text' && last.aside ? last.text : '';
    };
    expect(await say('我要申请调解')).toContain('群里别人也看得到');
    expect(await say('我的信息')).toContain('群里别人也看得到');
  });
});

describe('in the official account, where options are links', () => {
  it('takes numbers for options as well, tells once what is kept, and asks after closing at the next contact', async () => {
    const { platform, app } = await officialAccountHarness({ consult });
    const said = async (words: string): Promise<string> => {
      const before = platform.shown('oAnna').length;
      await platform.text('oAnna', words);
      return platform.shown('oAnna').slice(before).join('\n');
    };
    expect(await said('老板不发工资')).toContain(CONSENT_TEXT);
    const first = await said('我要申请调解');
    expect(first).toContain('msgmenucontent=邻里');
    expect(first).not.toContain(CONSENT_TEXT);
    expect(await said('1')).toContain('出了什么事');
    for (const words of MEDIATION.slice(2)) await said(words);
    expect(await said('1')).toMatch(/工单编号：\d{8}-\d{4}/);

    const conversationId = (await app.messenger.conversationId('official-account', 'oAnna')) ?? '';
    const ticket = await app.desk.latestOf(conversationId);
    const number = ticket?.number ?? '';
    expect(ticket).toMatchObject({ kind: 'mediation' });
    expect(ticket?.details?.answers.find(({ id }) => id === 'dispute')?.value).toBe('邻里');
    await app.tickets.claim(number, OA_LI);
    await app.tickets.close(number, OA_LI, 'resolved', '');
    expect(await said('在吗')).toContain('这次办得怎么样');
    expect(await said('不满意')).toContain('哪里不好');
    expect(await said('太慢了')).toContain('记下了');
    expect(await said('我的信息')).toContain('138****5678');
    await said('删除我的信息');
    expect(await said('1')).toContain('已经删掉了');
    expect(JSON.stringify(await app.messenger.messagesAfter(conversationId, 0))).not.toContain('院墙');
  });
});
