import { hashPassword, oneTimePassword } from '../accounts.js';
import type { ImportPlan } from './plan-import.js';
import type { OrganisationStore, StaffChange } from './ports.js';

/** Hashing takes a core and 32 MiB each. */
const AT_ONCE = 3;

/** Somebody with a new account, and the password to be changed at first use. */
export interface NewAccount {
  readonly login: string;
  readonly name: string;
  readonly password: string;
}

export interface ApplyOptions {
  readonly now: () => number;
  /** Share of passwords that have been hashed, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Keeps the passwords before anything is stored; what it throws stops the import. */
  readonly keep?: (accounts: readonly NewAccount[]) => Promise<void>;
}

/** Stores what was planned. @returns the new accounts with their one-time passwords */
export async function applyImport(store: OrganisationStore, plan: ImportPlan, options: ApplyOptions): Promise<readonly NewAccount[]> {
  const staff = plan.staff?.changes ?? [];
  const accounts = staff.flatMap(({ isNew, login, name }) => (isNew ? [{ login, name, password: oneTimePassword() }] : []));
  const hashes = await hashAll(accounts, options.onProgress);
  if (accounts.length > 0) await options.keep?.(accounts);
  if (plan.points) await store.putPoints(plan.points.changes, options.now());
  const changes = staff.map(({ isNew, ...change }): StaffChange => ({
    ...change,
    passwordHash: isNew ? (hashes.get(change.login) ?? null) : null,
  }));
  if (changes.length > 0) await store.putStaff(changes, options.now());
  return accounts;
}

async function hashAll(accounts: readonly NewAccount[], onProgress?: (share: number) => void): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  const waiting = [...accounts];
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      hashes.set(next.login, await hashPassword(next.password));
      onProgress?.(hashes.size / accounts.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, accounts.length) }, work));
  return hashes;
}
