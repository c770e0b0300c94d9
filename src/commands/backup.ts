import { Command } from 'commander';
import { readConfig } from '../config.js';
import { makeBackup } from '../make-backup.js';
import { restoreBackup } from '../restore-backup.js';
import { print, printJson, progress } from './output.js';

/** `baimi backup`: everything that could not be made anew, in one file, while the service runs. */
export function backupCommand(): Command {
  return new Command('backup')
    .description('备份数据库、附件和导入的法律原文，写成一个文件；服务不用停')
    .argument('<文件>', '要写的文件，例如 baimi-20261124.tar；不能已经存在')
    .option('--json', '输出 JSON')
    .helpOption('-h, --help', '显示用法')
    .action(async (file: string, { json }: { readonly json?: boolean }) => {
      const onProgress = json === true ? () => undefined : progress('复制数据库');
      const backup = await makeBackup(readConfig(process.env), file, { environment: process.env, onProgress, now: Date.now() });
      if (json === true) printJson(backup);
      else
        print(
          `备份好了，也读了一遍：${backup.file}（${String(backup.bytes)} 字节，数据库之外 ${String(backup.files)} 个文件）。里面有群众的个人信息，请放在安全的地方。`,
        );
    });
}

/** `baimi restore`: puts a backup in the place of the data. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('从备份恢复；要先停掉服务。原来的数据改名留着')
    .argument('<文件>', 'baimi backup 写的文件')
    .option('--force', '已经有数据也恢复')
    .option('--json', '输出 JSON')
    .helpOption('-h, --help', '显示用法')
    .action(async (file: string, { force = false, json }: { readonly force?: boolean; readonly json?: boolean }) => {
      const restored = await restoreBackup(readConfig(process.env), file, { environment: process.env, force, now: Date.now() });
      if (json === true) {
        printJson(restored);
        return;
      }
      print(`恢复好了：${restored.madeAt} 的备份，数据库之外 ${String(restored.files)} 个文件。现在可以启动服务。`);
      for (const kept of restored.kept) print(`原来的数据留在：${kept}`);
    });
}
