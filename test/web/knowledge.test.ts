import { expect, it } from 'vitest';
import type { KnowledgeDeskView } from '../../src/domain/knowledge-views.js';
import type { ErrorView } from '../../src/domain/views.js';
import { startServer } from '../support/start-server.js';

const server = await startServer();
const lawyer = await server.lawyer();

it('lists what is known at second hand, and takes a verification with what it was compared with', async () => {
  const { body } = await lawyer.send<KnowledgeDeskView>('GET', '/api/desk/knowledge');
  const statement = body.statements.find(({ conflict, verified }) => conflict === null && verified === null);
  if (!statement) throw new Error('the pack has no statement to verify');
  expect((await lawyer.desk<ErrorView>('knowledge/verify', { key: statement.key, against: '' })).body.error.message).toContain('来源');
  const after = await lawyer.desk<KnowledgeDeskView>('knowledge/verify', { key: statement.key, against: '省人大网站公布的全文' });
  const held = after.body.statements.find(({ key }) => key === statement.key)?.verified;
  expect(held).toMatchObject({ by: '值班律师', against: '省人大网站公布的全文' });
  const withdrawn = await lawyer.desk<KnowledgeDeskView>('knowledge/withdraw', { key: statement.key });
  expect(withdrawn.body.statements.find(({ key }) => key === statement.key)?.verified).toBeNull();
  expect((await lawyer.desk('knowledge/verify', { key: '没有这部法#第一条', against: '来源' })).status).toBe(404);
});

it('takes a figure with its source, and lets nobody verify what they entered themselves', async () => {
  const { body } = await lawyer.send<KnowledgeDeskView>('GET', '/api/desk/knowledge');
  const slot = body.figures.find(({ value }) => value === null);
  if (!slot) throw new Error('the pack has no empty slot');
  expect((await lawyer.desk(`knowledge/figures/${slot.id}/verify`)).status).toBe(409);
  const entry = { value: 2200, source: '某某文件（测试）', sourceDate: '2026-07-01' };
  expect((await lawyer.desk(`knowledge/figures/${slot.id}`, { ...entry, value: -1 })).status).toBe(400);
  const entered = await lawyer.desk<KnowledgeDeskView>(`knowledge/figures/${slot.id}`, entry);
  expect(entered.body.figures.find(({ id }) => id === slot.id)).toMatchObject({ value: 2200, verifiedBy: null, mine: true });
  const refused = await lawyer.desk<ErrorView>(`knowledge/figures/${slot.id}/verify`);
  expect([refused.status, refused.body.error.message]).toEqual([409, '这个数是您填的，要请另一位同事对照来源核实。']);
});

it('sets how long what is kept, and shows it as set', async () => {
  expect((await lawyer.desk<ErrorView>('retention', { conversationDays: 1, closedDays: 730, serviceDays: 1825 })).status).toBe(400);
  await lawyer.desk('retention', { conversationDays: 90, closedDays: 730, serviceDays: 1825 });
  expect((await lawyer.send('GET', '/api/desk/retention')).body).toMatchObject({ days: { conversationDays: 90 } });
  const citizen = server.citizen();
  const shown = await citizen.ask('我的信息');
  expect(shown.body.type === 'text' ? shown.body.text : '').toContain('90 天');
});
