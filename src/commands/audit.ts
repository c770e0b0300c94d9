import { Command } from 'commander';
import { createAuditStore } from '../adapters/database/audit-store.js';
import { openDatabase } from '../adapters/database/open-database.js';
import { readConfig } from '../config.js';
import { BaimiError } from '../domain/errors.js';
import { verifyChain, type Anchor, type ChainReport } from '../handoff/audit/verify-chain.js';
import { print, printJson } from './output.js';

interface Options {
  readonly json?: boolean;
  readonly anchor?: string;
}

/** `baimi audit …`: the log of who did what at the desk. */
export function auditCommand(): Command {
  return new Command('audit')
    .description('工作台的操作记录')
    .helpOption('-h, --help', '显示用法')
    .helpCommand(false)
    .addCommand(
      new Command('verify')
        .description('从第一条起逐条核对校验值，有人改过、删过就说出是哪一条')
        .option('--anchor <序号:校验值>', '以前抄下来的最后一条，用来发现结尾被截掉、或者整本重写')
        .option('--json', '输出 JSON')
        .helpOption('-h, --help', '显示用法')
        .action(verify),
    );
}

async function verify(options: Options): Promise<void> {
  const anchor = options.anchor === undefined ? null : anchorOf(options.anchor);
  const db = await openDatabase(readConfig(process.env).database);
  try {
    const report = await verifyChain(createAuditStore(db), anchor);
    if (options.json === true) printJson(report);
    else print(words(report));
    if (!report.ok) process.exitCode = 1;
  } finally {
    await db.destroy();
  }
}

function anchorOf(text: string): Anchor {
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined) {
    throw new BaimiError('bad-request', '--anchor 要写成“序号:校验值”，就是上次核对时显示的那一串。例如 1024:9f…（64 位）');
  }
  return { seq: Number(seq), hash };
}

function words(report: ChainReport): string {
  if (report.ok) {
    if (report.last === null) return '操作记录还是空的。';
    return `共 ${String(report.lines)} 条，一条不缺，没有改过。\n请把这一串抄在别处，下次用 --anchor 核对：${String(report.last.seq)}:${report.last.hash}`;
  }
  const why = {
    changed: '内容和校验值对不上，这一条或者它前面的一条被改过',
    missing: '这一条不见了',
    anchor: '和以前抄下来的校验值不一样，这一条或者它前面的被重写过',
  }[report.why];
  return `前 ${String(report.lines)} 条完好，断在第 ${String(report.brokenAt)} 条：${why}。请用备份对照，查数据库是谁在管。`;
}
