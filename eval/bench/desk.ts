import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createQueueStore } from '../../src/adapters/database/queue-store.js';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { createStaffStore } from '../../src/adapters/database/staff-store.js';
import type { Clearance } from '../../src/domain/access.js';
import type { QueueQuery } from '../../src/domain/desk-views.js';
import { fillDesk, SMALL } from './fill-desk.js';

/** The queue with 5,000 open and 20,000 closed tickets: how long a page with its counts takes, by who asks and for what. */
const RUNS = 200;

const folder = mkdtempSync(join(tmpdir(), 'baimi-desk-'));
try {
  const db = await openDatabase(join(folder, 'bench.db'));
  const now = Date.parse('2026-11-30T23:00:00+08:00');
  process.stderr.write('正在生成 25,000 张工单…\n');
  await fillDesk(db, { ...SMALL, now, days: 120, openDays: 30, villagesEach: 8, staff: 200, open: 5_000, closed: 20_000, turns: 1_000 });
  const queue = createQueueStore(db);
  const staff = await createStaffStore(db).all();
  const lawyer = staff.find(({ roles, reach }) => roles.includes('lawyer') && reach !== '/') ?? staff[0];
  if (!lawyer) throw new Error('the bench made no staff');
  const officer: Clearance = { id: 'officer', roles: ['officer'], reach: '/' };
  const township: Clearance = { ...lawyer, roles: ['lawyer'] };
  const everywhere: Clearance = { id: lawyer.id, roles: ['lawyer'], reach: '/' };
  const cases: readonly (readonly [string, Clearance, QueueQuery])[] = [
    ['负责人：全部未结', officer, { show: 'open' }],
    ['负责人：待领取', officer, { show: 'waiting' }],
    ['负责人：已结案', officer, { show: 'closed' }],
    ['负责人：搜一个词', officer, { show: 'open', q: '工资' }],
    ['律师（全市）：看得到的', everywhere, { show: 'open' }],
    ['律师（本服务点）：看得到的', township, { show: 'open' }],
    ['律师（本服务点）：我的', township, { show: 'mine' }],
  ];
  const rows: string[] = [];
  for (const [name, who, query] of cases) {
    const { total, next } = await queue.page(who, query, now);
    rows.push(`| ${name}，第一页和计数 | ${String(total)} | ${await timed(() => queue.page(who, query, now))} |`);
    if (next !== null) {
      rows.push(`| ${name}，第二页 | ${String(total)} | ${await timed(() => queue.page(who, { ...query, after: next }, now))} |`);
    }
  }
  process.stdout.write(
    `负载 ${(loadavg()[0] ?? 0).toFixed(1)}\n\n| 做什么 | 一共几张 | p50 毫秒 | p99 毫秒 |\n| --- | ---: | ---: | ---: |\n${rows.join('\n')}\n`,
  );
  await db.destroy();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function timed(work: () => Promise<unknown>): Promise<string> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.min(RUNS - 1, Math.floor(RUNS * share))] ?? 0).toFixed(1);
  return `${at(0.5)} | ${at(0.99)}`;
}
