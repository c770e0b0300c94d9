import { describe, expect, it } from 'vitest';
import { createDeliveryStore } from '../../src/adapters/database/delivery-store.js';
import { createReadReceipts } from '../../src/messaging/read-receipts.js';
import { openCore, type Core } from '../support/delivery-core.js';
import { onEachDatabase, type DatabaseUnderTest } from '../support/each-database.js';

async function openOn(fresh: DatabaseUnderTest['fresh']) {
  const core = await openCore(await fresh(), []);
  const told: string[] = [];
  return { core, told, receipts: createReadReceipts(createDeliveryStore(core.db), core.now, (id) => told.push(id)) };
}

/** The code that the machine gives to whoever wants to link conversations. */
async function codeIn(core: Core, conversationId: string): Promise<string> {
  const said = await core.app.messenger.messagesAfter(conversationId, 0);
  return said.flatMap(({ body }) => (body.type === 'text' ? (/[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(body.text) ?? []) : [])).at(-1) ?? '';
}

onEachDatabase(({ fresh }) => {
  describe('read receipts', () => {
    it('tell once of what is read anew', async () => {
      const { core, told, receipts } = await openOn(fresh);
      const conversationId = await core.receive('web', 'a', { type: 'human-wanted' });
      await core.settled();
      await core.lawyerSays(conversationId, '请把工资条留好。');
      const id = (await core.deliveries(conversationId)).at(-1)?.messageId ?? 0;
      await receipts.markRead(conversationId, id - 1);
      expect(told).toEqual([]);
      await Promise.all([receipts.markRead(conversationId, id), receipts.markRead(conversationId, id)]);
      expect(told).toEqual([conversationId]);
      await core.close();
    });

    it('of a copy in another of the person’s conversations count for the original', async () => {
      const { core, receipts } = await openOn(fresh);
      const there = await core.receive('official-account', 'wang', { type: 'human-wanted' });
      const here = await core.receive('web', 'a', '绑定');
      await core.settled();
      await core.receive('official-account', 'wang', await codeIn(core, here));
      await core.settled();
      await core.lawyerSays(there, '请把工资条留好。');
      // it waits so long that it goes to whichever conversation the person writes in
      core.pass(86_400_000);
      await core.receive('web', 'a', '在吗');
      await core.settled();
      const copy = (await core.app.messenger.messagesAfter(here, 0)).find(({ author }) => author === 'staff')?.id ?? 0;
      expect(copy).toBeGreaterThan(0);
      expect((await core.deliveries(there)).find(({ by }) => by === 'web')?.readAt).toBeNull();
      await receipts.markRead(here, copy);
      expect((await core.deliveries(there)).find(({ by }) => by === 'web')?.readAt).toBeGreaterThan(core.now() - 60_000);
      await core.close();
    });
  });
});
