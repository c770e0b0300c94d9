import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Server } from 'node:http';
import { sql, type Kysely } from 'kysely';
import { ROLES, type Role } from '../../src/domain/access.js';
import type { TicketKind } from '../../src/domain/answer.js';
import { createAccountStore } from '../../src/adapters/database/account-store.js';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import type { Database } from '../../src/adapters/database/schema.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import type { NewTicket } from '../../src/handoff/ports.js';
import type { Ids, Situation } from '../threats/matrix-lines.js';

/** The village that everybody in the matrix serves, and one that they do not. */
const HERE = '/city/t01/v001/';
const ELSEWHERE = '/city/t02/v009/';

interface Listed {
  readonly path: string;
  readonly methods?: readonly string[];
  readonly router?: { listRoutes(): readonly Listed[] };
}

/** Keeps hold of the servers that start listening, so that their routes can be read. */
export function captureServers(): readonly Server[] {
  const servers: Server[] = [];
  const listen = Server.prototype.listen;
  Server.prototype.listen = function (this: Server, ...given: unknown[]) {
    servers.push(this);
    return Reflect.apply(listen, this, given) as Server;
  } as typeof listen;
  return servers;
}

/** Routes of a running server below a path: "GET /tickets/:number". */
export function routesOf(server: Server, below: string): string[] {
  const [app] = server.listeners('request') as unknown as { readonly router: { listRoutes(): readonly Listed[] } }[];
  const found: string[] = [];
  const walk = (listed: readonly Listed[], prefix: string): void => {
    for (const { path, methods, router } of listed) {
      const full = `${prefix}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
      if (router) walk(router.listRoutes(), full);
      for (const method of methods ?? []) if (method !== 'HEAD') found.push(`${method} ${full}`);
    }
  };
  walk(app?.router.listRoutes() ?? [], '');
  return found.filter((route) => route.includes(` ${below}/`)).map((route) => route.replace(below, ''));
}

export interface MatrixDesk {
  readonly ids: Readonly<Record<Role, Ids>>;
  /** A new session of a member of staff, as its cookie and token. */
  session(staffId: string): Promise<{ readonly cookie: string; readonly csrf: string }>;
  /** A new ticket as it is to somebody with that role. */
  ticket(role: Role, situation: Situation): Promise<string>;
  /** Everything that a refused request must not change. */
  fingerprint(number: string | null): Promise<string>;
}

/** Staff with one role each, and tickets around them, put into the database beside the running server. */
export async function matrixDesk(db: Kysely<Database>, now: () => number): Promise<MatrixDesk> {
  // the server runs in this very process: waiting inside SQLite for it to commit would keep it from doing so
  await sql`pragma busy_timeout = 0`.execute(db);
  const staff = createStaffStore(db);
  const accounts = createAccountStore(db);
  const store = createMessageStore(db);
  const add = async (login: string, roles: readonly Role[], reach: string): Promise<string> => {
    const id = randomUUID();
    const member = { id, login, name: `甲${login}`, passwordHash: 'scrypt:none', mustChangePassword: false, roles, reach };
    await patiently(() => staff.add(member, now()));
    return id;
  };
  const colleague = await add('colleague', ['lawyer', 'mediator'], '/');
  const deputy = await add('deputy', ['lawyer', 'mediator'], '/');
  const target = await add('target', ['operator'], HERE);
  const ids = Object.fromEntries(
    await Promise.all(
      ROLES.map(async (role) => [role, { self: await add(`the-${role}`, [role], HERE), colleague, deputy, target }] as const),
    ),
  ) as Record<Role, Ids>;
  const tables = (
    await sql<{ name: string }>`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`.execute(db)
  ).rows.map(({ name }) => name);
  const small = ['staff', 'settings', 'curated_answers', 'canned_replies', 'service_points', 'duty_shifts', 'absences', 'figure_values'];

  return {
    ids,
    async session(staffId) {
      const [token, csrf, id] = [randomBytes(32).toString('base64url'), randomBytes(24).toString('base64url'), randomUUID()];
      const session = { id, csrf, at: now(), expiresAt: now() + 3600_000, device: '', address: '' };
      const hash = createHash('sha256').update(token).digest('hex');
      await patiently(() => accounts.work('test', (work) => work.addSession(hash, staffId, session)));
      return { cookie: `baimi_desk=${token}`, csrf };
    },
    async ticket(role, situation) {
      const conversationId = randomUUID();
      const at = now();
      const conversation = { id: conversationId, channel: 'web', conversation_key: conversationId, state: null, created_at: at };
      await patiently(() => db.insertInto('conversations').values(conversation).execute());
      const usual: TicketKind = role === 'mediator' ? 'mediation' : 'consultation';
      const other: TicketKind = role === 'mediator' ? 'consultation' : 'mediation';
      const ended = { state: 'closed', outcome: 'resolved', closedAt: at } as const;
      const how: Partial<NewTicket> = {
        own: { state: 'claimed', holder: ids[role].self } as const,
        'own-closed': { ...ended, holder: ids[role].self },
        waiting: {},
        'other-kind': { kind: other },
        elsewhere: { pointPath: ELSEWHERE },
        held: { state: 'claimed', holder: colleague } as const,
        'held-elsewhere': { state: 'claimed', holder: colleague, pointPath: ELSEWHERE } as const,
        closed: { ...ended, holder: colleague },
      }[situation];
      const ticket: NewTicket = {
        ...({ conversationId, kind: usual, reason: 'human-wanted', state: 'queued', holder: null, handedBack: false } as const),
        ...{ outcome: null, closedAt: null, note: null, createdAt: at, pointPath: HERE, dueAt: at + 24 * 3600_000 },
        brief: { question: '老板不发工资', topic: null, facts: [], botSaid: '', provisions: [], channel: '网页' },
        ...how,
      };
      const { number } = await patiently(() => store.handoff((work) => work.tickets.open(ticket)));
      return number;
    },
    async fingerprint(number) {
      const parts: unknown[] = [];
      for (const table of tables.filter((name) => name !== 'audit_log' && name !== 'staff_sessions')) {
        const { rows } = await sql`select count(*) as count from ${sql.table(table)}`.execute(db);
        parts.push(table, rows);
      }
      for (const table of small) parts.push((await sql`select * from ${sql.table(table)}`.execute(db)).rows);
      if (number !== null) parts.push(await db.selectFrom('tickets').selectAll().where('number', '=', number).execute());
      return JSON.stringify(parts);
    },
  };
}

/** Tries again while the server is writing. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === 500 || !String(error).includes('database is locked')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
