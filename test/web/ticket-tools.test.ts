import { describe, expect, it } from 'vitest';
import type { CallView, CannedReplyView, DraftView, NoteView, QueueView, TicketExtras } from '../../src/domain/desk-views.js';
import type { ErrorView } from '../../src/domain/views.js';
import type { BrowserClient, Reply } from '../support/browser-client.js';
import { deskClient, withCounty } from '../support/desk-staff.js';
import { startServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const server = await startServer(folder);
await withCounty(folder);
const wang = await deskClient(server.url, folder, 'wang', '王芳');
const zhao = await deskClient(server.url, folder, 'zhao', '赵刚');
const sun = await deskClient(server.url, folder, 'sun', '孙洁', { roles: ['mediator'] });
const operator = await deskClient(server.url, folder, 'qian', '钱丽', { roles: ['operator'] });
const officer = await deskClient(server.url, folder, 'zhou', '周明', { roles: ['officer'] });
const village = await deskClient(server.url, folder, 'wu', '吴村', { reach: '/city/t1/v1/' });

const get = <T>(client: BrowserClient, path: string): Promise<Reply<T>> => client.send<T>('GET', `/api/desk/${path}`);
const queue = async (client: BrowserClient, filter = ''): Promise<QueueView> => (await get<QueueView>(client, `queue?${filter}`)).body;
const extras = async (client: BrowserClient, number: string): Promise<TicketExtras> =>
  (await get<TicketExtras>(client, `tickets/${number}/extras`)).body;

let calls = 0;
/** A ticket by a call, at the whole bureau or at a service point. */
async function ticket(words: string, more: Record<string, unknown> = {}): Promise<string> {
  const body = { id: `call-number-${String(calls++)}`, kind: 'consultation', words, ...more };
  const reply = await operator.desk<CallView>('tickets', body);
  expect(reply.status).toBe(200);
  return reply.body.number;
}

/** A citizen on the web page with a ticket. */
async function citizenWithTicket(...words: string[]): Promise<{ citizen: BrowserClient; number: string }> {
  const citizen = server.citizen();
  for (const one of words) await citizen.ask(one);
  const { body } = await citizen.findLawyer();
  await citizen.answerAfter(body.message.id);
  return { citizen, number: (await citizen.chat()).body.ticket?.number ?? '' };
}

describe('the queue', () => {
  it('shows each what waits in their reach or is theirs, and the officer all', async () => {
    const [here, there] = [
      await ticket('青湾村的事：老板欠我工资不给', { servicePoint: 'v1' }),
      await ticket('竹岭村的事：老板欠我工资不给', { servicePoint: 'v3' }),
    ];
    const mediation = await ticket('和邻居为了一棵树吵起来', { kind: 'mediation', servicePoint: 'v1' });
    const numbers = async (client: BrowserClient, filter = ''): Promise<string[]> =>
      (await queue(client, filter)).items.map(({ number }) => number);
    expect(await numbers(village)).toEqual([here]);
    expect(await numbers(wang)).toEqual(expect.arrayContaining([here, there]));
    expect(await numbers(wang)).not.toContain(mediation);
    expect(await numbers(sun)).toEqual([mediation]);
    expect(await numbers(officer)).toEqual(expect.arrayContaining([here, there, mediation]));
    expect(await numbers(officer, 'township=t1')).toEqual(expect.arrayContaining([here, mediation]));
    expect(await numbers(officer, 'township=t1')).not.toContain(there);
    expect(await numbers(officer, 'kind=mediation')).toEqual([mediation]);
    expect(await numbers(officer, `q=${encodeURIComponent('竹岭')}`)).toEqual([there]);
    expect(await numbers(officer, `q=${encodeURIComponent('100%')}`)).toEqual([]);
    const [item] = (await queue(village)).items;
    expect(item).toMatchObject({ pointName: '云坪镇青湾村法律之家', townshipName: '云坪镇工作站', mine: false, invited: false });
    expect((await get<{ townships: unknown[] }>(village, 'townships')).body.townships).toEqual([{ code: 't1', name: '云坪镇工作站' }]);
    await wang.act(here, 'claim');
    expect(await numbers(village)).toEqual([]);
    expect(await numbers(wang, 'show=mine')).toEqual([here]);
    expect((await queue(wang)).counts.mine).toBe(1);
    await wang.act(here, 'close', { outcome: 'resolved' });
    expect(await numbers(wang, 'show=closed')).toEqual([here]);
    expect(await numbers(zhao, 'show=closed')).toEqual([]);
  });

  it('pages through all of it, each ticket once, and says how many there are', async () => {
    for (let at = 0; at < 55; at++) await ticket(`公证的事第${String(at)}件`, { kind: 'notary' });
    const seen: string[] = [];
    let page = await queue(officer, 'kind=notary');
    expect([page.total, page.items.length]).toEqual([55, 50]);
    for (;;) {
      seen.push(...page.items.map(({ number }) => number));
      if (page.next === null) break;
      page = await queue(officer, `kind=notary&after=${encodeURIComponent(page.next)}`);
    }
    expect([seen.length, new Set(seen).size]).toEqual([55, 55]);
  });

  it('refuses a filter and a cursor that are none', async () => {
    expect((await get(wang, 'queue?kind=anything')).status).toBe(400);
    expect((await get<ErrorView>(wang, 'queue?after=x')).body.error.message).toContain('请刷新列表');
  });
});

describe('what goes with a ticket', () => {
  it('reckons the time limits that run, from days that were told, and names the papers', async () => {
    const number = await ticket('我2026年11月2日在厂里上班受伤，诊断证明有，劳动合同没有签，怎么申请工伤认定？');
    const { deadlines, papers, mayWrite, details } = await extras(wang, number);
    expect(deadlines).toContainEqual(
      expect.objectContaining({ day: '2027-11-02', source: '工伤保险条例第十七条', from: expect.stringContaining('2026-11-02') as string }),
    );
    expect(papers.find(({ name }) => name.includes('诊断'))?.held).toBe(true);
    expect(papers.find(({ name }) => name.includes('劳动合同') && !name.includes('诊断'))?.held ?? false).toBe(false);
    expect(mayWrite).toBe(false);
    expect(details?.form).toBe('call');
    const undated = await ticket('我前阵子在厂里上班受伤，怎么申请工伤认定？');
    expect((await extras(wang, undated)).deadlines).toEqual([]);
  });

  it('keeps notes among colleagues: the citizen never sees them, and a repeated click is one note', async () => {
    const { citizen, number } = await citizenWithTicket();
    expect((await zhao.desk(`tickets/${number}/notes`, { text: '先记一笔' })).status).toBe(403);
    await wang.act(number, 'claim');
    for (let click = 0; click < 2; click++) {
      const { body } = await wang.desk<NoteView>(`tickets/${number}/notes`, { id: 'note-0001', text: '对方是熟人，注意回避' });
      expect(body).toMatchObject({ by: '王芳', text: '对方是熟人，注意回避' });
    }
    expect((await extras(wang, number)).notes).toHaveLength(1);
    expect(JSON.stringify((await citizen.chat()).body)).not.toContain('回避');
    expect((await wang.desk(`tickets/${number}/notes`, { text: ' ' })).status).toBe(400);
    expect((await sun.desk(`tickets/${number}/notes`, { text: '看看' })).status).toBe(404);
    expect((await get(sun, `tickets/${number}/extras`)).status).toBe(404);
  });
});

describe('colleagues on a ticket', () => {
  it('are invited, given it by its holder, or by the officer; never one who cannot take it on', async () => {
    const { citizen, number } = await citizenWithTicket();
    expect((await zhao.act(number, 'transfer', { staffId: wang.id })).status).toBe(409);
    await wang.act(number, 'claim');
    expect((await get(zhao, `tickets/${number}`)).status).toBe(404);
    expect((await wang.act(number, 'invite', { staffId: zhao.id })).status).toBe(200);
    expect((await extras(zhao, number)).members).toEqual([{ id: zhao.id, name: '赵刚' }]);
    expect((await queue(zhao, 'show=mine')).items).toContainEqual(expect.objectContaining({ number, invited: true }));
    expect((await wang.act(number, 'uninvite', { staffId: zhao.id })).status).toBe(200);
    expect((await get(zhao, `tickets/${number}`)).status).toBe(404);
    expect((await wang.act(number, 'transfer', { staffId: sun.id })).status).toBe(409);
    expect((await wang.act(number, 'transfer', { staffId: 'nobody' })).status).toBe(409);
    expect((await wang.act(number, 'transfer', { staffId: zhao.id })).body.holderName).toBe('赵刚');
    expect((await wang.act(number, 'assign', { staffId: wang.id })).status).not.toBe(200);
    expect((await officer.act(number, 'assign', { staffId: wang.id })).body.holderName).toBe('王芳');
    expect(JSON.stringify((await citizen.chat()).body)).toContain('赵刚接着为你办理');
  });

  it('asks for papers: the citizen gets the list once, and the ticket waits for them', async () => {
    const { citizen, number } = await citizenWithTicket();
    await wang.act(number, 'claim');
    const body = { id: 'papers-0001', papers: ['身份证', '工资流水'], words: '发来就行，不急。' };
    await wang.act(number, 'ask-papers', body);
    expect((await wang.act(number, 'ask-papers', body)).body.state).toBe('waiting-citizen');
    const said = (await citizen.chat()).body.messages.filter(({ author }) => author === 'staff');
    expect(said.map(({ body: one }) => (one.type === 'text' ? one.text : ''))).toEqual([
      '请您准备下面的材料，拍照发来或者送来：\n1. 身份证\n2. 工资流水\n发来就行，不急。',
    ]);
    expect((await wang.act(number, 'ask-papers', { ...body, id: 'papers-0002', papers: [] })).status).toBe(400);
  });

  it('closes with a result, prints the referral, and opens it again', async () => {
    const number = await ticket('我2026年10月30日离职，老板还欠我两个月工资八千块，怎么申请劳动仲裁？<b>急</b>');
    await wang.act(number, 'claim');
    expect((await wang.act(number, 'close', { outcome: 'referred', note: '' })).status).toBe(400);
    expect((await get(wang, `tickets/${number}/referral`)).status).toBe(400);
    const result = { referral: 'arbitration', amount: 8000, agreed: null, migrantWorker: true };
    expect((await wang.act(number, 'close', { outcome: 'referred', note: '', result: { ...result, amount: -1 } })).status).toBe(400);
    expect((await wang.act(number, 'close', { outcome: 'referred', note: '已讲清', result })).body.state).toBe('closed');
    expect((await extras(wang, number)).result).toEqual(result);
    const page = await get<string>(wang, `tickets/${number}/referral`);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    for (const words of [number, '劳动仲裁', '去哪里办', '带什么', '王芳', '2027-']) expect(page.body).toContain(words);
    expect(page.body).not.toContain('<b>急');
    expect((await wang.act(number, 'reopen')).body.state).toBe('queued');
  });
});

describe('a call to 12348', () => {
  it('becomes a ticket with what to say and a code for the reply; the number stays out of lists', async () => {
    const body = {
      id: 'call-from-li',
      channel: 'phone',
      name: '李桂花',
      phone: '13900002222',
      village: '青湾村',
      kind: 'consultation',
      words: '上班路上被车撞了，对方全责，算不算工伤？',
      servicePoint: 'v1',
    };
    const { body: taken } = await operator.desk<CallView>('tickets', body);
    expect(taken.readOut).toContain('工伤');
    expect(taken.pickupCode).toMatch(/^\w{4}-\w{4}$/);
    expect((await operator.desk<CallView>('tickets', body)).body.number).toBe(taken.number);
    const seen = [
      await get(operator, `tickets/${taken.number}`),
      await get(operator, `tickets/${taken.number}/extras`),
      await get(wang, 'queue'),
    ];
    for (const { status, body: shown } of seen) {
      expect(status).toBe(200);
      expect(JSON.stringify(shown)).not.toMatch(/13900002222|李桂花/);
    }
    await village.act(taken.number, 'claim');
    await village.act(taken.number, 'reply', { id: 'reply-0001', text: '您好，请带上事故认定书来一趟。' });
    const pickup = await server.citizen().send<{ replies: unknown[] }>('POST', '/api/pickup/open', {
      code: taken.pickupCode,
      digits: '2222',
    });
    expect(JSON.stringify(pickup.body)).toContain('事故认定书');
  });

  it('is refused without words, at a place that is none, and to whoever does not take calls', async () => {
    const call = { kind: 'consultation', words: '问个事', name: '', phone: '', village: '', servicePoint: null };
    expect((await operator.desk('tickets', { ...call, words: '' })).status).toBe(400);
    expect((await operator.desk('tickets', { ...call, servicePoint: 'nowhere' })).status).toBe(400);
    const admin = await deskClient(server.url, folder, 'guan', '管理', { roles: ['admin'] });
    expect((await admin.desk('tickets', call)).status).toBe(403);
  });
});

describe('canned replies', () => {
  it('come with the pack, are filled in, and are one’s own or everybody’s', async () => {
    const number = await ticket('公证遗嘱要带什么', { servicePoint: 'v1' });
    await wang.act(number, 'claim');
    const list = async (client: BrowserClient, filter = ''): Promise<CannedReplyView[]> =>
      (await get<{ replies: CannedReplyView[] }>(client, `canned-replies${filter}`)).body.replies;
    expect((await list(wang)).length).toBeGreaterThanOrEqual(12);
    const greeting = (await list(wang, `?ticket=${number}`)).find(({ id }) => id === 'pack-greeting');
    expect(greeting?.filled).toBe(`您好，我是王芳。您的咨询（工单 ${number}）由我来办。我先看一下材料，有要问的会在这里问您。`);
    const own = (await wang.desk<CannedReplyView>('canned-replies', { title: '我的', text: '{称呼}好', topic: null, shared: false })).body;
    expect((await list(zhao)).map(({ id }) => id)).not.toContain(own.id);
    const edit = { id: 'pack-greeting', title: '开头', text: '{称呼}好！', topic: null, shared: true };
    expect((await sun.desk('canned-replies', edit)).status).toBe(403);
    expect((await officer.desk('canned-replies', edit)).status).toBe(200);
    expect((await list(zhao)).find(({ id }) => id === 'pack-greeting')?.text).toBe('{称呼}好！');
    const history = await get<{ versions: unknown[] }>(zhao, 'canned-replies/pack-greeting/history');
    expect(history.body.versions).toEqual([expect.objectContaining({ title: '开头问候', replacedBy: '周明' })]);
    const copy = await sun.desk<CannedReplyView>('canned-replies', { ...edit, shared: false });
    expect([copy.status, copy.body.id === 'pack-greeting']).toEqual([200, false]);
    expect((await sun.desk('canned-replies/pack-closing/remove')).status).toBe(403);
    expect((await wang.desk('canned-replies/pack-closing/remove')).status).toBe(200);
    expect((await list(zhao)).map(({ id }) => id)).not.toContain('pack-closing');
    const wrong = await wang.desk<ErrorView>('canned-replies', { ...edit, text: '{名字}好' });
    expect([wrong.status, wrong.body.error.message.includes('{名字}')]).toEqual([400, true]);
  });
});

describe('a draft', () => {
  it('answers in a letter with articles in force where the machine would answer, and is sent to nobody', async () => {
    const number = await ticket('我想找律师。上班路上被车撞了，对方全责，算不算工伤？');
    await wang.act(number, 'claim');
    const before = (await wang.ticket(number)).body.messages.length;
    const { body } = await wang.desk<DraftView>(`tickets/${number}/draft`);
    expect(body.text).toMatch(/^您好。您问的事，答复如下：/);
    expect(body.citations.map(({ law, article }) => law + article)).toContain('工伤保险条例第十四条');
    expect(body.warnings[0]).toContain('草稿');
    expect((await wang.ticket(number)).body.messages).toHaveLength(before);
  });

  it('gives material with a warning where the machine is not sure', async () => {
    const number = await ticket('我表哥在外省开的网店货被扣了，平台说要罚款，这个官司能不能打赢？');
    await wang.act(number, 'claim');
    const { body } = await wang.desk<DraftView>(`tickets/${number}/draft`);
    expect(body.warnings.join('')).toMatch(/没有把握|没有找到/);
    expect((await zhao.desk(`tickets/${number}/draft`)).status).toBe(404);
  });
});
