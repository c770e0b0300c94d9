import { describe, expect, it } from 'vitest';
import type { CalculationView, CalculatorView, ProvisionHit } from '../../src/domain/desk-views.js';
import { deskClient } from '../support/desk-staff.js';
import { startServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const server = await startServer(folder);
const wang = await deskClient(server.url, folder, 'wang', '王芳');

const search = async (q: string): Promise<readonly ProvisionHit[]> =>
  (await wang.send<{ hits: ProvisionHit[] }>('GET', `/api/desk/provisions?q=${encodeURIComponent(q)}`)).body.hits;

describe('searching the library', () => {
  it('puts the article first that is named outright, ready to be put into a reply', async () => {
    const [first] = await search('工伤保险条例第十四条');
    expect(first).toMatchObject({ law: '工伤保险条例', article: '第十四条', status: 'in-force', verified: true, caution: null });
    expect(first?.insert).toContain('《工伤保险条例》第十四条');
  });

  it('finds by everyday words, marks what is known at second hand, and finds nothing for nothing', async () => {
    expect((await search('老板不给工资要赔多少')).length).toBeGreaterThan(3);
    const local = (await search('四川省法律援助条例 什么事都能申请法律援助')).filter(({ verified }) => !verified);
    expect(local.length).toBeGreaterThan(0);
    for (const hit of local) expect([hit.caution === null, hit.insert.includes('待核实')]).toEqual([false, true]);
    expect(await search(' ')).toEqual([]);
  });

  it('is for who works on tickets', async () => {
    const admin = await deskClient(server.url, folder, 'guan', '管理', { roles: ['admin'] });
    for (const path of ['provisions?q=x', 'calculators', 'canned-replies']) {
      expect((await admin.send('GET', `/api/desk/${path}`)).status, path).toBe(403);
    }
  });
});

describe('the calculators', () => {
  it('are listed with what they ask for', async () => {
    const { calculators } = (await wang.send<{ calculators: CalculatorView[] }>('GET', '/api/desk/calculators')).body;
    expect(calculators.map(({ id }) => id)).toEqual(expect.arrayContaining(['deadlines', 'severance', 'work-injury']));
    expect(calculators.find(({ id }) => id === 'deadlines')?.inputs[0]).toMatchObject({ id: 'matter', kind: 'choice', optional: false });
  });

  it('reckon with articles, in yuan, or say what is missing or wrong', async () => {
    const run = async (id: string, inputs: object): Promise<CalculationView> =>
      (await wang.desk<CalculationView>(`calculators/${id}`, { inputs })).body;
    const limit = await run('deadlines', { matter: 'sue-after-award', receivedDate: '2026-11-02' });
    expect(limit).toMatchObject({ kind: 'result', lines: [{ amount: '2026年11月17日' }] });
    if (limit.kind === 'result') {
      expect(limit.lines[0]?.articles).toContain('劳动争议调解仲裁法第五十条');
      expect(limit.insert).toContain('依据：');
    }
    expect(await run('deadlines', { matter: 'sue-after-award' })).toEqual({ kind: 'missing', inputs: ['receivedDate'] });
    expect(await run('deadlines', { matter: 'sue-after-award', receivedDate: '2026-02-30' })).toMatchObject({ kind: 'refused' });
    expect(await run('double-wage', { monthlyWage: 'viel' })).toMatchObject({ kind: 'refused' });
    expect((await wang.desk('calculators/no-such', { inputs: {} })).status).toBe(404);
  });
});
