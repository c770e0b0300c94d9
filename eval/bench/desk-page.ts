import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { openDatabase } from '../../src/adapters/database/open-database.js';
import { packageRoot, readConfig } from '../../src/config.js';
import { serve } from '../../src/serve.js';
import { fillDesk, SMALL } from './fill-desk.js';

/** The desk with 5,000 open tickets, in Chromium: when something is seen, when the queue is, and what it weighs. */
const OPEN = 5_000;
const CLOSED = 20_000;
const RUNS = 9;
const PASSWORD = 'a-new-password-1';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
if (executablePath === undefined) throw new Error('要有 Chromium 才能量：apt-get install chromium');

const folder = mkdtempSync(join(tmpdir(), 'baimi-desk-page-'));
const said: string[] = [];
const running = await serve(readConfig({ BAIMI_PORT: '0', BAIMI_DATA: folder, BAIMI_LOG_LEVEL: 'silent' }), (line) => said.push(line));
try {
  process.stderr.write(`正在生成 ${String(OPEN)} 张待办、${String(CLOSED)} 张结案的工单…\n`);
  const db = await openDatabase(join(folder, 'baimi.db'));
  await fillDesk(db, { ...SMALL, now: Date.now(), open: OPEN, closed: CLOSED, turns: 0, staff: 200, villagesEach: 8 });
  await db.destroy();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  await signIn(context);
  const runs: Opening[] = [];
  // the first run fills the browser's cache: the others are a lawyer's every day
  for (let run = 0; run <= RUNS; run++) runs.push(await openDesk(context));
  const [cold, ...warm] = runs;
  const frames = await scrollFrames(context);
  await browser.close();
  print({
    open: OPEN,
    closed: CLOSED,
    cores: availableParallelism(),
    load: loadavg()[0]?.toFixed(1),
    cold,
    warm: {
      firstPaintMs: median(warm.map(({ firstPaintMs }) => firstPaintMs)),
      queueMs: median(warm.map(({ queueMs }) => queueMs)),
      rowsInPage: Math.max(...warm.map(({ rowsInPage }) => rowsInPage)),
    },
    scroll: frames,
    javascript: weights(),
  });
} finally {
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
}

interface Opening {
  readonly firstPaintMs: number;
  /** From the request of the page to the first ticket in it. */
  readonly queueMs: number;
  readonly rowsInPage: number;
}

async function signIn(context: BrowserContext): Promise<void> {
  const oneTime = /一次性密码 (\S+)/.exec(said.join('\n'))?.[1] ?? '';
  const page = await context.newPage();
  await page.goto(`${running.url}/desk`);
  await page.getByTestId('login-name').fill('admin');
  await page.getByTestId('login-password').fill(oneTime);
  await page.getByTestId('login-submit').click();
  await page.getByTestId('current-password').fill(oneTime);
  for (const field of ['new-password', 'repeat-password']) await page.getByTestId(field).fill(PASSWORD);
  await page.getByTestId('password-submit').click();
  await page.getByTestId('ticket-row').first().waitFor();
  await page.close();
}

async function openDesk(context: BrowserContext): Promise<Opening> {
  const page = await context.newPage();
  await page.goto(`${running.url}/desk`, { waitUntil: 'commit' });
  const queueMs = await page.evaluate<number>(`new Promise((resolve) => {
    const look = () => document.querySelector('[data-testid="ticket-row"]') ? requestAnimationFrame(() => resolve(performance.now())) : requestAnimationFrame(look);
    look();
  })`);
  const firstPaintMs = await page.evaluate<number>(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0`);
  const rowsInPage = await page.getByTestId('ticket-row').count();
  await page.close();
  return { firstPaintMs: Math.round(firstPaintMs), queueMs: Math.round(queueMs), rowsInPage };
}

/** How long frames take while the list is scrolled by 240 pixels a frame: milliseconds. */
async function scrollFrames(context: BrowserContext): Promise<{ readonly p50: number; readonly p99: number; readonly rowsInPage: number }> {
  const page: Page = await context.newPage();
  await page.goto(`${running.url}/desk`);
  await page.getByTestId('ticket-row').first().waitFor();
  const frames = await page.evaluate<number[]>(`new Promise((resolve) => {
    const list = document.querySelector('[data-testid="queue-list"]');
    const frames = [];
    let last = performance.now();
    const step = (now) => {
      frames.push(now - last);
      last = now;
      list.scrollTop += 240;
      if (frames.length < 400) requestAnimationFrame(step); else resolve(frames.slice(1));
    };
    requestAnimationFrame(step);
  })`);
  const rowsInPage = await page.getByTestId('ticket-row').count();
  await page.close();
  const sorted = [...frames].sort((a, b) => a - b);
  const at = (share: number): number => Number((sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1));
  return { p50: at(0.5), p99: at(0.99), rowsInPage };
}

/** Bytes, gzipped: of what desk.html loads at once, and of what it may load later. */
function weights(): { readonly firstKb: number; readonly laterKb: number } {
  const pages = join(packageRoot(), 'dist', 'pages');
  const assets = join(pages, 'assets');
  const gzipped = (file: string): number => gzipSync(readFileSync(join(assets, file))).length;
  const first = new Set(
    [...readFileSync(join(pages, 'desk.html'), 'utf8').matchAll(/assets\/([\w.-]+\.js)/g)].map(([, file]) => file ?? ''),
  );
  const later = new Set<string>();
  const follow = (file: string): void => {
    for (const [, next = ''] of readFileSync(join(assets, file), 'utf8').matchAll(/import\(["'`]\.\/([\w.-]+\.js)["'`]\)/g)) {
      if (!first.has(next) && !later.has(next)) {
        later.add(next);
        follow(next);
      }
    }
  };
  const known = new Set(readdirSync(assets));
  for (const file of first) if (known.has(file)) follow(file);
  const kb = (files: Iterable<string>): number => Math.round([...files].reduce((sum, file) => sum + gzipped(file), 0) / 1000);
  return { firstKb: kb(first), laterKb: kb(later) };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

function print(result: unknown): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
