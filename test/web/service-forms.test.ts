import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/domain/message.js';
import type { TicketView } from '../../src/domain/views.js';
import type { BrowserClient } from '../support/browser-client.js';
import { startServer } from '../support/start-server.js';

const server = await startServer();
const lawyer = await server.lawyer();

const textOf = ({ body }: Message): string => (body.type === 'answer' ? (body.footnote?.text ?? '') : body.text);
const optionsOf = ({ body }: Message): readonly string[] =>
  body.type === 'answer' ? (body.footnote?.options ?? []) : (body.options ?? []);
/** Says one thing after the other; the last answer. */
const saying = async (citizen: BrowserClient, ...words: readonly string[]): Promise<Message> => {
  let last: Message | null = null;
  for (const one of words) last = await citizen.ask(one);
  if (!last) throw new Error('nothing was said');
  return last;
};
const STORY = '邻居王大壮把我家院墙推倒了，说是占了他的地，上个月就开始吵。';
const MEDIATION = ['我要申请调解', '邻里', STORY, '王大壮，住我家隔壁', '五千元', '把墙修好', '石桥镇红旗村', '赵春花', '13812345678'];

describe('a form, a question at a time', () => {
  it('applies for mediation: shows everything before it is sent, then makes a ticket of its kind', async () => {
    const citizen = server.citizen();
    const first = await citizen.ask('我要申请调解');
    expect(textOf(first)).toContain('（1/8）');
    expect(optionsOf(first)).toEqual(expect.arrayContaining(['邻里', '取消']));
    const summary = await saying(citizen, ...MEDIATION.slice(1));
    expect(textOf(summary)).toContain(STORY);
    expect(textOf(summary)).toContain('138****5678');
    expect(textOf(summary)).not.toContain('13812345678');
    expect(textOf(summary)).toContain('赵**');
    expect(textOf(summary)).toContain('〔人民调解法第四条〕');
    expect(textOf(summary)).toContain('办的时候带上');
    expect((await citizen.chat()).body.ticket).toBeNull();
    const done = await citizen.ask('确认提交');
    const number = (await citizen.chat()).body.ticket?.number ?? '';
    expect(textOf(done)).toContain(number);

    const [ticket] = (await lawyer.tickets()).filter((one) => one.number === number);
    expect(ticket).toMatchObject({ kind: 'mediation', state: 'queued' });
    expect(ticket?.title).not.toContain('王大壮');
  });

  it('keeps name and telephone out of the ticket and of the thread until whoever holds it looks on purpose', async () => {
    const citizen = server.citizen();
    await saying(citizen, ...MEDIATION, '确认提交');
    const number = (await citizen.chat()).body.ticket?.number ?? '';
    expect((await lawyer.send('GET', `/api/desk/tickets/${number}/unmasked?reason=contact`)).status).toBe(404);
    await lawyer.act(number, 'claim');
    const shown = JSON.stringify((await lawyer.ticket(number)).body satisfies TicketView);
    expect(shown).not.toContain('13812345678');
    expect(shown).not.toContain('赵春花');
    expect((await lawyer.send('GET', `/api/desk/tickets/${number}/unmasked`)).status).toBe(400);
    const unmasked = await lawyer.send<{ profile: unknown; words: string[] }>('GET', `/api/desk/tickets/${number}/unmasked?reason=contact`);
    expect(unmasked.body.profile).toMatchObject({ name: '赵春花', phone: '13812345678', village: '石桥镇红旗村' });
    expect(unmasked.body.words).toContain(STORY);
    const log = await lawyer.send<{ lines: { action: string; subject: string }[] }>('GET', `/api/desk/audit?ticket=${number}`);
    expect(log.body.lines.some(({ action, subject }) => action === 'unmask' && subject === `ticket:${number}`)).toBe(true);
  });

  it('goes back, skips what may be skipped, and changes one answer from the summary', async () => {
    const citizen = server.citizen();
    await saying(citizen, '我要申请调解', '邻里', STORY);
    expect(textOf(await citizen.ask('跳过'))).toContain('这一项要写');
    expect(textOf(await citizen.ask('上一步'))).toContain('出了什么事');
    await saying(citizen, STORY, '王大壮');
    expect(textOf(await citizen.ask('跳过'))).toContain('想要什么结果');
    const summary = await saying(citizen, '赔钱', '跳过', '赵春花', '13812345678');
    expect(textOf(summary)).not.toContain('金额');
    const changed = await saying(citizen, '改想要的结果', '赔礼道歉');
    expect(textOf(changed)).toContain('想要的结果：赔礼道歉');
    expect(textOf(changed)).not.toContain('赔钱');
  });

  it('says what is wrong with a telephone number, and takes nothing for it that is none', async () => {
    const citizen = server.citizen();
    expect(textOf(await saying(citizen, '我要预约', '公证', '想问问公证的事', '越快越好', '跳过', '赵春花', '12345'))).toContain(
      '电话号码',
    );
    expect(textOf(await citizen.ask('138-1234-5678'))).toContain('138****5678');
  });

  it('cancels, and has sent nothing', async () => {
    const citizen = server.citizen();
    expect(textOf(await saying(citizen, '我要上门服务', '年纪大，走不动', '取消'))).toContain('已经取消');
    expect((await citizen.chat()).body.ticket).toBeNull();
    const answer = await citizen.ask('年纪大，走不动');
    expect(textOf(answer)).not.toContain('（');
  });

  it('answers another question in between and offers to go on; danger comes before the form', async () => {
    const citizen = server.citizen();
    await saying(citizen, '我要申请法律援助', '讨工钱、确认劳动关系');
    const besides = await citizen.ask('老板拖欠工资怎么办？');
    expect(besides.body.type).toBe('answer');
    expect(textOf(besides)).toContain('还没填完');
    expect(optionsOf(besides)).toEqual(['接着填', '取消']);
    expect(textOf(await citizen.ask('接着填'))).toContain('您是不是下面这样的人');
    const danger = await citizen.ask('我不想活了');
    expect(danger.body).toMatchObject({ type: 'answer', answer: { kind: 'handoff', reason: 'danger' } });
  });

  it('checks legal aid by the law, never says no, and leaves the decision to the agency', async () => {
    const citizen = server.citizen();
    const summary = await saying(
      citizen,
      '申请法律援助',
      '讨工钱、确认劳动关系',
      '进城务工',
      '还没请',
      '有，不到七天了',
      '在工地干了三个月，工钱一分没给，已经申请仲裁。',
      '跳过',
      '赵春花',
      '13812345678',
    );
    const said = textOf(summary);
    for (const article of ['第三十一条', '第四十二条', '第四十四条', '第四十三条']) expect(said).toContain(`法律援助法${article}〕`);
    expect(said).toContain('由法律援助机构决定');
    expect(said).toContain('身份证');
    expect(said).not.toMatch(/不符合|不能申请|没有资格/);

    const other = server.citizen();
    const unlisted = await saying(
      other,
      '申请法律援助',
      '别的事',
      '都不是',
      '不困难',
      '已经请了',
      '没有',
      '想跟村里打官司，要回老宅子。',
      '跳过',
      '赵春花',
      '13812345678',
    );
    expect(textOf(unlisted)).toContain('第三十四条');
    expect(textOf(unlisted)).not.toMatch(/不符合|不能申请|没有资格|第四十二条/);
  });

  it('lists papers of a notarial act where the pack has them, and offers the form below the guide', async () => {
    const citizen = server.citizen();
    const guide = await citizen.ask('公证处办公证要什么材料');
    expect(guide.body).toMatchObject({ type: 'answer', answer: { options: ['我要预约公证', '找律师'] } });
    const summary = await saying(
      citizen,
      '我要预约公证',
      '继承',
      '跟房子、土地有关',
      '跳过',
      '工作日上午',
      '跳过',
      '赵春花',
      '13812345678',
    );
    expect(textOf(summary)).toContain('死亡证明');
    expect(textOf(summary)).toContain('〔公证法第二十五条〕');
  });

  it('lets the person pick a lawyer, and says no other name', async () => {
    const citizen = server.citizen();
    const offered = await citizen.ask('我要选律师');
    const [one = ''] = optionsOf(offered);
    expect(one).toContain('值班律师');
    expect(textOf(await citizen.ask('张三丰律师'))).toContain('请从下面选一位');
    await saying(citizen, one, '工伤的事想当面问一问，手指断了。', '确认提交');
    const number = (await citizen.chat()).body.ticket?.number ?? '';
    const queue = await lawyer.send<{ items: { number: string; forMe: boolean }[] }>('GET', '/api/desk/queue?show=waiting');
    if (queue.status === 200) expect(queue.body.items.find((item) => item.number === number)?.forMe).toBe(true);
  });

  it('goes on after a restart where it stopped', async () => {
    const citizen = server.citizen();
    await saying(citizen, '我要申请调解', '邻里');
    await server.restart();
    expect(textOf(await citizen.ask(STORY))).toContain('对方是谁');
  });
});
