import { Command } from 'commander';
import { openDatabase } from '../adapters/database/open-database.js';
import { createStaffStore } from '../adapters/database/staff-store.js';
import { createTelegramStore } from '../adapters/database/telegram-store.js';
import { LINK_CODE_MINUTES, makeLinkCode } from '../adapters/telegram/link-staff.js';
import { readConfig } from '../config.js';
import { BaimiError } from '../domain/errors.js';
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
    )
    .addCommand(
      new Command('telegram')
        .description('绑定律师的 Telegram：显示一次性的码，律师私聊机器人发 /link 码')
        .argument('<登录名>')
        .option('--remove', '解除绑定')
        .option(...json)
        .helpOption('-h, --help', '显示用法')
        .action(linkTelegram),
    );
}

async function linkTelegram(login: string, options: Options & { readonly remove?: boolean }): Promise<void> {
  await withStaff(async (store, db) => {
    const staff = await store.byLogin(login);
    if (!staff) throw new BaimiError('not-found', `没有登录名为 ${login} 的账号。用 baimi user list 看有哪些账号。`);
    const links = createTelegramStore(db);
    if (options.remove === true) {
      const removed = await links.unlink(staff.id);
      if (options.json === true) printJson({ login, removed });
      else print(removed ? `已解除账号 ${login} 和 Telegram 的绑定` : `账号 ${login} 没有绑定 Telegram`);
      return;
    }
    const code = await makeLinkCode(links, staff.id, Date.now());
    if (options.json === true) printJson({ login, linkCode: code, validMinutes: LINK_CODE_MINUTES });
    else print(`请${staff.name}在 ${String(LINK_CODE_MINUTES)} 分钟之内私聊机器人，发送：/link ${code}（只能用一次）`);
  });
}

async function withStaff(work: (store: StaffStore, db: Awaited<ReturnType<typeof openDatabase>>) => Promise<void>): Promise<void> {
  const db = await openDatabase(readConfig(process.env).databaseFile);
  try {
    await work(createStaffStore(db), db);
  } finally {
    await db.destroy();
  }
}
