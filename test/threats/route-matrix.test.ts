import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { ROLE_NAMES, ROLES, type Role } from '../../src/domain/access.js';
import { captureServers, matrixDesk, routesOf } from '../support/desk-in-matrix.js';
import { startServer } from '../support/start-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { LINES, SITUATIONS, TICKET_RULES, type Expected, type Situation, type TicketRule } from './matrix-lines.js';

const servers = captureServers();
const folder = temporaryFolder();
const server = await startServer(folder);
const db = await openDatabase(join(folder, 'data', 'baimi.db'));
afterAll(() => db.destroy());
const desk = await matrixDesk(db, () => Date.now());
const routes = routesOf(servers[0] ?? expect.fail('no server'), '/api/desk');
const situations = Object.keys(SITUATIONS) as Situation[];

let asked = 0;
interface Question {
  readonly route: string;
  readonly role: Role;
  readonly number?: string | undefined;
  readonly session?: { readonly cookie: string; readonly csrf: string } | undefined;
}

/** Asks a route as its line says. @returns the status, and the words of a refusal */
async function ask({ route, role, number, session }: Question): Promise<{ status: number; words: string }> {
  const [method = '', path = ''] = route.split(' ');
  const line = LINES[route];
  const ids = desk.ids[role];
  const unique = `asked-${String(asked++)}`;
  const filled = path.replace(':number', number ?? '20260101-0001').replace(/:\w+/g, () => line?.id?.(ids) ?? 'none');
  const leave = new AbortController();
  const body = line?.body?.(ids, unique) ?? {};
  const response = await fetch(`${server.url}/api/desk${filled}?${line?.query ?? ''}`, {
    method,
    signal: leave.signal,
    headers: {
      ...(body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      ...(session ? { cookie: session.cookie, 'x-csrf-token': session.csrf } : {}),
    },
    ...(method === 'GET' ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
  });
  const words = response.headers.get('content-type')?.includes('json') === true ? await response.text() : '';
  leave.abort();
  return { status: response.status, words };
}

/** Asks, and where the answer is a refusal, makes sure that nothing is otherwise than before. */
async function askAndCompare(question: Question, refused: boolean): Promise<{ status: number; words: string }> {
  const before = refused ? await desk.fingerprint(question.number ?? null) : '';
  const answer = await ask(question);
  if (refused) expect(await desk.fingerprint(question.number ?? null), `${question.route} changed something`).toBe(before);
  return answer;
}

describe('every route of the desk', () => {
  it('has a line in the matrix, and every line a route', () => {
    expect(routes.length).toBeGreaterThan(30);
    expect(Object.keys(LINES).sort()).toEqual([...routes].sort());
  });

  it('lets nobody in without a session', async () => {
    for (const route of routes) {
      const answer = await askAndCompare({ route, role: 'lawyer' }, route !== 'POST /login');
      expect([route, answer.status]).toEqual([route, 401]);
    }
  });

  it('does nothing for a request without the page’s token', async () => {
    for (const route of routes.filter((one) => !one.startsWith('GET ') && one !== 'POST /login')) {
      const { cookie } = await desk.session(desk.ids.admin.self);
      const answer = await askAndCompare({ route, role: 'admin', session: { cookie, csrf: 'guessed' } }, true);
      expect([route, answer.status]).toEqual([route, 403]);
    }
  });
});

describe('what each role may do', () => {
  for (const [route, line] of Object.entries(LINES)) {
    if ('ticket' in line) {
      it(`${route}, whatever the ticket is to them`, async () => {
        // as the officer is told of a ticket that is not there
        const missing = (await ask({ route, role: 'officer', session: await desk.session(desk.ids.officer.self) })).words;
        for (const role of ROLES) {
          for (const situation of situations) {
            const expected = line.ticket[situation]?.[role] ?? 404;
            const question = { route, role, number: await desk.ticket(role, situation), session: await desk.session(desk.ids[role].self) };
            const { status, words } = await askAndCompare(question, expected !== 'yes');
            const allowed = line.answers ?? [200];
            expect([role, situation, expected === 'yes' && allowed.includes(status) ? 'yes' : status]).toEqual([role, situation, expected]);
            // one that is not theirs and one that is not there cannot be told apart
            if (expected === 404) expect(words).toBe(missing);
            if (expected === 'yes') expect(words).not.toBe(missing);
          }
        }
      });
    } else if (line.who !== 'anyone') {
      const who = line.who;
      it(route, async () => {
        for (const role of ROLES) {
          const may = who === 'signed-in' || who.includes(role);
          const session = await desk.session(desk.ids[role].self);
          const { status } = await askAndCompare({ route, role, session }, !may);
          expect([role, may && (line.answers ?? [200]).includes(status) ? 'yes' : status]).toEqual([role, may ? 'yes' : 403]);
        }
      });
    }
  }

  it('lists to each only what they may read', async () => {
    for (const role of ROLES) {
      const numbers = Object.fromEntries(
        await Promise.all(situations.map(async (situation) => [situation, await desk.ticket(role, situation)] as const)),
      );
      const { cookie } = await desk.session(desk.ids[role].self);
      const listed = new Set<string>();
      for (const show of ['open', 'mine', 'closed']) {
        const reply = await fetch(`${server.url}/api/desk/tickets?show=${show}`, { headers: { cookie } });
        const { tickets } = (await reply.json()) as { tickets: { number: string }[] };
        for (const { number } of tickets) listed.add(number);
      }
      for (const situation of situations) {
        const number = numbers[situation] ?? '';
        const show = situation.endsWith('closed') ? 'closed' : 'open';
        const reply = await fetch(`${server.url}/api/desk/queue?show=${show}&q=${number}`, { headers: { cookie } });
        const { items } = (await reply.json()) as { items: { number: string }[] };
        expect([role, situation, items.some((item) => item.number === number)]).toEqual([role, situation, listed.has(number)]);
        const readable = (TICKET_RULES.read as TicketRule)[situation]?.[role] === 'yes';
        expect([role, situation, listed.has(number)]).toEqual([role, situation, readable]);
      }
    }
  });
});

it('stands in docs/rights.md as it is checked here', async () => {
  await expect(rightsAsMarkdown()).toMatchFileSnapshot(join(import.meta.dirname, '../../docs/rights.md'));
});

function rightsAsMarkdown(): string {
  const head = (first: string): string[] => [
    `| ${[first, ...ROLES.map((role) => ROLE_NAMES[role])].join(' | ')} |`,
    `| --- |${ROLES.map(() => ' :---: |').join('')}`,
  ];
  const sign = (expected: Expected): string => (expected === 'yes' ? '✓' : String(expected));
  const plain = Object.entries(LINES).flatMap(([route, line]) => {
    if ('ticket' in line) return [];
    const may = (role: Role): boolean => line.who === 'anyone' || line.who === 'signed-in' || line.who.includes(role);
    return [`| \`${route}\` | ${ROLES.map((role) => (may(role) ? '✓' : '403')).join(' | ')} |`];
  });
  const rules = Object.entries(TICKET_RULES as Readonly<Record<string, TicketRule>>).flatMap(([name, rule]) => [
    '',
    `### ${name}`,
    '',
    ...Object.entries(LINES).flatMap(([route, line]) => ('ticket' in line && line.ticket === rule ? [`- \`${route}\``] : [])),
    '',
    ...head('工单'),
    ...situations.map(
      (situation) => `| ${SITUATIONS[situation]} | ${ROLES.map((role) => sign(rule[situation]?.[role] ?? 404)).join(' | ')} |`,
    ),
  ]);
  return [
    '# 谁能做什么',
    '',
    '由 `test/threats/route-matrix.test.ts` 逐格检查并写成，不要手改。路径前面都有 `/api/desk`。✓ 可以；403 知道有，但不归您；404 和没有这张工单一样；409 工单现在的状态不允许。',
    '没有登录一律 401；没有页面令牌一律 403；被拒绝的，什么都没有变。一个人有几个角色，就有这几个角色的权限。',
    '“本人范围”是所在服务点和它下面的服务点；值班负责人看得到、分派得了的也只在这个范围里。',
    '',
    ...head('接口'),
    ...plain,
    '',
    '## 工单',
    ...rules,
    '',
  ].join('\n');
}
