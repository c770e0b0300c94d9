import { readConfig } from './config.js';
import { BaimiError } from './domain/errors.js';
import { serve } from './serve.js';

/** Nothing keeps the process from ending by itself any more; what does so all the same is named, and cut off. */
const END_WITHIN_MS = 500;

function leave(): void {
  setTimeout(() => {
    process.stderr.write(`still open at the end: ${process.getActiveResourcesInfo().join(', ')}\n`);
    process.exit();
  }, END_WITHIN_MS).unref();
}

/** Process entry: starts the product and stops it on SIGINT or SIGTERM. */
try {
  const running = await serve(readConfig(process.env), (line) => process.stdout.write(`${line}\n`));
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      running
        .stop()
        .catch(() => {
          process.exitCode = 1;
        })
        .finally(leave);
    });
  }
} catch (error) {
  if (!(error instanceof BaimiError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
