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
