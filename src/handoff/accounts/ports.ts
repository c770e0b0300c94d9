import type { AuditTrail } from '../audit/ports.js';
import type { HandoffWork, NewSession, NewStaff, SessionOrigin, StaffMember, StaffSession } from '../ports.js';
import type { Role } from '../../domain/access.js';

export interface SessionLine extends SessionOrigin {
  readonly id: string;
  readonly since: number;
  readonly seenAt: number;
}

/** Wrong passwords and codes of a login, in a row. */
export interface LoginFailures {
  readonly failures: number;
  /** 0: not locked. */
  readonly lockedUntil: number;
  /** When it was last tried. */
  readonly at: number;
}

/** What of an account can be changed; `reach` follows from the service point. */
export interface StaffChange {
  readonly name?: string;
  readonly roles?: readonly Role[];
  readonly servicePoint?: string | null;
  readonly reach?: string;
  readonly skills?: readonly string[];
  readonly phone?: string;
  readonly passwordHash?: string;
  readonly mustChangePassword?: boolean;
  readonly blockedAt?: number | null;
}

/** The second factor of an account as it is stored. */
export interface SecondFactor {
  /** Base32. */
  readonly secret: string | null;
  /** Since when it holds; null: it is being set up. */
  readonly since: number | null;
  /** Time step of the last code used. */
  readonly lastStep: number;
  /** Hashes of recovery codes that are left. */
  readonly recoveryCodes: readonly string[];
}

export const NO_SECOND_FACTOR: SecondFactor = { secret: null, since: null, lastStep: 0, recoveryCodes: [] };

/** One unit of work on accounts: everything happens or nothing. */
export interface AccountWork extends HandoffWork {
  readonly audit: AuditTrail;
  byId(staffId: string): Promise<StaffMember | null>;
  byLogin(login: string): Promise<StaffMember | null>;
  /** @returns false where the login is taken */
  add(staff: NewStaff, at: number): Promise<boolean>;
  change(staffId: string, change: StaffChange): Promise<void>;
  /** Accounts with a role that are not blocked. */
  activeWith(role: Role): Promise<readonly string[]>;
  /** Path of a service point that is in use; null: no such one. */
  pathOf(servicePoint: string): Promise<string | null>;
  ticketsHeldBy(staffId: string): Promise<readonly string[]>;
  secondFactor(staffId: string): Promise<SecondFactor>;
  setSecondFactor(staffId: string, factor: SecondFactor): Promise<void>;
  failures(login: string): Promise<LoginFailures>;
  setFailures(login: string, failures: LoginFailures): Promise<void>;
  /** Forgets one login's, or all that are older than a time. */
  forgetFailures(which: { readonly login: string } | { readonly before: number }): Promise<void>;
  addSession(tokenHash: string, staffId: string, session: NewSession): Promise<void>;
  /** Ends one session of an account, all but one, or all. @returns how many */
  endSessions(staffId: string, which: { readonly only: string } | { readonly except: string } | 'all'): Promise<number>;
}

export interface AccountFilter {
  /** Part of a login or name. */
  readonly q?: string | undefined;
  readonly role?: Role | undefined;
  readonly state?: 'active' | 'blocked' | undefined;
  /** Login of the last one of the page before. */
  readonly after?: string | undefined;
}

/** An account in the administrator's list. */
export interface AccountLine extends Omit<StaffMember, 'passwordHash' | 'totpSecret'> {
  readonly pointName: string | null;
  readonly totp: boolean;
  /** 0: not locked. */
  readonly lockedUntil: number;
  readonly sessions: number;
}

/** What accounts need of the database. */
export interface AccountStore {
  /**
   * @param name units of work with the same name follow one another: "login:NAME" for signing in, "accounts" for changing
   * who may do what
   */
  work<T>(name: string, work: (stores: AccountWork) => Promise<T>): Promise<T>;
  /** A session that has neither ended nor been idle since `idleSince`; notes that it was used, to the minute. */
  session(tokenHash: string, at: number, idleSince: number): Promise<StaffSession | null>;
  sessionsOf(staffId: string, at: number, idleSince: number): Promise<readonly SessionLine[]>;
  list(filter: AccountFilter, at: number, limit: number): Promise<{ readonly lines: readonly AccountLine[]; readonly total: number }>;
  line(staffId: string, at: number): Promise<AccountLine | null>;
}

export type SignInResult =
  | {
      readonly kind: 'in';
      readonly token: string;
      readonly session: StaffSession;
      /** By a recovery code: so many are left. */ readonly left?: number;
    }
  | { readonly kind: 'wrong' }
  /** The password is right and the account has a second factor. */
  | { readonly kind: 'code-wanted' }
  | { readonly kind: 'wrong-code' }
  | { readonly kind: 'locked'; readonly until: number };

export interface SignInRequest {
  readonly login: string;
  readonly password: string;
  /** Of the second factor, or a recovery code. */
  readonly code?: string | undefined;
  readonly origin: SessionOrigin;
}

/** Answer to what asks for one's own password first. */
export type WithPassword<T> =
  { readonly kind: 'done'; readonly value: T } | { readonly kind: 'wrong' } | { readonly kind: 'locked'; readonly until: number };

export interface NewAccount {
  readonly login: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly servicePoint: string | null;
  readonly skills: readonly string[];
  readonly phone: string;
}

/** What the administrator does with accounts. `by` null: the command line. Everything throws BaimiError with cause and remedy. */
export interface AccountAdministration {
  list(filter: AccountFilter): Promise<{ readonly lines: readonly AccountLine[]; readonly total: number; readonly next: string | null }>;
  line(staffId: string): Promise<AccountLine>;
  /** Id of a login. */
  idOf(login: string): Promise<string>;
  /** @returns the id and the one-time password, to be shown once */
  add(by: string | null, account: NewAccount): Promise<{ readonly id: string; readonly password: string }>;
  change(by: string | null, staffId: string, change: Partial<Omit<NewAccount, 'login'>>): Promise<void>;
  /** Ends all sessions and puts tickets in hand back into the queue. @returns their numbers */
  block(by: string | null, staffId: string): Promise<readonly string[]>;
  unblock(by: string | null, staffId: string): Promise<void>;
  /** Forgets wrong passwords. */
  unlock(by: string | null, staffId: string): Promise<void>;
  /** @returns the one-time password, to be shown once */
  resetPassword(by: string | null, staffId: string): Promise<string>;
  resetTotp(by: string | null, staffId: string): Promise<void>;
  /** @returns how many were ended */
  endSessions(by: string | null, staffId: string): Promise<number>;
}

/** Lines of a page of the list. */
export const ACCOUNTS_A_PAGE = 50;
