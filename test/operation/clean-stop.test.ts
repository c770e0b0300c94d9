import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { wechatyInstalled } from '../adapters/wechat-group/puppet-driver.js';
import { BrowserClient } from '../support/browser-client.js';
import { NO_POSTGRES, postgresCluster } from '../support/postgres.js';
import { startProcess } from '../support/product-process.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = temporaryFolder();
const wechat = wechatyInstalled();
const WECHAT: Record<string, string> = wechat ? { BAIMI_WECHAT_GROUP_PUPPET: 'wechaty-puppet-mock' } : {};

async function openSocket(url: string, request: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), 'localhost');
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  socket.write(request);
  return socket;
}

/** A connection over which a message comes so slowly that it never ends, and one whose answer nobody reads. */
async function slowClients(url: string): Promise<void> {
  await openSocket(
    url,
    'POST /api/chat/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"id":',
  );
  const deaf = await openSocket(url, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(200));
  deaf.pause();
  await openSocket(url, 'GET /api/chat/events HTTP/1.1\r\nhost: x\r\n\r\n');
}

/** Everything that may be going on at once, then the signal: the process has to end by itself within the test's time. */
async function stopUnderLoad(environment: Readonly<Record<string, string>>, signal: 'SIGTERM' | 'SIGINT'): Promise<void> {
  const product = await startProcess({ ...environment, BAIMI_LOG_LEVEL: 'info' });
  const citizen = new BrowserClient(product.url);
  await citizen.ask('你好');
  const events = citizen.listen('/api/chat/events');
  await events.until((received) => received.length > 0);
  const lawyer = new BrowserClient(product.url);
  await lawyer.signIn('admin', product.firstPassword);
  await lawyer.changePassword(product.firstPassword, 'another-password-1');
  lawyer.listen('/api/desk/events');
  await slowClients(product.url);
  const puppet = Number(/"event":"started","pid":(\d+)/.exec(product.log())?.[1] ?? 0);
  expect(puppet > 0).toBe(wechat && 'BAIMI_WECHAT_GROUP_PUPPET' in environment);

  // pieces of a question, for the rest of which it waits: the turn is under way
  const acknowledged: number[] = [];
  for (const words of ['我在工地上', '昨天摔了']) {
    const { status, body } = await citizen.say(words);
    expect(status).toBe(202);
    acknowledged.push(body.message.id);
  }
  expect(await product.end(signal)).toEqual({ code: 0, signal: null });
  expect(product.log()).toMatch(/"msg":"stopped"/);
  expect(product.log()).not.toMatch(/still open at the end|"level":50/);
  if (puppet > 0) expect(() => process.kill(puppet, 0)).toThrow('ESRCH');

  const again = await startProcess({ ...environment, BAIMI_LOG_LEVEL: 'silent' });
  const same = Object.assign(citizen, { url: again.url });
  await same.answerAfter(Math.max(...acknowledged));
  const { messages } = (await same.chat()).body;
  expect(messages.filter(({ author }) => author === 'citizen').map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
  const after = messages.filter(({ id }) => id >= Math.min(...acknowledged));
  expect(after.filter(({ author }) => author === 'bot')).toHaveLength(1);
  expect(await again.end()).toEqual({ code: 0, signal: null });
}

describe('a process that is asked to end', () => {
  it(
    `ends by itself with code 0 and loses nothing${wechat ? '' : ' (without WeChat: wechaty is not installed)'}`,
    { timeout: 60_000 },
    () => stopUnderLoad({ BAIMI_DATA: join(folder, 'sqlite'), ...WECHAT }, 'SIGTERM'),
  );

  it.skipIf(NO_POSTGRES !== null)(
    `does so on PostgreSQL, at an interrupt from the keyboard${NO_POSTGRES === null ? '' : ` (${NO_POSTGRES})`}`,
    { timeout: 60_000 },
    async () => {
      const url = await (await postgresCluster()).createDatabase();
      await stopUnderLoad({ BAIMI_DATA: join(folder, 'postgres'), DATABASE_URL: url }, 'SIGINT');
    },
  );
});
