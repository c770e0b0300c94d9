import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { packageRoot } from '../../../src/config.js';
import { BaimiError } from '../../../src/domain/errors.js';
import { percentile, rounded } from '../../measures.js';
import { startOnce, type Start } from './start-once.js';

const PUPPET = 'wechaty-puppet-mock';
const atLeastOne = (text: string): number => Math.max(1, Math.floor(Number(text)) || 1);

await new Command('bench-wechat-group')
  .description('微信群关着、开着，启动要多久，占多少内存；对着编译好的程序量，每种跑几次，取中位数')
  .option('--runs <数>', '每种跑几次', atLeastOne, 5)
  .helpOption('-h, --help', '显示用法')
  .action(async ({ runs }: { runs: number }) => {
    if (!existsSync('/proc/self/status')) throw new BaimiError('unavailable', '内存和处理器的用量读自 /proc。怎么改：在 Linux 上量');
    const entry = join(packageRoot(), 'dist', 'src', 'main.js');
    if (!existsSync(entry)) throw new BaimiError('unavailable', '还没有编译。怎么改：先运行 npm run build');
    if (!installed(PUPPET)) throw new BaimiError('unavailable', `没有安装 ${PUPPET}。怎么改：运行 npm install --include=optional`);
    const starts: Record<'off' | 'on', Start[]> = { off: [], on: [] };
    // by turns, so that what else the machine does falls on both
    for (let run = 0; run < runs; run++) {
      starts.off.push(await startOnce(entry, {}));
      starts.on.push(await startOnce(entry, { BAIMI_WECHAT_GROUP_PUPPET: PUPPET }));
      process.stderr.write(`${String(run + 1)}/${String(runs)}\n`);
    }
    const about = { node: process.version, processors: availableParallelism(), load: loadavg()[0], runs };
    process.stdout.write(`${JSON.stringify({ ...about, off: medians(starts.off), on: medians(starts.on) }, null, 1)}\n`);
  })
  .parseAsync()
  .catch((error: unknown) => {
    if (!(error instanceof BaimiError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });

function installed(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** Of each measure; null where there is none. */
function medians(starts: readonly Start[]): Readonly<Record<keyof Start, number | null>> {
  const of = (name: keyof Start): number | null => {
    const values = starts.flatMap((start) => start[name] ?? []);
    return values.length === 0 ? null : rounded(percentile(values, 0.5), 2);
  };
  return {
    readySeconds: of('readySeconds'),
    memoryMiB: of('memoryMiB'),
    childReadySeconds: of('childReadySeconds'),
    childMemoryMiB: of('childMemoryMiB'),
  };
}
