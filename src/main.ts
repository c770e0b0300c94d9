import { readConfig } from './config.js';
import { BaimiError } from './domain/errors.js';
import { serve } from './serve.js';

/** Process entry: starts the product and stops it on SIGINT or SIGTERM. */
try {
  const running = await serve(readConfig(process.env), (line) => process.stdout.write(`${line}\n`));
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      running.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
} catch (error) {
  if (!(error instanceof BaimiError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
