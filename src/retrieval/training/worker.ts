import { parentPort, workerData } from 'node:worker_threads';
import { COMMAND, CONTROL, barrier, step, type Shared } from './step.js';

/** A helper of the trainer: takes part in each step until it is told to stop. */
const { shared, worker } = workerData as { shared: Shared; worker: number };
parentPort?.postMessage('ready');
for (;;) {
  barrier(shared);
  if (Atomics.load(shared.control, CONTROL.command) === COMMAND.stop) break;
  step(shared, worker);
}
