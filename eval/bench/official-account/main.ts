import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { openDatabase } from '../../../src/adapters/database/open-database.js';
import { readPack } from '../../../src/adapters/files/read-pack.js';
import { packageRoot, readConfig } from '../../../src/config.js';
import { fuzz } from './fuzz.js';
import { load, storm, type LoadRow } from './load.js';
import type { Target } from './malformed-pushes.js';

const TARGET: Target = { token: 'benchtoken', appId: 'wx0123456789abcdef', aesKey: 'kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR' };
const LEVELS = [1, 4, 16, 32, 64, 128];
const P99_MS = 500;

const positive = (text: string): number => Math.max(1, Math.floor(Number(text)));

const program = new Command('bench-official-account')
  .description('公众号：压力、重试风暴、畸形请求，对着完整的程序量')
  .helpOption('-h, --help', '显示用法')
  .helpCommand(false);
program
  .command('load')
  .description('每秒多少条（p99 < 500 毫秒），和空的 express 路由、只存一行就应答的路由比')
  .option('--seconds <数>', '每一级跑几秒', positive, 6)
  .action(async ({ seconds }: { seconds: number }) => {
    const ours = await withServer('src/main.ts', (address) => levels(address, seconds));
    const bare = await withServer('eval/bench/official-account/bare.ts', (address) => levels(address, seconds));
    const committing = await withServer('eval/bench/official-account/committing.ts', (address) => levels(address, seconds));
    const best = { ours: bestRate(ours.rows), bare: bestRate(bare.rows), committing: bestRate(committing.rows) };
    const ratio = (other: number): number => Number((best.ours / (other || 1)).toFixed(3));
    print({
      ...about(),
      ours: ours.rows,
      bare: bare.rows,
      committing: committing.rows,
      perSecond: best,
      ratioToBare: ratio(best.bare),
      ratioToCommitting: ratio(best.committing),
    });
  });
program
  .command('storm')
  .description('每条消息来三次：存了几条，答了几条')
  .option('--messages <数>', '', positive, 5000)
  .action(async ({ messages }: { messages: number }) => {
    const { rows, data } = await withServer('src/main.ts', (address) => storm(address, TARGET, questions(), messages));
    print({ ...about(), ...rows, ...data });
  });
program
  .command('fuzz')
  .description('畸形请求')
  .option('--count <数>', '', positive, 200_000)
  .option('--seed <数>', '', positive, 1)
  .action(async ({ count, seed }: { count: number; seed: number }) => {
    const { rows, crashed } = await withServer('src/main.ts', (address) => fuzz({ ...TARGET, address, count, seed }));
    print({ ...about(), ...rows, crashed });
  });

function about(): object {
  return { node: process.version, processors: availableParallelism(), load: loadavg()[0] };
}

/** What people ask, as the pack's matters have it; each a whole question, so that it is answered at once. */
function questions(): string[] {
  return readPack(readConfig(process.env).knowledgeFolder).matters.flatMap(({ asks }) =>
    asks.map((ask) => `${ask.replace(/[？?]$/, '')}？`),
  );
}

async function levels(address: string, seconds: number): Promise<LoadRow[]> {
  const asked = questions();
  await load(address, TARGET, asked, 4, 2);
  const rows: LoadRow[] = [];
  for (const atOnce of LEVELS) rows.push(await load(address, TARGET, asked, atOnce, seconds));
  return rows;
}

const bestRate = (rows: readonly LoadRow[]): number =>
  Math.max(0, ...rows.filter(({ p99, broken }) => p99 < P99_MS && broken === 0).map(({ perSecond }) => perSecond));

interface Stored {
  readonly stored: number;
  readonly duplicates: number;
  readonly answeredTwice: number;
  readonly unansweredInStore: number;
}

/** A process of its own, with a database of its own. */
async function withServer<T>(
  file: string,
  work: (address: string) => Promise<T>,
): Promise<{ rows: T; data: Stored | null; crashed: boolean }> {
  const folder = mkdtempSync(join(tmpdir(), 'baimi-bench-'));
  const child = spawn(process.execPath, ['--import', 'tsx', join(packageRoot(), file)], {
    env: {
      ...process.env,
      BAIMI_DATA: folder,
      BAIMI_PORT: '0',
      BAIMI_LOG_LEVEL: 'silent',
      BAIMI_OFFICIAL_ACCOUNT_TOKEN: TARGET.token,
      BAIMI_OFFICIAL_ACCOUNT_APP_ID: TARGET.appId,
      BAIMI_OFFICIAL_ACCOUNT_AES_KEY: TARGET.aesKey,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  try {
    const rows = await work(`${await addressOf(child)}wechat`);
    const crashed = ended;
    await end(child);
    return { rows, data: file === 'src/main.ts' ? await stored(join(folder, 'baimi.db')) : null, crashed };
  } finally {
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      const address = /http:\/\/localhost:\d+\//.exec(chunk.toString())?.[0];
      if (address !== undefined) resolve(address.replace('localhost', '127.0.0.1'));
    });
    child.once('exit', (code) => {
      reject(new Error(`the server ended with ${String(code)}`));
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** What the database says after the process has ended. */
async function stored(file: string): Promise<Stored> {
  const db = await openDatabase(file);
  try {
    const inbox = await db.selectFrom('inbox').select(['external_key', 'message_id', 'state']).execute();
    const answers = await db.selectFrom('outbox').select('in_reply_to').where('in_reply_to', 'is not', null).execute();
    const answered = new Set(answers.map(({ in_reply_to }) => in_reply_to));
    return {
      stored: inbox.length,
      duplicates: inbox.length - new Set(inbox.map(({ external_key }) => external_key)).size,
      answeredTwice: answers.length - answered.size,
      unansweredInStore: inbox.filter(({ state }) => state !== 'done').length,
    };
  } finally {
    await db.destroy();
  }
}

function print(outcome: object): void {
  process.stdout.write(`${JSON.stringify(outcome, null, 1)}\n`);
}

await program.parseAsync();
