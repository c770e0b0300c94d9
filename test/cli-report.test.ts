import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import mammoth from 'mammoth';
import { beforeAll, describe, expect, it } from 'vitest';
import { fillDesk, SMALL } from '../eval/bench/fill-desk.js';
import { openDatabase } from '../src/adapters/database/open-database.js';
import { packageRoot } from '../src/config.js';
import type { FiguresView } from '../src/domain/figures.js';
import { before, monthOf } from '../src/handoff/figures/month.js';
import { isoDay } from '../src/handoff/working-time.js';
import { temporaryFolder } from './support/temporary-folder.js';

const folder = temporaryFolder();
const NOW = Date.now();
const THIS = monthOf(isoDay(NOW).slice(0, 7), NOW);
const LAST = before(THIS);

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function report(...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', join(packageRoot(), 'src', 'cli.ts'), 'report', ...args],
      { cwd: packageRoot(), env: { ...process.env, BAIMI_DATA: join(folder, 'data') }, maxBuffer: 2 ** 24 },
      (error, out, err) => {
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, out, err });
      },
    );
  });
}

beforeAll(async () => {
  const db = await openDatabase(join(folder, 'data', 'baimi.db'));
  await fillDesk(db, { ...SMALL, now: NOW, days: 75, open: 30, closed: 300, turns: 1200 });
  await db.destroy();
});

describe('baimi report', () => {
  it('writes a month as Markdown in plain Chinese, compared with the month before, each figure with what it counts', async () => {
    const run = await report('--month', LAST.id);
    expect(run.code, run.err).toBe(0);
    const name = `${LAST.id.slice(0, 4)} 年 ${String(Number(LAST.id.slice(5)))} 月`;
    expect(run.out).toContain(`# 百米问法月报（${name}）`);
    expect(run.out).toContain('| 调解成功率 |');
    expect(run.out).toMatch(/\| 新开的工单 \| \d+ \| \d+ \| (?:[+−]\d+|持平) \|/);
    expect(run.out).toContain('- **追回的工资**：');
    expect(run.out).toContain('数据完整');
    expect(run.err).not.toContain('注意');
    // the month is over: what waits now is none of its figures
    expect(run.out).not.toContain('此刻');
  });

  it('gives as JSON what it gives as a table, in one last line, without anybody’s name', async () => {
    const run = await report('--month', LAST.id, '--json');
    const lines = run.out.trim().split('\n');
    expect(lines).toHaveLength(1);
    const view = JSON.parse(lines[0] ?? '') as FiguresView;
    expect(view).toMatchObject({ month: LAST.id, complete: true });
    const opened = view.groups.flatMap(({ figures }) => figures).find(({ id }) => id === 'opened');
    expect((await report('--month', LAST.id)).out).toContain(`| 新开的工单 | ${String(opened?.value)} |`);
    expect(run.out).not.toContain('"staff"');
  });

  it('writes a Word document where it is told to', async () => {
    const file = join(folder, 'report.docx');
    const run = await report('--month', LAST.id, '--out', file);
    expect(run).toMatchObject({ code: 0, out: `已写好 ${file}\n` });
    const { value } = await mammoth.extractRawText({ buffer: readFileSync(file) });
    expect(value).toContain('百米问法月报');
    expect(value).toContain('按镇（街道）');
    const { value: html } = await mammoth.convertToHtml({ buffer: readFileSync(file) });
    expect(html).toContain('<table>');
  });

  it('says that the running month is not complete', async () => {
    const run = await report('--month', THIS.id);
    expect(run.err).toContain('还没有过完');
    expect(run.out).toContain('还没有过完');
    expect(run.out).toContain('此刻没人领的工单');
  });

  it.each([
    ['2099-01', `怎么改：写 ${THIS.id} 或者更早的月份`],
    ['2026-13', `怎么改：写四位年份和两位月份，例如 ${THIS.id}`],
    ['上个月', '月份写得不对'],
  ])('refuses %s and says what to write', async (month, words) => {
    const run = await report('--month', month, '--out', join(folder, 'never.md'));
    expect(run.code).toBe(1);
    expect(run.err).toContain(words);
    expect(run.out).toBe('');
    expect(existsSync(join(folder, 'never.md'))).toBe(false);
  });

  it('does not put a Word document on the screen, nor write where it cannot', async () => {
    const shown = await report('--month', LAST.id, '--format', 'docx');
    expect(shown.code).toBe(1);
    expect(shown.err).toContain('--out');
    const nowhere = await report('--month', LAST.id, '--out', join(folder, 'no', 'such', 'folder.md'));
    expect(nowhere.code).toBe(1);
    expect(nowhere.err).toContain('检查目录在不在');
  });
});
