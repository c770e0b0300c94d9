import { Allocator, createKernel, createKernelMemory } from './simd/kernel.js';

/**
 * Regression trees whose values add up to a score. Nodes of all trees lie one after another: node n goes to `left[n]`
 * where feature `feature[n]` is at most `threshold[n]`, else to `right[n]`; a leaf has feature -1 and its value in `threshold`.
 */
export interface BoostedTrees {
  /** Names of the features, in the order in which they are given. */
  readonly features: readonly string[];
  /** First node of each tree. */
  readonly roots: readonly number[];
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** Score of the row of `values` that begins at `offset`: the sum over all trees. */
export function treeScore(trees: BoostedTrees, values: ArrayLike<number>, offset = 0): number {
  const { roots, feature, threshold, left, right } = trees;
  let score = 0;
  for (const root of roots) {
    let node = root;
    for (;;) {
      const at = feature[node] as number;
      if (at < 0) break;
      node = ((values[offset + at] as number) <= (threshold[node] as number) ? left[node] : right[node]) as number;
    }
    score += threshold[node] as number;
  }
  return score;
}

/** Trees laid out for scoring many rows. */
export interface TreeScorer {
  readonly trees: number;
  /** Takes up rows of features, one after the other. */
  readonly take: (features: Float32Array) => void;
  /** The sum of the trees `from` up to `to` for one of the rows taken up, in single precision. */
  readonly sum: (row: number, from: number, to: number) => number;
}

/** Most rows that a scorer takes up at once. */
export const MOST_ROWS = 4096;
const NODE_BYTES = 16;

/** Lays trees out for the kernel: see `treeSum` in kernel.wat. */
export function createTreeScorer({ features: names, roots, feature, threshold, left, right }: BoostedTrees): TreeScorer {
  const allocator = new Allocator();
  const rows = allocator.take(4 * names.length * MOST_ROWS);
  const nodes = allocator.take(NODE_BYTES * feature.length);
  const starts = allocator.take(4 * roots.length);
  const memory = createKernelMemory(allocator.size);
  const kernel = createKernel(memory);
  const [ints, floats] = [new Int32Array(memory.buffer), new Float32Array(memory.buffer)];
  const addressOf = (node: number): number => nodes + NODE_BYTES * node;
  for (let node = 0; node < feature.length; node++) {
    const at = addressOf(node) / 4;
    const column = feature[node] as number;
    ints[at] = column < 0 ? -1 : 4 * column;
    floats[at + 1] = threshold[node] as number;
    ints[at + 2] = addressOf(left[node] as number);
    ints[at + 3] = addressOf(right[node] as number);
  }
  roots.forEach((root, tree) => (ints[starts / 4 + tree] = addressOf(root)));
  return {
    trees: roots.length,
    take(features) {
      if (features.length > names.length * MOST_ROWS) throw new RangeError(`more than ${String(MOST_ROWS)} rows`);
      floats.set(features, rows / 4);
    },
    sum: (row, from, to) => kernel.treeSum(rows + 4 * names.length * row, starts, from, to),
  };
}
