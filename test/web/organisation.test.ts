import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { createOrganisationStore } from '../../src/adapters/database/organisation-store.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import type { Role } from '../../src/domain/access.js';
import type { ColleagueView } from '../../src/domain/desk-views.js';
import type { Message } from '../../src/domain/message.js';
import type { DutyView, ImportView, NoticesView, PointsView } from '../../src/domain/organisation-views.js';
import type { ErrorView } from '../../src/domain/views.js';
import { addStaff } from '../../src/handoff/accounts.js';
import { BrowserClient, type Reply } from '../support/browser-client.js';
import { NEW_PASSWORD, startServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { SMALL_COUNTY } from '../support/with-points.js';

const folder = temporaryFolder();
const server = await startServer(folder);
const db = await openDatabase(join(folder, 'data', 'baimi.db'));
afterAll(() => db.destroy());
afterEach(() => {
  vi.useRealTimers();
});
const admin = await server.lawyer();

async function signedIn(login: string, name: string, roles: readonly Role[]): Promise<BrowserClient> {
  const password = await addStaff(createStaffStore(db), login, name, Date.now(), roles);
  const client = new BrowserClient(server.url);
  await client.signIn(login, password);
  await client.changePassword(password, NEW_PASSWORD);
  return client;
}

/** Somebody who is signed in already, in a new browser. */
async function clientOf(login: string): Promise<BrowserClient> {
  const client = new BrowserClient(server.url);
  await client.signIn(login, NEW_PASSWORD);
  return client;
}

async function upload(client: BrowserClient, table: string, text: string, dry: boolean): Promise<Reply<ImportView & ErrorView>> {
  const body = new FormData();
  body.append('file', new Blob([text], { type: 'text/csv' }), 'a.csv');
  const response = await fetch(`${server.url}/api/desk/organisation/import?table=${table}&dry=${dry ? '1' : '0'}`, {
    method: 'POST',
    headers: { cookie: client.cookies, 'x-csrf-token': client.csrf },
    body,
  });
  return { status: response.status, body: (await response.json()) as ImportView & ErrorView, headers: response.headers };
}

const textOf = (message: Message): string =>
  message.body.type === 'answer' && message.body.answer.kind === 'handoff' ? message.body.answer.text : JSON.stringify(message.body);

describe('service points at the desk', () => {
  it('are looked through, then stored, and found again', async () => {
    const broken = await upload(admin, 'points', SMALL_COUNTY.replace('t1,云坪镇青湾村', 't1,').replace('t2,川坝', 't1,川坝'), true);
    expect(broken.body.problems[0]).toMatchObject({ line: 4, text: expect.stringContaining('代码 t1 和第 3 行重复') as unknown });
    expect((await upload(admin, 'points', SMALL_COUNTY, true)).body).toMatchObject({ dry: true, unchanged: 0 });
    expect((await createOrganisationStore(db).points()).length).toBe(0);
    expect((await upload(admin, 'points', SMALL_COUNTY, false)).body.added).toHaveLength(6);
    expect((await upload(admin, 'points', SMALL_COUNTY, false)).body).toMatchObject({ added: [], changed: [], unchanged: 6 });
    const found = await admin.send<PointsView>('GET', `/api/desk/organisation/points?q=${encodeURIComponent('青湾')}`);
    expect(found.body.points.map(({ code }) => code)).toEqual(['v1']);
    const below = await admin.send<PointsView>('GET', '/api/desk/organisation/points?parent=t1');
    expect(below.body.points).toMatchObject([{ code: 'v1' }, { code: 'v2' }]);
  });

  it('are the business of the officer and the administrator; accounts are the administrator’s alone', async () => {
    const lawyer = await signedIn('only.lawyer', '甲律师', ['lawyer']);
    expect((await upload(lawyer, 'points', SMALL_COUNTY, true)).status).toBe(403);
    expect((await lawyer.send('GET', '/api/desk/organisation/points')).status).toBe(403);
    const officer = await signedIn('only.officer', '乙负责', ['officer']);
    const header = '登录名,姓名,角色,服务点代码,擅长,电话';
    expect((await upload(officer, 'staff', `${header}\nnew.one,丙新,管理员,,,\n`, false)).status).toBe(403);
    expect((await upload(officer, 'staff', `${header}\nonly.lawyer,甲律师,管理员,,,\n`, false)).status).toBe(403);
    expect((await upload(officer, 'staff', `${header}\nonly.lawyer,甲律师,律师,v1,工伤,\n`, false)).body.changed).toHaveLength(1);
    const made = await upload(admin, 'staff', `${header}\nvillage.two,丁律师,律师,v2,,\ntown.one,戊律师,律师,t1,,\n`, false);
    expect(made.body.passwords.map(({ password }) => password)).toEqual([
      expect.stringMatching(/^\w{12}$/),
      expect.stringMatching(/^\w{12}$/),
    ]);
    for (const { login, password } of made.body.passwords) {
      const client = new BrowserClient(server.url);
      expect((await client.signIn(login, password)).body.mustChangePassword).toBe(true);
      await client.changePassword(password, NEW_PASSWORD);
    }
  });
});

describe('a ticket from a scanned code', () => {
  it('is seen by that village’s lawyer and up the tree, by no other village', async () => {
    const citizen = server.citizen();
    const join = await citizen.send<{ message: Message }>('POST', '/api/chat/messages', {
      id: 'join-0001',
      content: { type: 'join', servicePoint: 'v1' },
    });
    expect(textOf(await citizen.answerAfter(join.body.message.id))).toContain('云坪镇青湾村法律之家');
    const { body } = await citizen.findLawyer();
    await citizen.answerAfter(body.message.id);
    const number = (await citizen.chat()).body.ticket?.number ?? '';
    const [here, other, town] = await Promise.all(['only.lawyer', 'village.two', 'town.one'].map(clientOf));
    expect(await numbers(here)).toContain(number);
    expect(await numbers(town)).toContain(number);
    expect(await numbers(other)).not.toContain(number);
    expect((await other?.ticket(number))?.status).toBe(404);
  });

  const numbers = async (client: BrowserClient | undefined): Promise<string[]> =>
    (await client?.tickets())?.map(({ number }) => number) ?? [];
});

describe('out of hours', () => {
  it.each([
    ['2026-11-25T20:00:00+08:00', /现在不是上班时间。最早明天上午 9:00 有人看到。等的时候：材料/],
    ['2026-11-25T09:10:00+08:00', /一般今天下午 2:10 以前有人领取/],
    ['2026-11-25T09:10:00+08:00', /^(?!.*不是上班时间)/s],
  ])('at %s the citizen is told when somebody will answer', async (moment, expected) => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(moment) });
    const citizen = server.citizen();
    const { body } = await citizen.findLawyer();
    expect(textOf(await citizen.answerAfter(body.message.id))).toMatch(expected);
  });
});

describe('duty', () => {
  const WEEK = '2026-11-23';
  const at = (day: string, time: string): number => Date.parse(`${day}T${time}:00+08:00`);

  it('is arranged by the week, copied, and refused where it cannot be', async () => {
    const staff = await createOrganisationStore(db).staff();
    const id = (login: string): string => staff.find((member) => member.login === login)?.id ?? '';
    const shift = { staffId: id('town.one'), pointCode: 't1', startsAt: at(WEEK, '09:00'), endsAt: at(WEEK, '17:00') };
    expect((await admin.desk('duty', shift)).status).toBe(200);
    expect((await admin.desk('duty', shift)).status).toBe(409);
    expect((await admin.desk('duty', { ...shift, staffId: id('village.two') })).status).toBe(400); // does not reach the township
    expect((await admin.desk('duty', { ...shift, pointCode: 'nowhere' })).status).toBe(400);
    expect((await admin.desk('duty', { ...shift, startsAt: shift.endsAt, endsAt: shift.startsAt })).status).toBe(400);
    expect((await admin.desk<{ copied: number }>('duty/copy', { week: '2026-12-01', point: 't1' })).body.copied).toBe(1);
    expect((await admin.desk<{ copied: number }>('duty/copy', { week: '2026-12-01', point: 't1' })).body.copied).toBe(0);
    const next = await admin.send<DutyView>('GET', '/api/desk/duty?week=2026-12-02&point=t1');
    expect(next.body).toMatchObject({
      week: '2026-11-30',
      shifts: [{ name: '戊律师', startsAt: at('2026-11-30', '09:00') }],
      mayArrange: true,
    });
    expect((await admin.desk(`duty/${next.body.shifts[0]?.id ?? ''}/remove`)).status).toBe(200);
  });

  it('shows a lawyer their own, lets them enter their leave and no other’s, and gives their shift to the deputy', async () => {
    const lawyer = await clientOf('town.one');
    const own = await lawyer.send<DutyView>('GET', `/api/desk/duty?week=${WEEK}&point=t1`);
    expect(own.body).toMatchObject({ point: null, mayArrange: false, shifts: [{ mine: true, pointName: '云坪镇工作站' }] });
    const colleagues = (await lawyer.send<{ colleagues: ColleagueView[] }>('GET', '/api/desk/colleagues?kind=consultation')).body
      .colleagues;
    expect(colleagues.map(({ name }) => name)).toContain('丁律师');
    expect(colleagues.map(({ name }) => name)).not.toContain('乙负责');
    const deputy = colleagues.find(({ name }) => name === '甲律师')?.id;
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const absence = { fromDay: '2026-11-23', toDay: tomorrow > '2026-11-29' ? tomorrow : '2026-11-29', deputy };
    expect((await lawyer.desk('absences', { ...absence, staffId: deputy })).status).toBe(403);
    expect((await lawyer.desk('absences', { ...absence, toDay: '2020-01-01' })).status).toBe(400);
    expect((await lawyer.desk('absences', absence)).status).toBe(200);
    const view = await admin.send<DutyView>('GET', `/api/desk/duty?week=${WEEK}&point=t1`);
    expect(view.body.shifts).toMatchObject([{ name: '戊律师', deputyName: '甲律师' }]);
    expect(view.body.absences).toHaveLength(1);
    expect((await lawyer.desk(`absences/${view.body.absences[0]?.id ?? ''}/remove`)).status).toBe(200);
    expect((await lawyer.desk('duty', {})).status).toBe(403);
  });

  it('shows notices to whom they are for, until they are read', async () => {
    const [member] = (await createOrganisationStore(db).staff()).filter(({ login }) => login === 'only.officer');
    await db
      .insertInto('notices')
      .values({ id: 'n1', staff_id: member?.id ?? '', ticket_number: null, text: '请分派。', at: 1, read_at: null })
      .execute();
    const officer = await clientOf('only.officer');
    expect((await officer.send<NoticesView>('GET', '/api/desk/notices')).body).toMatchObject({
      unread: 1,
      notices: [{ text: '请分派。' }],
    });
    expect((await admin.send<NoticesView>('GET', '/api/desk/notices')).body.unread).toBe(0);
    await officer.desk('notices/read');
    expect((await officer.send<NoticesView>('GET', '/api/desk/notices')).body.unread).toBe(0);
  });
});
