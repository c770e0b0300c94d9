import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import { createOrganisationStore } from '../../src/adapters/database/organisation-store.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import { readTable } from '../../src/adapters/files/organisation/read-table.js';
import { verifyPassword } from '../../src/handoff/accounts/passwords.js';
import { applyImport } from '../../src/handoff/organisation/apply-import.js';
import { planImport, type ImportPlan } from '../../src/handoff/organisation/plan-import.js';
import type { OrganisationStore } from '../../src/handoff/organisation/ports.js';
import { onEachDatabase } from '../support/each-database.js';
import { encodeGbk } from '../support/encode-gbk.js';
import { madeUpCounty, tableOf } from '../support/organisation-tables.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const HEADER = '代码,名称,层级,上级代码,地址,电话,纬度,经度,开放时间';
const CITY = 'city,青禾县中心,市中心,,中心路1号,010-1,30.4,104.5,';
const T1 = 't1,云坪镇工作站,镇(街道)工作站,city,,,30.5,104.6,';
const T2 = 't2,川坝镇工作站,镇（街道）工作站,city,,,30.2,104.4,';
const V1 = 'v1,云坪镇青湾村法律之家,村(社区)法律之家,t1,,,30.51,104.61,';
const P1 = 'p1,路口小店,百米服务圈受理点,v1,,,,,';
const points = (...rows: readonly string[]) => tableOf([HEADER, ...rows].join('\n'), '服务点.csv');
const STAFF_HEADER = '登录名,姓名,角色,服务点代码,擅长,电话';
const staff = (...rows: readonly string[]) => tableOf([STAFF_HEADER, ...rows].join('\n'), '人员.csv');
const now = (): number => Date.UTC(2026, 10, 24, 2);
const empty: Pick<OrganisationStore, 'points' | 'staff'> = { points: () => Promise.resolve([]), staff: () => Promise.resolve([]) };

async function planned(store: Pick<OrganisationStore, 'points' | 'staff'>, tables: Parameters<typeof planImport>[1]): Promise<ImportPlan> {
  const result = await planImport(store, tables);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.plan;
}

async function problemsOf(tables: Parameters<typeof planImport>[1]): Promise<string[]> {
  const result = await planImport(empty, tables);
  return result.ok ? [] : result.problems.map(({ table, line, text }) => `${table}:${String(line)} ${text}`);
}

describe('what is wrong with a table of service points', () => {
  it.each([
    ['a code twice', [CITY, T1, 't1,另一个工作站,镇(街道)工作站,city,,,,,'], ':4 代码 t1 和第 3 行重复'],
    ['a code that differs by case only', [CITY, T1, 'T1,另一个工作站,镇(街道)工作站,city,,,,,'], ':4 代码 T1 和第 3 行重复'],
    ['a name twice under one point', [CITY, T1, 't9,云坪镇工作站,镇(街道)工作站,city,,,,,'], ':4 名称“云坪镇工作站”和第 3 行重复'],
    ['a parent that is not there', [CITY, T1, 'v1,某村法律之家,村(社区)法律之家,t9,,,,,'], ':4 上级代码 t9 不在表里'],
    ['no parent', [CITY, 't1,云坪镇工作站,镇(街道)工作站,,,,,,'], ':3 没有上级代码'],
    ['a parent above the city centre', ['city,青禾县中心,市中心,t1,,,,,', T1], ':2 市中心上面没有上级'],
    ['two city centres', [CITY, 'c2,第二中心,市中心,,,,,,'], ':3 市中心只能有一个'],
    ['no city centre', ['t1,云坪镇工作站,镇(街道)工作站,t2,,,,,', 't2,川坝镇工作站,镇(街道)工作站,t1,,,,,'], ':null 没有市中心'],
    ['a cycle', [CITY, 'v1,甲村法律之家,村(社区)法律之家,v2,,,,,', 'v2,乙村法律之家,村(社区)法律之家,v1,,,,,'], ':3 上级绕了一圈'],
    ['a tier skipped', [CITY, 'v1,某村法律之家,村(社区)法律之家,city,,,,,'], '层级不对'],
    ['tiers turned round', [CITY, T1, V1, 't3,某镇工作站,镇(街道)工作站,v1,,,,,'], ':5 镇（街道）工作站的上级是村（社区）法律之家'],
    ['a tier that does not exist', [CITY, 't1,云坪镇工作站,县,city,,,,,'], ':3 层级“县”不认识'],
    ['a code with Chinese characters', [CITY, '一镇,云坪镇工作站,镇(街道)工作站,city,,,,,'], ':3 代码“一镇”不行'],
    ['coordinates the wrong way round', [CITY, 't1,云坪镇工作站,镇(街道)工作站,city,,,104.5,30.4,'], '写反了'],
    ['coordinates elsewhere', [CITY, 't1,云坪镇工作站,镇(街道)工作站,city,,,80,104.5,'], '不在中国'],
    ['half of the coordinates', [CITY, 't1,云坪镇工作站,镇(街道)工作站,city,,,30.4,,'], '只写了一个'],
    ['impossible hours', [CITY, 't1,云坪镇工作站,镇(街道)工作站,city,,,,,1-5 17:00-9:00'], ':3 开放时间不对'],
    ['a telephone of words', [CITY, 't1,云坪镇工作站,镇(街道)工作站,city,,没有电话,,,'], ':3 电话“没有电话”'],
  ])('tells of %s, with line and remedy', async (_, rows, expected) => {
    const problems = await problemsOf({ points: points(...rows) });
    expect(problems.some((problem) => problem.includes(expected))).toBe(true);
    expect(problems.every((problem) => problem.includes('怎么改'))).toBe(true);
  });

  it('tells of everything at once, and of columns', async () => {
    const rows = [
      CITY,
      't1,,镇(街道)工作站,city,,,,,',
      't2,乙镇工作站,镇(街道)工作站,city,,x,,,9点',
      't2,丙镇工作站,镇(街道)工作站,none,,,,,',
    ];
    expect(await problemsOf({ points: points(...rows) })).toHaveLength(5);
    expect(await problemsOf({ points: tableOf('代码,名称,层级\nc,中心,市中心') })).toEqual([expect.stringContaining('少了列：上级代码')]);
    expect(await problemsOf({ points: tableOf(`${HEADER},备注\n${CITY},x`) })).toEqual([expect.stringContaining('不认识的列：备注')]);
  });
});

describe('what is wrong with a table of staff', () => {
  it.each([
    ['a login with capitals', 'Wang.Li,王丽,律师,,,', '登录名“Wang.Li”不行'],
    ['a role that does not exist', 'wang.li,王丽,律师、法官,,,', '角色“法官”不认识'],
    ['no role', 'wang.li,王丽,,,,', '没有角色'],
    ['a service point that does not exist', 'wang.li,王丽,律师,v9,,', '服务点代码 v9 不存在'],
    ['a topic that does not exist', 'wang.li,王丽,律师,,离婚,', '擅长“离婚”不认识'],
    ['no name', 'wang.li,,律师,,,', '没有姓名'],
  ])('tells of %s, with line and remedy', async (_, row, expected) => {
    const [problem] = await problemsOf({ points: points(CITY), staff: staff(row) });
    expect(problem).toContain(`人员.csv:2 ${expected}`);
    expect(problem).toContain('怎么改');
  });

  it('finds points of the table beside it, also where that has other faults', async () => {
    const problems = await problemsOf({ points: points(CITY, 't1,,镇(街道)工作站,city,,,,,'), staff: staff('wang.li,王丽,律师,t1,,') });
    expect(problems).toEqual([expect.stringContaining('没有名称')]);
  });
});

describe('reading a table', () => {
  const text = [HEADER, CITY, 't1,"云坪镇,工作站",镇(街道)工作站,city,"第一行\n第二行",,30.5,104.6,', T2].join('\r\n');
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['GBK', encodeGbk(text)],
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ])('takes %s, with quotes and lines in a cell', (_, bytes) => {
    const table = readTable(bytes, 'a.csv');
    expect(table.header[0]).toBe('代码');
    expect(table.rows.map(({ cells }) => cells[1])).toEqual(['青禾县中心', '云坪镇,工作站', '川坝镇工作站']);
    expect(table.rows.at(-1)?.line).toBe(5);
  });

  it('takes semicolons, and says what is wrong with a torn one', () => {
    expect(readTable(Buffer.from('代码;名称\nc;中心'), 'a.csv').rows[0]?.cells).toEqual(['c', '中心']);
    expect(() => readTable(Buffer.from('代码,名称\nc,"中心\n'), 'a.csv')).toThrow(/a\.csv 第 \d+ 行起引号没有配对.*怎么改/);
    expect(() => readTable(Buffer.from(''), 'a.csv')).toThrow(/是空的.*怎么改/);
  });
});

onEachDatabase((database) => {
  it('imports a county of 1,539 points, and once more changes nothing', async () => {
    const store = createOrganisationStore(await database.open());
    const county = madeUpCounty();
    const table = readTable(Buffer.from(county.points), '服务点.csv');
    const first = await planned(store, { points: table });
    expect(first.points?.added).toHaveLength(1539);
    await applyImport(store, first, { now });
    expect(await store.points()).toHaveLength(1539);
    const again = await planned(store, { points: table });
    expect(again.points).toMatchObject({ added: [], changed: [], deactivated: [], unchanged: 1539, changes: { put: [], moved: [] } });
    const people = readTable(Buffer.from(county.staff), '人员.csv');
    expect((await planned(store, { staff: people })).staff?.added).toHaveLength(2000);
  });

  it('gives new staff one-time passwords, and once more changes nothing', async () => {
    const db = await database.open();
    const store = createOrganisationStore(db);
    const tables = { points: points(CITY, T1, V1), staff: staff('wang.li,王丽,律师、管理员,v1,工伤,010-2', 'zhao.gang,赵刚,调解员,,,') };
    const [wang] = await applyImport(store, await planned(store, tables), { now });
    const stored = await createStaffStore(db).byLogin('wang.li');
    expect(stored).toMatchObject({ reach: '/city/t1/v1/', mustChangePassword: true, skills: ['injury'] });
    expect(await verifyPassword(wang?.password ?? '', stored?.passwordHash ?? '')).toBe(true);
    expect((await planned(store, tables)).staff).toMatchObject({ added: [], changed: [], unchanged: 2, changes: [] });
    expect(await applyImport(store, await planned(store, tables), { now })).toEqual([]);
    const changed = await planned(store, { staff: staff('wang.li,王丽,律师、管理员,t1,工伤,010-2') });
    expect(changed.staff).toMatchObject({ changed: [{ id: 'wang.li', fields: ['服务点'] }], notNamed: 1, touchesRights: false });
    expect((await planImport(store, { staff: staff('wang.li,王丽,律师,v1,,') })).ok).toBe(false); // nobody would be administrator
  });

  it('moves what hangs on a point whose parent changes: points, staff, open tickets', async () => {
    const db = await database.open();
    const store = createOrganisationStore(db);
    const people = staff('wang.li,王丽,律师,v1,,', 'zhao.gang,赵刚,律师,t1,,');
    await applyImport(store, await planned(store, { points: points(CITY, T1, T2, V1, P1), staff: people }), { now });
    const messages = createMessageStore(db);
    const { conversationId } = await messages.receive(
      { channel: 'web', externalKey: 'k', conversationKey: 'c', content: { type: 'text', text: '你好' } },
      0,
    );
    const ticket = await messages.handoff(({ tickets }) =>
      tickets.open({
        conversationId,
        kind: 'consultation',
        reason: 'human-wanted',
        brief: { question: '', topic: null, facts: [], botSaid: '', provisions: [], channel: '' },
        state: 'queued',
        holder: null,
        handedBack: false,
        outcome: null,
        closedAt: null,
        note: null,
        createdAt: 0,
        pointPath: '/city/t1/v1/p1/',
      }),
    );
    const moved = await planned(store, { points: points(CITY, T1, T2, V1.replace(',t1,', ',t2,'), P1) });
    expect(moved.points?.changes.moved.map(({ to }) => to)).toEqual(['/city/t2/v1/', '/city/t2/v1/p1/']);
    await applyImport(store, moved, { now });
    expect((await store.points()).find(({ code }) => code === 'p1')).toMatchObject({ path: '/city/t2/v1/p1/', township: 't2' });
    expect((await store.staff()).map(({ reach }) => reach)).toEqual(['/city/t2/v1/', '/city/t1/']);
    expect((await messages.handoff(({ tickets }) => tickets.byNumber(ticket.number)))?.pointPath).toBe('/city/t2/v1/p1/');
  });

  it('takes out of use what the table does not name any more, and into use what it names again', async () => {
    const store = createOrganisationStore(await database.open());
    await applyImport(store, await planned(store, { points: points(CITY, T1, V1) }), { now });
    const fewer = await planned(store, { points: points(CITY, T1) });
    expect(fewer.points?.deactivated).toEqual([{ id: 'v1', name: '云坪镇青湾村法律之家', fields: [] }]);
    await applyImport(store, fewer, { now });
    expect((await store.points()).map(({ active }) => active)).toEqual([true, true, false]);
    expect((await planned(store, { points: points(CITY, T1) })).points?.changes.put).toEqual([]);
    const again = await planned(store, { points: points(CITY, T1, V1) });
    expect(again.points?.changed).toEqual([{ id: 'v1', name: '云坪镇青湾村法律之家', fields: ['重新启用'] }]);
  });
});

describe('baimi organisation import', () => {
  const run = promisify(execFile);
  const root = join(import.meta.dirname, '../..');
  const folder = temporaryFolder();
  const baimi = (...args: readonly string[]) =>
    run(join(root, 'node_modules/.bin/tsx'), [join(root, 'src/cli.ts'), 'organisation', 'import', ...args], {
      env: { ...process.env, BAIMI_DATA: join(folder, 'data') },
    });

  it('rehearses, imports, and puts the passwords into a file that nobody else can read', async () => {
    const county = madeUpCounty({ townships: 2, villages: 4, points: 6, staff: 5 });
    const tables = join(folder, 'tables');
    mkdirSync(tables);
    writeFileSync(join(tables, '服务点.csv'), encodeGbk(county.points));
    writeFileSync(join(tables, '人员.csv'), `\ufeff${county.staff}`);
    const rehearsed = JSON.parse((await baimi(tables, '--dry-run', '--json')).stdout) as unknown;
    expect(rehearsed).toMatchObject({ dryRun: true, points: { added: 13 }, staff: { added: 5 } });
    const done = JSON.parse((await baimi(tables, '--json')).stdout) as { passwordFile: string };
    expect(done).toMatchObject({ points: { added: 13 }, staff: { added: 5 } });
    expect(statSync(done.passwordFile).mode & 0o777).toBe(0o600);
    expect(readFileSync(done.passwordFile, 'utf8').trim().split('\r\n')).toHaveLength(6);
    expect((await baimi(tables)).stdout).toContain('服务点：新增 0，修改 0，停用 0，不变 13');
    writeFileSync(join(tables, '服务点.csv'), county.points.replace('city,青禾', 'city,'));
    writeFileSync(join(tables, '人员.csv'), `${county.staff}x,y,z,,,\n`);
    const refused = await baimi(tables).catch((error: unknown) => error as { code: number; stderr: string });
    expect(refused).toMatchObject({ code: 1 });
    expect((refused as { stderr: string }).stderr).toMatch(/人员\.csv 第 7 行：登录名“x”不行.*怎么改[\s\S]*什么也没有收进来/);
  });
});
