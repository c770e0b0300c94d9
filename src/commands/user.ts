import { Command } from 'commander';
import { openDatabase } from '../adapters/database/open-database.js';
import { createStaffStore } from '../adapters/database/staff-store.js';
import { readConfig } from '../config.js';
import { addStaff, resetPassword } from '../handoff/accounts.js';
import type { StaffStore } from '../handoff/ports.js';
import { print, printJson } from './output.js';

interface Options {
  readonly json?: boolean;
}

/** `baimi user …`: accounts of the desk. */
export function userCommand(): Command {
  const json = ['--json', '输出 JSON'] as const;
  return new Command('user')
    .description('管理律师工作台的账号')
    .helpOption('-h, --help', '显示用法')
    .helpCommand(false)
    .addCommand(
      new Command('add')
        .description('新建账号，显示一次性密码')
        .argument('<登录名>', '小写字母、数字、. _ -')
        .argument('<姓名>', '群众看到的名字')
        .option(...json)
        .helpOption('-h, --help', '显示用法')
        .action((login: string, name: string, options: Options) =>
          withStaff(async (store) => {
            const password = await addStaff(store, login, name, Date.now());
            if (options.json === true) printJson({ login, name, oneTimePassword: password });
            else print(`已建好账号 ${login}（${name}），一次性密码 ${password}，登录后马上修改`);
          }),
        ),
    )
    .addCommand(
      new Command('list')
        .description('列出账号')
        .option(...json)
        .helpOption('-h, --help', '显示用法')
        .action((options: Options) =>
          withStaff(async (store) => {
            const users = (await store.all()).map(({ login, name, mustChangePassword }) => ({ login, name, mustChangePassword }));
            if (options.json === true) printJson({ users });
            else for (const user of users) print(`${user.login}\t${user.name}${user.mustChangePassword ? '\t（还没改一次性密码）' : ''}`);
          }),
        ),
    )
    .addCommand(
      new Command('reset')
        .description('重设密码，显示新的一次性密码，原有登录全部失效')
        .argument('<登录名>')
        .option(...json)
        .helpOption('-h, --help', '显示用法')
        .action((login: string, options: Options) =>
          withStaff(async (store) => {
            const password = await resetPassword(store, login);
            if (options.json === true) printJson({ login, oneTimePassword: password });
            else print(`账号 ${login} 的新一次性密码：${password}，登录后马上修改`);
          }),
        ),
    );
}

async function withStaff(work: (store: StaffStore) => Promise<void>): Promise<void> {
  const db = await openDatabase(readConfig(process.env).databaseFile);
  try {
    await work(createStaffStore(db));
  } finally {
    await db.destroy();
  }
}
