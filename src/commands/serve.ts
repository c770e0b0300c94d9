import { Command } from 'commander';

/** `baimi serve`: the same as `npm start`. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('启动网页和律师工作台（端口、目录等用环境变量 BAIMI_* 设置，见 README）')
    .helpOption('-h, --help', '显示用法')
    .action(async () => {
      await import('../main.js');
    });
}
