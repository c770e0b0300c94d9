import { createKernel, type Kernel } from '../simd/kernel.js';
import type { TokenTexts } from './corpus.js';

/** What the workers of a training share. All arrays lie in shared memory. */
export interface Shared {
  readonly dimension: number;
  readonly workers: number;
  readonly texts: TokenTexts;
  /** The kernel's memory, and where in it the float32 arrays begin (bytes). */
  readonly memory: WebAssembly.Memory;
  readonly places: Places;
  /** Adagrad's sum of mean squared gradients, one per row. */
  readonly squares: Float32Array;
  /** Per batch: numbers of texts; queries first, then documents. */
  readonly batch: Int32Array;
  /** Per batch: group of each document. */
  readonly groups: Int32Array;
  /** Per batch: query q's right groups are positives[positiveStarts[q]] … positives[positiveStarts[q + 1] - 1]. */
  readonly positiveStarts: Int32Array;
  readonly positives: Int32Array;
  readonly norms: Float32Array;
  /** Per worker: loss of its queries. */
  readonly losses: Float64Array;
  /** [turn, arrived, queries, documents] for the barrier between phases. */
  readonly control: Int32Array;
  /** [learning rate, temperature] */
  readonly rates: Float32Array;
}

/** Byte offsets in the kernel's memory. */
export interface Places {
  /** Token vectors, rows × dimension. */
  readonly vectors: number;
  /** Unit vectors of the batch's texts, and their gradients: texts × dimension. */
  readonly encoded: number;
  readonly gradients: number;
  /** Softmax minus target, queries × documents. */
  readonly residuals: number;
  /** One vector for each worker. */
  readonly scratch: number;
}

export const CONTROL = { turn: 0, arrived: 1, queries: 2, documents: 3 } as const;

/** Waits until every worker has come here. */
export function barrier({ control, workers }: Shared): void {
  const turn = Atomics.load(control, CONTROL.turn);
  if (Atomics.add(control, CONTROL.arrived, 1) + 1 === workers) {
    Atomics.store(control, CONTROL.arrived, 0);
    Atomics.add(control, CONTROL.turn, 1);
    Atomics.notify(control, CONTROL.turn);
    return;
  }
  // spinning is cheaper than sleeping for phases of some milliseconds
  for (let spin = 0; spin < 20_000; spin++) if (Atomics.load(control, CONTROL.turn) !== turn) return;
  while (Atomics.load(control, CONTROL.turn) === turn) Atomics.wait(control, CONTROL.turn, turn, 1000);
}

/**
 * One step of contrastive training, done together by all workers; the result does not depend on their speed or number:
 * encode texts → similarities, softmax over the batch's documents, gradients of documents → of queries → update of tokens.
 * Each phase divides the work by index, so that no two workers write the same place.
 */
export class Stepper {
  readonly #shared: Shared;
  readonly #worker: number;
  readonly #kernel: Kernel;
  readonly #floats: Float32Array;

  constructor(shared: Shared, worker: number) {
    this.#shared = shared;
    this.#worker = worker;
    this.#kernel = createKernel(shared.memory);
    this.#floats = new Float32Array(shared.memory.buffer);
  }

  step(): void {
    const { control } = this.#shared;
    const queries = Atomics.load(control, CONTROL.queries);
    const documents = Atomics.load(control, CONTROL.documents);
    this.#encode(queries + documents);
    barrier(this.#shared);
    this.#similarities(queries, documents);
    barrier(this.#shared);
    this.#gradients(queries, documents);
    barrier(this.#shared);
    this.#update(queries + documents);
    barrier(this.#shared);
  }

  #encode(count: number): void {
    const { dimension, texts, batch, norms, workers, places } = this.#shared;
    const { starts, rows, factors } = texts;
    const bytes = 4 * dimension;
    for (let item = this.#worker; item < count; item += workers) {
      const text = batch[item] as number;
      const out = places.encoded + item * bytes;
      this.#floats.fill(0, out / 4, out / 4 + dimension);
      const end = starts[text + 1] as number;
      for (let token = starts[text] as number; token < end; token++) {
        this.#kernel.addScaled(out, places.vectors + (rows[token] as number) * bytes, factors[token] as number, dimension);
      }
      const norm = Math.sqrt(1e-12 + this.#kernel.dot(out, out, dimension));
      norms[item] = norm;
      for (let at = out / 4; at < out / 4 + dimension; at++) this.#floats[at] = (this.#floats[at] as number) / norm;
    }
  }

  /** Rows of similarities for this worker's queries, turned into softmax minus target. */
  #similarities(queries: number, documents: number): void {
    const { dimension, groups, positives, positiveStarts, losses, workers, rates, places } = this.#shared;
    const floats = this.#floats;
    const bytes = 4 * dimension;
    const scale = 1 / (rates[1] as number);
    let loss = 0;
    for (let query = this.#worker; query < queries; query += workers) {
      const row = places.residuals / 4 + query * documents;
      this.#kernel.dots(places.encoded + query * bytes, places.encoded + queries * bytes, documents, dimension, 4 * row);
      const from = positiveStarts[query] as number;
      const to = positiveStarts[query + 1] as number;
      let greatest = -Infinity;
      for (let document = 0; document < documents; document++) {
        let right = false;
        for (let at = from; at < to; at++) right ||= positives[at] === groups[document];
        // another right answer is not an error
        const logit = right && document !== query ? -Infinity : (floats[row + document] as number) * scale;
        floats[row + document] = logit;
        if (logit > greatest) greatest = logit;
      }
      let total = 0;
      for (let at = row; at < row + documents; at++) {
        const value = Math.exp((floats[at] as number) - greatest);
        floats[at] = value;
        total += value;
      }
      for (let at = row; at < row + documents; at++) floats[at] = (floats[at] as number) / total;
      const right = floats[row + query] as number;
      loss -= Math.log(Math.max(right, 1e-12));
      floats[row + query] = right - 1;
    }
    losses[this.#worker] = loss;
  }

  /** Gradients of the batch's unit vectors: each worker its own queries and its own documents. */
  #gradients(queries: number, documents: number): void {
    const { dimension, workers, rates, places } = this.#shared;
    const floats = this.#floats;
    const bytes = 4 * dimension;
    const scale = 1 / (rates[1] as number);
    const residuals = places.residuals / 4;
    for (let item = this.#worker; item < queries + documents; item += workers) {
      const to = places.gradients + item * bytes;
      floats.fill(0, to / 4, to / 4 + dimension);
      const isQuery = item < queries;
      const others = isQuery ? documents : queries;
      for (let other = 0; other < others; other++) {
        const residual = floats[residuals + (isQuery ? item * documents + other : other * documents + item - queries)] as number;
        const factor = residual * scale;
        if (factor < 1e-4 && factor > -1e-4) continue;
        this.#kernel.addScaled(to, places.encoded + (isQuery ? queries + other : other) * bytes, factor, dimension);
      }
    }
  }

  /** Adagrad with one accumulator a row; each worker updates the rows whose number it owns. */
  #update(count: number): void {
    const { dimension, texts, squares, batch, norms, workers, rates, places } = this.#shared;
    const { starts, rows, factors } = texts;
    const floats = this.#floats;
    const kernel = this.#kernel;
    const bytes = 4 * dimension;
    const rate = rates[0] as number;
    const slope = places.scratch + this.#worker * bytes;
    for (let item = 0; item < count; item++) {
      const gradient = places.gradients + item * bytes;
      const unit = places.encoded + item * bytes;
      // through the scaling to unit length: (g - (g·u) u) / |t|
      const along = kernel.dot(gradient, unit, dimension);
      const inverse = 1 / (norms[item] as number);
      floats.fill(0, slope / 4, slope / 4 + dimension);
      kernel.addScaled(slope, gradient, inverse, dimension);
      kernel.addScaled(slope, unit, -along * inverse, dimension);
      const square = kernel.dot(slope, slope, dimension);
      if (square < 1e-16) continue;
      const meanSquare = square / dimension;
      const text = batch[item] as number;
      const end = starts[text + 1] as number;
      for (let token = starts[text] as number; token < end; token++) {
        const row = rows[token] as number;
        if (row % workers !== this.#worker) continue;
        const factor = factors[token] as number;
        const sum = (squares[row] as number) + factor * factor * meanSquare;
        squares[row] = sum;
        kernel.addScaled(places.vectors + row * bytes, slope, (-rate * factor) / Math.sqrt(sum), dimension);
      }
    }
  }
}
