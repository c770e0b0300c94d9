/**
 * `fen × numerator ÷ denominator` in whole fen, rounded half up, without binary fractions.
 * Numerator and denominator are whole numbers, the denominator positive.
 * @throws RangeError where an argument is no whole number, or the result is no safe integer
 */
export function multiply(fen: number, numerator: number, denominator = 1): number {
  if (![fen, numerator, denominator].every(Number.isSafeInteger) || fen < 0 || numerator < 0 || denominator <= 0) {
    throw new RangeError('multiply takes whole numbers, none of them negative');
  }
  const top = BigInt(fen) * BigInt(numerator) * 2n + BigInt(denominator);
  const result = Number(top / (BigInt(denominator) * 2n));
  if (!Number.isSafeInteger(result)) throw new RangeError('multiply: the result is too large');
  return result;
}

/** A number with at most `digits` decimals as a whole number of its smallest part: hundredths(21.75) = 2175. */
export function scaled(value: number, digits: number): number {
  return Math.round(value * 10 ** digits);
}

/** 550000 → 5,500元; 550050 → 5,500.50元. */
export function yuan(fen: number): string {
  const whole = Math.floor(fen / 100);
  const rest = fen - whole * 100;
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${grouped}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}元`;
}

/** A slot's yuan in fen; null where there is no slot or it is empty. */
export function slotFen(slot: { readonly value: number | null } | null): number | null {
  return slot === null || slot.value === null ? null : Math.round(slot.value * 100);
}
