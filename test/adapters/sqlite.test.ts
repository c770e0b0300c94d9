import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();

it('writes ahead and syncs each commit, in a file only its owner can read', async () => {
  const file = join(folder, 'settings.db');
  const db = await openDatabase(file);
  const pragma = async (name: string): Promise<unknown> =>
    Object.values((await sql<object>`select * from ${sql.raw(`pragma_${name}`)}`.execute(db)).rows[0] ?? {})[0];
  expect(await pragma('journal_mode')).toBe('wal');
  expect(await pragma('synchronous')).toBe(2);
  expect(await pragma('foreign_keys')).toBe(1);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await db.destroy();
});

it('opens a file a second time without losing anything', async () => {
  const file = join(folder, 'again.db');
  const first = await openDatabase(file);
  await createMessageStore(first).receive(
    { channel: 'web', externalKey: 'k', conversationKey: 'c', content: { type: 'text', text: '在吗' } },
    1,
  );
  await first.destroy();
  const second = await openDatabase(file);
  expect(await createMessageStore(second).conversationsWithPending()).toHaveLength(1);
  await second.destroy();
});

it('says what to do when the file is no database, and leaves it as it was', async () => {
  const file = join(folder, 'broken.db');
  writeFileSync(file, 'this is no database, it is a letter to my mother, and long enough to be one page of it');
  await expect(openDatabase(file)).rejects.toThrow(/打不开数据库|升级失败/);
  expect(readFileSync(file, 'utf8')).toMatch(/letter to my mother/);
});
