import { Command, Option } from 'commander';
import { createAccountStore } from '../adapters/database/account-store.js';
import { openDatabase } from '../adapters/database/open-database.js';
import { createStaffStore } from '../adapters/database/staff-store.js';
import { createTelegramStore } from '../adapters/database/telegram-store.js';
import { LINK_CODE_MINUTES, makeLinkCode } from '../adapters/telegram/link-staff.js';
import { readConfig } from '../config.js';
import { ROLE_NAMES, ROLES, type Role } from '../domain/access.js';
import { BaimiError } from '../domain/errors.js';
import { createAccountAdministration } from '../handoff/accounts/administer-accounts.js';
import type { AccountAdministration } from '../handoff/accounts/ports.js';
import type { StaffStore } from '../handoff/ports.js';
import { print, printJson } from './output.js';

interface Options {
  readonly json?: boolean;
}

/** `baimi user …`: accounts of the desk. */
export function userCommand(): Command {
  return new Command('user')
    .description('管理律师工作台的账号')
    .helpOption('-h, --help', '显示用法')
    .helpCommand(false)
    .addCommand(
      command('add', '新建账号，显示一次性密码')
        .argument('<登录名>', '小写字母、数字、. _ -')
        .argument('<姓名>', '群众看到的名字')
        .addOption(
          new Option('--role <role...>', ROLES.map((role) => `${role} ${ROLE_NAMES[role]}`).join('，')).choices(ROLES).default(['lawyer']),
        )
        .option('--point <代码>', '服务点；不写就是整个单位')
        .action(addUser),
    )
    .addCommand(command('list', '列出账号').action(listUsers))
    .addCommand(
      command('reset', '重设密码，显示新的一次性密码，原有登录全部失效')
        .argument('<登录名>')
        .action(
          onAccount(async (administration, id, login) => {
            const oneTimePassword = await administration.resetPassword(null, id);
            return { words: `账号 ${login} 的新一次性密码：${oneTimePassword}，登录后马上修改`, more: { oneTimePassword } };
          }),
        ),
    )
    .addCommand(
      command('block', '停用账号：登录全部失效，手里的工单放回队列')
        .argument('<登录名>')
        .action(
          onAccount(async (administration, id, login) => {
            const released = await administration.block(null, id);
            const tickets = released.length === 0 ? '' : `，放回队列的工单：${released.join('、')}`;
            return { words: `已停用账号 ${login}${tickets}`, more: { released } };
          }),
        ),
    )
    .addCommand(
      command('unblock', '恢复停用的账号')
        .argument('<登录名>')
        .action(
          onAccount(async (administration, id, login) => {
            await administration.unblock(null, id);
            return { words: `已恢复账号 ${login}`, more: {} };
          }),
        ),
    )
    .addCommand(
      command('unlock', '密码错太多被锁定的，现在就解除')
        .argument('<登录名>')
        .action(
          onAccount(async (administration, id, login) => {
            await administration.unlock(null, id);
            return { words: `账号 ${login} 可以登录了`, more: {} };
          }),
        ),
    )
    .addCommand(
      command('reset-totp', '去掉动态码（手机和备用码都丢了的时候）')
        .argument('<登录名>')
        .action(
          onAccount(async (administration, id, login) => {
            await administration.resetTotp(null, id);
            return { words: `账号 ${login} 现在只凭密码登录，请尽快重新设置动态码`, more: {} };
          }),
        ),
    )
    .addCommand(
      command('telegram', '绑定律师的 Telegram：显示一次性的码，律师私聊机器人发 /link 码')
        .argument('<登录名>')
        .option('--remove', '解除绑定')
        .action(linkTelegram),
    );
}

function command(name: string, description: string): Command {
  return new Command(name).description(description).option('--json', '输出 JSON').helpOption('-h, --help', '显示用法');
}

async function addUser(
  login: string,
  name: string,
  options: Options & { readonly role: readonly Role[]; readonly point?: string },
): Promise<void> {
  await withAccounts(async ({ administration }) => {
    const account = { login, name, roles: options.role, servicePoint: options.point ?? null, skills: [], phone: '' };
    const { password } = await administration.add(null, account);
    if (options.json === true) printJson({ login, name, roles: options.role, oneTimePassword: password });
    else print(`已建好账号 ${login}（${name}，${rolesText(options.role)}），一次性密码 ${password}，登录后马上修改`);
  });
}

async function listUsers(options: Options): Promise<void> {
  await withAccounts(async ({ staff }) => {
    const users = (await staff.all()).map(({ login, name, roles, mustChangePassword, blockedAt, totpSecret }) => {
      return { login, name, roles, mustChangePassword, blocked: blockedAt !== null, totp: totpSecret !== null };
    });
    if (options.json === true) printJson({ users });
    else {
      for (const { login, name, roles, mustChangePassword, blocked, totp } of users) {
        const marks = [blocked ? '已停用' : '', mustChangePassword ? '还没改一次性密码' : '', totp ? '动态码' : ''].filter(
          (mark) => mark !== '',
        );
        print(`${login}\t${name}\t${rolesText(roles)}${marks.length === 0 ? '' : `\t（${marks.join('，')}）`}`);
      }
    }
  });
}

const rolesText = (roles: readonly Role[]): string => roles.map((role) => ROLE_NAMES[role]).join('、');

/** What is done with the account of a login, and what is said of it. */
function onAccount(
  act: (
    administration: AccountAdministration,
    id: string,
    login: string,
  ) => Promise<{ readonly words: string; readonly more: Readonly<Record<string, unknown>> }>,
): (login: string, options: Options) => Promise<void> {
  return (login, options) =>
    withAccounts(async ({ administration }) => {
      const { words, more } = await act(administration, await administration.idOf(login), login);
      if (options.json === true) printJson({ login, ...more });
      else print(words);
    });
}

async function linkTelegram(login: string, options: Options & { readonly remove?: boolean }): Promise<void> {
  await withAccounts(async ({ staff: store, db }) => {
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

interface Opened {
  readonly db: Awaited<ReturnType<typeof openDatabase>>;
  readonly staff: StaffStore;
  readonly administration: AccountAdministration;
}

async function withAccounts(work: (opened: Opened) => Promise<void>): Promise<void> {
  const db = await openDatabase(readConfig(process.env).database);
  const now = (): number => Date.now();
  try {
    // a running server finds released tickets when it next looks
    const administration = createAccountAdministration(createAccountStore(db), now, () => undefined);
    await work({ db, staff: createStaffStore(db), administration });
  } finally {
    await db.destroy();
  }
}
