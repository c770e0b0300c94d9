import type { BoostedTrees } from '../boosted-trees.js';
import { createRandom } from './random.js';

/** Candidates of one question: rows first … last - 1 of the feature matrix. */
export interface RankingGroup {
  readonly first: number;
  readonly last: number;
}

export interface RankingData {
  readonly features: readonly string[];
  /** Rows × features. */
  readonly values: Float32Array;
  /** 1 where the candidate is right. */
  readonly labels: Uint8Array;
  readonly groups: readonly RankingGroup[];
}

export interface LambdaMartOptions {
  readonly trees: number;
  readonly leaves: number;
  readonly rate: number;
  /** Least number of candidates in a leaf. */
  readonly minLeaf: number;
  /** Added to the sum of second derivatives of a leaf. */
  readonly ridge: number;
  /** Share of the features that each tree may use. */
  readonly featureShare: number;
  readonly seed: number;
}

export const DEFAULT_LAMBDA_MART: LambdaMartOptions = {
  trees: 200,
  leaves: 12,
  rate: 0.05,
  minLeaf: 40,
  ridge: 5,
  featureShare: 0.4,
  seed: 1,
};

const BINS = 64;

/**
 * LambdaMART: gradient-boosted trees on the pairs right/wrong of each question, weighted by what swapping them would
 * change in the discounted gain. Histogram splits, best leaf first. Deterministic for a seed.
 * Source: Burges, "From RankNet to LambdaRank to LambdaMART", MSR-TR-2010-82.
 */
export function trainLambdaMart(data: RankingData, options: LambdaMartOptions = DEFAULT_LAMBDA_MART): BoostedTrees {
  const { features, values, labels } = data;
  const width = features.length;
  const rows = labels.length;
  const groups = data.groups.filter(({ first, last }) => labels.subarray(first, last).includes(1));
  const edges = binEdges(values, width, rows);
  const bins = binned(values, edges, width, rows);
  const random = createRandom(options.seed);
  const scores = new Float64Array(rows);
  const gradients = new Float64Array(rows);
  const curvatures = new Float64Array(rows);
  const model = {
    features,
    roots: [] as number[],
    feature: [] as number[],
    threshold: [] as number[],
    left: [] as number[],
    right: [] as number[],
  };
  const rowsOfGroups = Int32Array.from(
    groups.flatMap(({ first, last }) => Array.from({ length: last - first }, (_, index) => first + index)),
  );
  for (let tree = 0; tree < options.trees; tree++) {
    gradients.fill(0);
    curvatures.fill(0);
    for (const group of groups) lambdas(group, labels, scores, gradients, curvatures);
    const allowed = Array.from({ length: width }, (_, index) => index).filter(() => random() < options.featureShare);
    growTree(model, allowed.length > 0 ? allowed : [0], { bins, edges, width, gradients, curvatures, scores }, rowsOfGroups, options);
  }
  return model;
}

/** Adds each pair's push on both candidates. */
function lambdas(
  { first, last }: RankingGroup,
  labels: Uint8Array,
  scores: Float64Array,
  gradients: Float64Array,
  curvatures: Float64Array,
): void {
  const order = Array.from({ length: last - first }, (_, index) => first + index).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number) || a - b,
  );
  const discount = new Float64Array(last - first);
  order.forEach((row, rank) => (discount[row - first] = 1 / Math.log2(rank + 2)));
  const right = order.filter((row) => labels[row] === 1);
  const ideal = right.reduce((sum, _, rank) => sum + 1 / Math.log2(rank + 2), 0);
  for (const good of right) {
    for (const bad of order) {
      if (labels[bad] === 1) continue;
      const change = Math.abs((discount[good - first] as number) - (discount[bad - first] as number)) / ideal;
      const chance = 1 / (1 + Math.exp((scores[good] as number) - (scores[bad] as number)));
      const push = change * chance;
      const bend = change * chance * (1 - chance);
      gradients[good] = (gradients[good] as number) + push;
      gradients[bad] = (gradients[bad] as number) - push;
      curvatures[good] = (curvatures[good] as number) + bend;
      curvatures[bad] = (curvatures[bad] as number) + bend;
    }
  }
}

interface Training {
  readonly bins: Uint8Array;
  readonly edges: readonly Float64Array[];
  readonly width: number;
  readonly gradients: Float64Array;
  readonly curvatures: Float64Array;
  readonly scores: Float64Array;
}

interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
}

interface Leaf {
  readonly node: number;
  readonly rows: Int32Array;
  readonly split: Split | null;
}

/** Grows one tree best leaf first, appends it to the model and adds its values to the scores. */
function growTree(
  model: { roots: number[]; feature: number[]; threshold: number[]; left: number[]; right: number[] },
  allowed: readonly number[],
  training: Training,
  rows: Int32Array,
  options: LambdaMartOptions,
): void {
  const addNode = (): number => {
    model.feature.push(-1);
    model.threshold.push(0);
    model.left.push(-1);
    model.right.push(-1);
    return model.feature.length - 1;
  };
  const root = addNode();
  model.roots.push(root);
  const leaves: Leaf[] = [{ node: root, rows, split: bestSplit(rows, allowed, training, options) }];
  while (leaves.length < options.leaves) {
    let best = -1;
    leaves.forEach((leaf, index) => {
      if (leaf.split && (best === -1 || leaf.split.gain > (leaves[best]?.split?.gain ?? -Infinity))) best = index;
    });
    const leaf = leaves[best];
    if (!leaf?.split) break;
    const { feature, bin } = leaf.split;
    const goesLeft = (row: number): boolean => (training.bins[row * training.width + feature] as number) <= bin;
    const parts = [leaf.rows.filter(goesLeft), leaf.rows.filter((row) => !goesLeft(row))] as const;
    const nodes = [addNode(), addNode()] as const;
    model.feature[leaf.node] = feature;
    model.threshold[leaf.node] = training.edges[feature]?.[bin] as number;
    model.left[leaf.node] = nodes[0];
    model.right[leaf.node] = nodes[1];
    const grown = parts.map((part, side): Leaf => ({
      node: nodes[side] as number,
      rows: part,
      split: bestSplit(part, allowed, training, options),
    }));
    leaves.splice(best, 1, ...grown);
  }
  for (const leaf of leaves) {
    let gradient = 0;
    let curvature = 0;
    for (const row of leaf.rows) {
      gradient += training.gradients[row] as number;
      curvature += training.curvatures[row] as number;
    }
    const value = (options.rate * gradient) / (curvature + options.ridge);
    model.threshold[leaf.node] = value;
    for (const row of leaf.rows) training.scores[row] = (training.scores[row] as number) + value;
  }
}

function bestSplit(rows: Int32Array, allowed: readonly number[], training: Training, { minLeaf, ridge }: LambdaMartOptions): Split | null {
  if (rows.length < 2 * minLeaf) return null;
  const { bins, width, gradients, curvatures } = training;
  const sums = new Float64Array(width * BINS);
  const bends = new Float64Array(width * BINS);
  const counts = new Int32Array(width * BINS);
  let sum = 0;
  let bend = 0;
  for (const row of rows) {
    const gradient = gradients[row] as number;
    const curvature = curvatures[row] as number;
    sum += gradient;
    bend += curvature;
    for (const feature of allowed) {
      const at = feature * BINS + (bins[row * width + feature] as number);
      sums[at] = (sums[at] as number) + gradient;
      bends[at] = (bends[at] as number) + curvature;
      counts[at] = (counts[at] as number) + 1;
    }
  }
  const worth = (gradient: number, curvature: number): number => (gradient * gradient) / (curvature + ridge);
  let best: Split | null = null;
  for (const feature of allowed) {
    let leftSum = 0;
    let leftBend = 0;
    let leftCount = 0;
    const last = (training.edges[feature]?.length ?? 0) - 1;
    for (let bin = 0; bin <= last; bin++) {
      const at = feature * BINS + bin;
      leftSum += sums[at] as number;
      leftBend += bends[at] as number;
      leftCount += counts[at] as number;
      if (leftCount < minLeaf || rows.length - leftCount < minLeaf) continue;
      const gain = worth(leftSum, leftBend) + worth(sum - leftSum, bend - leftBend) - worth(sum, bend);
      if (gain > 1e-9 && (best === null || gain > best.gain)) best = { gain, feature, bin };
    }
  }
  return best;
}

/** Upper edges of the bins of each feature: quantiles of its distinct values; bin b holds values up to edge b. */
function binEdges(values: Float32Array, width: number, rows: number): Float64Array[] {
  return Array.from({ length: width }, (_, feature) => {
    const column = new Float32Array(rows);
    for (let row = 0; row < rows; row++) column[row] = values[row * width + feature] as number;
    column.sort();
    const edges: number[] = [];
    for (let bin = 1; bin < BINS; bin++) {
      const value = column[Math.floor((bin * rows) / BINS)] as number;
      if (edges.length === 0 || value > (edges.at(-1) as number)) edges.push(value);
    }
    return Float64Array.from(edges);
  });
}

function binned(values: Float32Array, edges: readonly Float64Array[], width: number, rows: number): Uint8Array {
  const bins = new Uint8Array(rows * width);
  for (let feature = 0; feature < width; feature++) {
    const limits = edges[feature] as Float64Array;
    for (let row = 0; row < rows; row++) {
      const value = values[row * width + feature] as number;
      let low = 0;
      let high = limits.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (value <= (limits[middle] as number)) high = middle;
        else low = middle + 1;
      }
      bins[row * width + feature] = low;
    }
  }
  return bins;
}
