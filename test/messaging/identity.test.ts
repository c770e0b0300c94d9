import { describe, expect, it } from 'vitest';
import type { ChannelName } from '../../src/domain/message.js';
import { fakePushChannel } from '../support/fake-push-channel.js';
import { openCore, type Core } from '../support/delivery-core.js';
import { onEachDatabase, type DatabaseUnderTest } from '../support/each-database.js';

/** The core with Telegram (pushed to) and an official account that is closed. */
async function openOn(fresh: DatabaseUnderTest['fresh']) {
  const telegram = fakePushChannel({ name: 'telegram' });
  const account = fakePushChannel({ name: 'official-account', push: 'window' });
  const core = await openCore(await fresh(), [telegram, account]);
  /** Says something and gives what the machine said last. */
  const ask = async (channel: ChannelName, key: string, words: string): Promise<string> => {
    const conversationId = await core.receive(channel, key, words);
    await core.settled();
    const last = (await core.app.messenger.messagesAfter(conversationId, 0)).at(-1)?.body;
    return last?.type === 'text' ? last.text : (last?.type ?? '');
  };
  return { core, telegram, account, ask };
}

const codeIn = (text: string): string => /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(text)?.[0] ?? '';

async function replyThatWaits(core: Core, account: ReturnType<typeof fakePushChannel>, words: string): Promise<string> {
  const conversationId = await core.receive('official-account', 'wang', { type: 'human-wanted' });
  await core.settled();
  account.answerAll({ kind: 'closed' });
  await core.lawyerSays(conversationId, words);
  await core.settled();
  return conversationId;
}

onEachDatabase(({ fresh }) => {
  const open = () => openOn(fresh);
  describe('one person in several channels', () => {
    it('is linked by a code, and gets a waiting reply wherever the next message is written, once', async () => {
      const { core, telegram, account, ask } = await open();
      const conversationId = await replyThatWaits(core, account, '去仲裁，一年之内。');
      account.answerAll({ kind: 'closed' });
      const code = codeIn(await ask('telegram', 't-wang', '绑定'));
      expect(code).not.toBe('');
      expect(await ask('official-account', 'wang', code.toLowerCase().replace('-', ' '))).toMatch(/绑定好了/);
      await ask('telegram', 't-wang', '在吗');
      await core.settled();
      const shown = telegram.sent.map(({ message }) => message.text);
      expect(shown.filter((text) => text.includes('去仲裁'))).toEqual(['李律师（律师）：（答复您在公众号里的咨询）\n去仲裁，一年之内。']);
      expect(shown.findIndex((text) => text.includes('去仲裁'))).toBeLessThan(shown.findIndex((text) => text.includes('回：在吗')));
      await ask('telegram', 't-wang', '还在吗');
      expect(telegram.sent.filter(({ message }) => message.text.includes('去仲裁'))).toHaveLength(1);
      const reply = (await core.deliveries(conversationId)).find(({ by }) => by === 'telegram');
      expect(reply).toMatchObject({ state: 'delivered', by: 'telegram' });
      account.answerAll({ kind: 'sent' });
      await ask('official-account', 'wang', '这边呢');
      expect(account.sent.filter(({ message }) => message.text.includes('去仲裁'))).toEqual([]);
      await core.close();
    });

    it('keeps the threads apart', async () => {
      const { core, ask } = await open();
      const code = codeIn(await ask('telegram', 't-wang', '我的绑定码'));
      await ask('official-account', 'wang', `绑定 ${code}`);
      const telegramId = await core.receive('telegram', 't-wang', '秘密');
      const accountId = await core.receive('official-account', 'wang', '在吗');
      await core.settled();
      expect(telegramId).not.toBe(accountId);
      expect(JSON.stringify(await core.app.messenger.messagesAfter(accountId, 0))).not.toContain('秘密');
      await core.close();
    });

    it('answers a wrong, a used, an old and an own code kindly, and links nothing by it', async () => {
      const { core, ask } = await open();
      const code = codeIn(await ask('telegram', 't-wang', '绑定'));
      expect(await ask('telegram', 't-wang', code)).toMatch(/另一个渠道/);
      expect(await ask('official-account', 'li', 'AAAA-2222')).toMatch(/对不上/);
      expect(await ask('official-account', 'wang', code)).toMatch(/绑定好了/);
      expect(await ask('official-account', 'zhao', code)).toMatch(/对不上/);
      const old = codeIn(await ask('telegram', 't-wang', '绑定'));
      core.pass(15 * 60_000 + 1);
      expect(await ask('official-account', 'zhao', old)).toMatch(/对不上/);
      const replaced = codeIn(await ask('telegram', 't-wang', '绑定'));
      const current = codeIn(await ask('telegram', 't-wang', '绑定'));
      expect(await ask('official-account', 'zhao', replaced)).toMatch(/对不上/);
      expect(await ask('official-account', 'wang', current)).toMatch(/已经绑定过/);
      await core.close();
    });

    it('lets nobody guess: five wrong codes in an hour from one conversation, two hundred from all', async () => {
      const { core, ask } = await open();
      const code = codeIn(await ask('telegram', 't-wang', '绑定'));
      for (let wrong = 0; wrong < 5; wrong++) await ask('official-account', 'thief', `AAAA-222${String(wrong + 3)}`);
      expect(await ask('official-account', 'thief', code)).toMatch(/试得太多/);
      for (let thief = 0; thief < 39; thief++) {
        for (let wrong = 0; wrong < 5; wrong++)
          await core.receive('official-account', `thief-${String(thief)}`, `BBBB-222${String(wrong + 3)}`);
      }
      await core.settled();
      expect(await ask('official-account', 'fresh', code)).toMatch(/试得太多/);
      core.pass(3600_000 + 1);
      const later = codeIn(await ask('telegram', 't-wang', '绑定'));
      expect(await ask('official-account', 'thief', later)).toMatch(/绑定好了/);
      await core.close();
    }, 60_000);

    it('gives no more than five codes in an hour', async () => {
      const { core, ask } = await open();
      for (let count = 0; count < 5; count++) expect(codeIn(await ask('telegram', 't-wang', '绑定'))).not.toBe('');
      expect(await ask('telegram', 't-wang', '绑定')).toMatch(/一小时后/);
      await core.close();
    });

    it('can be unlinked', async () => {
      const { core, telegram, account, ask } = await open();
      const code = codeIn(await ask('telegram', 't-wang', '绑定'));
      await ask('official-account', 'wang', code);
      expect(await ask('telegram', 't-wang', '解除绑定')).toMatch(/已经解除/);
      await replyThatWaits(core, account, '只在这边。');
      core.pass(60_000);
      await ask('telegram', 't-wang', '在吗');
      expect(JSON.stringify(telegram.sent)).not.toContain('只在这边');
      await core.close();
    });

    it('stores no code as it is read, and gives and brings nothing where others may read along', async () => {
      const { core, account, ask } = await open();
      const code = codeIn(await ask('telegram', 't-wang', '绑定'));
      expect(JSON.stringify(await core.db.selectFrom('link_codes').selectAll().execute())).not.toContain(code.replace('-', ''));
      expect(codeIn(await ask('wechat-group', 'room:wang', '绑定'))).toBe('');
      expect(codeIn(await ask('wechat-group', 'room:wang', '取件码'))).toBe('');
      await ask('wechat-group', 'room:wang', code);
      await ask('official-account', 'wang', codeIn(await ask('telegram', 't-wang', '绑定')));
      await replyThatWaits(core, account, '不能在群里说。');
      core.pass(60_000);
      const conversationId = await core.receive('wechat-group', 'room:wang', '在吗');
      await core.settled();
      expect(JSON.stringify(await core.app.messenger.messagesAfter(conversationId, 0))).not.toContain('不能在群里说');
      await core.close();
    });

    it('leaves a number that a lawyer asked for to the lawyer', async () => {
      const { core, account } = await open();
      const conversationId = await core.receive('official-account', 'wang', { type: 'human-wanted' });
      await core.settled();
      await core.lawyerSays(conversationId, '合同编号是多少？');
      await core.receive('official-account', 'wang', 'HT202345');
      await core.settled();
      expect((await core.app.messenger.messagesAfter(conversationId, 0)).at(-1)?.author).toBe('citizen');
      expect((await core.app.desk.latestOf(conversationId))?.state).toBe('claimed');
      expect(account.sent.at(-1)?.message.text).toContain('合同编号');
      await core.close();
    });
  });
});
