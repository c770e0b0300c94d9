import { Worker } from 'node:worker_threads';
import { Allocator, createKernelMemory } from '../simd/kernel.js';
import { sharedFloats, type TokenTexts } from './corpus.js';
import { createRandom, shuffle } from './random.js';
import { CONTROL, Stepper, barrier, type Shared } from './step.js';

/** Pairs of text numbers: what asks, what answers. Documents of one group are never negatives of one another. */
export interface TrainingPairs {
  readonly queries: Int32Array;
  readonly documents: Int32Array;
  /** Group of the pair's document, by pair. */
  readonly groups: Int32Array;
  /** Groups that are right for the pair's query, its own among them. */
  readonly positives: readonly (readonly number[])[];
  /** Texts that are near but wrong, by pair; with their groups. Empty where there are none. */
  readonly negatives: readonly (readonly { readonly text: number; readonly group: number }[])[];
}

/** More right answers of one query than this are not kept apart from its wrong ones. */
const MAX_POSITIVES = 64;

export interface Phase {
  readonly name: string;
  readonly pairs: TrainingPairs;
  readonly epochs: number;
  readonly batch: number;
  /** Hard negatives added per pair. */
  readonly hard: number;
  readonly rate: number;
  readonly temperature: number;
  /** Forget how far each token has moved in the phases before, so that it moves freely again. */
  readonly fresh?: boolean;
}

export interface TrainerOptions {
  readonly dimension: number;
  readonly rows: number;
  readonly seed: number;
  readonly workers: number;
  readonly maxBatch: number;
  readonly maxDocuments: number;
}

/** What a training has reached: where another can go on. */
export interface Checkpoint {
  readonly vectors: Float32Array;
  readonly squares: Float32Array;
}

/** Trains token vectors with in-batch and hard negatives. Reproducible: the same data and seed give the same vectors. */
export class Trainer {
  readonly #shared: Shared;
  readonly #stepper: Stepper;
  readonly #vectors: Float32Array;
  readonly #helpers: Worker[];
  readonly #options: TrainerOptions;
  #random: () => number;

  constructor(texts: TokenTexts, options: TrainerOptions) {
    const { dimension, rows, workers, maxBatch, maxDocuments, seed } = options;
    if (dimension % 16 !== 0) throw new RangeError('the dimension has to be a multiple of 16');
    this.#options = options;
    this.#random = createRandom(seed);
    const items = maxBatch + maxDocuments;
    const floats = (length: number): Float32Array => new Float32Array(new SharedArrayBuffer(4 * length));
    const ints = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * length));
    const allocator = new Allocator();
    const places = {
      vectors: allocator.take(4 * rows * dimension),
      encoded: allocator.take(4 * items * dimension),
      gradients: allocator.take(4 * items * dimension),
      residuals: allocator.take(4 * maxBatch * maxDocuments),
      scratch: allocator.take(4 * workers * dimension),
    };
    const memory = createKernelMemory(allocator.size);
    this.#vectors = new Float32Array(memory.buffer, places.vectors, rows * dimension);
    fillRandomly(this.#vectors, dimension, createRandom(seed + 1));
    this.#shared = {
      dimension,
      workers,
      texts,
      memory,
      places,
      squares: floats(rows),
      batch: ints(items),
      groups: ints(maxDocuments),
      positiveStarts: ints(maxBatch + 1),
      positives: ints(maxBatch * MAX_POSITIVES),
      norms: floats(items),
      losses: new Float64Array(new SharedArrayBuffer(8 * workers)),
      control: ints(8),
      rates: sharedFloats([0, 1]),
    };
    this.#stepper = new Stepper(this.#shared, 0);
    this.#helpers = Array.from({ length: workers - 1 }, (_, index) => startHelper({ shared: this.#shared, worker: index + 1 }));
  }

  /** Resolves when every helper is there; a helper that cannot start rejects. */
  async ready(): Promise<void> {
    await Promise.all(
      this.#helpers.map(
        (helper) =>
          new Promise<void>((resolve, reject) => {
            helper.once('message', () => {
              resolve();
            });
            helper.once('error', reject);
          }),
      ),
    );
  }

  /** Token vectors, rows × dimension; the trainer's own memory, copy to keep. */
  get vectors(): Float32Array {
    return this.#vectors;
  }

  /** A copy of what has been reached. */
  checkpoint(): Checkpoint {
    return { vectors: this.#vectors.slice(), squares: this.#shared.squares.slice() };
  }

  /** Goes back to what had been reached; the random numbers begin anew, so that each course from there is the same. */
  restore({ vectors, squares }: Checkpoint): void {
    this.#vectors.set(vectors);
    this.#shared.squares.set(squares);
    this.#random = createRandom(this.#options.seed + 7);
  }

  /**
   * Runs a phase. Yields to the event loop between batches so that progress can be shown.
   * @param onProgress share done (0 to 1) and the mean loss of the last batches
   */
  async run(phase: Phase, onProgress: (share: number, loss: number) => void): Promise<void> {
    const { pairs } = phase;
    const order = Int32Array.from({ length: pairs.queries.length }, (_, index) => index);
    const batches = Math.floor(order.length / phase.batch) || 1;
    let loss = NaN;
    this.#shared.rates[1] = phase.temperature;
    if (phase.fresh === true) this.#shared.squares.fill(0);
    for (let epoch = 0; epoch < phase.epochs; epoch++) {
      shuffle(order, this.#random);
      for (let batch = 0; batch < batches; batch++) {
        const done = (epoch * batches + batch) / (phase.epochs * batches);
        this.#shared.rates[0] = phase.rate * (1 - 0.9 * done);
        const members = withoutRepeatedQueries(order.subarray(batch * phase.batch, (batch + 1) * phase.batch), pairs.queries);
        const batchLoss = this.#step(phase, members);
        loss = Number.isNaN(loss) ? batchLoss : 0.98 * loss + 0.02 * batchLoss;
        if (batch % 20 === 0) {
          onProgress(done, loss);
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
    }
    onProgress(1, loss);
  }

  /** Ends the helpers, wherever they are. */
  async stop(): Promise<void> {
    await Promise.all(this.#helpers.map((helper) => helper.terminate()));
  }

  #step({ pairs, hard }: Phase, members: Int32Array): number {
    const { batch, groups, positives, positiveStarts, control, losses } = this.#shared;
    const queries = members.length;
    let documents = 0;
    const addDocument = (text: number, group: number): void => {
      batch[queries + documents] = text;
      groups[documents] = group;
      documents++;
    };
    let right = 0;
    members.forEach((pair, index) => {
      batch[index] = pairs.queries[pair] as number;
      positiveStarts[index] = right;
      for (const group of (pairs.positives[pair] ?? []).slice(0, MAX_POSITIVES)) positives[right++] = group;
      addDocument(pairs.documents[pair] as number, pairs.groups[pair] as number);
    });
    positiveStarts[queries] = right;
    for (const pair of members) {
      const near = pairs.negatives[pair] ?? [];
      for (let count = 0; count < hard && near.length > 0 && documents < this.#options.maxDocuments; count++) {
        const pick = near[Math.floor(this.#random() * near.length)];
        if (pick) addDocument(pick.text, pick.group);
      }
    }
    Atomics.store(control, CONTROL.queries, queries);
    Atomics.store(control, CONTROL.documents, documents);
    if (this.#helpers.length > 0) barrier(this.#shared);
    this.#stepper.step();
    return losses.reduce((sum, value) => sum + value, 0) / queries;
  }
}

/** Starts worker.js; from the TypeScript sources through the loader that runs them, which workers do not inherit. */
function startHelper(workerData: { readonly shared: Shared; readonly worker: number }): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./worker.js', import.meta.url), { workerData });
  const source = new URL('./worker.ts', import.meta.url).href;
  return new Worker(`import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(source)}); })`, {
    eval: true,
    workerData,
  });
}

/** A question with two right answers must not see one as wrong while it learns the other. */
function withoutRepeatedQueries(members: Int32Array, queries: Int32Array): Int32Array {
  const seen = new Set<number>();
  return members.filter((pair) => !seen.has(queries[pair] as number) && seen.add(queries[pair] as number));
}

function fillRandomly(vectors: Float32Array, dimension: number, random: () => number): void {
  const size = Math.sqrt(3 / dimension);
  for (let at = 0; at < vectors.length; at++) vectors[at] = (2 * random() - 1) * size;
}
