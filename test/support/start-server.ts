import { join } from 'node:path';
import { afterAll } from 'vitest';
import { readConfig, type Config } from '../../src/config.js';
import { serve, type Running } from '../../src/serve.js';
import { BrowserClient } from './browser-client.js';
import { temporaryFolder } from './temporary-folder.js';

export interface TestServer extends Running {
  /** One-time password of the first account. */
  readonly firstPassword: string;
  readonly said: readonly string[];
  citizen(): BrowserClient;
  /** Signs in as the first account, with its password changed already. */
  lawyer(): Promise<BrowserClient>;
  restart(): Promise<void>;
}

export const NEW_PASSWORD = 'a-new-password-1';

/**
 * The whole product on a free port, with a database of its own; stopped after the file's tests.
 * @param changes what is configured otherwise
 */
export async function startServer(folder = temporaryFolder(), changes: Partial<Config> = {}): Promise<TestServer> {
  const config = { ...readConfig({ BAIMI_PORT: '0', BAIMI_DATA: join(folder, 'data'), BAIMI_LOG_LEVEL: 'silent' }), ...changes };
  const said: string[] = [];
  const start = (port: number): Promise<Running> =>
    serve({ ...config, port }, (line) => {
      said.push(line);
    });
  let running = await start(0);
  afterAll(() => running.stop());
  const firstPassword = /一次性密码 (\S+)/.exec(said.join('\n'))?.[1] ?? '';
  let changed = false;
  return {
    get url() {
      return running.url;
    },
    stop: () => running.stop(),
    firstPassword,
    said,
    citizen: () => new BrowserClient(running.url),
    async lawyer() {
      const client = new BrowserClient(running.url);
      await client.signIn('admin', changed ? NEW_PASSWORD : firstPassword);
      if (!changed) await client.changePassword(firstPassword, NEW_PASSWORD);
      changed = true;
      return client;
    },
    async restart() {
      const { port } = new URL(running.url);
      await running.stop();
      running = await start(Number(port));
    },
  };
}
