import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { create } from 'tar';
import { describe, expect, it } from 'vitest';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import { openDatabase, type DatabaseSource } from '../../src/adapters/database/open-database.js';
import { readConfig, type Config } from '../../src/config.js';
import { makeBackup } from '../../src/make-backup.js';
import { restoreBackup } from '../../src/restore-backup.js';
import { onEachDatabase, type DatabaseUnderTest } from '../support/each-database.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const NOW = Date.UTC(2026, 10, 24, 10, 30);
const environment = process.env;
let places = 0;

interface Place {
  readonly config: Config;
  readonly archive: string;
  say(words: string): Promise<void>;
  said(): Promise<string[]>;
  backup(): Promise<void>;
  restore(force?: boolean): ReturnType<typeof restoreBackup>;
}

/** A data folder with a message and an attachment in it, beside a database. */
async function place({ name, fresh }: DatabaseUnderTest): Promise<Place> {
  const home = join(folder, `place ${String(places++)}`);
  mkdirSync(join(home, 'data', 'attachments'), { recursive: true });
  writeFileSync(join(home, 'data', 'attachments', '工资条.jpg'), '照片');
  const plain = readConfig({ BAIMI_DATA: join(home, 'data') });
  const config: Config = name === 'SQLite' ? plain : { ...plain, database: await fresh() };
  const archive = join(home, 'backup.tar');
  const onDatabase = async <T>(work: (db: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>): Promise<T> => {
    const db = await openDatabase(config.database);
    try {
      return await work(db);
    } finally {
      await db.destroy();
    }
  };
  const made: Place = {
    config,
    archive,
    say: (words) =>
      onDatabase(async (db) => {
        const inbound = { channel: 'web', externalKey: words, conversationKey: 'wang', content: { type: 'text', text: words } } as const;
        await createMessageStore(db).receive(inbound, NOW);
      }),
    said: () =>
      onDatabase(async (db) => {
        const rows = await db.selectFrom('inbox').select('external_key').orderBy('message_id').execute();
        return rows.map((row) => row.external_key);
      }),
    async backup() {
      await makeBackup(config, archive, { environment, onProgress: () => undefined, now: NOW });
    },
    restore: (force = false) => restoreBackup(config, archive, { environment, force, now: NOW }),
  };
  await made.say('备份之前');
  return made;
}

/** Every file below a folder with its size, but for the database's own. */
function filesIn(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => !file.startsWith('baimi.db') && statSync(join(path, file)).isFile())
    .map((file) => `${file} ${String(statSync(join(path, file)).size)}`)
    .sort();
}

onEachDatabase((database) => {
  const kept = async (config: Config, paths: readonly string[]): Promise<string[]> => {
    const file = paths.map((path) => join(path, 'baimi.db')).find((path) => existsSync(path));
    const source: DatabaseSource = file === undefined ? config.database : { file };
    const db = await openDatabase(source);
    try {
      const table = file === undefined ? sql.raw(`baimi_before_20261124_103000.inbox`) : sql.raw('inbox');
      return (await sql<{ external_key: string }>`select external_key from ${table} order by message_id`.execute(db)).rows.map(
        (row) => row.external_key,
      );
    } finally {
      await db.destroy();
    }
  };

  describe('a backup', () => {
    it('holds the attachments too, is for its owner only, and leaves nothing else behind', async () => {
      const here = await place(database);
      await here.backup();
      expect(statSync(here.archive).mode & 0o777).toBe(0o600);
      expect(readdirSync(join(here.archive, '..')).sort()).toEqual(['backup.tar', 'data']);
      rmSync(here.config.attachmentsFolder, { recursive: true });
      await here.restore(true);
      expect(readFileSync(join(here.config.attachmentsFolder, '工资条.jpg'), 'utf8')).toBe('照片');
    });

    it('overwrites no file, and says so', async () => {
      const here = await place(database);
      writeFileSync(here.archive, '家书');
      await expect(here.backup()).rejects.toThrow(/已经有 .*backup\.tar 了，没有动它。怎么改：换一个文件名/);
      expect(readFileSync(here.archive, 'utf8')).toBe('家书');
    });
  });

  describe('restoring', () => {
    it('is refused while somebody uses the database, even when it is forced', async () => {
      const here = await place(database);
      await here.backup();
      const user = await openDatabase(here.config.database);
      await expect(here.restore(true)).rejects.toThrow(/数据库正在用，没有恢复。怎么改：先停掉服务/);
      await user.destroy();
      expect(await here.said()).toEqual(['备份之前']);
    });

    it('is refused where there is data, unless it is forced; what was there is kept', async () => {
      const here = await place(database);
      await here.backup();
      await here.say('备份之后');
      await expect(here.restore()).rejects.toThrow(/已经有数据，没有恢复。怎么改：.*--force/);
      expect(await here.said()).toEqual(['备份之前', '备份之后']);
      const restored = await here.restore(true);
      expect(await here.said()).toEqual(['备份之前']);
      expect(restored.kept.join()).toContain('20261124_103000');
      expect(await kept(here.config, restored.kept)).toEqual(['备份之前', '备份之后']);
    });

    it('follows a folder of attachments that lies somewhere else', async () => {
      const here = await place(database);
      const shared = join(folder, `shared ${String(places++)}`);
      cpSync(here.config.attachmentsFolder, shared, { recursive: true });
      rmSync(here.config.attachmentsFolder, { recursive: true });
      symlinkSync(shared, here.config.attachmentsFolder);
      await here.backup();
      writeFileSync(join(shared, '后来的.jpg'), '后来');
      const { kept: aside } = await here.restore(true);
      expect(readdirSync(shared)).toEqual(['工资条.jpg']);
      expect(lstatSync(here.config.attachmentsFolder).isSymbolicLink()).toBe(true);
      expect(readdirSync(join(aside.at(-1) ?? '', 'attachments')).sort()).toEqual(['后来的.jpg', '工资条.jpg'].sort());
    });

    it('can be repeated, and what an earlier one kept aside is in no backup', async () => {
      const here = await place(database);
      await here.backup();
      await here.say('备份之后');
      await here.restore(true);
      rmSync(here.archive);
      await here.backup();
      await restoreBackup(here.config, here.archive, { environment, force: true, now: NOW + 86_400_000 });
      expect(await here.said()).toEqual(['备份之前']);
    });

    for (const [damage, harm] of Object.entries({
      'was cut short': (file: string) => truncateSync(file, statSync(file).size - 20_000),
      'has one byte changed': (file: string) => {
        const bytes = readFileSync(file);
        const at = bytes.indexOf('照片');
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        writeFileSync(file, bytes);
      },
      'is something else': (file: string) => {
        writeFileSync(file, 'this is a letter to my mother');
      },
    })) {
      it(`of a backup that ${damage} is refused, and changes nothing`, async () => {
        const here = await place(database);
        await here.backup();
        await here.say('备份之后');
        harm(here.archive);
        const before = filesIn(here.config.dataFolder);
        await expect(here.restore(true)).rejects.toThrow(/这份备份是坏的，或者不是 baimi backup 做的。怎么改：换一份备份/);
        expect(filesIn(here.config.dataFolder)).toEqual(before);
        expect(await here.said()).toEqual(['备份之前', '备份之后']);
      });
    }

    it('of a backup that a newer program made is refused, and what was there is in its place', async () => {
      const here = await place(database);
      const db = await openDatabase(here.config.database);
      await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030')`.execute(db);
      await db.destroy();
      await here.backup();
      await onNewDatabase(here);
      await here.say('没有动');
      await expect(here.restore(true)).rejects.toThrow(/升级失败。怎么改：确认没有用旧版本打开新版本的数据/);
      expect(await here.said()).toEqual(['没有动']);
      expect(readdirSync(here.config.dataFolder).filter((name) => /restore/.test(name))).toEqual([]);
    });

    it('of an archive with a way out of its folder writes nothing outside', async () => {
      const here = await place(database);
      const evil = join(folder, `evil ${String(places++)}`);
      mkdirSync(join(evil, 'in'), { recursive: true });
      writeFileSync(join(evil, 'out.txt'), 'gotcha');
      await create({ file: here.archive, cwd: join(evil, 'in'), preservePaths: true }, ['../out.txt']);
      await expect(here.restore(true)).rejects.toThrow(/这份备份是坏的/);
      expect(existsSync(join(here.config.dataFolder, 'out.txt'))).toBe(false);
    });
  });

  /** Forgets everything that is in the database. */
  async function onNewDatabase(here: Place): Promise<void> {
    if ('file' in here.config.database) {
      rmSync(here.config.database.file);
      return;
    }
    const db = await openDatabase(here.config.database).catch(() => null);
    await db?.destroy();
    const { Client } = await import('pg');
    const client = new Client({ connectionString: here.config.database.url });
    await client.connect();
    await client.query('drop schema public cascade; create schema public');
    await client.end();
  }

  if (database.name === 'PostgreSQL') {
    it('passes no password on the command line of the programs that dump and restore', async () => {
      const here = await place(database);
      const programs = join(folder, 'programs');
      mkdirSync(programs);
      for (const program of ['pg_dump', 'pg_restore']) {
        const script = `#!/bin/sh\necho ${program} "$@" >> '${folder}/command-lines'\nPATH="$BAIMI_PATH" exec ${program} "$@"\n`;
        writeFileSync(join(programs, program), script);
        chmodSync(join(programs, program), 0o755);
      }
      const env = { ...environment, BAIMI_PATH: process.env['PATH'], PATH: `${programs}:${process.env['PATH'] ?? ''}` };
      await makeBackup(here.config, here.archive, { environment: env, onProgress: () => undefined, now: NOW });
      await restoreBackup(here.config, here.archive, { environment: env, force: true, now: NOW });
      const lines = readFileSync(join(folder, 'command-lines'), 'utf8');
      expect(lines.match(/^pg_dump .*--dbname=postgres:\/\/baimi@127/m)).not.toBeNull();
      expect(lines.match(/^pg_restore .*--dbname=postgres:\/\/baimi@127/m)).not.toBeNull();
      const password = new URL('url' in here.config.database ? here.config.database.url : '').password;
      expect(lines).not.toContain(password);
      expect(lines).not.toContain(decodeURIComponent(password));
    });

    it('refuses the backup of a SQLite file, and says what to set', async () => {
      const here = await place(database);
      await here.backup();
      const other: Config = { ...here.config, database: { file: here.config.databaseFile } };
      cpSync(here.archive, `${here.archive}.copy`);
      const restoring = restoreBackup(other, here.archive, { environment, force: true, now: NOW });
      await expect(restoring).rejects.toThrow(/这份备份是 PostgreSQL 的，现在配置的是 SQLite。怎么改：按备份的来，设上 DATABASE_URL/);
    });
  }
});
