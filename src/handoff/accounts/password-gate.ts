import type { StaffMember } from '../ports.js';
import { hashPassword, verifyPassword } from './passwords.js';
import type { AccountStore } from './ports.js';

/** Wrong passwords or codes in a row after which a login is locked, and for how long. */
export const MOST_FAILURES = 5;
export const LOCKED_MS = 15 * 60_000;
/** Failures that are older than this are forgotten. */
const REMEMBERED_MS = 24 * 3600_000;

export type GateAnswer =
  | { readonly kind: 'right'; readonly staff: StaffMember }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'locked'; readonly until: number };

export interface PasswordGate {
  /**
   * Whether a password is right. Each try counts before it is looked at, so that many at once are not more than many in a row;
   * whoever lets somebody in forgets the count (`AccountWork.forgetFailures`).
   */
  check(login: string, password: string, address: string): Promise<GateAnswer>;
  /** A try that was neither right nor wrong does not count. */
  takeBack(login: string): Promise<void>;
  /** A wrong code, after a right password: it counts, and stands in the log. */
  wrongCode(staff: StaffMember, address: string): Promise<void>;
}

export function createPasswordGate(store: AccountStore, now: () => number): PasswordGate {
  // compared with when there is no such login, so that both cases take the same time
  let decoy: Promise<string> | null = null;

  const count = (login: string): Promise<number> =>
    store.work(`login:${login}`, async (stores) => {
      const at = now();
      await stores.forgetFailures({ before: at - REMEMBERED_MS });
      const { failures, lockedUntil } = await stores.failures(login);
      if (lockedUntil > at) return lockedUntil;
      const next = (lockedUntil === 0 ? failures : 0) + 1;
      await stores.setFailures(login, { failures: next, lockedUntil: next >= MOST_FAILURES ? at + LOCKED_MS : 0, at });
      return 0;
    });

  /** Logins that do not exist are not written down: people type their password there. */
  const recordWrong = (login: string, staff: StaffMember | null, what: string, address: string): Promise<void> =>
    store.work(`login:${login}`, async (stores) => {
      const at = now();
      const subject = staff === null ? 'login:unknown' : `staff:${staff.id}`;
      const { lockedUntil } = await stores.failures(login);
      await stores.audit.append({ staffId: staff?.id ?? null, action: 'sign-in-wrong', subject, detail: { what, address } }, at);
      if (staff === null || lockedUntil <= at) return;
      await stores.audit.append({ staffId: staff.id, action: 'sign-in-locked', subject, detail: { until: lockedUntil } }, at);
    });

  return {
    async check(login, password, address) {
      const until = await count(login);
      if (until > 0) return { kind: 'locked', until };
      const staff = await store.work(`login:${login}`, (stores) => stores.byLogin(login));
      const right = await verifyPassword(password, staff?.passwordHash ?? (await (decoy ??= hashPassword('decoy'))));
      if (staff && right && staff.blockedAt === null) return { kind: 'right', staff };
      await recordWrong(login, staff, staff && right ? 'blocked' : 'password', address);
      return { kind: 'wrong' };
    },
    takeBack: (login) =>
      store.work(`login:${login}`, async (stores) => {
        const { failures, at } = await stores.failures(login);
        if (failures > 0) await stores.setFailures(login, { failures: failures - 1, lockedUntil: 0, at });
      }),
    wrongCode: (staff, address) => recordWrong(staff.login, staff, 'code', address),
  };
}
