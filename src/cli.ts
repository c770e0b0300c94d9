#!/usr/bin/env node
import { Command } from 'commander';
import { askCommand } from './commands/ask.js';
import { auditCommand } from './commands/audit.js';
import { backupCommand, restoreCommand } from './commands/backup.js';
import { evalCommand } from './commands/eval.js';
import { knowledgeCommand } from './commands/knowledge.js';
import { modelCommand } from './commands/model.js';
import { officialAccountCommand, qrCommand } from './commands/official-account.js';
import { reportCommand } from './commands/report.js';
import { organisationCommand } from './commands/organisation.js';
import { retentionCommand } from './commands/retention.js';
import { serveCommand } from './commands/serve.js';
import { userCommand } from './commands/user.js';
import { BaimiError } from './domain/errors.js';

const program = new Command('baimi')
  .description('百米问法：法律咨询助手。在源码目录里用 npm run -s baimi -- <命令>')
  .helpOption('-h, --help', '显示用法')
  .helpCommand('help [命令]', '显示某个命令的用法')
  .showHelpAfterError('（加 --help 看用法）')
  .addCommand(serveCommand())
  .addCommand(askCommand())
  .addCommand(evalCommand())
  .addCommand(knowledgeCommand())
  .addCommand(modelCommand())
  .addCommand(retentionCommand())
  .addCommand(userCommand())
  .addCommand(auditCommand())
  .addCommand(reportCommand())
  .addCommand(backupCommand())
  .addCommand(restoreCommand())
  .addCommand(organisationCommand())
  .addCommand(officialAccountCommand())
  .addCommand(qrCommand());

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof BaimiError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
