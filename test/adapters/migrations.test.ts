import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, Migrator, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { createCuratedStore } from '../../src/adapters/database/curated-store.js';
import { createDeliveryStore } from '../../src/adapters/database/delivery-store.js';
import { createFeedbackStore } from '../../src/adapters/database/feedback-store.js';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import { migrationProvider } from '../../src/adapters/database/migrations.js';
import type { DatabaseSource } from '../../src/adapters/database/open-database.js';
import { createPool, PortablePostgresDialect } from '../../src/adapters/database/postgres-dialect.js';
import { SerialSqliteDialect } from '../../src/adapters/database/sqlite-dialect.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import { createVerificationStore } from '../../src/adapters/database/verification-store.js';
import { onEachDatabase } from '../support/each-database.js';
import { ROWS_BY_MIGRATION, readRowsUpTo, storeRowsUpTo } from '../support/rows-by-migration.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const MIGRATIONS = Object.keys(await migrationProvider.getMigrations());
const folder = temporaryFolder();

function connect(source: DatabaseSource): Kysely<unknown> {
  return new Kysely({
    dialect:
      'file' in source
        ? new SerialSqliteDialect({ database: new Sqlite(source.file) })
        : new PortablePostgresDialect({ pool: createPool(source.url, () => undefined) }),
  });
}

async function migrate(db: Kysely<unknown>, to: string): Promise<void> {
  const { error } = await new Migrator({ db, provider: migrationProvider }).migrateTo(to);
  if (error !== undefined) throw new Error('migration failed', { cause: error });
}

it('has rows for each migration, so that none is released untried', () => {
  expect(Object.keys(ROWS_BY_MIGRATION)).toEqual(MIGRATIONS);
});

it('makes of the released migrations exactly the schema that they were released with', async () => {
  const file = join(folder, 'released.db');
  const db = connect({ file });
  await migrate(db, '0006-telegram');
  await db.destroy();
  const sqlite = new Sqlite(file, { readonly: true });
  const rows = sqlite
    .prepare("select sql from sqlite_master where sql is not null and name not like 'kysely%' and name not like 'sqlite%' order by rowid")
    .all() as { sql: string }[];
  sqlite.close();
  const released = readFileSync(join(import.meta.dirname, 'released-schemas', 'sqlite-0006.sql'), 'utf8');
  expect(rows.map((row) => `${row.sql};\n`).join('')).toBe(released);
});

onEachDatabase(({ fresh, open, name }) => {
  describe('a database of an earlier version', () => {
    for (const version of MIGRATIONS) {
      it(`of ${version} keeps every row, and goes on`, async () => {
        const source = await fresh();
        const old = connect(source);
        await migrate(old, version);
        await storeRowsUpTo(old, version);
        const before = await readRowsUpTo(old, version);
        await old.destroy();

        const db = await open(source);
        expect(await readRowsUpTo(db as unknown as Kysely<unknown>, version)).toEqual(before);

        const messages = createMessageStore(db);
        expect((await messages.messagesAfter('c1', 0)).map(({ id, staffName }) => [id, staffName])).toEqual([
          [1, null],
          [2, '李律师'],
        ]);
        expect(await messages.conversationsWithPending()).toEqual(['c2']);
        expect(await createDeliveryStore(db).waiting('c1')).toMatchObject([
          { message: { id: 2 }, partsSent: 0, attempts: 0, closed: false },
        ]);
        expect(await createStaffStore(db).byLogin('li')).toMatchObject({ id: 'li', name: '李律师' });
        await messages.handoff(async ({ tickets }) => {
          const ticket = await tickets.byNumber('20261123-0007');
          expect(ticket).toMatchObject({ state: 'answered', holder: 'li', version: 3 });
          expect((await tickets.history('20261123-0007')).map(({ event }) => event)).toEqual(['open', 'claim']);
          if (!ticket) throw new Error('the ticket is gone');
          const next = await tickets.open({ ...ticket, conversationId: 'c2', state: 'queued', holder: null });
          expect(next.number).toBe('20261123-0008');
        });
        const { message } = await messages.receive(
          { channel: 'web', externalKey: 'k9', conversationKey: 'wang', content: { type: 'text', text: '还有' } },
          1,
        );
        expect(message.id).toBe(4);
        if (version >= '0002') expect((await createVerificationStore(db).figures()).map(({ value }) => value)).toEqual([2330.5]);
        if (version >= '0003') expect(await createFeedbackStore(db).ratingsOf('c1')).toMatchObject([{ messageId: 2, verdict: 'useful' }]);
        if (version >= '0004') expect(await createCuratedStore(db).list()).toMatchObject([{ id: 'a1', asks: ['老板不发工资'] }]);
        if (version >= '0005') expect(await messages.conversationId('web', 'wang-2')).toBe('c1');
      });
    }

    it('is left as it was where a migration breaks off in the middle', async () => {
      const source = await fresh();
      const db = connect(source);
      await migrate(db, '0006-telegram');
      const provider = {
        getMigrations: async () => ({
          ...(await migrationProvider.getMigrations()),
          '0007-desk': {
            async up(unfinished: Kysely<unknown>) {
              await unfinished.schema.createTable('half').addColumn('id', 'integer').execute();
              throw new Error('power cut');
            },
          },
        }),
      };
      const { error } = await new Migrator({ db, provider }).migrateTo('0007-desk');
      expect(error).toMatchObject({ message: 'power cut' });
      await expect(sql`select * from half`.execute(db)).rejects.toThrow(/half/);
      await db.destroy();
      expect(await createStaffStore(await open(source)).count()).toBe(0);
    });

    it('of a newer program is refused with the remedy', async () => {
      const source = await fresh();
      const db = await open(source);
      await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030')`.execute(db);
      await expect(open(source)).rejects.toThrow(
        `${name === 'SQLite' ? '数据库' : 'PostgreSQL 数据库'}${'file' in source ? ` ${source.file}` : ''} 升级失败。怎么改：`,
      );
    });
  });
});
