import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteAdapter, SqliteDialect, sql, type Driver } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { GroupCommitDriver } from '../../src/adapters/database/group-commit-driver.js';
import type { SqliteFile } from '../../src/adapters/database/statement-cache.js';
import { temporaryFolder } from '../support/temporary-folder.js';

interface Tables {
  words: { id: number; word: string };
}

interface Setting {
  readonly db: Kysely<Tables>;
  /** Commits that SQLite was told to make. */
  commits(): number;
  /** What another process finds in the file. */
  durable(): string[];
  /** The next commit fails. */
  breakCommit(): void;
}

const folder = temporaryFolder();
const opened: { close(): Promise<void> }[] = [];
let files = 0;
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(clock?: () => number): Promise<Setting> {
  const path = join(folder, `${String(files++)}.db`);
  const sqlite = new Sqlite(path);
  sqlite.pragma('journal_mode = WAL');
  let commits = 0;
  let broken = false;
  const file: SqliteFile = {
    get inTransaction() {
      return sqlite.inTransaction;
    },
    prepare(text) {
      const statement = sqlite.prepare(text);
      if (text !== 'commit') return statement;
      return {
        reader: false,
        readonly: true,
        all: () => [],
        iterate: () => [].values(),
        run() {
          if (broken) {
            broken = false;
            throw new Error('the disk is gone');
          }
          commits++;
          return statement.run();
        },
      };
    },
    close: () => sqlite.close(),
  };
  class Dialect extends SqliteDialect {
    override createDriver(): Driver {
      return new GroupCommitDriver(file, clock === undefined ? {} : { clock });
    }
    override createAdapter(): SqliteAdapter {
      return new SqliteAdapter();
    }
  }
  const db = new Kysely<Tables>({ dialect: new Dialect({ database: sqlite }) });
  await db.schema
    .createTable('words')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('word', 'text', (column) => column.notNull().unique())
    .execute();
  commits = 0;
  const other = new Sqlite(path, { readonly: true });
  opened.push({
    async close() {
      other.close();
      await db.destroy();
    },
  });
  return {
    db,
    commits: () => commits,
    durable: () => (other.prepare('select word from words order by id').all() as { word: string }[]).map(({ word }) => word),
    breakCommit() {
      broken = true;
    },
  };
}

const put = (db: Kysely<Tables>, word: string): Promise<unknown> =>
  db.transaction().execute((unit) =>
    unit
      .insertInto('words')
      .values({ word } as Tables['words'])
      .execute(),
  );
const words = Array.from({ length: 40 }, (_, index) => `word-${String(index)}`);

describe('units of work that wait for one another', () => {
  it('are made durable by fewer commits than there are of them, and each before it is told', async () => {
    const { db, commits, durable } = await open();
    const found = await Promise.all(
      words.map(async (word) => {
        await put(db, word);
        return durable().includes(word);
      }),
    );
    expect(found).toEqual(words.map(() => true));
    expect(durable()).toEqual(words);
    expect(commits()).toBeLessThan(words.length / 4);
  });

  it('are committed one by one where none waits for another', async () => {
    const { db, commits, durable } = await open();
    for (const word of words.slice(0, 5)) await put(db, word);
    expect(commits()).toBe(5);
    expect(durable()).toHaveLength(5);
  });

  it('are undone alone: the others of the same commit stay', async () => {
    const { db, durable } = await open();
    const outcomes = await Promise.allSettled(
      words.map((word, index) =>
        db.transaction().execute(async (unit) => {
          await unit
            .insertInto('words')
            .values({ word } as Tables['words'])
            .execute();
          if (index % 3 === 1) throw new Error('thought better of it');
          // of the first word there is one
          if (index % 3 === 2)
            await unit
              .insertInto('words')
              .values({ word: 'word-0' } as Tables['words'])
              .execute();
        }),
      ),
    );
    const kept = words.filter((_, index) => index % 3 === 0);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(kept.length);
    expect(durable()).toEqual(kept);
  });

  it('all hear of it where their commit fails, nothing is stored, and the next ones go on', async () => {
    const { db, breakCommit, durable } = await open();
    breakCommit();
    const outcomes = await Promise.allSettled(words.slice(0, 10).map((word) => put(db, word)));
    const failed = words.slice(0, 10).filter((_, index) => outcomes[index]?.status === 'rejected');
    expect(failed.length).toBeGreaterThan(1);
    expect(durable()).toEqual(words.slice(0, 10).filter((word) => !failed.includes(word)));
    await put(db, 'afterwards');
    expect(durable()).toContain('afterwards');
  });

  it('read what the one before has written, and are told of it only when it is durable', async () => {
    const { db, breakCommit, durable } = await open();
    breakCommit();
    const writing = put(db, 'not durable').catch(() => 'failed');
    const reading = db
      .selectFrom('words')
      .selectAll()
      .execute()
      .catch(() => 'failed');
    expect(await Promise.all([writing, reading])).toEqual(['failed', 'failed']);
    expect(await db.selectFrom('words').selectAll().execute()).toEqual([]);
    expect(durable()).toEqual([]);
  });

  it('also hold single statements', async () => {
    const { db, commits, durable } = await open();
    await Promise.all(
      words.map((word) =>
        db
          .insertInto('words')
          .values({ word } as Tables['words'])
          .execute(),
      ),
    );
    expect(durable()).toEqual(words);
    expect(commits()).toBeLessThan(words.length / 4);
  });

  it('leave sockets and timers their turn', async () => {
    let time = 0;
    // each look at this clock takes long
    const { db } = await open(() => (time += 5));
    let done = 0;
    const all = Promise.all(words.map((word) => put(db, word).then(() => done++)));
    const meanwhile = await new Promise<number>((resolve) => {
      setTimeout(() => {
        resolve(done);
      });
    });
    expect(meanwhile).toBeLessThan(words.length);
    await all;
  });
});

describe('a full disk', () => {
  it('fails whoever has it fill up, tells the truth of the others, and holds what comes once there is room', async () => {
    const { db, durable } = await open();
    await put(db, 'before');
    await sql`pragma max_page_count = 30`.execute(db);
    const large = 'x'.repeat(200_000);
    const outcomes = await Promise.allSettled([put(db, 'small'), put(db, large), put(db, 'smaller')]);
    expect(outcomes[1].status).toBe('rejected');
    const told = ['small', 'smaller'].filter((_, index) => outcomes[index === 0 ? 0 : 2].status === 'fulfilled');
    expect(durable()).toEqual(['before', ...told]);
    await put(db, 'later');
    expect(durable()).toContain('later');
  });
});
