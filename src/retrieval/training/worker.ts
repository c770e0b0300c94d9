import { parentPort, workerData } from 'node:worker_threads';
import { Stepper, barrier, type Shared } from './step.js';

/** A helper of the trainer: takes part in each step until it is ended. */
const { shared, worker } = workerData as { shared: Shared; worker: number };
const stepper = new Stepper(shared, worker);
parentPort?.postMessage('ready');
for (;;) {
  barrier(shared);
  stepper.step();
}
