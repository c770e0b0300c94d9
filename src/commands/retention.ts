import { Command } from 'commander';
import { createMessageStore } from '../adapters/database/message-store.js';
import { openDatabase } from '../adapters/database/open-database.js';
import { readConfig } from '../config.js';
import { RETENTION_NAMES, type RetentionDays } from '../messaging/retention/ports.js';
import { openPersonalData } from '../start-personal-data.js';
import { print, printJson } from './output.js';

interface Options {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `baimi retention`: erases what has been kept long enough, as the running service does every hour. */
export function retentionCommand(): Command {
  return new Command('retention')
    .description('删除存满了期限的对话（运行中的服务每小时自己做一遍）；期限在工作台设定')
    .option('--dry-run', '只说会删多少，不删')
    .option('--json', '输出 JSON')
    .helpOption('-h, --help', '显示用法')
    .action(async (options: Options) => {
      const config = readConfig(process.env);
      const db = await openDatabase(config.database);
      try {
        const { retention, retentionStore } = openPersonalData({
          db,
          store: createMessageStore(db),
          attachmentsFolder: config.attachmentsFolder,
          now: () => Date.now(),
          onError: () => undefined,
        });
        const days = await retentionStore.days();
        const { over, asked } = await (options.dryRun === true ? retention.plan() : retention.run());
        if (options.json === true) printJson({ dryRun: options.dryRun === true, days, over: over.length, asked: asked.length });
        else {
          for (const key of Object.keys(RETENTION_NAMES) as (keyof RetentionDays)[]) {
            print(`${RETENTION_NAMES[key]}：${String(days[key])} 天（设定值）`);
          }
          const done = options.dryRun === true ? '会删' : '已删';
          print(`${done}：存满期限的对话 ${String(over.length)} 个，本人要求结案后删的 ${String(asked.length)} 个`);
        }
      } finally {
        await db.destroy();
      }
    });
}
