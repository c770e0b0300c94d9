import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import { createRetentionStore } from '../../src/adapters/database/retention-store.js';
import { openPersonalData } from '../../src/start-personal-data.js';
import { LI, openCore, type Core } from '../support/delivery-core.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const DAY_MS = 86_400_000;

const personalData = (core: Core) =>
  openPersonalData({
    db: core.db,
    store: createMessageStore(core.db),
    attachmentsFolder: join(folder, 'attachments'),
    now: core.now,
    onError: (error) => core.errors.push(error),
  });

const wordsOf = async (core: Core, conversationId: string): Promise<string> =>
  JSON.stringify(await core.app.messenger.messagesAfter(conversationId, 0));

it('erases a conversation when its time is over, keeps one whose case is open or was closed lately, and only once', async () => {
  const core = await openCore(join(folder, 'a.db'), []);
  const { retention } = personalData(core);
  const idle = await core.receive('web', 'idle', '只问一句的秘密');
  const open = await core.receive('web', 'open', '还在办的秘密');
  await core.receive('web', 'open', { type: 'human-wanted' });
  const closed = await core.receive('web', 'closed', '办完了的秘密');
  await core.receive('web', 'closed', { type: 'human-wanted' });
  await core.settled();
  const number = await core.lawyerSays(closed, '办好了');
  await core.app.tickets.close(number, LI, 'resolved', '');

  core.pass(179 * DAY_MS);
  expect(await retention.plan()).toEqual({ over: [], asked: [] });
  core.pass(2 * DAY_MS);
  expect((await retention.plan()).over).toEqual([idle]);
  expect(await wordsOf(core, idle)).toContain('秘密');
  await retention.run();
  expect(await wordsOf(core, idle)).not.toContain('秘密');
  expect(await wordsOf(core, closed)).toContain('秘密');
  expect(await retention.run()).toEqual({ over: [], asked: [] });

  core.pass(550 * DAY_MS);
  expect((await retention.run()).over).toEqual([closed]);
  expect(await wordsOf(core, closed)).not.toContain('秘密');
  expect(await wordsOf(core, open)).toContain('秘密');
  const log = await core.db.selectFrom('audit_log').select('action').where('action', '=', 'erase').execute();
  expect(log).toHaveLength(2);
  await core.close();
});

it('keeps a mediation longer than a consultation, and as long as it is set', async () => {
  const core = await openCore(join(folder, 'b.db'), []);
  const { retention } = personalData(core);
  const id = await core.receive('web', 'mediation', '我要申请调解');
  for (const words of ['邻里', '院墙的事吵了一个月', '老王', '跳过', '修好', '跳过', '赵春花', '13812345678', '确认提交']) {
    await core.receive('web', 'mediation', words);
    await core.settled();
  }
  const ticket = await core.app.desk.latestOf(id);
  expect(ticket).toMatchObject({ kind: 'mediation', details: { form: 'mediation' } });
  await core.app.tickets.claim(ticket?.number ?? '', LI);
  await core.app.tickets.close(ticket?.number ?? '', LI, 'resolved', '');
  core.pass(1800 * DAY_MS);
  expect((await retention.plan()).over).toEqual([]);
  await createRetentionStore(core.db).set({ conversationDays: 180, closedDays: 730, serviceDays: 1000 }, LI.id, core.now());
  expect((await retention.plan()).over).toEqual([id]);
  await core.close();
});

it('erases after closing what the person had asked to be erased then', async () => {
  const core = await openCore(join(folder, 'c.db'), []);
  const { retention } = personalData(core);
  const id = await core.receive('telegram', 'p:1', '老板欠薪的秘密');
  await core.receive('telegram', 'p:1', { type: 'human-wanted' });
  await core.settled();
  const number = await core.lawyerSays(id, '我来办');
  for (const words of ['删除我的信息', '结案后删']) {
    await core.receive('telegram', 'p:1', words);
    await core.settled();
  }
  expect(await retention.run()).toEqual({ over: [], asked: [] });
  await core.app.tickets.close(number, LI, 'resolved', '');
  expect((await retention.run()).asked).toEqual([id]);
  expect(await wordsOf(core, id)).not.toContain('秘密');
  await core.close();
});
