import { createHash, randomBytes, randomInt, randomUUID, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { BaimiError } from '../domain/errors.js';
import type { Accounts, StaffMember, StaffSession, StaffStore } from './ports.js';

const scryptAsync = promisify(scrypt) as (
  password: string,
  salt: Buffer,
  length: number,
  options: { N: number; r: number; p: number; maxmem: number },
) => Promise<Buffer>;

/** Cost of scrypt: about 0.1 s and 32 MiB a password (OWASP's advice for scrypt, N = 2^15, r = 8). */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 };
const KEY_LENGTH = 32;
const SESSION_MS = 12 * 3600_000;

/** Letters and digits that are not mistaken for one another when read from a screen. */
const ONE_TIME_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await scryptAsync(password.normalize('NFKC'), salt, KEY_LENGTH, COST);
  return `scrypt:${String(COST.N)}:${String(COST.r)}:${String(COST.p)}:${salt.toString('base64')}:${key.toString('base64')}`;
}

export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, n, r, p, salt, key] = stored.split(':');
  if (scheme !== 'scrypt' || salt === undefined || key === undefined) return false;
  const expected = Buffer.from(key, 'base64');
  const options = { N: Number(n), r: Number(r), p: Number(p), maxmem: COST.maxmem };
  const actual = await scryptAsync(password.normalize('NFKC'), Buffer.from(salt, 'base64'), expected.length, options);
  return timingSafeEqual(actual, expected);
}

/** A one-time password of 12 characters (about 59 bits), to be changed at first use. */
export function oneTimePassword(): string {
  return Array.from({ length: 12 }, () => ONE_TIME_ALPHABET[randomInt(ONE_TIME_ALPHABET.length)]).join('');
}

/**
 * Adds an account with a one-time password.
 * @returns the password, to be shown once
 * @throws BaimiError `bad-request` for an impossible login, `conflict` where it is taken
 */
export async function addStaff(store: StaffStore, login: string, name: string, at: number): Promise<string> {
  if (!/^[a-z0-9][a-z0-9._-]{1,31}$/.test(login)) {
    throw new BaimiError('bad-request', '登录名要用 2–32 个小写字母、数字或 . _ -，以字母或数字开头。例如 wang.li');
  }
  if (name.trim() === '') throw new BaimiError('bad-request', '姓名不能为空。群众会看到这个名字。');
  const password = oneTimePassword();
  const added = await store.add(
    { id: randomUUID(), login, name: name.trim(), passwordHash: await hashPassword(password), mustChangePassword: true },
    at,
  );
  if (!added) throw new BaimiError('conflict', `登录名 ${login} 已经有人用了。请换一个，或者用 baimi user reset 重设密码。`);
  return password;
}

/** Gives an account a new one-time password and ends its sessions. @throws BaimiError `not-found` */
export async function resetPassword(store: StaffStore, login: string): Promise<string> {
  const staff = await store.byLogin(login);
  if (!staff) throw new BaimiError('not-found', `没有登录名为 ${login} 的账号。用 baimi user list 看有哪些账号。`);
  const password = oneTimePassword();
  await store.setPassword(staff.id, await hashPassword(password), true);
  return password;
}

/** @param now milliseconds since the epoch */
export function createAccounts(store: StaffStore, now: () => number): Accounts {
  const openSession = async (staff: StaffMember): Promise<{ token: string; session: StaffSession }> => {
    const token = randomBytes(32).toString('base64url');
    const csrf = randomBytes(24).toString('base64url');
    await store.addSession(hashToken(token), staff.id, csrf, now() + SESSION_MS);
    return { token, session: { staff, csrf } };
  };
  // compared with when there is no such login, so that both cases take the same time
  let decoy: Promise<string> | null = null;

  return {
    async signIn(login, password) {
      const staff = await store.byLogin(login);
      const right = await verifyPassword(password, staff?.passwordHash ?? (await (decoy ??= hashPassword('decoy'))));
      return staff && right ? openSession(staff) : null;
    },
    session: (token) => store.session(hashToken(token), now()),
    signOut: (token) => store.endSession(hashToken(token)),
    async changePassword(staff, current, next) {
      if (!(await verifyPassword(current, staff.passwordHash))) return null;
      const passwordHash = await hashPassword(next);
      await store.setPassword(staff.id, passwordHash, false);
      return openSession({ ...staff, passwordHash, mustChangePassword: false });
    },
  };
}

/** Only hashes of session tokens are stored. */
function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
