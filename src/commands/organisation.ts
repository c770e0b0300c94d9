import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { createAuditStore } from '../adapters/database/audit-store.js';
import { openDatabase } from '../adapters/database/open-database.js';
import { createOrganisationStore } from '../adapters/database/organisation-store.js';
import { readTable } from '../adapters/files/organisation/read-table.js';
import { readConfig } from '../config.js';
import { BaimiError } from '../domain/errors.js';
import { createAudit } from '../handoff/audit/create-audit.js';
import { applyImport, type NewAccount } from '../handoff/organisation/apply-import.js';
import { planImport, type ImportPlan, type Planned } from '../handoff/organisation/plan-import.js';
import type { Table, TableProblem } from '../handoff/organisation/ports.js';
import { note, print, printJson, progress } from './output.js';

/** Names under which the two tables are looked for in a folder. */
const POINT_FILES = ['服务点.csv', 'service-points.csv', 'points.csv'];
const STAFF_FILES = ['人员.csv', 'staff.csv'];
/** Changes that are listed one by one; of more, the first. */
const MOST_LISTED = 20;

interface Options {
  readonly points?: string;
  readonly staff?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `baimi organisation …`: service points and staff. */
export function organisationCommand(): Command {
  return new Command('organisation')
    .description('服务点和人员')
    .helpOption('-h, --help', '显示用法')
    .helpCommand(false)
    .addCommand(
      new Command('import')
        .description('从 CSV 收进服务点和人员；有一行不对就什么也不收，逐行说明')
        .argument('[目录]', `里面放 ${POINT_FILES[0] ?? ''} 和 ${STAFF_FILES[0] ?? ''}`)
        .option('--points <文件>', '服务点的表：代码,名称,层级,上级代码,地址,电话,纬度,经度,开放时间')
        .option('--staff <文件>', '人员的表：登录名,姓名,角色,服务点代码,擅长,电话')
        .option('--dry-run', '只看会改什么，不存')
        .option('--json', '输出 JSON')
        .helpOption('-h, --help', '显示用法')
        .action(importTables),
    );
}

async function importTables(folder: string | undefined, options: Options): Promise<void> {
  const files = filesOf(folder, options);
  const tables = { points: await tableOf(files.points), staff: await tableOf(files.staff) };
  const config = readConfig(process.env);
  const db = await openDatabase(config.database);
  try {
    const store = createOrganisationStore(db);
    const planned = await planImport(store, tables);
    if (!planned.ok) {
      report(planned.problems, options);
      return;
    }
    const { plan } = planned;
    if (options.dryRun === true) {
      if (options.json === true) printJson({ dryRun: true, ...counted(plan) });
      else {
        describe(plan);
        print('这是预演，什么也没有存。去掉 --dry-run 就正式收进来。');
      }
      return;
    }
    const passwordFile = join(config.dataFolder, `一次性密码-${new Date().toISOString().slice(0, 19).replace(/\D/g, '')}.csv`);
    const accounts = await applyImport(store, plan, {
      now: () => Date.now(),
      onProgress: progress('算密码'),
      keep: (added) => keepPasswords(passwordFile, added),
    }).catch(async (error: unknown) => {
      await rm(passwordFile, { force: true });
      throw error;
    });
    await createAudit(createAuditStore(db), () => Date.now()).record({
      staffId: null,
      action: 'organisation-change',
      subject: 'organisation',
      detail: auditDetail(plan),
    });
    const file = accounts.length === 0 ? null : passwordFile;
    if (options.json === true) printJson({ dryRun: false, ...counted(plan), passwordFile: file });
    else {
      describe(plan);
      if (file !== null) {
        print(`${String(accounts.length)} 个新账号的一次性密码在 ${file}（只有您能读）。发给本人以后请删掉这个文件。`);
      }
    }
  } finally {
    await db.destroy();
  }
}

function filesOf(folder: string | undefined, options: Options): { readonly points: string | null; readonly staff: string | null } {
  const inFolder = (names: readonly string[]): string | null =>
    folder === undefined ? null : (names.map((name) => join(folder, name)).find((file) => existsSync(file)) ?? null);
  const files = { points: options.points ?? inFolder(POINT_FILES), staff: options.staff ?? inFolder(STAFF_FILES) };
  if (files.points !== null || files.staff !== null) return files;
  throw new BaimiError(
    'bad-request',
    folder === undefined
      ? '没有说收哪张表。怎么改：写目录，或者写 --points 文件、--staff 文件'
      : `${folder} 里没有 ${POINT_FILES.join('、')}，也没有 ${STAFF_FILES.join('、')}。怎么改：把表放进去，或者用 --points、--staff 写明文件`,
  );
}

async function tableOf(file: string | null): Promise<Table | undefined> {
  if (file === null) return undefined;
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new BaimiError('bad-request', `读不了 ${file}。怎么改：核对文件名和权限`, { cause: error });
  });
  return readTable(bytes, basename(file));
}

/** Readable by whoever runs the command only; never over another file. */
async function keepPasswords(file: string, accounts: readonly NewAccount[]): Promise<void> {
  const lines = [
    '登录名,姓名,一次性密码',
    ...accounts.map(({ login, name, password }) => `${login},"${name.replaceAll('"', '""')}",${password}`),
  ];
  await writeFile(file, `\ufeff${lines.join('\r\n')}\r\n`, { mode: 0o600, flag: 'wx' });
}

function report(problems: readonly TableProblem[], { json }: Options): void {
  process.exitCode = 1;
  if (json === true) {
    printJson({ problems });
    return;
  }
  for (const { table, line, text } of problems) note(`${table}${line === null ? '' : ` 第 ${String(line)} 行`}：${text}`);
  note(`一共 ${String(problems.length)} 处要改，什么也没有收进来。`);
}

const counts = ({ added, changed, deactivated, unchanged }: Planned): Record<string, number> => ({
  added: added.length,
  changed: changed.length,
  deactivated: deactivated.length,
  unchanged,
});

function counted({ points, staff }: ImportPlan): Record<string, unknown> {
  return {
    points: points && { ...counts(points), moved: points.changes.moved.length },
    staff: staff && { ...counts(staff), notNamed: staff.notNamed },
  };
}

function auditDetail({ points, staff }: ImportPlan): Record<string, number> {
  const named = (what: string, planned: Planned | null): [string, number][] =>
    planned === null ? [] : Object.entries(counts(planned)).map(([key, count]) => [`${what}-${key}`, count]);
  return Object.fromEntries([...named('points', points), ...named('staff', staff)]);
}

function describe({ points, staff }: ImportPlan): void {
  if (points)
    describeOne('服务点', points, points.changes.moved.length > 0 ? `，其中 ${String(points.changes.moved.length)} 个换了上级路径` : '');
  if (staff) describeOne('人员', staff, staff.notNamed > 0 ? `；表里没有的 ${String(staff.notNamed)} 个账号保持原样` : '');
}

function describeOne(what: string, planned: Planned, more: string): void {
  const { added, changed, deactivated, unchanged } = planned;
  print(
    `${what}：新增 ${String(added.length)}，修改 ${String(changed.length)}，停用 ${String(deactivated.length)}，不变 ${String(unchanged)}${more}`,
  );
  for (const [verb, list] of [
    ['新增', added],
    ['修改', changed],
    ['停用', deactivated],
  ] as const) {
    for (const { id, name, fields } of list.slice(0, MOST_LISTED)) {
      print(`  ${verb} ${id} ${name}${fields.length === 0 ? '' : `（${fields.join('、')}）`}`);
    }
    if (list.length > MOST_LISTED) print(`  ${verb}……还有 ${String(list.length - MOST_LISTED)} 个`);
  }
}
