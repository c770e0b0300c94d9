import { randomUUID } from 'node:crypto';
import type { Role } from '../domain/access.js';
import { BaimiError } from '../domain/errors.js';
import { hashPassword, oneTimePassword, verifyPassword } from './accounts/passwords.js';
import type { StaffStore } from './ports.js';

export { hashPassword, oneTimePassword, verifyPassword };

/**
 * Adds an account with a one-time password.
 * @returns the password, to be shown once
 * @throws BaimiError `bad-request` for an impossible login, `conflict` where it is taken
 */
export async function addStaff(
  store: StaffStore,
  login: string,
  name: string,
  at: number,
  roles: readonly Role[] = ['lawyer'],
): Promise<string> {
  if (!/^[a-z0-9][a-z0-9._-]{1,31}$/.test(login)) {
    throw new BaimiError('bad-request', '登录名要用 2–32 个小写字母、数字或 . _ -，以字母或数字开头。例如 wang.li');
  }
  if (name.trim() === '') throw new BaimiError('bad-request', '姓名不能为空。群众会看到这个名字。');
  const password = oneTimePassword();
  const added = await store.add(
    { id: randomUUID(), login, name: name.trim(), passwordHash: await hashPassword(password), mustChangePassword: true, roles },
    at,
  );
  if (!added) throw new BaimiError('conflict', `登录名 ${login} 已经有人用了。请换一个，或者用 baimi user reset 重设密码。`);
  return password;
}
