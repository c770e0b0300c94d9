import { randomUUID } from 'node:crypto';
import { ROLE_NAMES, ROLES, type Role } from '../../domain/access.js';
import type { AuditAction, AuditDetail } from '../../domain/audit.js';
import { BaimiError } from '../../domain/errors.js';
import { hashPassword, oneTimePassword } from './passwords.js';
import type { StaffMember, StoredTicket } from '../ports.js';
import { moveTicket } from '../tickets.js';
import {
  ACCOUNTS_A_PAGE,
  NO_SECOND_FACTOR,
  type AccountAdministration,
  type AccountStore,
  type AccountWork,
  type StaffChange,
} from './ports.js';

const LOGIN = /^[a-z0-9][a-z0-9._-]{1,31}$/;
const RELEASED = '原来的律师不再办理，你的工单已经放回队列，会有别的律师接着办。';

/**
 * Who may do what at the desk. Everything here follows one another, so that the last administrator cannot be lost by two at once.
 * @param onMove told after each ticket that was put back into the queue
 */
export function createAccountAdministration(
  store: AccountStore,
  now: () => number,
  onMove: (ticket: StoredTicket) => void,
): AccountAdministration {
  const work = <T>(then: (stores: AccountWork) => Promise<T>): Promise<T> => store.work('accounts', then);
  const record = (stores: AccountWork, by: string | null, action: AuditAction, staffId: string, detail: AuditDetail = {}): Promise<void> =>
    stores.audit.append(
      { staffId: by, action, subject: `staff:${staffId}`, detail: { ...detail, ...(by === null ? { by: 'command-line' } : {}) } },
      now(),
    );
  const member = async (stores: AccountWork, staffId: string): Promise<StaffMember> => {
    const staff = await stores.byId(staffId);
    if (!staff) throw new BaimiError('not-found', '没有这个账号。请刷新列表再看。');
    return staff;
  };
  const notTheLastAdmin = async (stores: AccountWork, staffId: string): Promise<void> => {
    const admins = await stores.activeWith('admin');
    if (admins.includes(staffId) && admins.length === 1) {
      throw new BaimiError('conflict', '这是最后一个能用的管理员账号，不能停用，也不能去掉管理员角色。请先让另一位同事当管理员。');
    }
  };
  const reachOf = async (stores: AccountWork, servicePoint: string | null): Promise<string> => {
    if (servicePoint === null) return '/';
    const path = await stores.pathOf(servicePoint);
    if (path === null) throw new BaimiError('bad-request', '没有这个服务点代码，或者它已经停用。请在“服务点”里查对，留空就是整个单位。');
    return path;
  };

  return {
    async list(filter) {
      const { lines, total } = await store.list(filter, now(), ACCOUNTS_A_PAGE + 1);
      const page = lines.slice(0, ACCOUNTS_A_PAGE);
      return { lines: page, total, next: lines.length > page.length ? (page.at(-1)?.login ?? null) : null };
    },
    async line(staffId) {
      const line = await store.line(staffId, now());
      if (!line) throw new BaimiError('not-found', '没有这个账号。请刷新列表再看。');
      return line;
    },
    idOf: (login) =>
      work(async (stores) => {
        const staff = await stores.byLogin(login);
        if (!staff) throw new BaimiError('not-found', `没有登录名为 ${login} 的账号。用 baimi user list 看有哪些账号。`);
        return staff.id;
      }),
    async add(by, { login, name, roles, servicePoint, skills, phone }) {
      if (!LOGIN.test(login)) {
        throw new BaimiError('bad-request', '登录名要用 2–32 个小写字母、数字或 . _ -，以字母或数字开头。例如 wang.li');
      }
      if (name.trim() === '') throw new BaimiError('bad-request', '姓名不能为空。群众会看到这个名字。');
      checkRoles(roles);
      const password = oneTimePassword();
      const passwordHash = await hashPassword(password);
      const id = randomUUID();
      await work(async (stores) => {
        const reach = await reachOf(stores, servicePoint);
        const staff = { id, login, name: name.trim(), passwordHash, mustChangePassword: true, roles, servicePoint, reach, skills, phone };
        if (!(await stores.add(staff, now())))
          throw new BaimiError('conflict', `登录名 ${login} 已经有人用了。请换一个，或者重设它的密码。`);
        await record(stores, by, 'account-add', id, { roles, servicePoint });
      });
      return { id, password };
    },
    change: (by, staffId, { name, roles, servicePoint, skills, phone }) =>
      work(async (stores) => {
        const before = await member(stores, staffId);
        if (name?.trim() === '') throw new BaimiError('bad-request', '姓名不能为空。群众会看到这个名字。');
        if (roles !== undefined) {
          checkRoles(roles);
          if (!roles.includes('admin')) await notTheLastAdmin(stores, staffId);
        }
        const change: StaffChange = {
          ...(name === undefined ? {} : { name: name.trim() }),
          ...(roles === undefined ? {} : { roles }),
          ...(servicePoint === undefined ? {} : { servicePoint, reach: await reachOf(stores, servicePoint) }),
          ...(skills === undefined ? {} : { skills }),
          ...(phone === undefined ? {} : { phone }),
        };
        await stores.change(staffId, change);
        await record(stores, by, 'account-change', staffId, {
          fields: Object.keys(change).filter((field) => field !== 'reach'),
          ...(roles === undefined ? {} : { rolesBefore: before.roles, roles }),
          ...(servicePoint === undefined ? {} : { servicePoint }),
        });
      }),
    async block(by, staffId) {
      const released = await work(async (stores) => {
        await member(stores, staffId);
        await notTheLastAdmin(stores, staffId);
        const at = now();
        await stores.change(staffId, { blockedAt: at });
        const sessions = await stores.endSessions(staffId, 'all');
        const tickets: StoredTicket[] = [];
        for (const number of await stores.ticketsHeldBy(staffId)) {
          const moved = await moveTicket(stores, number, { type: 'release', by: staffId }, by, at);
          if (!moved.ok) continue;
          await stores.thread.send(moved.ticket.conversationId, 'system', null, { type: 'event', event: 'released', text: RELEASED }, at);
          tickets.push(moved.ticket);
        }
        await record(stores, by, 'account-block', staffId, { sessions, released: tickets.map(({ number }) => number) });
        return tickets;
      });
      released.forEach(onMove);
      return released.map(({ number }) => number);
    },
    unblock: (by, staffId) =>
      work(async (stores) => {
        await member(stores, staffId);
        await stores.change(staffId, { blockedAt: null });
        await record(stores, by, 'account-unblock', staffId);
      }),
    unlock: (by, staffId) =>
      work(async (stores) => {
        const { login } = await member(stores, staffId);
        await stores.forgetFailures({ login });
        await record(stores, by, 'account-unlock', staffId);
      }),
    async resetPassword(by, staffId) {
      const password = oneTimePassword();
      const passwordHash = await hashPassword(password);
      await work(async (stores) => {
        const { login } = await member(stores, staffId);
        await stores.change(staffId, { passwordHash, mustChangePassword: true });
        await stores.endSessions(staffId, 'all');
        await stores.forgetFailures({ login });
        await record(stores, by, 'account-reset', staffId);
      });
      return password;
    },
    resetTotp: (by, staffId) =>
      work(async (stores) => {
        await member(stores, staffId);
        await stores.setSecondFactor(staffId, NO_SECOND_FACTOR);
        await stores.endSessions(staffId, 'all');
        await record(stores, by, 'totp-off', staffId);
      }),
    endSessions: (by, staffId) =>
      work(async (stores) => {
        await member(stores, staffId);
        const ended = await stores.endSessions(staffId, 'all');
        await record(stores, by, 'session-end', staffId, { ended });
        return ended;
      }),
  };
}

function checkRoles(roles: readonly Role[]): void {
  if (roles.length > 0 && roles.every((role) => ROLES.includes(role))) return;
  throw new BaimiError('bad-request', `至少要有一个角色：${ROLES.map((role) => `${ROLE_NAMES[role]}（${role}）`).join('、')}。`);
}
