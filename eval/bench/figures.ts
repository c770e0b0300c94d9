import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { dutyCalendar } from '../../src/adapters/calendar/duty-calendar.js';
import { createFiguresStore } from '../../src/adapters/database/figures-store.js';
import { createMessageStore } from '../../src/adapters/database/message-store.js';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { createFigures } from '../../src/handoff/figures/create-figures.js';
import { fillDesk, SMALL } from './fill-desk.js';

/** A month with 100,000 turns and 20,000 tickets, and as much before it: how long its figures, a link and the exports take. */
const TURNS = 80_000;
const TICKETS = 20_000;
const RUNS = 7;

const folder = mkdtempSync(join(tmpdir(), 'baimi-figures-'));
try {
  const db = await openDatabase(join(folder, 'bench.db'));
  const now = Date.parse('2026-11-30T23:00:00+08:00');
  process.stderr.write('正在生成两个月的数据…\n');
  await fillDesk(db, {
    ...SMALL,
    now,
    days: 61,
    openDays: 61,
    villagesEach: 8,
    staff: 200,
    open: 5_000,
    closed: 2 * TICKETS - 5_000,
    turns: 2 * TURNS,
  });
  const store = createFiguresStore(db);
  const figures = createFigures({ store, tickets: createMessageStore(db), calendar: dutyCalendar, now: () => now });
  const turns = (await store.turnCounts(Date.parse('2026-11-01T00:00:00+08:00'), now)).reduce((sum, { count }) => sum + count, 0);
  const tickets = (await store.tickets('opened', Date.parse('2026-11-01T00:00:00+08:00'), now)).length;
  const rows = [
    ['全部数据（本月和上月）', await timed(() => figures.view('2026-11'))],
    ['一个数点开的工单', await timed(() => figures.tickets({ month: '2026-11', figure: 'opened', by: 'kind', key: 'mediation' }))],
    ['咨询点开的工单', await timed(() => figures.tickets({ month: '2026-11', figure: 'consultations', by: 'channel', key: 'web' }))],
    ['导出工单表', await timed(() => figures.ticketSheet('2026-11'))],
  ] as const;
  process.stdout.write(`本月 ${String(turns)} 轮、${String(tickets)} 张工单；负载 ${(loadavg()[0] ?? 0).toFixed(1)}\n\n`);
  process.stdout.write('| 做什么 | 中间值 毫秒 | 最慢 毫秒 |\n| --- | ---: | ---: |\n');
  for (const [name, { middle, slowest }] of rows) process.stdout.write(`| ${name} | ${String(middle)} | ${String(slowest)} |\n`);
  await db.destroy();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function timed(work: () => Promise<unknown>): Promise<{ readonly middle: number; readonly slowest: number }> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const started = performance.now();
    await work();
    times.push(Math.round(performance.now() - started));
  }
  times.sort((a, b) => a - b);
  return { middle: times[Math.floor(RUNS / 2)] ?? 0, slowest: times.at(-1) ?? 0 };
}
