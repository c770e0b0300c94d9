import { BaimiError } from '../../src/domain/errors.js';
import { CONTENDERS } from './contenders.js';
import { measure, type BenchJob, type BenchRow } from './measure.js';

/** What a measuring process sends to the one that started it, once. */
export type BenchMessage = { readonly row: BenchRow } | { readonly failed: string };

// The process of one contender: the job comes as the only argument, the outcome goes back as a message.
const job = JSON.parse(process.argv[2] ?? '') as BenchJob;
try {
  const create = await CONTENDERS[job.name]?.();
  if (!create) throw new Error(`no contender ${job.name}`);
  report({
    row: await measure(job, create, (line) => {
      process.stderr.write(`${job.name}：${line}\n`);
    }),
  });
} catch (error) {
  report({
    failed: error instanceof BaimiError ? error.message : error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  });
}

function report(message: BenchMessage): void {
  // ends by itself when the message is out
  process.send?.(message, () => {
    process.exit();
  });
}
