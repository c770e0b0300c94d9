import { join } from 'node:path';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import type { Role } from '../../src/domain/access.js';
import { hashPassword } from '../../src/handoff/accounts.js';
import { BrowserClient } from './browser-client.js';
import { importPoints } from './with-points.js';

const PASSWORD = 'a-staff-password-1';

export interface DeskClient extends BrowserClient {
  readonly id: string;
}

/** Somebody of the desk, signed in on a server whose data lies in `folder`. */
export async function deskClient(
  url: string,
  folder: string,
  login: string,
  name: string,
  { roles = ['lawyer'], reach = '/' }: { readonly roles?: readonly Role[]; readonly reach?: string } = {},
): Promise<DeskClient> {
  const db = await openDatabase(join(folder, 'data', 'baimi.db'));
  const id = crypto.randomUUID();
  const passwordHash = await hashPassword(PASSWORD);
  await createStaffStore(db).add({ id, login, name, passwordHash, mustChangePassword: false, roles, reach }, Date.now());
  await db.destroy();
  const client = new BrowserClient(url);
  await client.signIn(login, PASSWORD);
  return Object.assign(client, { id });
}

/** The small county's service points, in a server's data. */
export async function withCounty(folder: string): Promise<void> {
  const db = await openDatabase(join(folder, 'data', 'baimi.db'));
  await importPoints(db);
  await db.destroy();
}
