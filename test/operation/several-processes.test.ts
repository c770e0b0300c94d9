import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig, type Config } from '../../src/config.js';
import { serve, type Running } from '../../src/serve.js';
import { BrowserClient } from '../support/browser-client.js';
import { TOKEN, startFakeTelegram } from '../support/fake-telegram.js';
import { NO_POSTGRES, postgresCluster } from '../support/postgres.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const running: Running[] = [];
let folders = 0;
let password = '';

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

async function start(url: string, changes: Partial<Config> = {}): Promise<Running> {
  const config = { ...readConfig({ BAIMI_PORT: '0', BAIMI_DATA: join(folder, String(folders++)), BAIMI_LOG_LEVEL: 'silent' }), ...changes };
  const one = await serve({ ...config, database: { url }, indexFolder: join(folder, 'index') }, (line) => {
    password = /一次性密码 (\S+)/.exec(line)?.[1] ?? password;
  });
  running.push(one);
  return one;
}

async function lawyerAt(url: string): Promise<BrowserClient> {
  const lawyer = new BrowserClient(url);
  await lawyer.signIn('admin', password);
  await lawyer.changePassword(password, 'a-new-password-1');
  return lawyer;
}

const movedTo = (client: BrowserClient, url: string): BrowserClient => Object.assign(client, { url });

describe.skipIf(NO_POSTGRES !== null)(
  `several processes on one PostgreSQL${NO_POSTGRES === null ? '' : ` (${NO_POSTGRES})`}`,
  { timeout: 60_000 },
  () => {
    it('tell one another what changes: a page and a desk at one see what happens at the other', async () => {
      const url = await (await postgresCluster()).createDatabase();
      const [here, there] = [await start(url), await start(url)];
      const lawyer = await lawyerAt(there.url);
      const desk = lawyer.listen('/api/desk/events');
      const citizen = new BrowserClient(here.url);
      await citizen.ask('你好');
      const page = citizen.listen('/api/chat/events');
      await page.until((events) => events.length >= 2);

      const handoff = await movedTo(citizen, there.url).findLawyer();
      await page.until((events) => events.some(({ id }) => Number(id) > handoff.body.message.id));
      await desk.until((events) => events.some(({ event }) => event === 'ticket'));
      const [ticket] = await lawyer.tickets();
      await lawyer.act(ticket?.number ?? '', 'claim');
      await lawyer.act(ticket?.number ?? '', 'reply', { id: 'reply-0001', text: '请带上工资条来。', ask: false });
      await page.until((events) => events.some(({ data }) => JSON.stringify(data).includes('请带上工资条来')));
      for (const stream of [page, desk]) stream.close();
    });

    it('hear also of what happened while their connection was cut', async () => {
      const cluster = await postgresCluster();
      const url = await cluster.createDatabase();
      const [here, there] = [await start(url), await start(url)];
      const citizen = new BrowserClient(here.url);
      await citizen.ask('你好');
      const page = citizen.listen('/api/chat/events');
      await page.until((events) => events.length >= 2);
      await cluster.administer(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${new URL(url).pathname.slice(1)}' and query like 'listen%'`,
      );
      const sent = await movedTo(citizen, there.url).say('谢谢');
      await page.until((events) => events.some(({ id }) => Number(id) > sent.body.message.id));
      page.close();
    });

    it('deliver by a channel that only one of them has what a lawyer writes at another, once', async () => {
      const url = await (await postgresCluster()).createDatabase();
      const fake = await startFakeTelegram();
      const telegram = readConfig({ BAIMI_TELEGRAM_TOKEN: TOKEN, BAIMI_TELEGRAM_API: fake.apiRoot }).telegram;
      await start(url, { telegram });
      const there = await start(url);
      const wang = fake.person('王某');
      await fake.say(wang, '我要找律师');
      const lawyer = await lawyerAt(there.url);
      const desk = lawyer.listen('/api/desk/events');
      await expect.poll(async () => (await lawyer.tickets()).length, { timeout: 15_000 }).toBe(1);
      const [ticket] = await lawyer.tickets();
      await lawyer.act(ticket?.number ?? '', 'claim');
      await lawyer.act(ticket?.number ?? '', 'reply', { id: 'reply-0001', text: '请带上工资条来。', ask: false });
      const told = (): number => fake.said(wang.id).filter(({ text }) => text?.includes('请带上工资条来') === true).length;
      await expect.poll(told, { timeout: 15_000 }).toBe(1);
      desk.close();
      await Promise.all(running.splice(0).map((one) => one.stop()));
      expect(told()).toBe(1);
      await fake.close();
    });
  },
);
