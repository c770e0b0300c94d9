/** What the desk's page and the server say to each other about accounts. */
import type { Role } from './access.js';

/** GET /api/desk/sessions: one's own. */
export interface SessionsView {
  readonly sessions: readonly {
    readonly id: string;
    /** Browser and system, in a few words. */
    readonly device: string;
    readonly address: string;
    readonly since: number;
    readonly seenAt: number;
    /** The one that asks. */
    readonly current: boolean;
  }[];
}

/** POST /api/desk/totp/begin: for the authenticator app, as text and for a QR code. */
export interface TotpSecretView {
  readonly secret: string;
  readonly uri: string;
}

/** Shown once. */
export interface RecoveryCodesView {
  readonly codes: readonly string[];
}

export interface AccountView {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly servicePoint: string | null;
  readonly pointName: string | null;
  readonly skills: readonly string[];
  readonly phone: string;
  readonly mustChangePassword: boolean;
  /** Null: not blocked. */
  readonly blockedAt: number | null;
  readonly totp: boolean;
  /** 0: not locked. */
  readonly lockedUntil: number;
  /** Open ones. */
  readonly sessions: number;
}

/** GET /api/desk/accounts?q=&role=&state=&after= */
export interface AccountsView {
  readonly accounts: readonly AccountView[];
  readonly total: number;
  /** Cursor of the next page; null: this is the last. */
  readonly next: string | null;
}

/** Answer to what changes an account. */
export interface AccountChangedView {
  readonly account: AccountView;
  /** Shown once. */
  readonly oneTimePassword?: string;
  /** Tickets that went back into the queue. */
  readonly released?: readonly string[];
}
