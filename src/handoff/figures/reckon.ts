/** What many come to: their number, a sum, a share, a place in their order. Null: there is nothing to reckon from. */
export type Reckon<T> = (counted: readonly T[]) => number | null;

export const number = (counted: readonly unknown[]): number => counted.length;

/** Of what there is; 0 where nothing is known of any. */
export function sumOf<T>(value: (one: T) => number | null): Reckon<T> {
  // yuan with jiao and fen: what binary fractions add is rounded away
  return (counted) => Math.round(counted.reduce((sum, one) => sum + (value(one) ?? 0), 0) * 100) / 100;
}

/** From 0 to 1. */
export function shareOf<T>(part: (one: T) => boolean): Reckon<T> {
  return (counted) => (counted.length === 0 ? null : counted.filter(part).length / counted.length);
}

/** The least value that a share of all do not exceed (nearest rank): 0.5 is the median, 0.9 what nine of ten keep within. */
export function quantileOf<T>(share: number, value: (one: T) => number): Reckon<T> {
  return (counted) => {
    const values = counted.map(value).sort((a, b) => a - b);
    return values[Math.max(0, Math.ceil(share * values.length) - 1)] ?? null;
  };
}
