/** Value at a share of a sorted copy (0.5: median, 0.99: p99); NaN for no values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Share of `gold` found among the first `k` of `ranked`. */
export function recallAt(ranked: readonly string[], gold: ReadonlySet<string>, k: number): number {
  if (gold.size === 0) return NaN;
  return ranked.slice(0, k).filter((key) => gold.has(key)).length / gold.size;
}

/** 1 / rank of the first gold among the first `k`, else 0. */
export function reciprocalRankAt(ranked: readonly string[], gold: ReadonlySet<string>, k: number): number {
  const at = ranked.slice(0, k).findIndex((key) => gold.has(key));
  return at === -1 ? 0 : 1 / (at + 1);
}

/** Area under the ROC curve of a score against a label; ties count half. NaN where one class is empty. */
export function auroc(examples: readonly { readonly score: number; readonly positive: boolean }[]): number {
  const positives = examples.filter((example) => example.positive);
  const negatives = examples.filter((example) => !example.positive);
  if (positives.length === 0 || negatives.length === 0) return NaN;
  let wins = 0;
  for (const p of positives) for (const n of negatives) wins += p.score > n.score ? 1 : p.score === n.score ? 0.5 : 0;
  return wins / (positives.length * negatives.length);
}

/** Rounds for a report; NaN becomes null so that JSON stays honest. */
export function rounded(value: number, digits = 4): number | null {
  return Number.isFinite(value) ? Number(value.toFixed(digits)) : null;
}
