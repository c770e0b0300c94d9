import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { BenchMessage } from './child.js';
import type { BenchJob, BenchRow } from './measure.js';

/** A contender that could not be measured, and why. */
export interface FailedRow {
  readonly name: string;
  readonly failed: string;
}

/** Runs one contender in a process of its own. Never rejects: what goes wrong is its row. */
export function runContender(job: Omit<BenchJob, 'folder'>): Promise<BenchRow | FailedRow> {
  const folder = mkdtempSync(join(tmpdir(), 'baimi-bench-'));
  return new Promise<BenchRow | FailedRow>((resolve) => {
    let message: BenchMessage | null = null;
    const child = fork(
      fileURLToPath(new URL(`./child${extname(import.meta.url)}`, import.meta.url)),
      [JSON.stringify({ ...job, folder })],
      {
        execArgv: ['--import', import.meta.resolve('tsx'), '--expose-gc'],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      },
    );
    child.on('message', (sent) => (message = sent as BenchMessage));
    child.on('error', (error) => resolve({ name: job.name, failed: error.message }));
    child.on('close', (code, signal) => {
      if (message === null) resolve({ name: job.name, failed: `进程中途结束（${signal ?? String(code)}），可能是内存不够` });
      else if ('row' in message) resolve(message.row);
      else resolve({ name: job.name, failed: message.failed });
    });
  }).finally(() => {
    rmSync(folder, { recursive: true, force: true });
  });
}

/** Whether the knowledge folder's model was trained on this very file of questions: then its figures prove nothing. */
export function trainedOn(knowledge: string, casesFile: string): boolean {
  const file = join(knowledge, 'model', 'retrieval.json');
  if (!existsSync(file)) return false;
  const manifest = z.object({ data: z.record(z.string(), z.string()) }).safeParse(JSON.parse(readFileSync(file, 'utf8')));
  const sum = createHash('sha256').update(readFileSync(casesFile)).digest('hex');
  return manifest.success && Object.values(manifest.data.data).includes(sum);
}

/** The rows as a Markdown table; `—` where there is no value, recall in brackets where the questions were trained on. */
export function markdownTable(rows: readonly (BenchRow | FailedRow)[]): string {
  const head = ['', 'R@10', 'MRR@10', '前五有一条对', '每秒问数', 'p50 毫秒', 'p99 毫秒', '建索引 秒', '读回 秒', '内存 MiB', '题数'];
  const line = (cells: readonly (string | number | null)[]): string =>
    `| ${cells.map((cell) => (cell === null ? '—' : String(cell).replace(/\s+/g, ' ').replaceAll('|', '\\|'))).join(' | ')} |`;
  const body = rows.map((row) =>
    'failed' in row
      ? line([row.name, `没有跑成：${row.failed}`, ...head.slice(2).map(() => '')])
      : line([
          row.name,
          ...([row['R@10'], row['MRR@10'], row['hit@5']] as const).map((share) =>
            row.trainedOnCases && share !== null ? `（${String(share)}）` : share,
          ),
          row.queriesPerSecond,
          row.msPerQueryP50,
          row.msPerQueryP99,
          row.buildSeconds,
          row.loadSeconds,
          row.memoryMiB,
          row.questions,
        ]),
  );
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...body].join('\n');
}
