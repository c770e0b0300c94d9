import type { TreeScorer } from './boosted-trees.js';

/** The first trees tell which candidates the rest of them looks at. */
const FIRST_TREES = 25;
/** How many candidates the rest of the trees looks at, at least, and for each hit asked for. */
const CLOSER_LOOK = { least: 80, perHit: 1 };

/** Sums of trees by candidate. Those that the first trees put far behind keep what these gave, below all others. */
export function rankCandidates(ranker: TreeScorer, features: Float32Array, count: number, limit: number): Float32Array {
  const sums = new Float32Array(count);
  const split = Math.min(FIRST_TREES, ranker.trees);
  ranker.take(features);
  for (let row = 0; row < count; row++) sums[row] = ranker.sum(row, 0, split);
  const order = Array.from(sums.keys()).sort((a, b) => (sums[b] as number) - (sums[a] as number) || a - b);
  const close = order.slice(0, Math.max(CLOSER_LOOK.least, Math.ceil(CLOSER_LOOK.perHit * limit)));
  let lowest = Infinity;
  for (const row of close) {
    const sum = (sums[row] as number) + ranker.sum(row, split, ranker.trees);
    sums[row] = sum;
    lowest = Math.min(lowest, sum);
  }
  const far = order.slice(close.length);
  const above = Math.max(-Infinity, ...far.map((row) => sums[row] as number)) - lowest;
  if (above >= 0) for (const row of far) sums[row] = (sums[row] as number) - above - 1e-3;
  return sums;
}

/** Brings a sum of trees to the scale of the weighted scores: 0 to 3, 1.5 where the trees say nothing. */
export function rankerScore(sum: number): number {
  return 3 / (1 + Math.exp(-sum));
}
