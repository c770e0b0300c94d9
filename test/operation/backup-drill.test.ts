import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { DatabaseSource } from '../../src/adapters/database/open-database.js';
import { onEachDatabase } from '../support/each-database.js';
import { BrowserClient } from '../support/browser-client.js';
import { postgresCluster } from '../support/postgres.js';
import { jsonOf, runCli } from '../support/run-cli.js';
import { NEW_PASSWORD, startServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const QUESTIONS = ['老板拖欠工资怎么办', '你好', '上班受伤了算不算工伤', '房子被征收怎么补偿', '谢谢'];

/** People who go on writing until they are told to stop; what was acknowledged is known. */
function writers(url: string, count: number) {
  const people = Array.from({ length: count }, () => ({ client: new BrowserClient(url), acknowledged: [] as number[] }));
  let stopped = false;
  const writing = people.map(async ({ client, acknowledged }) => {
    for (let sent = 0; !stopped; sent++) {
      const { status, body } = await client.say(QUESTIONS[sent % QUESTIONS.length] ?? '');
      if (status === 202) acknowledged.push(body.message.id);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  });
  return {
    people,
    async until(each: number) {
      while (people.some(({ acknowledged }) => acknowledged.length < each)) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    async stop() {
      stopped = true;
      await Promise.all(writing);
    },
  };
}

/** The same browser, with the cookies that it has, at another address. */
const movedTo = (client: BrowserClient, url: string): BrowserClient => Object.assign(client, { url });

async function destroy(source: DatabaseSource, data: string): Promise<void> {
  rmSync(data, { recursive: true });
  if ('file' in source) return;
  const name = new URL(source.url).pathname.slice(1);
  const { administer } = await postgresCluster();
  await administer(`drop database ${name}`);
  await administer(`create database ${name}`);
}

onEachDatabase(({ name, fresh }) => {
  it('a backup that was made under load brings everything back that was acknowledged before it', { timeout: 120_000 }, async () => {
    const home = join(folder, name);
    const data = join(home, 'data');
    const source = name === 'SQLite' ? { file: join(data, 'baimi.db') } : await fresh();
    const environment: Record<string, string> = { BAIMI_DATA: data, ...('url' in source ? { DATABASE_URL: source.url } : {}) };
    const first = await startServer(home, { database: source });
    const lawyer = await first.lawyer();
    const wang = first.citizen();
    await wang.answerAfter((await wang.findLawyer()).body.message.id);
    const [ticket] = await lawyer.tickets();
    const number = ticket?.number ?? '';
    await lawyer.act(number, 'claim');
    await lawyer.act(number, 'reply', { id: 'reply-0001', text: '请带上工资条来。', ask: true });
    mkdirSync(join(data, 'attachments', 'ab'), { recursive: true });
    writeFileSync(join(data, 'attachments', 'ab', '工资条.jpg'), '一张照片');
    const thread = (await wang.chat()).body;

    const traffic = writers(first.url, 3);
    await traffic.until(5);
    const before = traffic.people.map(({ acknowledged }) => [...acknowledged]);
    const backup = join(folder, `${name}.tar`);
    const made = await runCli(environment, 'backup', backup, '--json');
    expect(made.err).toBe('');
    expect(jsonOf(made)).toMatchObject({ file: backup, database: name.toLowerCase(), files: 1 });
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    await traffic.until(10);
    await traffic.stop();
    await first.stop();

    await destroy(source, data);
    const restored = await runCli(environment, 'restore', backup, '--json');
    expect(restored.err).toBe('');
    expect(jsonOf(restored)).toMatchObject({ files: 1, kept: [] });

    const second = await startServer(home, { database: source });
    try {
      for (const [index, { client }] of traffic.people.entries()) {
        const again = movedTo(client, second.url);
        const messages = (await again.chat()).body.messages;
        const ids = messages.filter(({ author }) => author === 'citizen').map(({ id }) => id);
        expect(ids).toEqual(expect.arrayContaining(before[index] ?? []));
        // what had no answer yet when the backup was made gets one now, and one only
        await again.answerAfter(Math.max(...ids));
        const answered = (await again.chat()).body.messages.filter(({ author }) => author === 'bot');
        expect(answered).toHaveLength(ids.length);
      }
      const wangAgain = movedTo(wang, second.url);
      expect((await wangAgain.chat()).body).toEqual(thread);
      const lawyerAgain = new BrowserClient(second.url);
      expect((await lawyerAgain.signIn('admin', NEW_PASSWORD)).status).toBe(200);
      expect((await lawyerAgain.ticket(number)).body).toMatchObject({ number, state: 'waiting-citizen' });
      expect((await lawyerAgain.act(number, 'reply', { id: 'reply-0002', text: '收到。', ask: false })).status).toBe(200);
      expect(readFileSync(join(data, 'attachments', 'ab', '工资条.jpg'), 'utf8')).toBe('一张照片');
    } finally {
      await second.stop();
    }
  });
});
