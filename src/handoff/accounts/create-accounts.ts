import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { hashPassword } from './passwords.js';
import type { Accounts, SessionOrigin, StaffMember, StaffSession } from '../ports.js';
import { createPasswordGate } from './password-gate.js';
import { NO_SECOND_FACTOR, type AccountStore, type AccountWork, type WithPassword } from './ports.js';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.js';
import { matchTotp, newTotpSecret, totpUri } from './totp.js';

/** A session ends after this time, or when nobody has used it for so long. */
const SESSION_MS = 12 * 3600_000;
const IDLE_MS = 2 * 3600_000;

/** @param now milliseconds since the epoch */
export function createAccounts(store: AccountStore, now: () => number): Accounts {
  const gate = createPasswordGate(store, now);

  const openSession = async (
    stores: AccountWork,
    staff: StaffMember,
    origin: SessionOrigin,
  ): Promise<{ token: string; session: StaffSession }> => {
    const token = randomBytes(32).toString('base64url');
    const csrf = randomBytes(24).toString('base64url');
    const [id, at] = [randomUUID(), now()];
    await stores.addSession(hashToken(token), staff.id, { id, csrf, at, expiresAt: at + SESSION_MS, ...origin });
    return { token, session: { id, staff, csrf } };
  };

  /** Asks for one's own password before `work`. */
  const withPassword = async <T>(
    { staff }: StaffSession,
    password: string,
    work: (stores: AccountWork, staff: StaffMember) => Promise<T>,
  ): Promise<WithPassword<T>> => {
    const answer = await gate.check(staff.login, password, '');
    if (answer.kind !== 'right') return answer;
    const value = await store.work(`login:${staff.login}`, async (stores) => {
      await stores.forgetFailures({ login: staff.login });
      return work(stores, answer.staff);
    });
    return { kind: 'done', value };
  };
  const record = (stores: AccountWork, { id }: StaffMember, action: Parameters<AccountWork['audit']['append']>[0]['action'], detail = {}) =>
    stores.audit.append({ staffId: id, action, subject: `staff:${id}`, detail }, now());

  return {
    async signIn({ login, password, code, origin }) {
      const answer = await gate.check(login, password, origin.address);
      if (answer.kind !== 'right') return answer;
      const { staff } = answer;
      if (staff.totpSecret !== null && code === undefined) {
        await gate.takeBack(login);
        return { kind: 'code-wanted' };
      }
      const entered = await store.work(`login:${login}`, async (stores) => {
        // as it is now: it may have been blocked, or its password reset, while the password was looked at
        const current = await stores.byId(staff.id);
        if (current?.blockedAt !== null || current.passwordHash !== staff.passwordHash) return null;
        const second = current.totpSecret === null ? { left: undefined } : await useCode(stores, current, code ?? '', now());
        if (second === null) return null;
        await stores.forgetFailures({ login });
        const opened = await openSession(stores, current, origin);
        const { device, address } = origin;
        await record(stores, current, 'sign-in', { device, address, session: opened.session.id, recoveryCode: second.left !== undefined });
        return { ...opened, ...(second.left === undefined ? {} : { left: second.left }) };
      });
      if (entered !== null) return { kind: 'in', ...entered };
      await gate.wrongCode(staff, origin.address);
      return { kind: 'wrong-code' };
    },
    session: (token) => store.session(hashToken(token), now(), now() - IDLE_MS),
    signOut: ({ id, staff }) =>
      store.work(`login:${staff.login}`, async (stores) => {
        await stores.endSessions(staff.id, { only: id });
        await record(stores, staff, 'sign-out');
      }),
    changePassword: async (session, current, next, origin) => {
      const passwordHash = await hashPassword(next);
      return withPassword(session, current, async (stores, staff) => {
        await stores.change(staff.id, { passwordHash, mustChangePassword: false });
        await stores.endSessions(staff.id, 'all');
        const opened = await openSession(stores, { ...staff, passwordHash, mustChangePassword: false }, origin);
        await record(stores, staff, 'password-change');
        return opened;
      });
    },
    sessions: (staffId) => store.sessionsOf(staffId, now(), now() - IDLE_MS),
    endSession: ({ staff }, id) =>
      store.work(`login:${staff.login}`, async (stores) => {
        if ((await stores.endSessions(staff.id, { only: id })) === 0) return false;
        await record(stores, staff, 'session-end', { session: id });
        return true;
      }),
    endOtherSessions: ({ id, staff }) =>
      store.work(`login:${staff.login}`, async (stores) => {
        const ended = await stores.endSessions(staff.id, { except: id });
        if (ended > 0) await record(stores, staff, 'session-end', { ended });
        return ended;
      }),
    beginTotp: (session, password) =>
      withPassword(session, password, async (stores, staff) => {
        const secret = newTotpSecret();
        const before = await stores.secondFactor(staff.id);
        // one that holds stays until it is removed
        if (before.since !== null) return { secret: '', uri: '' };
        await stores.setSecondFactor(staff.id, { ...NO_SECOND_FACTOR, secret });
        return { secret, uri: totpUri(secret, staff.login) };
      }),
    confirmTotp: ({ staff }, code) =>
      store.work(`login:${staff.login}`, async (stores) => {
        const { secret, since } = await stores.secondFactor(staff.id);
        const step = secret === null || since !== null ? null : matchTotp(secret, code, now(), 0);
        if (step === null) return null;
        const codes = newRecoveryCodes();
        await stores.setSecondFactor(staff.id, { secret, since: now(), lastStep: step, recoveryCodes: codes.map(hashRecoveryCode) });
        await record(stores, staff, 'totp-on');
        return codes;
      }),
    removeTotp: (session, password) =>
      withPassword(session, password, async (stores, staff) => {
        await stores.setSecondFactor(staff.id, NO_SECOND_FACTOR);
        await record(stores, staff, 'totp-off');
        return null;
      }),
    renewRecoveryCodes: (session, password) =>
      withPassword(session, password, async (stores, staff) => {
        const factor = await stores.secondFactor(staff.id);
        if (factor.since === null) return null;
        const codes = newRecoveryCodes();
        await stores.setSecondFactor(staff.id, { ...factor, recoveryCodes: codes.map(hashRecoveryCode) });
        await record(stores, staff, 'recovery-codes');
        return codes;
      }),
  };
}

/** A code of the second factor, or a recovery code: neither is good twice. Null: wrong. */
async function useCode(stores: AccountWork, staff: StaffMember, code: string, at: number): Promise<{ readonly left?: number } | null> {
  const factor = await stores.secondFactor(staff.id);
  if (factor.secret === null) return null;
  const step = matchTotp(factor.secret, code, at, factor.lastStep);
  if (step !== null) {
    await stores.setSecondFactor(staff.id, { ...factor, lastStep: step });
    return {};
  }
  const hash = hashRecoveryCode(code);
  if (!factor.recoveryCodes.includes(hash)) return null;
  const recoveryCodes = factor.recoveryCodes.filter((one) => one !== hash);
  await stores.setSecondFactor(staff.id, { ...factor, recoveryCodes });
  return { left: recoveryCodes.length };
}

/** Only hashes of session tokens are stored. */
function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
