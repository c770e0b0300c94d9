import { mkdirSync, readFileSync, readdirSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/domain/message.js';
import type { BrowserClient } from '../support/browser-client.js';
import { startServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const data = join(folder, 'data');
const server = await startServer(folder);
const lawyer = await server.lawyer();

const textOf = ({ body }: Message): string => (body.type === 'answer' ? JSON.stringify(body) : body.text);
const optionsOf = ({ body }: Message): readonly string[] => (body.type === 'text' ? (body.options ?? []) : []);
const saying = async (citizen: BrowserClient, ...words: readonly string[]): Promise<string> => {
  let last = '';
  for (const one of words) last = textOf(await citizen.ask(one));
  return last;
};
const claimed = async (citizen: BrowserClient): Promise<string> => {
  const { body } = await citizen.findLawyer();
  await citizen.answerAfter(body.message.id);
  const number = (await citizen.chat()).body.ticket?.number ?? '';
  await lawyer.act(number, 'claim');
  return number;
};
const APPOINTMENT = ['我要预约', '公证', '想问问公证的事情', '越快越好', '石桥镇红旗村', '赵春花', '13812345678', '确认提交'] as const;

/** Every byte of every file in the data folder. */
const bytesOf = (at: string): Buffer[] =>
  readdirSync(at, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && !entry.parentPath.includes('index') ? [readFileSync(join(entry.parentPath, entry.name))] : [],
  );

describe('what is kept of a person', () => {
  it('is shown with the telephone masked, put right, and taken along as a file', async () => {
    const citizen = server.citizen();
    await saying(citizen, ...APPOINTMENT);
    const shown = await citizen.ask('查看我的信息');
    expect(textOf(shown)).toContain('电话：138****5678');
    expect(textOf(shown)).toContain('镇村：石桥镇红旗村');
    expect(textOf(shown)).toMatch(/工单：\d{8}-\d{4}（预约，待领取）/);
    expect(textOf(shown)).toContain('设定值');
    expect(optionsOf(shown)).toEqual(['更正', '导出我的信息', '删除我的信息']);

    expect(await saying(citizen, '更正电话')).toContain('请写正确的电话');
    expect(await saying(citizen, '12')).toContain('电话号码');
    expect(await saying(citizen, '13998765432')).toContain('139****5432');
    expect(await saying(citizen, '我的信息')).toContain('139****5432');

    expect((await citizen.ask('导出我的信息')).body).toMatchObject({ download: 'my-data' });
    const file = await citizen.send<string>('GET', '/api/chat/my-data');
    expect(file.headers.get('content-disposition')).toContain('attachment');
    for (const own of ['赵春花', '13998765432', '石桥镇红旗村', '想问问公证的事情']) expect(file.body).toContain(own);
    expect((await server.citizen().send('GET', '/api/chat/my-data')).status).toBe(404);
  });

  it('is erased only after it was confirmed, and the conversation begins anew', async () => {
    const citizen = server.citizen();
    await saying(citizen, '老板拖欠我三个月工资');
    expect(await saying(citizen, '确认删除')).not.toContain('已经删掉了');
    await saying(citizen, '删除我的信息');
    expect(await saying(citizen, '不删了')).toContain('没有删');
    await saying(citizen, '删除我的信息');
    expect(await saying(citizen, '确认删除')).toContain('已经删掉了');
    const thread = (await citizen.chat()).body.messages;
    expect(thread.slice(0, -1).every(({ body }) => body.type === 'text' && body.text === '〔已删除〕')).toBe(true);
    expect(await saying(citizen, '我的信息')).toContain('工单：没有');
  });

  it('goes when somebody says no to its being kept', async () => {
    const citizen = server.citizen();
    await saying(citizen, '老板拖欠我三个月工资');
    expect(await saying(citizen, '不同意')).toContain('12348');
    await saying(citizen, '确认删除');
    expect(JSON.stringify((await citizen.chat()).body)).not.toContain('三个月');
  });

  it('waits with erasing until the lawyer has closed the case, where the person wants that', async () => {
    const citizen = server.citizen();
    await saying(citizen, '老板拖欠我九个月工资');
    await claimed(citizen);
    const asked = await citizen.ask('删除我的信息');
    expect(textOf(asked)).toContain('正有人在办');
    expect(optionsOf(asked)).toEqual(['结案后删', '现在就删', '不删了']);
    expect(await saying(citizen, '结案后删')).toContain('结案以后');
    expect(JSON.stringify((await citizen.chat()).body)).toContain('九个月');
  });

  it('stands in no table and no file afterwards, also what lawyers noted and what stood in linked channels', async () => {
    const citizen = server.citizen();
    const planted = Array.from({ length: 28 }, (_, index) => `秘密${String(index)}号${crypto.randomUUID()}`);
    for (const from of [0, 4, 8, 12, 16]) {
      await citizen.ask(`老板拖欠工资不给，${planted.slice(from, from + 4).join('，')}，我该怎么办？`);
    }
    await saying(citizen, ...APPOINTMENT.slice(0, 5), '欧阳翠翠翠', '13700001111', '确认提交');
    const number = await claimed(citizen);
    await lawyer.act(number, 'reply', {
      id: crypto.randomUUID(),
      text: `您说的${planted[20] ?? ''}${planted.slice(24).join()}我看到了。`,
      ask: false,
    });
    const db = new Sqlite(join(data, 'baimi.db'));
    const conversation = db.prepare('select conversation_id as id from tickets where number = ?').get(number) as { id: string };
    const staff = db.prepare('select id from staff limit 1').get() as { id: string };
    db.prepare('insert into ticket_notes values (?, ?, ?, ?, ?)').run('n1', number, staff.id, planted[21], 1);
    db.prepare(
      'insert into attachments (id, conversation_id, message_id, staff_id, name, type, size, sha256, at, erased_at) values (?, ?, null, null, ?, ?, 3, ?, 1, null)',
    ).run('abfile', conversation.id, planted[22], 'image/png', 'x');
    db.close();
    mkdirSync(join(data, 'attachments', 'ab'), { recursive: true });
    const file = join(data, 'attachments', 'ab', 'abfile');
    writeFileSync(file, planted[23] ?? '');
    const all = [...planted, '欧阳翠翠翠', '13700001111'];
    const found = (): string[] => {
      const files = bytesOf(data);
      return all.filter((one) => files.some((bytes) => bytes.includes(Buffer.from(one))));
    };
    expect(found()).toEqual(all);

    await saying(citizen, '删除我的信息', '现在就删');
    await expect.poll(() => existsSync(file)).toBe(false);
    await expect.poll(found, { timeout: 5000 }).toEqual([]);
    const after = (await lawyer.ticket(number)).body;
    expect(after.number).toBe(number);
    expect(after.brief.question).toBe('〔已删除〕');
    const kept = new Sqlite(join(data, 'baimi.db'), { readonly: true });
    expect(kept.prepare('select scope from erasures where subject = ?').all(conversation.id)).toEqual([{ scope: 'person' }]);
    kept.close();
  });
});

describe('after closing', () => {
  const closedBy = async (citizen: BrowserClient, outcome = 'resolved'): Promise<string> => {
    await saying(citizen, '老板拖欠工资怎么办');
    const number = await claimed(citizen);
    await lawyer.act(number, 'reply', { id: crypto.randomUUID(), text: '可以申请劳动仲裁。', ask: false });
    await lawyer.act(number, 'close', { outcome, note: '' });
    return number;
  };
  const stored = (number: string): unknown => {
    const db = new Sqlite(join(data, 'baimi.db'), { readonly: true });
    const row = db.prepare('select score, words from satisfaction where ticket_number = ?').get(number);
    db.close();
    return row;
  };
  const closing = async (citizen: BrowserClient): Promise<Message | undefined> =>
    (await citizen.chat()).body.messages.findLast(({ body }) => body.type === 'event' && body.event === 'closed');

  it('is asked once how it was, and why where it was not good', async () => {
    const citizen = server.citizen();
    const number = await closedBy(citizen);
    expect((await closing(citizen))?.body).toMatchObject({ options: ['满意', '一般', '不满意'] });
    expect(await saying(citizen, '不满意')).toContain('哪里不好');
    expect(await saying(citizen, '等了两天才回我')).toContain('记下了');
    expect(stored(number)).toEqual({ score: '不满意', words: '等了两天才回我' });
    expect(await saying(citizen, '满意')).not.toContain('谢谢您');
    expect(stored(number)).toMatchObject({ score: '不满意' });

    await citizen.findLawyer();
    await expect.poll(async () => (await citizen.chat()).body.ticket?.state).toBe('queued');
    await lawyer.act(number, 'claim');
    await lawyer.act(number, 'close', { outcome: 'resolved', note: '' });
    expect((await closing(citizen))?.body).not.toHaveProperty('options');
  });

  it('is not asked of a case that was withdrawn, and another question is no remark', async () => {
    const withdrawn = server.citizen();
    await closedBy(withdrawn, 'withdrawn');
    expect((await closing(withdrawn))?.body).not.toHaveProperty('options');

    const citizen = server.citizen();
    const number = await closedBy(citizen);
    await saying(citizen, '一般');
    await saying(citizen, '工伤了没签合同能赔吗？');
    expect(stored(number)).toEqual({ score: '一般', words: '' });
  });
});
