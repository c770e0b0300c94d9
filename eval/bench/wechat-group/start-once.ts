import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** One start of the product. Memory is what is resident, in MiB, once the process has come to rest. */
export interface Start {
  /** From the beginning of the process until it says that it serves. */
  readonly readySeconds: number;
  readonly memoryMiB: number;
  /** The puppet's own process: from its beginning until it has come to rest; null: there is none. */
  readonly childReadySeconds: number | null;
  readonly childMemoryMiB: number | null;
}

const LOOK_EVERY_MS = 100;
/** Whoever works less than this for so long is at rest. */
const AT_REST_MS = 1500;
const AT_REST_CPU_MS = 40;
const LONGEST_MS = 60_000;

/**
 * Starts the product in a process of its own with an empty data folder, waits until it rests, and ends it.
 * @param entry the built main file
 */
export async function startOnce(entry: string, environment: Readonly<Record<string, string>>): Promise<Start> {
  const folder = mkdtempSync(join(tmpdir(), 'baimi-bench-'));
  const data = join(folder, 'data');
  // the search index of a first start is built; what is measured is every later one
  await run(entry, { ...environment, BAIMI_DATA: data }, () => Promise.resolve());
  try {
    return await run(entry, { ...environment, BAIMI_DATA: data }, measure);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Running {
  readonly pid: number;
  readonly begunAt: number;
  readonly readyAt: number;
  /** The puppet's process, as soon as the log tells of it. */
  readonly child: () => { readonly pid: number; readonly begunAt: number } | null;
}

async function measure({ pid, begunAt, readyAt, child }: Running): Promise<Start> {
  // the log and the line for the person come by different ways
  await pause(LOOK_EVERY_MS);
  const puppet = child();
  const [, restedAt] = await Promise.all([atRest(pid), puppet && atRest(puppet.pid)]);
  return {
    readySeconds: (readyAt - begunAt) / 1000,
    memoryMiB: residentMiB(pid),
    childReadySeconds: puppet && restedAt !== null ? (restedAt - puppet.begunAt) / 1000 : null,
    childMemoryMiB: puppet && residentMiB(puppet.pid),
  };
}

async function run<T>(entry: string, environment: Readonly<Record<string, string>>, work: (running: Running) => Promise<T>): Promise<T> {
  const begunAt = performance.now();
  const started = spawn(process.execPath, [entry], {
    env: { PATH: process.env['PATH'], BAIMI_PORT: '0', BAIMI_LOG_LEVEL: 'info', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let puppet: { readonly pid: number; readonly begunAt: number } | null = null;
  try {
    const readyAt = await new Promise<number>((resolve, reject) => {
      started.once('exit', (code) => {
        reject(new Error(`the product ended with ${String(code)}`));
      });
      started.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes('百米问法已启动')) resolve(performance.now());
      });
      // the log
      started.stderr.setEncoding('utf8').on('data', (text: string) => {
        const pid = /"event":"started","pid":(\d+)/.exec(text)?.[1];
        if (pid !== undefined) puppet ??= { pid: Number(pid), begunAt: performance.now() };
      });
    });
    return await work({ pid: started.pid ?? 0, begunAt, readyAt, child: () => puppet });
  } finally {
    await end(started);
  }
}

/** Resolves to the time from which on a process did next to nothing. */
async function atRest(pid: number): Promise<number> {
  const begun = performance.now();
  let since = begun;
  let before = processorMs(pid);
  while (performance.now() - since < AT_REST_MS && performance.now() - begun < LONGEST_MS) {
    await pause(LOOK_EVERY_MS);
    const now = processorMs(pid);
    if (now - before > AT_REST_CPU_MS) {
      before = now;
      since = performance.now();
    }
  }
  return since;
}

const residentMiB = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]) / 1024;

function processorMs(pid: number): number {
  const [, rest = ''] = readFileSync(`/proc/${String(pid)}/stat`, 'utf8').split(') ');
  const fields = rest.split(' ');
  // hundredths of a second in user and system mode
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
