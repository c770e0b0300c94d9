import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { packageRoot, readConfig } from '../../src/config.js';
import { serve } from '../../src/serve.js';
import { NO_POSTGRES, postgresCluster } from '../support/postgres.js';
import { startServer, type TestServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const servers: TestServer[] = [];
const indexFolder = join(folder, 'index');
let folders = 0;
const newFolder = (): string => join(folder, String(folders++));

async function serverOn(url: string): Promise<TestServer> {
  const server = await startServer(newFolder(), { database: { url }, indexFolder });
  servers.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

describe('an address of PostgreSQL', () => {
  it('takes the place of the SQLite file', () => {
    const url = 'postgres://baimi:geheim@db.example.cn:5432/baimi';
    expect(readConfig({ DATABASE_URL: url }).database).toEqual({ url });
    expect(readConfig({ BAIMI_DATA: folder }).database).toEqual({ file: join(folder, 'baimi.db') });
  });

  it('is refused without being shown where it is none', () => {
    for (const value of ['mysql://baimi:geheim@db/baimi', 'postgres:', 'postgres://baimi:ge heim@db/baimi']) {
      expect(() => readConfig({ DATABASE_URL: value })).toThrow(/DATABASE_URL 不对：要写 postgres:\/\//);
      expect(() => readConfig({ DATABASE_URL: value })).not.toThrow(/heim/);
    }
  });

  it('is not shown either where nobody answers at it; the remedy is', async () => {
    const opening = openDatabase({ url: 'postgres://baimi:geheim@127.0.0.1:1/baimi' });
    await expect(opening).rejects.toThrow(
      '打不开 PostgreSQL 数据库：连不上，服务没有启动或者端口不对。怎么改：检查 DATABASE_URL 和数据库服务',
    );
    await expect(openDatabase({ url: 'postgres://baimi:ge%heim@x/baimi' })).rejects.toThrow(/打不开 PostgreSQL 数据库/);
  });
});

describe.skipIf(NO_POSTGRES !== null)(
  `the whole product on PostgreSQL${NO_POSTGRES === null ? '' : ` (${NO_POSTGRES})`}`,
  { timeout: 60_000 },
  () => {
    it('says what is wrong with a password or a name, without either', async () => {
      const url = new URL(await (await postgresCluster()).createDatabase());
      url.password = 'wrong';
      await expect(openDatabase({ url: url.href })).rejects.toThrow(/用户名或密码不对/);
      const missing = new URL(await (await postgresCluster()).createDatabase());
      missing.pathname = '/nowhere';
      await expect(openDatabase({ url: missing.href })).rejects.toThrow(/没有这个库/);
    });

    it('answers, opens a ticket, lets a lawyer reply, and knows it all after a restart', async () => {
      const url = await (await postgresCluster()).createDatabase();
      const server = await serverOn(url);
      const citizen = server.citizen();
      const answer = await citizen.ask('老板拖欠工资三个月了怎么办');
      expect(answer.body).toMatchObject({ type: 'answer', answer: { kind: 'cited' } });

      const handoff = await citizen.findLawyer();
      await citizen.answerAfter(handoff.body.message.id);
      const lawyer = await server.lawyer();
      const [ticket] = await lawyer.tickets();
      const number = ticket?.number ?? '';
      expect((await lawyer.act(number, 'claim')).status).toBe(200);
      expect((await lawyer.act(number, 'reply', { id: 'reply-0001', text: '请带上工资条来。', ask: false })).status).toBe(200);
      const before = (await citizen.chat()).body;
      expect(before.messages.filter(({ author }) => author === 'staff')).toHaveLength(1);
      expect(before.messages.map(({ id }) => typeof id)).toEqual(before.messages.map(() => 'number'));

      await server.restart();
      expect((await citizen.chat()).body).toEqual(before);
      const again = await server.lawyer();
      expect((await again.ticket(number)).body).toMatchObject({ number, state: 'answered' });
    });

    it('goes on after every connection was cut', async () => {
      const cluster = await postgresCluster();
      const url = await cluster.createDatabase();
      const server = await serverOn(url);
      const citizen = server.citizen();
      await citizen.ask('你好');
      await cluster.administer(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${new URL(url).pathname.slice(1)}'`,
      );
      // at most one request finds a connection that has just died; the page sends it again with the same id
      const sent = await citizen.say('老板拖欠工资怎么办', 'sent-again');
      const accepted = sent.status === 202 ? sent : await citizen.say('老板拖欠工资怎么办', 'sent-again');
      expect(accepted.status).toBe(202);
      expect((await citizen.answerAfter(accepted.body.message.id)).body).toMatchObject({ type: 'answer' });
    });

    it('says that it is not ready while the database is away, and what works all the same', async () => {
      const cluster = await postgresCluster();
      const url = await cluster.createDatabase();
      const name = new URL(url).pathname.slice(1);
      const server = await serverOn(url);
      expect((await server.citizen().send('GET', '/readyz')).body).toEqual({
        ready: true,
        database: true,
        consultation: true,
        channels: [],
      });
      await cluster.administer(`drop database ${name} with (force)`);
      const away = await server.citizen().send('GET', '/readyz');
      expect(away.status).toBe(503);
      expect(away.body).toEqual({ ready: false, database: false, consultation: true, channels: [] });
      expect((await server.citizen().send('GET', '/healthz')).status).toBe(200);
    });

    it('lets two processes start at once on an empty database, and makes one first account', async () => {
      const url = await (await postgresCluster()).createDatabase();
      const said: string[] = [];
      const start = (data: string) =>
        serve({ ...readConfig({ BAIMI_PORT: '0', BAIMI_DATA: data, BAIMI_LOG_LEVEL: 'silent' }), database: { url }, indexFolder }, (line) =>
          said.push(line),
        );
      const running = await Promise.all([start(newFolder()), start(newFolder())]);
      await Promise.all(running.map((one) => one.stop()));
      expect(said.filter((line) => line.includes('一次性密码'))).toHaveLength(1);
    });

    it('is used by the command line too', async () => {
      const url = await (await postgresCluster()).createDatabase();
      const out = await new Promise<string>((resolve, reject) => {
        execFile(
          process.execPath,
          ['--import', 'tsx', join(packageRoot(), 'src', 'cli.ts'), 'user', 'add', 'wang.li', '王律师', '--json'],
          { cwd: packageRoot(), env: { ...process.env, DATABASE_URL: url, BAIMI_DATA: newFolder() } },
          (error, text) => {
            if (error) reject(new Error(error.message));
            else resolve(text);
          },
        );
      });
      expect(JSON.parse(out)).toMatchObject({ login: 'wang.li' });
      const db = await openDatabase({ url });
      expect(await db.selectFrom('staff').select('login').execute()).toEqual([{ login: 'wang.li' }]);
      await db.destroy();
    });
  },
);
