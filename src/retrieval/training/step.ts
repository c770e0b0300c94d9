import type { TokenTexts } from './corpus.js';

/** What the workers of a training share. All arrays lie in shared memory. */
export interface Shared {
  readonly dimension: number;
  readonly workers: number;
  readonly texts: TokenTexts;
  /** Token vectors, rows × dimension. */
  readonly vectors: Float32Array;
  /** Adagrad's sum of mean squared gradients, one per row. */
  readonly squares: Float32Array;
  /** Per batch: numbers of texts; queries first, then documents. */
  readonly batch: Int32Array;
  /** Per batch: group of each query and document; a document whose group is among a query's positives is masked. */
  readonly groups: Int32Array;
  /** Unit vectors of the batch's texts, their lengths before scaling, and gradients. */
  readonly encoded: Float32Array;
  readonly norms: Float32Array;
  readonly gradients: Float32Array;
  /** Softmax minus target, queries × documents. */
  readonly residuals: Float32Array;
  /** Per worker: loss of its queries. */
  readonly losses: Float64Array;
  /** [turn, arrived, queries, documents, command] for the barrier between phases. */
  readonly control: Int32Array;
  /** [learning rate, temperature] */
  readonly rates: Float32Array;
}

export const COMMAND = { step: 1, stop: 2 } as const;
export const CONTROL = { turn: 0, arrived: 1, queries: 2, documents: 3, command: 4 } as const;

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
 * One step of contrastive training, done together by all workers; the result does not depend on their speed:
 * encode texts → similarities, softmax over the batch's documents, gradients of documents → of queries → update of tokens.
 * Each phase divides the work by index, so that no two workers write the same place.
 */
export function step(shared: Shared, worker: number): void {
  const queries = Atomics.load(shared.control, CONTROL.queries);
  const documents = Atomics.load(shared.control, CONTROL.documents);
  encode(shared, worker, queries + documents);
  barrier(shared);
  similarities(shared, worker, queries, documents);
  barrier(shared);
  gradients(shared, worker, queries, documents);
  barrier(shared);
  update(shared, worker, queries + documents);
  barrier(shared);
}

function encode(shared: Shared, worker: number, count: number): void {
  const { dimension, texts, vectors, batch, encoded, norms, workers } = shared;
  const { starts, rows, factors } = texts;
  for (let item = worker; item < count; item += workers) {
    const text = batch[item] as number;
    const out = item * dimension;
    encoded.fill(0, out, out + dimension);
    const end = starts[text + 1] as number;
    for (let token = starts[text] as number; token < end; token++) {
      const factor = factors[token] as number;
      const from = (rows[token] as number) * dimension;
      for (let at = 0; at < dimension; at++) encoded[out + at] = (encoded[out + at] as number) + factor * (vectors[from + at] as number);
    }
    let square = 1e-12;
    for (let at = out; at < out + dimension; at++) square += (encoded[at] as number) * (encoded[at] as number);
    const norm = Math.sqrt(square);
    norms[item] = norm;
    for (let at = out; at < out + dimension; at++) encoded[at] = (encoded[at] as number) / norm;
  }
}

/** Rows of similarities for this worker's queries, turned into softmax minus target. */
function similarities(shared: Shared, worker: number, queries: number, documents: number): void {
  const { dimension, encoded, groups, residuals, losses, workers, rates } = shared;
  const scale = 1 / (rates[1] as number);
  let loss = 0;
  for (let query = worker; query < queries; query += workers) {
    const from = query * dimension;
    const row = query * documents;
    const own = groups[query] as number;
    let greatest = -Infinity;
    for (let document = 0; document < documents; document++) {
      const masked = document !== query && (groups[queries + document] as number) === own;
      let dot = 0;
      if (!masked) {
        const to = (queries + document) * dimension;
        for (let at = 0; at < dimension; at += 4) {
          dot +=
            (encoded[from + at] as number) * (encoded[to + at] as number) +
            (encoded[from + at + 1] as number) * (encoded[to + at + 1] as number) +
            (encoded[from + at + 2] as number) * (encoded[to + at + 2] as number) +
            (encoded[from + at + 3] as number) * (encoded[to + at + 3] as number);
        }
      }
      const logit = masked ? -Infinity : dot * scale;
      residuals[row + document] = logit;
      if (logit > greatest) greatest = logit;
    }
    let total = 0;
    for (let document = 0; document < documents; document++) {
      const value = Math.exp((residuals[row + document] as number) - greatest);
      residuals[row + document] = value;
      total += value;
    }
    for (let document = 0; document < documents; document++) residuals[row + document] = (residuals[row + document] as number) / total;
    const right = residuals[row + query] as number;
    loss -= Math.log(Math.max(right, 1e-12));
    residuals[row + query] = right - 1;
  }
  losses[worker] = loss;
}

/** Gradients of the batch's unit vectors: each worker its own queries and its own documents. */
function gradients(shared: Shared, worker: number, queries: number, documents: number): void {
  const { dimension, encoded, residuals, gradients: out, workers, rates } = shared;
  const scale = 1 / (rates[1] as number);
  for (let item = worker; item < queries + documents; item += workers) {
    const to = item * dimension;
    out.fill(0, to, to + dimension);
    const isQuery = item < queries;
    const others = isQuery ? documents : queries;
    for (let other = 0; other < others; other++) {
      const residual = (isQuery ? residuals[item * documents + other] : residuals[other * documents + item - queries]) as number;
      const factor = residual * scale;
      if (factor < 1e-4 && factor > -1e-4) continue;
      const from = (isQuery ? queries + other : other) * dimension;
      for (let at = 0; at < dimension; at++) out[to + at] = (out[to + at] as number) + factor * (encoded[from + at] as number);
    }
  }
}

/** Adagrad with one accumulator a row; each worker updates the rows whose number it owns. */
function update(shared: Shared, worker: number, count: number): void {
  const { dimension, texts, vectors, squares, batch, encoded, norms, gradients: slopes, workers, rates } = shared;
  const { starts, rows, factors } = texts;
  const rate = rates[0] as number;
  const slope = new Float32Array(dimension);
  for (let item = 0; item < count; item++) {
    const from = item * dimension;
    // through the scaling to unit length: (g - (g·u) u) / |t|
    let along = 0;
    for (let at = 0; at < dimension; at++) along += (slopes[from + at] as number) * (encoded[from + at] as number);
    const norm = norms[item] as number;
    let square = 0;
    for (let at = 0; at < dimension; at++) {
      const value = ((slopes[from + at] as number) - along * (encoded[from + at] as number)) / norm;
      slope[at] = value;
      square += value * value;
    }
    if (square < 1e-16) continue;
    const meanSquare = square / dimension;
    const text = batch[item] as number;
    const end = starts[text + 1] as number;
    for (let token = starts[text] as number; token < end; token++) {
      const row = rows[token] as number;
      if (row % workers !== worker) continue;
      const factor = factors[token] as number;
      const sum = (squares[row] as number) + factor * factor * meanSquare;
      squares[row] = sum;
      const pace = (rate * factor) / Math.sqrt(sum);
      const to = row * dimension;
      for (let at = 0; at < dimension; at++) vectors[to + at] = (vectors[to + at] as number) - pace * (slope[at] as number);
    }
  }
}
