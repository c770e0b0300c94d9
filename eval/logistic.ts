/** A logistic model over a list of features. */
export interface Logistic {
  readonly intercept: number;
  readonly weights: readonly number[];
}

const NEWTON_STEPS = 40;
const CLOSE_ENOUGH = 1e-7;

/**
 * Logistic regression by Newton's method, with a penalty of `l2` on the squared weights of features scaled to unit variance
 * (the intercept is free). Deterministic.
 * @param rows examples × features
 */
export function fitLogistic(rows: readonly (readonly number[])[], labels: readonly boolean[], l2: number): Logistic {
  const width = rows[0]?.length ?? 0;
  const mean = Array.from({ length: width }, (_, at) => average(rows.map((row) => row[at] ?? 0)));
  const scale = mean.map((middle, at) => Math.sqrt(average(rows.map((row) => ((row[at] ?? 0) - middle) ** 2))) || 1);
  const scaled = rows.map((row) => [...mean.map((middle, at) => ((row[at] ?? 0) - middle) / (scale[at] ?? 1)), 1]);
  let weights = new Array<number>(width + 1).fill(0);
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const slope = weights.map((weight, at) => (at < width ? l2 * weight : 0));
    const curve = weights.map((_, at) => weights.map((__, other) => (at === other ? (at < width ? l2 : 1e-6) : 0)));
    scaled.forEach((row, index) => {
      const chance = 1 / (1 + Math.exp(-row.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0)));
      const error = chance - Number(labels[index] ?? false);
      const spread = chance * (1 - chance);
      row.forEach((value, at) => {
        slope[at] = (slope[at] ?? 0) + error * value;
        const line = curve[at] ?? [];
        for (let other = 0; other <= at; other++) line[other] = (line[other] ?? 0) + spread * value * (row[other] ?? 0);
      });
    });
    for (let at = 0; at <= width; at++) {
      for (let other = at + 1; other <= width; other++) (curve[at] ?? [])[other] = curve[other]?.[at] ?? 0;
    }
    const move = solve(curve, slope);
    weights = weights.map((weight, at) => weight - (move[at] ?? 0));
    if (Math.max(...move.map(Math.abs)) < CLOSE_ENOUGH) break;
  }
  const raw = mean.map((_, at) => (weights[at] ?? 0) / (scale[at] ?? 1));
  const intercept = (weights[width] ?? 0) - raw.reduce((sum, weight, at) => sum + weight * (mean[at] ?? 0), 0);
  return { intercept, weights: raw };
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Solves a symmetric positive definite system by elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row;
    }
    const chosen = rows[pivot] ?? [];
    rows[pivot] = rows[column] ?? [];
    rows[column] = chosen;
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const line = rows[row] ?? [];
      const factor = (line[column] ?? 0) / (chosen[column] ?? 1);
      for (let at = column; at <= size; at++) line[at] = (line[at] ?? 0) - factor * (chosen[at] ?? 0);
    }
  }
  return rows.map((row, at) => (row[size] ?? 0) / (row[at] ?? 1));
}
