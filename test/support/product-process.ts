import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { packageRoot } from '../../src/config.js';

const PATIENCE_MS = 20_000;

export interface ProductProcess {
  readonly url: string;
  /** Of the first account. */
  readonly firstPassword: string;
  /** What it has written to standard error so far: its log. */
  log(): string;
  /** Asks it to end, and waits until it has; one that does not is killed, as supervisors of processes do. */
  end(signal?: 'SIGTERM' | 'SIGINT'): Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

/** The product as a process of its own, on a free port; killed where it still runs after the test. */
export async function startProcess(environment: Readonly<Record<string, string>>): Promise<ProductProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(packageRoot(), 'src', 'main.ts')], {
    cwd: packageRoot(),
    env: { ...process.env, BAIMI_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    // by then its output is complete
    child.once('close', (code, signal) => {
      resolve({ code, signal });
    });
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (/群众页面 http\S+/.test(out)) resolve();
    });
    void ended.then(({ code }) => {
      reject(new Error(`it ended with ${String(code)} before it served: ${err}`));
    });
  });
  return {
    url: /群众页面 (http:\/\/[^/\s]+)/.exec(out)?.[1] ?? '',
    firstPassword: /一次性密码 (\S+)/.exec(out)?.[1] ?? '',
    log: () => err,
    end(signal = 'SIGTERM') {
      child.kill(signal);
      const impatient = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      return ended.finally(() => {
        clearTimeout(impatient);
      });
    },
  };
}
