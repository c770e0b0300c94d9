import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../src/config.js';

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `baimi …` as a process of its own. */
export function runCli(environment: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', join(packageRoot(), 'src', 'cli.ts'), ...args],
      { cwd: packageRoot(), env: { ...process.env, ...environment } },
      (error, out, err) => {
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, out, err });
      },
    );
  });
}

/** The JSON object that a command with `--json` ends with. */
export function jsonOf(run: Run): Record<string, unknown> {
  return JSON.parse(run.out.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
}
