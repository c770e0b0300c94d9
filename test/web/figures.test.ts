import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import mammoth from 'mammoth';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import type { Role } from '../../src/domain/access.js';
import type { Figure, FigureTicketsView, FiguresView } from '../../src/domain/figures.js';
import type { ErrorView } from '../../src/domain/views.js';
import { isoDay } from '../../src/handoff/working-time.js';
import { BrowserClient, type Reply } from '../support/browser-client.js';
import { readZip } from '../support/read-zip.js';
import { NEW_PASSWORD, startServer, type TestServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const MONTH = isoDay(Date.now()).slice(0, 7);
/** What a spreadsheet would run, as the name of a place that somebody imported. */
const EVIL = '=HYPERLINK("http://x","点我")';
const SECRET = '张三丰的电话13800138000';

let folder: string;
let server: TestServer;
let officer: BrowserClient;

const figures = async (client = officer, month = MONTH): Promise<FiguresView> =>
  (await client.send<FiguresView>('GET', `/api/desk/figures?month=${month}`)).body;
const figure = (view: FiguresView, id: string): Figure => {
  const found = view.groups.flatMap((group) => group.figures).find((one) => one.id === id);
  if (!found) throw new Error(`no figure ${id}`);
  return found;
};
const tickets = (query: string, client = officer): Promise<Reply<FigureTicketsView>> =>
  client.send<FigureTicketsView>('GET', `/api/desk/figures/tickets?month=${MONTH}&${query}`);

async function file(path: string): Promise<{ status: number; type: string; disposition: string; body: Buffer }> {
  const response = await fetch(`${server.url}/api/desk/figures/${path}`, { headers: { cookie: officer.cookies } });
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    disposition: response.headers.get('content-disposition') ?? '',
    body: Buffer.from(await response.arrayBuffer()),
  };
}

function expectWellFormed(parts: ReadonlyMap<string, string>): void {
  for (const [name, xml] of parts) {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor would be one more package, for tests alone
    if (/\.(?:xml|rels)$/.test(name)) expect(XMLValidator.validate(xml), name).toBe(true);
  }
}

beforeAll(async () => {
  folder = temporaryFolder();
  server = await startServer(folder);
  officer = await server.lawyer();
  // two people ask, one of them wants a lawyer, who closes the case with what came of it
  const asking = server.citizen();
  await asking.ask('老板拖欠工资三个月了，怎么要？');
  const wanting = server.citizen();
  await wanting.ask(`我叫${SECRET}，上班路上被车撞了算不算工伤？`);
  const { body } = await wanting.findLawyer();
  await wanting.answerAfter(body.message.id);
  await wanting.ask('我的工单');
  const [opened] = await officer.tickets();
  await officer.act(opened?.number ?? '', 'claim');
});

async function withDatabase(work: (db: Awaited<ReturnType<typeof openDatabase>>) => Promise<unknown>): Promise<void> {
  const db = await openDatabase(join(folder, 'data', 'baimi.db'));
  try {
    await work(db);
  } finally {
    await db.destroy();
  }
}

describe('turns', () => {
  it('are kept one row each with the answer, and hold nothing that anybody wrote', async () => {
    await withDatabase(async (db) => {
      const turns = await db.selectFrom('turns').selectAll().orderBy('message_id').execute();
      expect(turns.map(({ kind, channel }) => [kind, channel])).toEqual([
        [expect.stringMatching(/^(?:cited|service|clarify)$/), 'web'],
        [expect.stringMatching(/^(?:cited|clarify)$/), 'web'],
        ['handoff', 'web'],
        ['command', 'web'],
      ]);
      expect(turns.map(({ topic }) => topic)).toEqual(['wages', 'injury', 'injury', null]);
      expect(turns[2]).toMatchObject({
        reason: 'human-wanted',
        ticket_number: expect.stringMatching(/^\d{8}-0001$/) as string,
        point_path: '/',
      });
      expect(JSON.stringify(turns)).not.toMatch(/张三|1380|工资/);
      const answered = await db
        .selectFrom('outbox')
        .select('in_reply_to')
        .where('in_reply_to', 'is not', null)
        .orderBy('in_reply_to')
        .execute();
      expect(turns.map(({ message_id }) => message_id)).toEqual(answered.map(({ in_reply_to }) => in_reply_to));
    });
  });

  it('tell when a lawyer had the conversation and the bot was silent', async () => {
    const citizen = server.citizen();
    const { body } = await citizen.findLawyer();
    await citizen.answerAfter(body.message.id);
    const waiting = (await officer.tickets()).find(({ state }) => state === 'queued');
    await officer.act(waiting?.number ?? '', 'claim');
    await citizen.say('我补充一句');
    await expect.poll(async () => figure(await figures(), 'held-turns').value).toBe(1);
  });
});

describe('the figures at the desk', () => {
  it('count what happened, say what they count, and that the month is still running', async () => {
    const view = await figures();
    expect(figure(view, 'consultations').value).toBe(3);
    expect(figure(view, 'opened').value).toBe(2);
    expect(figure(view, 'consultations').definition).toContain('同一个对话一个月只算一次');
    expect(view.complete).toBe(false);
    expect(view.caveats[0]).toContain('还没有过完');
  });

  it.each<Role>(['lawyer', 'mediator', 'operator', 'admin'])('are not for the %s', async (role) => {
    await officer.desk('accounts', { login: `only-${role}`, name: '某某', roles: [role] });
    await withDatabase((db) =>
      db
        .updateTable('staff')
        .set({
          roles: JSON.stringify([role]),
          must_change: 0,
          password_hash: (eb) => eb.selectFrom('staff as first').select('first.password_hash').where('first.login', '=', 'admin'),
        })
        .where('login', '=', `only-${role}`)
        .execute(),
    );
    const other = new BrowserClient(server.url);
    expect((await other.signIn(`only-${role}`, NEW_PASSWORD)).status).toBe(200);
    for (const path of ['', '/tickets', '/figures.csv', '/tickets.csv', '/figures.xlsx', '/report.docx']) {
      const { status, body } = await other.send<ErrorView>('GET', `/api/desk/figures${path}?month=${MONTH}&figure=opened`);
      expect(status, path).toBe(403);
      expect(body.error.message).toContain('值班负责人');
    }
  });

  it('are for nobody who is not signed in', async () => {
    for (const path of ['', '/tickets', '/figures.csv', '/report.docx'])
      expect((await server.citizen().send('GET', `/api/desk/figures${path}?month=${MONTH}`)).status).toBe(401);
  });

  it('refuse a month that has not come, or is none, with what to write', async () => {
    for (const path of ['', '/tickets', '/figures.xlsx', '/report.docx']) {
      const future = await officer.send<ErrorView>('GET', `/api/desk/figures${path}?month=2099-01&figure=opened`);
      expect(future.status).toBe(400);
      expect(future.body.error.message).toContain(`怎么改：写 ${MONTH}`);
      expect((await officer.send('GET', `/api/desk/figures${path}?month=2026-13&figure=opened`)).status).toBe(400);
    }
    expect((await officer.send('GET', '/api/desk/figures')).status).toBe(400);
  });

  it('lead to the tickets that they count, in the form of the queue', async () => {
    const opened = (await tickets('figure=opened')).body;
    expect(opened.total).toBe(2);
    expect(new Set(opened.items.map(({ number }) => number))).toEqual(new Set((await officer.tickets()).map(({ number }) => number)));
    expect(opened.items[0]).toHaveProperty('title');
    expect((await tickets('figure=opened&by=reason&key=human-wanted')).body.total).toBe(2);
    expect((await tickets('figure=opened&by=topic&key=injury')).body.items.map(({ topic }) => topic)).toEqual(['工伤']);
    expect((await tickets('figure=opened&by=kind&key=mediation')).body).toMatchObject({ total: 0, items: [], next: null });
    // masked, as everywhere in lists
    expect(JSON.stringify(opened)).not.toContain('13800138000');
  });

  it('say so where there is no such figure, or it is not taken apart like that', async () => {
    for (const query of ['figure=salaries', 'figure=closed&by=hour&key=08', 'figure=opened&by=kind', 'figure=opened&key=mediation'])
      expect((await tickets(query)).status, query).toBe(404);
    expect((await tickets('figure=opened&by=name&key=x')).status).toBe(400);
  });
});

describe('what leaves the desk', () => {
  beforeAll(async () => {
    await withDatabase(async (db) => {
      const point = {
        tier: 'township',
        parent: null,
        address: '',
        phone: '',
        latitude: null,
        longitude: null,
        hours: '',
        active: 1,
        updated_at: 0,
      };
      await db
        .insertInto('service_points')
        .values({ ...point, code: 't1', name: EVIL, path: '/t1/', township: 't1' })
        .execute();
      await db.updateTable('tickets').set({ point_path: '/t1/' }).execute();
    });
  });

  it('is a CSV that Excel reads as Chinese, in which no cell is a formula', async () => {
    for (const name of ['figures.csv', 'tickets.csv']) {
      const { status, type, disposition, body } = await file(`${name}?month=${MONTH}`);
      expect([status, type]).toEqual([200, 'text/csv; charset=utf-8']);
      expect(disposition).toBe(`attachment; filename=baimi-${name.replace('.', `-${MONTH}.`)}`);
      const text = body.toString('utf8');
      expect(text.startsWith('\uFEFF')).toBe(true);
      expect(text).toContain(`"'=HYPERLINK(""http://x"",""点我"")"`);
      expect(text).not.toMatch(/(?:^|[,\n"])=/m);
    }
  });

  it('is a workbook in which such a name is a text, and numbers are numbers', async () => {
    const { status, body } = await file(`figures.xlsx?month=${MONTH}`);
    expect(status).toBe(200);
    const parts = readZip(body);
    expectWellFormed(parts);
    const sheets = [...parts].filter(([name]) => name.startsWith('xl/worksheets/sheet'));
    expect(sheets).toHaveLength(2);
    const all = [...parts.values()].join('');
    expect(all).toContain('HYPERLINK');
    expect(all).not.toContain('<f>');
    expect(sheets[0]?.[1]).toMatch(/<v>3<\/v>/);
  });

  it('is a report that Word opens, with each figure and what it counts', async () => {
    const { status, type, body } = await file(`report.docx?month=${MONTH}`);
    expect([status, type]).toEqual([200, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document']);
    const parts = readZip(body);
    expect([...parts.keys()]).toContain('word/document.xml');
    expectWellFormed(parts);
    const { value } = await mammoth.extractRawText({ buffer: body });
    for (const words of ['百米问法月报', '调解成功率', '追回的工资', '为农民工办结的案件', '法律援助申请', '怎么算的', '还没有过完'])
      expect(value).toContain(words);
  });

  it('names nobody and repeats nothing that anybody wrote', async () => {
    await withDatabase((db) => db.updateTable('staff').set({ name: '独一无二的律师' }).execute());
    for (const name of ['figures.csv', 'tickets.csv', 'figures.xlsx', 'report.docx']) {
      const { body } = await file(`${name}?month=${MONTH}`);
      const text = name.endsWith('.csv') ? body.toString('utf8') : [...readZip(body).values()].join('');
      expect(text, name).not.toMatch(/独一无二|张三|13800138000|被车撞/);
    }
    // at the desk the officer sees who has how much
    expect(JSON.stringify(await figures())).toContain('独一无二的律师');
  });

  it('is recorded, each time', async () => {
    await file(`tickets.csv?month=${MONTH}`);
    await withDatabase(async (db) => {
      const lines = await db.selectFrom('audit_log').selectAll().where('action', '=', 'export').orderBy('seq', 'desc').execute();
      expect(lines[0]).toMatchObject({ subject: `figures:${MONTH}`, detail: JSON.stringify({ file: 'tickets.csv' }) });
      expect(lines[0]?.staff_id).not.toBeNull();
    });
  });
});
